import type { FaultEntry } from './entry.ts';

/** Letters with documents. */
export const MAIL_FAULTS = {
  'BG1C-MAIL-NO-ADDRESS': {
    severity: 'warning',
    scope: 'document',
    title: 'Письмо не отправлено: нет адреса',
    message: 'Не отправлены: у контрагента нет адреса электронной почты',
    remedy:
      'Укажите адрес в параметре договора BGBilling или в channels.mail.recipients; кому писать не нужно — в channels.mail.optOut',
  },
  'BG1C-MAIL-ADDRESS': {
    severity: 'warning',
    scope: 'document',
    title: 'Адрес записан неверно',
    message: '{counterparty}: «{address}» — не адрес электронной почты, письмо на него не отправлено',
    remedy: 'Исправьте адрес там, где он ведётся: в BGBilling, CRM или channels.mail.recipients',
  },
  'BG1C-MAIL-RETURNED': {
    severity: 'warning',
    scope: 'document',
    title: 'Письма с адреса возвращаются',
    message: '{counterparty}: письмо не отправлено, прежние вернулись с {addresses}',
    remedy:
      'Узнайте у контрагента верный адрес и исправьте его; если адрес верен, выполните bg1c mail --forgive <адрес>',
  },
  'BG1C-MAIL-MIXED': {
    severity: 'error',
    scope: 'build',
    title: 'В письме чужой документ',
    message: 'Письмо для «{counterparty}» не составлено: {document} относится к другому контрагенту',
    remedy: 'Это ошибка программы, ничего не отправлено: пришлите нам номер документа',
  },
  'BG1C-MAIL-SIZE': {
    severity: 'error',
    scope: 'document',
    title: 'Письмо слишком большое',
    message: '{counterparty}: письмо на {megabytes} МБ больше разрешённых {limit} МБ, оно не отправлено',
    remedy:
      'Уменьшите картинки в печатных формах, укажите channels.mail.letter: document или больший limits.megabytes',
  },
  'BG1C-MAIL-UNKNOWN': {
    severity: 'notice',
    scope: 'document',
    title: 'Адрес не был отключён',
    message: 'С адреса {address} письма не возвращались',
    remedy: 'Проверьте написание: список показывает bg1c mail',
  },
} as const satisfies Record<string, FaultEntry>;
