import type { FaultEntry } from './entry.ts';

/** Packages, messages and schemas. */
export const PACKAGE_FAULTS = {
  'BG1C-MESSAGE-INVALID': {
    severity: 'error',
    scope: 'build',
    title: 'Сообщение не проходит проверку схемой',
    message: 'Сообщение для 1С не проходит проверку схемой: {reason}',
    remedy: 'Это ошибка программы: пакет не записан; пришлите нам выгрузку',
  },
  'BG1C-RECORD-INVALID': {
    severity: 'error',
    scope: 'build',
    title: 'Запись не проходит проверку схемой',
    message: 'Запись {record} не проходит проверку схемой: {reason}',
    remedy: 'Это ошибка программы: пакет не записан; пришлите нам выгрузку',
  },
  'BG1C-PACKAGE-DAMAGED': {
    severity: 'error',
    scope: 'build',
    title: 'Пакет повреждён',
    message: 'Пакет {file} повреждён: {reason}',
    remedy: 'Соберите пакет заново: bg1c build',
  },
  'BG1C-FORMAT-LOSS': {
    severity: 'error',
    scope: 'build',
    title: 'Версия формата передаёт не всё',
    message: 'EnterpriseData {version} не передаёт: {loss} ({count})',
    remedy: 'Выберите в onec.format версию новее или соберите пакет без --fail-on-loss',
  },
  'BG1C-MESSAGE-READ': {
    severity: 'error',
    scope: 'build',
    title: 'Сообщение не читается',
    message: 'Файл {file} не прочитан как сообщение EnterpriseData: {reason}',
    remedy: 'Выгрузите сообщение заново: файл оборван, исправлен вручную или это другой файл',
  },
  'BG1C-MESSAGE-VERSION': {
    severity: 'warning',
    scope: 'document',
    title: 'Структура сообщения не проверена',
    message:
      'Сообщение в EnterpriseData {version}, описания этой версии нет: структура и ссылки не проверены',
    remedy: 'Импортируйте описание из вашей 1С: bg1c schema import <Package.bin>',
  },
  'BG1C-MESSAGE-STRUCTURE': {
    severity: 'error',
    scope: 'document',
    title: 'Ошибка в структуре сообщения',
    message: '{object}: {reason}',
    remedy: 'Исправьте программу, которая составила сообщение: 1С прервёт загрузку всего файла',
  },
  'BG1C-MESSAGE-UNCHECKED': {
    severity: 'notice',
    scope: 'document',
    title: 'Часть сообщения не проверена',
    message: 'Не проверено: {element} — программа такого не передаёт и схемы этого не держит',
    remedy: 'Ничего делать не нужно: остальное в этих объектах проверено',
  },
  'BG1C-MESSAGE-REFERENCE': {
    severity: 'warning',
    scope: 'document',
    title: 'Ссылка на объект не из сообщения',
    message: 'Есть ссылка на {element}, а самого объекта в сообщении нет',
    remedy: 'Если его нет и в базе, 1С создаст пустую карточку: передавайте объект целиком',
  },
  'BG1C-MESSAGE-INN': {
    severity: 'error',
    scope: 'document',
    title: 'ИНН в сообщении с ошибкой',
    message: 'Контрагент «{name}»: ИНН «{inn}» записан с ошибкой (длина или контрольная цифра)',
    remedy: 'Исправьте ИНН в программе, которая составила сообщение',
  },
  'BG1C-MESSAGE-TOTAL': {
    severity: 'error',
    scope: 'document',
    title: 'Суммы в сообщении расходятся',
    message: 'Документ № {number}: сумма {sum}, {against} {other}, разница {difference}',
    remedy: 'Исправьте документ в программе, которая составила сообщение',
  },
} as const satisfies Record<string, FaultEntry>;
