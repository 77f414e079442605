import type { FaultEntry } from './entry.ts';

/** The call and the configuration. */
export const SETTINGS_FAULTS = {
  'BG1C-CONFIG-NOT-FOUND': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет файла настроек',
    message: 'Не найден файл настроек {file}',
    remedy: 'Создайте его командой bg1c init или укажите путь: --config <файл>',
  },
  'BG1C-CONFIG-EXISTS': {
    severity: 'error',
    scope: 'usage',
    title: 'Файл настроек уже есть',
    message: 'Файл {file} уже есть и не изменён',
    remedy: 'Укажите другую папку или отредактируйте существующий файл',
  },
  'BG1C-CONFIG-YAML': {
    severity: 'error',
    scope: 'usage',
    title: 'Файл настроек не читается',
    message: 'Файл настроек {file} не читается: {reason}',
    remedy: 'Исправьте указанную строку: проверьте отступы, двоеточия и кавычки',
  },
  'BG1C-CONFIG-KEY': {
    severity: 'error',
    scope: 'usage',
    title: 'Неизвестная настройка',
    message: 'Неизвестная настройка «{key}»{suggestion}',
    remedy: 'Исправьте имя или удалите строку: список настроек — в docs/config.ru.md',
  },
  'BG1C-CONFIG-VALUE': {
    severity: 'error',
    scope: 'usage',
    title: 'Неверное значение настройки',
    message: 'Настройка «{key}»: {reason}',
    remedy: 'Исправьте значение: что допустимо, написано в docs/config.ru.md',
  },
  'BG1C-CONFIG-MISSING': {
    severity: 'error',
    scope: 'usage',
    title: 'Не хватает настройки',
    message: 'Не хватает обязательной настройки «{key}»',
    remedy: 'Добавьте её в файл настроек: пример — в bg1c init',
  },
  'BG1C-DOCUMENT-TYPE-UNKNOWN': {
    severity: 'error',
    scope: 'usage',
    title: 'Тип документа BGBilling не описан',
    message: 'Тип документа BGBilling № {type} «{title}» ({count}) не описан в documents.types',
    remedy: 'Добавьте в настройки строку «"{type}": act» (или bill, vat-invoice, upd, ignore)',
  },
  'BG1C-FORMAT-UNKNOWN': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет такой версии формата',
    message: 'Нет описания формата EnterpriseData версии {version}; есть: {known}',
    remedy: 'Укажите одну из имеющихся версий в onec.format',
  },
  'BG1C-PERIOD-AMBIGUOUS': {
    severity: 'error',
    scope: 'usage',
    title: 'Не ясен период',
    message: 'В выгрузке документы за несколько месяцев: {periods}',
    remedy: 'Укажите месяц: --period ГГГГ-ММ',
  },
  'BG1C-SOURCE-NOT-FOUND': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет выгрузки',
    message: 'Не найдена выгрузка: {path}',
    remedy: 'Проверьте путь к папке или архиву выгрузки',
  },
  'BG1C-PACKAGE-NOT-FOUND': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет пакета',
    message: 'Не найден пакет: {path}',
    remedy: 'Проверьте путь к файлу пакета (.zip)',
  },
  'BG1C-OBJECT-NOT-FOUND': {
    severity: 'error',
    scope: 'usage',
    title: 'Объекта нет в пакете',
    message: 'В пакете {package} нет документа или объекта «{wanted}»',
    remedy: 'Укажите номер документа или идентификатор так, как он записан в пакете',
  },
  'BG1C-JOURNAL-LOCKED': {
    severity: 'error',
    scope: 'usage',
    title: 'Журнал занят',
    message: 'Журнал {file} занят другой программой bg1c',
    remedy: 'Дождитесь её окончания и повторите команду',
  },
  'BG1C-JOURNAL-DAMAGED': {
    severity: 'error',
    scope: 'usage',
    title: 'Журнал повреждён',
    message: 'Журнал {file} повреждён: {reason}',
    remedy:
      'Остановите наблюдателя и поставьте на место журнала копию из папки backup рядом с ним: bg1c restore <копия>, затем bg1c restore --reconcile. Не удаляйте журнал: в нём номера пакетов',
  },
  'BG1C-OUTPUT-WRITE': {
    severity: 'error',
    scope: 'build',
    title: 'Пакет не записан',
    message: 'Не удалось записать {file}: {reason}',
    remedy:
      'Проверьте место на диске и права на папку, затем повторите команду: недописанного файла не осталось',
  },
  'BG1C-SCHEMA-IMPORT': {
    severity: 'error',
    scope: 'usage',
    title: 'Описание формата не прочитано',
    message: 'Файл {file} не прочитан как пакет XDTO: {reason}',
    remedy:
      'Выгрузите конфигурацию 1С в файлы и укажите XDTOPackages/EnterpriseData_<версия>/Ext/Package.bin',
  },
  'BG1C-SCHEMA-IMPORT-TYPE': {
    severity: 'error',
    scope: 'usage',
    title: 'Тип в описании формата не подходит',
    message: 'Файл {file}, тип «{type}»: {reason}',
    remedy:
      'Если файл выгружен из 1С без изменений, эта версия формата ещё не поддерживается: пришлите его нам',
  },
  'BG1C-SCHEMA-UNFIT': {
    severity: 'error',
    scope: 'usage',
    title: 'Версия формата не подходит',
    message: 'EnterpriseData {version}, «{object}»: {reason}',
    remedy: 'Эта версия ещё не поддерживается: пришлите нам файл пакета XDTO',
  },
  'BG1C-SCHEMA-DAMAGED': {
    severity: 'error',
    scope: 'usage',
    title: 'Описание формата повреждено',
    message: 'Файл {file} — не описание формата: он оборван или исправлен вручную',
    remedy: 'Импортируйте описание заново: bg1c schema import <Package.bin>, или удалите файл',
  },
  'BG1C-SCHEMA-BILL': {
    severity: 'warning',
    scope: 'usage',
    title: 'Счёт этим документом не передать',
    message: 'EnterpriseData {version}, «{object}»: {reason}; счета передаются другим документом',
    remedy: 'Укажите onec.bill: {other}',
  },
  'BG1C-OUTPUT-EXISTS': {
    severity: 'error',
    scope: 'build',
    title: 'Пакет с таким именем уже есть',
    message: 'Файл {file} уже есть, и его содержимое другое',
    remedy:
      'Журнал начат заново или подменён: восстановите его из копии или перенесите прежние пакеты в другую папку',
  },
  'BG1C-PERIOD-MISSING': {
    severity: 'error',
    scope: 'usage',
    title: 'Не указан месяц',
    message: 'Не указан месяц: из базы данных читается ровно один',
    remedy: 'Укажите месяц: --period ГГГГ-ММ',
  },
} as const satisfies Record<string, FaultEntry>;
