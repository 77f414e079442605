import type { FaultEntry } from './entry.ts';

/** Numbers given by templates, numbers of other months, the way documents come about. */
export const NUMBERING_FAULTS = {
  'BG1C-TEMPLATE-LENGTH': {
    severity: 'error',
    scope: 'document',
    title: 'Номер по шаблону не помещается в 1С',
    message:
      'Лицевой счёт {account}: по шаблону {template} получается номер «{number}» — {length} знаков, а в 1С помещается {limit}',
    remedy: 'Сократите шаблон в numbering.template{proposal}',
  },
  'BG1C-TEMPLATE-PRINT': {
    severity: 'error',
    scope: 'document',
    title: 'Номер по шаблону 1С напечатает иначе',
    message:
      'Лицевой счёт {account}: по шаблону {template} получается номер «{number}», а 1С напечатает «{printed}» — дефис стоит на {position}-м месте',
    remedy: 'Измените шаблон в numbering.template{proposal}',
  },
  'BG1C-NUMBER-TAKEN': {
    severity: 'error',
    scope: 'document',
    title: 'Номер уже есть в другом месяце года',
    message: 'Номер «{number}» ({kind}) уже передан за {period}, а в 1С номер не повторяется в течение года',
    remedy: 'Сделайте нумерацию в BGBilling сквозной за год или нумеруйте по шаблону (numbering.by: own)',
  },
  'BG1C-MODE-CHANGED': {
    severity: 'error',
    scope: 'usage',
    title: 'Изменился способ составления документов',
    message:
      'За {period} по организации «{organization}» уже собран пакет при documents.mode: {before}, а в настройках теперь {now}',
    remedy:
      'Для этого месяца верните documents.mode: {before} — иначе те же услуги попадут в 1С дважды; новый режим начните со следующего месяца',
  },
} as const satisfies Record<string, FaultEntry>;
