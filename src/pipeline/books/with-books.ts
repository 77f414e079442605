import type { BookRow } from '../../journal/receipts.ts';
import type { DocumentSource } from '../../model/document-source.ts';
import type { Document } from '../../model/types.ts';

/** The second object that an УПД is in the books. */
export function vatInvoiceOf(document: Document): string | undefined {
  return document.record === 'upd' ? document.vatInvoiceUuid : undefined;
}

/** The document as people see it: with numbers that 1C has drawn, and the advance invoices that it knows of. */
export function withBooks(source: DocumentSource, books: ReadonlyMap<string, BookRow>): DocumentSource {
  const { document } = source;
  const own = books.get(document.uuid);
  const invoice = books.get(vatInvoiceOf(document) ?? document.uuid);
  const number = document.number || (own?.number ?? '');
  const numbered: Document =
    document.record === 'vat-invoice'
      ? { ...document, number, actNumber: document.actNumber || (books.get(document.act)?.number ?? '') }
      : { ...document, number };
  return { ...source, document: numbered, advances: invoice?.advanceInvoices };
}
