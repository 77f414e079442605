/**
 * What some versions cannot carry: the name that stands in the manifest → what people are told.
 * A mapping declares the loss where the version may lack the place for a value (`lost`).
 */
export const LOSSES = {
  'counterparty.ogrn': 'ОГРН или ОГРНИП контрагента',
  'counterparty.sole-trader': 'признак индивидуального предпринимателя',
  'counterparty.main-account': 'отметка основного банковского счёта контрагента (сам счёт передаётся)',
  'service.group': 'группа номенклатуры',
  'document.comment': 'комментарий документа с лицевым счётом',
  'document.buyer-inn': 'ИНН покупателя в самом счёте-фактуре (в карточке контрагента он есть)',
  'document.buyer-kpp': 'КПП покупателя в самом счёте-фактуре (в карточке контрагента он есть)',
  'document.correction': 'номер и дата исправления счёта-фактуры',
  'document.payments': 'платёжные документы счёта-фактуры (строка 5)',
  'document.upd': 'признак УПД: его ставит обработка загрузки',
} as const;

export type LossName = keyof typeof LOSSES;

/** The mark of an element that a version may lack, for `text`, `plain`, `group` and `rows`. */
export function lost(loss: LossName): { optional: true; loss: LossName } {
  return { optional: true, loss };
}

/** What a loss of a manifest means; a name that only another version of the program knows is told as it is. */
export function lossText(name: string): string {
  return Object.hasOwn(LOSSES, name) ? LOSSES[name as LossName] : name;
}
