import type { FaultEntry } from './entry.ts';

/** Counterparties between 1C and Bitrix24. */
export const BITRIX24_FAULTS = {
  'BG1C-CRM-NONE': {
    severity: 'error',
    scope: 'usage',
    title: 'Битрикс24 не настроен',
    message: 'В настройках нет раздела channels.bitrix24',
    remedy: 'Добавьте его: откуда взять вебхук, написано в docs/bitrix24.ru.md',
  },
  'BG1C-CRM-BUSY': {
    severity: 'error',
    scope: 'usage',
    title: 'Обмен с Битрикс24 уже идёт',
    message: 'С порталом {portal} уже работает другая программа этой установки',
    remedy: 'Дождитесь её окончания и повторите',
  },
  'BG1C-CRM-CARDS': {
    severity: 'error',
    scope: 'usage',
    title: 'Выгрузка контрагентов не читается',
    message: 'Контрагенты 1С, файл {file}: {reason}',
    remedy: 'Выгрузите их из 1С заново: команда обработки «BGBilling: выгрузить контрагентов для CRM»',
  },
  'BG1C-CRM-CARDS-FOREIGN': {
    severity: 'error',
    scope: 'usage',
    title: 'Контрагенты не той базы',
    message: 'Файл {file} выгружен из базы {infobase}, а в настройках указана другая (onec.infobase)',
    remedy:
      'Выгрузите контрагентов из рабочей базы или исправьте onec.infobase: оба значения показывает обработка',
  },
  'BG1C-CRM-CARDS-OLD': {
    severity: 'warning',
    scope: 'build',
    title: 'Выгрузка контрагентов устарела',
    message: 'Контрагенты выгружены из 1С {date}: правки после этого дня в Битрикс24 не попадут',
    remedy: 'Выгрузите контрагентов заново; по расписанию — командой обработки раз в день',
  },
  'BG1C-CRM-SCOPE': {
    severity: 'error',
    scope: 'usage',
    title: 'У вебхука нет прав',
    message: 'У вебхука портала {portal} нет прав: {scopes}',
    remedy: 'Откройте вебхук в Битрикс24 (Разработчикам → Другое) и отметьте эти права',
  },
  'BG1C-CRM-PRESET': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет шаблона реквизитов',
    message: 'На портале {portal} нет шаблона реквизитов «{preset}»',
    remedy: 'Создайте его в Битрикс24: CRM → Настройки → Стартовые настройки → Реквизиты, страна Россия',
  },
  'BG1C-CRM-FIELDS': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет пользовательских полей',
    message: 'На портале {portal} нет полей: {fields}',
    remedy: 'Создайте их: bg1c bitrix24 setup --yes',
  },
  'BG1C-CRM-PORTAL': {
    severity: 'error',
    scope: 'usage',
    title: 'Битрикс24 не отвечает или отказал',
    message: 'Портал {portal}: {reason}',
    remedy:
      'Проверьте связь, срок вебхука и тариф портала. Сделанное записано в журнал: повторите команду, дважды ничего не создастся',
  },
  'BG1C-CRM-CARD': {
    severity: 'error',
    scope: 'document',
    title: 'Карточка не перенесена',
    message: '{title}: {reason}',
    remedy: 'Исправьте причину и повторите: перенос продолжится с этой карточки',
  },
  'BG1C-CRM-DECIDE': {
    severity: 'warning',
    scope: 'build',
    title: 'Нужны решения',
    message: 'Ждут решения бухгалтера: {count}',
    remedy: 'Список: bg1c bitrix24 changes',
  },
  'BG1C-CRM-PERSONS': {
    severity: 'notice',
    scope: 'build',
    title: 'Физлица не переданы в Битрикс24',
    message: 'Физические лица не переданы в Битрикс24: {count}',
    remedy: 'Когда согласие на передачу персональных данных получено, укажите consent.bitrix24: true',
  },
  'BG1C-CRM-UNLINKED': {
    severity: 'error',
    scope: 'document',
    title: 'Карточки контрагента в Битрикс24 нет',
    message: '{counterparty}: в Битрикс24 нет карточки этого контрагента, или она не одна',
    remedy: 'Перенесите контрагентов: bg1c bitrix24 push; если их несколько — bg1c bitrix24 changes',
  },
  'BG1C-CRM-NUMBER': {
    severity: 'error',
    scope: 'document',
    title: 'Такого решения принять нельзя',
    message: '№ {number}: {reason}',
    remedy: 'Номера и что с ними можно сделать показывает bg1c bitrix24 changes',
  },
} as const satisfies Record<string, FaultEntry>;
