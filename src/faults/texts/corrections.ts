import type { FaultEntry } from './entry.ts';

/** What 1C accepted and the billing changed: re-export, исправления, deletions. */
export const CORRECTION_FAULTS = {
  'BG1C-ACCEPTED-CHANGED': {
    severity: 'error',
    scope: 'document',
    title: 'Принятый 1С документ изменён',
    message: '{document} уже в 1С, а в выгрузке другой: {changes}. В пакет он не вошёл',
    remedy:
      'Сравните: bg1c diff. Верна выгрузка — соберите исправления: bg1c build --corrections; верна 1С — верните прежнее в BGBilling',
  },
  'BG1C-ACCEPTED-VANISHED': {
    severity: 'warning',
    scope: 'document',
    title: 'Принятого 1С документа нет в выгрузке',
    message: '{document} уже в 1С, а в выгрузке его больше нет',
    remedy:
      'Проверьте, не удалён ли он в BGBilling по ошибке. Если отменён — пометьте его на удаление в 1С сами или соберите пакет с bg1c build --delete-vanished: тогда в обработке останется поставить отметку',
  },
  'BG1C-CORRECTION-MADE': {
    severity: 'notice',
    scope: 'document',
    title: 'Документ передаётся повторно',
    message: '{document}: {action}; изменилось: {changes}',
    remedy: 'Проверьте документ в обработке 1С перед загрузкой и передайте покупателю исправленный экземпляр',
  },
  'BG1C-CORRECTION-DELETED': {
    severity: 'notice',
    scope: 'document',
    title: 'Просьба пометить документ на удаление',
    message: '{document}: в выгрузке его больше нет, пакет просит 1С пометить его на удаление',
    remedy:
      'Решает бухгалтер: в обработке 1С документ стоит в списке с состоянием «нет в BGBilling». С отметкой обработка пометит его на удаление и отменит проведение, без отметки (и по расписанию) оставит как есть',
  },
  'BG1C-CORRECTION-HEAD': {
    severity: 'error',
    scope: 'document',
    title: 'Исправить так нельзя',
    message: '{document} уже в 1С и передан покупателю; исправлением это не меняется: {changes}',
    remedy:
      'Исправленный счёт-фактура сохраняет номер и дату первого. Верните их в BGBilling или оформите изменение в 1С вручную',
  },
  'BG1C-CORRECTION-VERSION': {
    severity: 'error',
    scope: 'document',
    title: 'Версия формата не передаёт исправление',
    message: '{document}: EnterpriseData {version} не передаёт {what}',
    remedy: 'Выберите в onec.format версию новее или оформите изменение в 1С вручную',
  },
  'BG1C-ACT-LEFT-OUT': {
    severity: 'error',
    scope: 'document',
    title: 'Акт не передан вслед за счётом-фактурой',
    message: 'Акт № {number} не передан: его счёт-фактуру исправить нельзя, а порознь их передавать нельзя',
    remedy: 'Исправьте замечание к счёту-фактуре',
  },
  'BG1C-DIFF-NOTHING': {
    severity: 'error',
    scope: 'usage',
    title: 'Сравнивать не с чем',
    message: 'Квитанций 1С на документы ({scope}) в журнале нет: с принятым сравнить нельзя',
    remedy: 'Назовите второй пакет: bg1c diff <пакет> <другой пакет>; или примите квитанции: bg1c receipt',
  },
  'BG1C-CORRECTION-NONE': {
    severity: 'notice',
    scope: 'document',
    title: 'Исправлять нечего',
    message: 'Исправлений нет: всё, что 1С приняла за {period}, в выгрузке такое же',
    remedy: 'Ничего делать не нужно. Если 1С загрузила пакет, а квитанция не пришла — дождитесь её',
  },
} as const satisfies Record<string, FaultEntry>;
