import type { Remote, RemoteState } from '../channel.ts';

/** Состояние.Код of a document of ours (facts: upd-sbis B7); others exist and are kept as they are. */
const STATES: Readonly<Record<string, RemoteState>> = {
  '0': 'draft',
  '2': 'invited',
  '3': 'sent',
  '4': 'delivered',
  '6': 'failed',
  '7': 'signed',
  '9': 'rejected',
  '10': 'draft',
  '20': 'annulled',
  '23': 'awaiting-signature',
};

/** A document as СБИС answers it, as far as we look at it. */
export interface SbisDocument {
  Идентификатор?: string;
  Состояние?: { Код?: string | number; Название?: string; Описание?: string };
  Удален?: string;
  Этап?: SbisStage | SbisStage[];
}

export interface SbisStage {
  Название?: string;
  Идентификатор?: string;
  Действие?: SbisAction | SbisAction[];
  Вложение?: SbisAttachment | SbisAttachment[];
}

export interface SbisAction {
  Название?: string;
  ТребуетПодписания?: string;
  Сертификат?: SbisCertificate | SbisCertificate[];
}

export interface SbisCertificate {
  Отпечаток?: string;
  Ключ?: { Тип?: string; Активирован?: string };
}

export interface SbisAttachment {
  Идентификатор?: string;
  Модифицирован?: string;
  Файл?: { Имя?: string; Ссылка?: string; Хеш?: string };
}

/** One or several, or none: СБИС writes all three. */
export function listed<T>(found: T | T[] | undefined): T[] {
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

/** Some methods answer with the document, some with an object around it. */
export function documentOf(result: unknown): SbisDocument {
  const found = (result ?? {}) as SbisDocument & { Документ?: SbisDocument };
  return found.Документ ?? found;
}

/** Undefined where СБИС did not say. */
export function remoteOf({ Состояние: state, Удален: deleted }: SbisDocument): Remote | undefined {
  if (state?.Код === undefined) return undefined;
  const code = String(state.Код);
  const name = state.Название ?? '';
  if (deleted === 'Да') return { state: 'annulled', code, name };
  return { state: STATES[code] ?? 'unknown', code, name };
}

/** A draft has not left us. Of an unknown code that is not known: it is taken for gone, and not sent again. */
export function isDraft({ state }: Remote): boolean {
  return state === 'draft';
}
