import type { FaultEntry } from './entry.ts';

/** Printed forms. */
export const PRINT_FAULTS = {
  'BG1C-PRINT-NUMBER': {
    severity: 'error',
    scope: 'document',
    title: 'Печать: номера ещё нет',
    message: '{document}: номер присваивает 1С, а квитанции с номером пока нет',
    remedy: 'Загрузите пакет в 1С и примите квитанцию (bg1c receipt), затем повторите печать',
  },
  'BG1C-PRINT-TEMPLATE': {
    severity: 'error',
    scope: 'build',
    title: 'Печать: ошибка в шаблоне',
    message: 'Шаблон {template} не составляется: {reason}',
    remedy:
      'Если шаблон ваш (print.templates), исправьте указанное место или уберите файл из папки: тогда действует шаблон программы',
  },
  'BG1C-PRINT-IMAGE': {
    severity: 'error',
    scope: 'build',
    title: 'Печать: нет картинки',
    message: 'Картинка {file} из настройки {key} не читается: {reason}',
    remedy: 'Проверьте путь; подходят PNG, JPEG и SVG',
  },
  'BG1C-PRINT-FOLDER': {
    severity: 'error',
    scope: 'build',
    title: 'Печать: нет папки шаблонов',
    message: 'Папка шаблонов {folder} не читается: {reason}',
    remedy: 'Проверьте print.templates; образцы для изменения записывает bg1c print --copy-templates <папка>',
  },
  'BG1C-PRINT-NONE': {
    severity: 'error',
    scope: 'build',
    title: 'Печать: нечего печатать',
    message: 'В пакете {package} нет документов',
    remedy: 'Проверьте, тот ли пакет указан',
  },
  'BG1C-PRINT-PAYMENTS': {
    severity: 'error',
    scope: 'document',
    title: 'Печать: не указан платёжный документ',
    message: '{document}: абонент платит вперёд, а сведений об оплате для строки 5 нет',
    remedy:
      'Добавьте в выгрузку платежи абонента и соберите пакет заново; с пустой строкой 5 документ не печатается',
  },
} as const satisfies Record<string, FaultEntry>;
