import type { Identity } from './identity.ts';
import type { Correction, Document, Upd, VatInvoice } from './types.ts';

/** The correction that a document is, if it is one. */
export function correctionOf(document: Document): Correction | undefined {
  return document.record === 'vat-invoice' || document.record === 'upd' ? document.correction : undefined;
}

/** Documents that are issued again as an исправление; of an act or a bill there is only the new content. */
export function isCorrectable(document: Document): document is VatInvoice | Upd {
  return document.record === 'vat-invoice' || document.record === 'upd';
}

/**
 * The document as an исправление of the one first issued. In 1C a corrected VAT invoice is an object of its own beside
 * the first one; the act of an УПД stays the same object.
 */
export function asCorrection<T extends VatInvoice | Upd>(
  document: T,
  { number, date }: Pick<Correction, 'number' | 'date'>,
  identity: Identity,
): T {
  const uuid = identity.correction(document.key, number);
  if (document.record === 'vat-invoice')
    return { ...document, uuid, correction: { number, date, original: document.uuid } };
  const original = document.vatInvoiceUuid ?? document.uuid;
  return {
    ...document,
    ...(document.vatInvoiceUuid !== undefined && { vatInvoiceUuid: uuid }),
    correction: { number, date, original },
  };
}
