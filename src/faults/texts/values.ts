import type { FaultEntry } from './entry.ts';

/** Values of rows, and references between them. */
export const VALUE_FAULTS = {
  'BG1C-VALUE-REQUIRED': {
    severity: 'error',
    scope: 'document',
    title: 'Пустое обязательное значение',
    message: 'Не заполнено «{column}»',
    remedy: 'Заполните значение в BGBilling и выгрузите месяц заново',
  },
  'BG1C-VALUE-INTEGER': {
    severity: 'error',
    scope: 'document',
    title: 'Ожидалось целое число',
    message: '«{column}»: ожидалось целое число, а стоит «{value}»',
    remedy: 'Исправьте значение в выгрузке',
  },
  'BG1C-VALUE-DECIMAL': {
    severity: 'error',
    scope: 'document',
    title: 'Ожидалось число',
    message: '«{column}»: ожидалось число, а стоит «{value}»',
    remedy: 'Исправьте значение: допустимы цифры, знак и одна запятая или точка',
  },
  'BG1C-VALUE-DIGITS': {
    severity: 'error',
    scope: 'document',
    title: 'Лишние знаки после запятой',
    message: '«{column}»: в «{value}» больше {scale} знаков после запятой',
    remedy: 'Программа не округляет чужие суммы: исправьте значение в источнике',
  },
  'BG1C-VALUE-RANGE': {
    severity: 'error',
    scope: 'document',
    title: 'Слишком большое число',
    message: '«{column}»: число «{value}» слишком велико',
    remedy: 'Проверьте значение: 1С хранит суммы до 13 знаков перед запятой',
  },
  'BG1C-VALUE-DATE': {
    severity: 'error',
    scope: 'document',
    title: 'Неверная дата',
    message: '«{column}»: «{value}» — не дата',
    remedy: 'Запишите дату как 31.10.2026 или 2026-10-31',
  },
  'BG1C-VALUE-CHOICE': {
    severity: 'error',
    scope: 'document',
    title: 'Недопустимое значение',
    message: '«{column}»: «{value}» — недопустимо; возможно: {allowed}',
    remedy: 'Исправьте значение в выгрузке',
  },
  'BG1C-VALUE-CONTROL': {
    severity: 'warning',
    scope: 'document',
    title: 'Недопустимый символ',
    message: '«{column}»: служебный знак {code} передать в 1С нельзя, он опущен: «{value}»',
    remedy: 'Уберите этот знак в BGBilling, чтобы названия совпадали',
  },
  'BG1C-ROW-TWICE': {
    severity: 'error',
    scope: 'document',
    title: 'Строка повторяется',
    message: 'Таблица {table}: запись «{key}» встречается больше одного раза',
    remedy: 'Оставьте одну запись: непонятно, какая из них верна',
  },

  'BG1C-CLIENT-MISSING': {
    severity: 'error',
    scope: 'document',
    title: 'Нет клиента договора',
    message: 'Договор № {contract} (cid {cid}): нет строки в clients — неизвестно, кому выставлены документы',
    remedy: 'Добавьте клиента в выгрузку: чаще всего договор закрыт до начала месяца',
  },
  'BG1C-CONTRACT-MISSING': {
    severity: 'error',
    scope: 'document',
    title: 'Нет договора',
    message: 'Таблица {table} ссылается на договор cid {cid}, которого нет в contracts',
    remedy: 'Добавьте договор в выгрузку: чаще всего он закрыт до начала месяца',
  },
  'BG1C-SUPER-MISSING': {
    severity: 'error',
    scope: 'document',
    title: 'Нет супердоговора',
    message: 'Субдоговор № {contract} (cid {cid}) ссылается на супердоговор {scid}, которого нет в contracts',
    remedy: 'Добавьте супердоговор в выгрузку',
  },
  'BG1C-SUPER-CIRCLE': {
    severity: 'error',
    scope: 'document',
    title: 'Субдоговоры зависят друг от друга',
    message:
      'Договор № {contract} (cid {cid}) зависит от договора {scid}, а тот — от него: свести их не к чему',
    remedy: 'Исправьте супердоговор (scid) в BGBilling: документы этих договоров не переданы',
  },
  'BG1C-SERVICE-MISSING': {
    severity: 'error',
    scope: 'document',
    title: 'Нет услуги',
    message: 'Документ № {number}: услуги sid {sid} нет в services',
    remedy: 'Выгрузите справочник услуг целиком',
  },
  'BG1C-FIRM-UNKNOWN': {
    severity: 'error',
    scope: 'document',
    title: 'Неизвестная организация',
    message: 'Договор № {contract}: организация BGBilling № {firm} не описана в organizations',
    remedy: 'Впишите номер в organizations[].firms той организации, от которой выставляются документы',
  },
  'BG1C-LINE-ORPHAN': {
    severity: 'warning',
    scope: 'document',
    title: 'Строка без документа',
    message: 'Строка document_lines относится к документу {kind} {document}, которого нет в documents',
    remedy: 'Проверьте выгрузку: строка не использована',
  },
} as const satisfies Record<string, FaultEntry>;
