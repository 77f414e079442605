import type { Config } from '../../config/types.ts';
import type { DeliveryRow } from '../../journal/delivery.ts';
import type { DocumentRow } from '../../journal/documents.ts';
import type { Journal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import type { BookRow } from '../../journal/receipts.ts';
import type { PartState } from '../../journal/states.ts';
import { inBase } from './receive.ts';

/** What the books of the configured base have of a document. */
export type Standing =
  /** No receipt has told of it yet. */
  | 'waiting'
  | 'posted'
  | 'unposted'
  /** In the books, but not as it was sent. */
  | 'differs'
  | 'marked'
  | 'skipped'
  | 'conflict'
  | 'failed'
  | 'missing';

/** What needs a person first. */
export const STANDINGS: readonly Standing[] = [
  'missing',
  'failed',
  'conflict',
  'skipped',
  'marked',
  'differs',
  'unposted',
  'waiting',
  'posted',
];

export interface DocumentStatus {
  uuid: string;
  kind: DocumentRow['kind'];
  number: string;
  date: string;
  sum: number;
  vat: number;
  source: { key: string; line: number | null };
  package: {
    packageId: string;
    organization: string;
    seq: number;
    period: string;
    part: number;
    state: PartState;
  };
  standing: Standing;
  books?: BookRow;
  /** The second object that an УПД is in the books. */
  vatInvoiceBooks?: BookRow;
  /** Fields that are another in the books. */
  differences: string[];
  /** Its ways through the channels, the latest first. */
  deliveries: DeliveryStatus[];
  /** What every receipt of the base said, the latest first; only for a document that was asked for. */
  history?: BookRow[];
}

/** A delivery of the document; of a letter with several documents each of them has it. */
export type DeliveryStatus = Pick<
  DeliveryRow,
  | 'id'
  | 'channel'
  | 'status'
  | 'outcome'
  | 'remoteState'
  | 'remoteCode'
  | 'remoteName'
  | 'failureCode'
  | 'changedAt'
>;

/** Of a document that stands in several packages the latest counts. */
export function documentsOf(journal: Journal, wanted: ReadonlyMap<number, StoredPackage>): DocumentRow[] {
  const latest = new Map<string, DocumentRow>();
  for (const id of wanted.keys())
    for (const row of journal.records.documents.of(id)) latest.set(row.uuid, row);
  return [...latest.values()];
}

export function documentsNamed(
  journal: Journal,
  wanted: ReadonlyMap<number, StoredPackage>,
  name: string,
): DocumentRow[] {
  const latest = new Map<string, DocumentRow>();
  for (const row of journal.records.documents.find(name))
    if (wanted.has(row.package) && !latest.has(row.uuid)) latest.set(row.uuid, row);
  return [...latest.values()];
}

/** @param withHistory what every receipt of the base said, too */
export function describe(
  { onec: { infobase } }: Config,
  journal: Journal,
  packages: ReadonlyMap<number, StoredPackage>,
  rows: readonly DocumentRow[],
  withHistory: boolean,
): DocumentStatus[] {
  const { receipts } = journal.records;
  const books = infobase ? receipts.inBooks(infobase.id, rows.flatMap(inBase)) : new Map<string, BookRow>();
  const states = partStates(journal, packages);
  const deliveries = deliveriesOf(journal, rows);
  return rows.map((row) => {
    const { uuid, kind, number, date, sum, vat, key, line, part } = row;
    const { packageId, organization, seq, period } = packages.get(row.package)!;
    const state = states.get(`${row.package}/${part}`)!;
    const halves = inBase(row).map((half) => standIn(row, books.get(half)));
    const [own, vatInvoice] = halves.map((half) => half.books);
    return {
      uuid,
      kind,
      number,
      date,
      sum,
      vat,
      source: { key, line },
      package: { packageId, organization, seq, period, part, state },
      standing: STANDINGS.find((one) => halves.some(({ standing }) => standing === one))!,
      ...(own && { books: own }),
      ...(vatInvoice && { vatInvoiceBooks: vatInvoice }),
      differences: [...new Set(halves.flatMap((half) => half.differences))],
      deliveries: deliveries.get(uuid) ?? [],
      ...(withHistory && infobase && { history: receipts.history(infobase.id, uuid) }),
    };
  });
}

function deliveriesOf(
  { records: { deliveries } }: Journal,
  rows: readonly DocumentRow[],
): Map<string, DeliveryStatus[]> {
  const found = new Map<string, DeliveryStatus[]>();
  for (const one of deliveries.ofDocuments(rows.map(({ uuid }) => uuid))) {
    const { id, channel, status, outcome, remoteState, remoteCode, remoteName, failureCode, changedAt } = one;
    const told = {
      id,
      channel,
      status,
      outcome,
      remoteState,
      remoteCode,
      remoteName,
      failureCode,
      changedAt,
    };
    for (const { uuid } of one.documents) found.set(uuid, [...(found.get(uuid) ?? []), told]);
  }
  return found;
}

function standIn(row: DocumentRow, books: BookRow | undefined) {
  const differences = books ? differencesOf(row, books) : [];
  return { books, differences, standing: standingOf(books, differences) };
}

function partStates(journal: Journal, packages: ReadonlyMap<number, StoredPackage>): Map<string, PartState> {
  const states = new Map<string, PartState>();
  for (const id of packages.keys())
    for (const { part, state } of journal.records.packages.parts(id)) states.set(`${id}/${part}`, state);
  return states;
}

/**
 * Fields of a document that are another in the books than in the package (design §10). What a receipt does not say is
 * not compared; an empty number of ours is drawn by 1C.
 */
export function differencesOf(sent: DocumentRow, books: BookRow): string[] {
  const differs = (ours: string | number | null, theirs: string | number | null): boolean =>
    theirs !== null && ours !== theirs;
  const fields: string[] = [];
  // A corrected VAT invoice stands in the books under a number of 1C's own and the day of the correction.
  const numbered = sent.number !== '' && !(sent.kind === 'vat-invoice' && sent.correction !== null);
  if (numbered && differs(sent.number, books.number)) fields.push('number');
  const day = books.date?.slice(0, 10) ?? null;
  if (differs(sent.date, day) && day !== sent.correctedOn) fields.push('date');
  if (differs(sent.sum, books.sum)) fields.push('sum');
  if (differs(sent.vat, books.vat)) fields.push('vat');
  // Requisites of ours that were forgotten (purge) cannot be compared.
  const differ = (ours: string | null, theirs: string | null): boolean =>
    ours !== null && differs(ours, theirs);
  if (differ(sent.inn, books.inn) || differ(sent.kpp, books.kpp)) fields.push('counterparty');
  return fields;
}

export function standingOf(books: BookRow | undefined, differences: readonly string[]): Standing {
  if (!books) return 'waiting';
  const { state, posted, deletionMark } = books;
  if (state !== 'created' && state !== 'updated' && state !== 'found') return state;
  if (deletionMark) return 'marked';
  if (differences.length > 0) return 'differs';
  return posted ? 'posted' : 'unposted';
}
