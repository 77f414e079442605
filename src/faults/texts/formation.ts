import type { FaultEntry } from './entry.ts';

/** Persons, filters, services of a file: what is taken of an export and under what names. */
export const FORMATION_FAULTS = {
  'BG1C-SERVICES-FILE': {
    severity: 'error',
    scope: 'usage',
    title: 'Ошибка в файле услуг',
    message: '{file}, строка {line}: {reason}',
    remedy: 'Исправьте файл, указанный в services.file',
  },
  'BG1C-FILTER-ASIDE': {
    severity: 'notice',
    scope: 'document',
    title: 'Не взято по настройке filter',
    message: 'Не взято по настройке {key} ({value}): договоров {contracts}, на сумму {sum}',
    remedy: 'Ничего делать не нужно, если так и задумано',
  },
  'BG1C-FILTER-MIXED': {
    severity: 'error',
    scope: 'document',
    title: 'В документе и взятые, и не взятые услуги',
    message:
      'Документ № {number}: услуги {excluded} не берутся по настройке filter.services, остальные берутся',
    remedy: 'Разделите документ в BGBilling или измените filter.services: часть документа передать нельзя',
  },
  'BG1C-PERSONS-IGNORED': {
    severity: 'notice',
    scope: 'document',
    title: 'Физлица не передаются',
    message: 'По настройке persons.mode: ignore не взяты физлица: договоров {contracts}, на сумму {sum}',
    remedy: 'Ничего делать не нужно, если выручка по физлицам попадает в 1С другим путём',
  },
  'BG1C-PERSONS-AGGREGATED': {
    severity: 'notice',
    scope: 'document',
    title: 'Сводный акт физлиц',
    message:
      'Организация «{organization}»: в сводный акт № {number} вошли договоры физлиц: {contracts}, на сумму {sum}',
    remedy: 'Ничего делать не нужно',
  },
} as const satisfies Record<string, FaultEntry>;
