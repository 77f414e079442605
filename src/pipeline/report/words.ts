import type { Tone } from '../../formats/report/report.ts';
import type { DeliveryStatus, Standing } from '../books/document-status.ts';

/** What a standing in the books means for the reader of a report. */
export interface Meaning {
  text: string;
  tone: Tone;
  /** What a person has to do about it; absent: nothing. */
  task?: { urgency: 'error' | 'warning' | 'notice'; title: string; action: string };
}

export const STANDING_MEANINGS: Readonly<Record<Standing, Meaning>> = {
  posted: { text: 'проведён', tone: 'fine' },
  waiting: {
    text: 'ждёт загрузки в 1С',
    tone: 'waiting',
    task: {
      urgency: 'notice',
      title: 'Не загружены в 1С',
      action:
        'В 1С откройте обработку BGBilling, выберите пакет и нажмите «Загрузить»; квитанция придёт сама',
    },
  },
  unposted: {
    text: 'не проведён',
    tone: 'trouble',
    task: {
      urgency: 'warning',
      title: 'В 1С не проведены',
      action: 'Проведите документы в 1С и нажмите в обработке «Перепроверить»',
    },
  },
  differs: {
    text: 'в 1С другой',
    tone: 'trouble',
    task: {
      urgency: 'error',
      title: 'В 1С отличаются от выставленных',
      action: 'Посмотрите, чем: bg1c status --doc <номер>; приведите к одному виду и нажмите «Перепроверить»',
    },
  },
  marked: {
    text: 'помечен на удаление',
    tone: 'trouble',
    task: {
      urgency: 'error',
      title: 'В 1С помечены на удаление',
      action: 'Снимите пометку в 1С или исправьте документ в BGBilling и загрузите пакет заново',
    },
  },
  skipped: {
    text: 'пропущен при загрузке',
    tone: 'trouble',
    task: {
      urgency: 'warning',
      title: 'Пропущены при загрузке',
      action: 'Загрузите пакет ещё раз, отметив в обработке эти документы',
    },
  },
  conflict: {
    text: 'похож на документ базы',
    tone: 'trouble',
    task: {
      urgency: 'error',
      title: 'В 1С есть похожие документы, введённые вручную',
      action: 'В обработке сравните их с нашими: удалите лишний документ или загрузите с отметкой',
    },
  },
  failed: {
    text: 'ошибка загрузки',
    tone: 'trouble',
    task: {
      urgency: 'error',
      title: 'Ошибка при загрузке в 1С',
      action: 'Причина — в протоколе обработки и в bg1c status --doc <номер>; исправьте и загрузите снова',
    },
  },
  missing: {
    text: 'удалён из базы',
    tone: 'trouble',
    task: {
      urgency: 'error',
      title: 'Были в 1С, а теперь их нет',
      action: 'Загрузите пакет заново, если документы удалены по ошибке',
    },
  },
};

/** States on the other side after which a document has not reached its buyer. */
const RETURNED: Readonly<Record<string, string>> = {
  rejected: 'отклонён получателем',
  annulled: 'аннулирован',
  failed: 'возвращён',
};
const REMOTE: Readonly<Record<string, string>> = {
  draft: 'черновик',
  'awaiting-signature': 'ждёт подписи',
  invited: 'получатель приглашён',
  delivered: 'доставлен',
  signed: 'подписан',
};

/** Whether a document has reached its buyer, as far as is known. */
export function isDelivered({ status, outcome, remoteState }: DeliveryStatus): boolean {
  return status === 'done' && outcome === 'ok' && RETURNED[remoteState ?? ''] === undefined;
}

/** What a delivery means. @param title of its channel */
export function deliveryMeaning(delivery: DeliveryStatus, title: string): Meaning {
  const { status, outcome, channel, failureCode, remoteState, remoteCode } = delivery;
  const again = `bg1c resolve <доставка> not-sent, затем bg1c send ${channel}`;
  if (outcome === 'in-doubt' && status === 'dead')
    return {
      text: 'неизвестно, ушёл ли',
      tone: 'trouble',
      task: {
        urgency: 'error',
        title: `${title}: неизвестно, ушли ли документы`,
        action: 'Спросите получателя и укажите: bg1c resolve <доставка> sent или not-sent',
      },
    };
  if (status === 'done' && outcome === 'ok') {
    const returned = RETURNED[remoteState ?? ''];
    if (returned === undefined) return { text: REMOTE[remoteState ?? ''] ?? 'отправлен', tone: 'fine' };
    const code = remoteCode ? ` (${remoteCode})` : '';
    return {
      text: `${returned}${code}`,
      tone: 'trouble',
      task: {
        urgency: 'error',
        title: `${title}: ${returned}${code}`,
        action: returnedAction(channel, remoteState, again),
      },
    };
  }
  if (outcome === 'rejected' || status === 'dead') {
    const refused = outcome === 'rejected' ? 'не принят' : 'не удалось отправить';
    return {
      text: `${refused} (${failureCode ?? '—'})`,
      tone: 'trouble',
      task: {
        urgency: 'error',
        title: `${title}: ${refused} (${failureCode ?? '—'})`,
        action: `Исправьте причину, затем ${again}`,
      },
    };
  }
  return { text: status === 'running' ? 'отправляется' : 'ждёт отправки', tone: 'waiting' };
}

function returnedAction(channel: string, remoteState: string | null, again: string): string {
  if (channel === 'mail') return `Узнайте у контрагента верный адрес, исправьте его, затем ${again}`;
  return remoteState === 'failed'
    ? `Узнайте причину у оператора, затем ${again}`
    : 'Договоритесь с покупателем: исправленный документ выставит BGBilling';
}
