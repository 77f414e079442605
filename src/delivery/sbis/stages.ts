import type { SbisConfig } from '../../config/delivery.ts';
import { ChannelError } from '../channel.ts';
import { listed, type SbisCertificate, type SbisDocument } from './states.ts';

/** What is to be done with a document so that it goes out. */
export interface Step {
  stage: string;
  action: string;
  /** Thumbprint; absent where the action needs no signature. */
  certificate: string | undefined;
}

const SEND = 'Отправить';
/** Keys that lie in СБИС: the service signs by itself (facts: upd-sbis B9). */
const SERVER_KEYS = ['Серверный', 'Отложенный', 'ОтложенныйСПодтверждением'];

/** Takes names from the answer: they differ from route to route of the documents. @throws ChannelError */
export function stepOf(document: SbisDocument, config: SbisConfig): Step {
  const stage = listed(document.Этап)[0];
  const actions = listed(stage?.Действие);
  const action = actions.find(({ Название: name }) => name === SEND) ?? actions[0];
  if (stage?.Название === undefined || action?.Название === undefined)
    throw new ChannelError('rejected', 'no-stage', 'СБИС не предлагает отправить этот документ');
  const signed = action.ТребуетПодписания !== 'Нет';
  return {
    stage: stage.Название,
    action: action.Название,
    certificate: signed ? certificateOf(listed(action.Сертификат), config) : undefined,
  };
}

/** The configured one, else the only one that fits. */
function certificateOf(
  offered: readonly SbisCertificate[],
  { mode, certificate: wanted }: SbisConfig,
): string {
  const halt = (code: string, reason: string): ChannelError => new ChannelError('halted', code, reason);
  const fitting = offered.filter(
    ({ Отпечаток: print, Ключ: key }) =>
      (mode !== 'server' || SERVER_KEYS.includes(key?.Тип ?? '')) &&
      (wanted === undefined || print?.toLowerCase() === wanted.toLowerCase()),
  );
  const found = fitting[0];
  if (found?.Отпечаток === undefined)
    throw halt(
      'no-certificate',
      mode === 'server'
        ? 'в СБИС нет подходящего сертификата с ключом на сервере (mode: server)'
        : 'СБИС не знает сертификата с указанным отпечатком',
    );
  if (fitting.length > 1)
    throw halt(
      'certificates',
      `подходящих сертификатов ${fitting.length}: укажите нужный отпечаток в channels.sbis.certificate`,
    );
  if (found.Ключ?.Активирован === 'Нет')
    throw halt('certificate-inactive', 'ключ на сервере СБИС не активирован: активируйте его в СБИС');
  return found.Отпечаток;
}
