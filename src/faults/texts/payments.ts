import type { FaultEntry } from './entry.ts';

/** Payments of prepaid contracts: line 5 of a VAT invoice. */
export const PAYMENT_FAULTS = {
  'BG1C-PAYMENTS-MISSING': {
    severity: 'warning',
    scope: 'document',
    title: 'Предоплата: нет платежей для строки 5',
    message:
      'Документ № {number} на {sum}: договор № {contract} с предоплатой, а платежей для строки 5 счёта-фактуры нет',
    remedy:
      'Добавьте в выгрузку payments за прошлые месяцы (payments.months) и balances; без строки 5 документ не отправляется покупателю',
  },
  'BG1C-PAYMENT-ROW': {
    severity: 'warning',
    scope: 'document',
    title: 'Строка об оплате не прочитана',
    message: 'Строка {table} не прочитана, в строку 5 счёта-фактуры она не вошла: {reason}',
    remedy: 'Исправьте строку выгрузки и соберите пакет заново; на сами документы и их суммы она не влияет',
  },
  'BG1C-PAYMENTS-PART': {
    severity: 'notice',
    scope: 'document',
    title: 'Предоплата покрывает не всю сумму',
    message: 'Документ № {number} на {sum}: по договору № {contract} в строку 5 вошли платежи на {paid}',
    remedy: 'Если оплачено больше, проверьте платежи в выгрузке; если остальное оплачено позже — всё верно',
  },
  'BG1C-PAYMENT-NUMBER': {
    severity: 'warning',
    scope: 'document',
    title: 'У платежа не найден номер документа',
    message:
      'Документ № {number}: платёж {id} от {date} ({sum}) в строку 5 не вошёл — номера платёжного документа в комментарии нет',
    remedy:
      'Опишите запись номера в payments.documents; для карт и терминалов номером может служить номер платежа: payments.otherwise: id',
  },
} as const satisfies Record<string, FaultEntry>;
