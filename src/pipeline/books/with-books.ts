import { existsSync } from 'node:fs';
import type { Config } from '../../config/types.ts';
import { type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { BookRow } from '../../journal/receipts.ts';
import type { DocumentSource } from '../../model/document-source.ts';
import { printedNumber } from '../../model/numbering.ts';
import type { Document } from '../../model/types.ts';
import type { Clock } from '../../support/clock.ts';

/** The second object that an УПД is in the books. */
export function vatInvoiceOf(document: Document): string | undefined {
  return document.record === 'upd' ? document.vatInvoiceUuid : undefined;
}

/**
 * The document as its reader sees it: a number that 1C has drawn as 1C prints it, without prefix and zeros; and the
 * advance invoices that the books know of. Where no receipt has told the number there is none.
 */
export function withBooks<S extends Pick<DocumentSource, 'document' | 'advances'>>(
  source: S,
  books: ReadonlyMap<string, BookRow>,
): S {
  const { document } = source;
  const invoice = books.get(vatInvoiceOf(document) ?? document.uuid);
  const advances = invoice?.advanceInvoices?.map((one) => ({ ...one, number: printedNumber(one.number) }));
  return { ...source, document: numbered(document, books), advances };
}

function numbered(document: Document, books: ReadonlyMap<string, BookRow>): Document {
  if (document.numberedBy === undefined) return document;
  const drawn = (number: string, uuid: string): string =>
    printedNumber(number || (books.get(uuid)?.number ?? ''));
  const number = drawn(document.number, document.uuid);
  return document.record === 'vat-invoice'
    ? { ...document, number, actNumber: drawn(document.actNumber, document.act) }
    : { ...document, number };
}

/** Whether a document is the one that was asked for: by its UUID, its number on paper or its number in 1C. */
export function isAskedFor(
  asked: string | undefined,
  { uuid, number }: { uuid: string; number: string },
  books: ReadonlyMap<string, BookRow>,
): boolean {
  if (asked === undefined || asked.toLowerCase() === uuid) return true;
  return [number, books.get(uuid)?.number ?? ''].some(
    (known) => known !== '' && (asked === known || asked === printedNumber(known)),
  );
}

/** What receipts of the configured base have told of documents; nothing where there is no journal yet. */
export function booksOf(
  { onec: { infobase }, journal: { path } }: Config,
  documents: readonly Document[],
  clock: Clock,
  open: OpenJournal = openJournal,
): ReadonlyMap<string, BookRow> {
  const { journal } = infobase && existsSync(path) ? open(path, clock) : {};
  if (!journal) return new Map();
  try {
    const uuids = documents.flatMap((document) => [
      document.uuid,
      ...[vatInvoiceOf(document) ?? []].flat(),
      ...(document.record === 'vat-invoice' ? [document.act] : []),
    ]);
    return journal.records.receipts.inBooks(infobase!.id, uuids);
  } finally {
    journal.close();
  }
}
