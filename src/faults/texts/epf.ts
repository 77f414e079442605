import type { FaultEntry } from './entry.ts';

/** Building the processing for 1C. */
export const EPF_FAULTS = {
  'BG1C-EPF-READ': {
    severity: 'error',
    scope: 'build',
    title: 'Описание обработки не читается',
    message: 'Файл обработки {file} не читается: {reason}',
    remedy: 'Проверьте папку epf-template: файл входит в состав программы',
  },
  'BG1C-EPF-DESCRIPTION': {
    severity: 'error',
    scope: 'build',
    title: 'Описание обработки: неверное значение',
    message: 'Описание обработки, {place}: {problem}',
    remedy: 'Исправьте epf-template/description.yaml: что допустимо, написано в epf-template/README.md',
  },
  'BG1C-EPF-TWICE': {
    severity: 'error',
    scope: 'build',
    title: 'Описание обработки: имя повторяется',
    message: 'Описание обработки, {place}: имя «{name}» уже занято',
    remedy: 'Дайте элементу другое имя в epf-template/description.yaml',
  },
  'BG1C-EPF-REFERENCE': {
    severity: 'error',
    scope: 'build',
    title: 'Описание обработки: ссылка в никуда',
    message: 'Описание обработки, {place}: {problem}',
    remedy: 'Исправьте имя в epf-template/description.yaml или опишите недостающее',
  },
  'BG1C-EPF-HANDLER': {
    severity: 'error',
    scope: 'build',
    title: 'Обработчик не годится',
    message: 'Описание обработки, {place}: {problem}',
    remedy: 'Исправьте модуль обработки или имя обработчика в epf-template/description.yaml',
  },
  'BG1C-EPF-OUTPUT': {
    severity: 'error',
    scope: 'build',
    title: 'Собранная обработка неверна',
    message: 'Собранный файл обработки, {place}: {problem}',
    remedy: 'Это ошибка программы: файл не записан; пришлите нам epf-template',
  },
  'BG1C-EPF-WRITE': {
    severity: 'error',
    scope: 'build',
    title: 'Обработка не записана',
    message: 'Не удалось записать {file}: {reason}',
    remedy: 'Проверьте место на диске и права на папку, затем повторите команду',
  },
} as const satisfies Record<string, FaultEntry>;
