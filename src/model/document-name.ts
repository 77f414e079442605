import { russianDate } from '../support/dates.ts';
import type { DocumentKind } from './types.ts';

/** How people call the kinds of documents. */
export const KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
  bill: 'Счёт',
  act: 'Акт',
  'vat-invoice': 'Счёт-фактура',
  upd: 'УПД',
};

export const KIND_NAMES_MANY: Readonly<Record<DocumentKind, string>> = {
  bill: 'Счета на оплату',
  act: 'Акты',
  'vat-invoice': 'Счета-фактуры',
  upd: 'УПД',
};

/** «Акт № А10/1045 от 31.10.2026»; without a number the billing's own key stands for it. */
export function documentName({
  kind,
  number,
  date,
  key = '—',
}: {
  kind: DocumentKind;
  number: string;
  date: string;
  key?: string;
}): string {
  return `${KIND_NAMES[kind]} № ${number || key} от ${russianDate(date)}`;
}
