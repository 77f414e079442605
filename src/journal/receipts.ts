import type { Clock } from '../support/clock.ts';
import { all, type Connection, one } from './database.ts';
import type { Events } from './events.ts';
import type { Receipt, ReceiptObject, ReceiptState, Standing } from './receipt.ts';

/** A receipt as the journal keeps it. */
export interface ReceiptRow {
  id: number;
  receiptId: string;
  sha256: string;
  package: number;
  part: number;
  infobase: string;
  connection: string;
  standing: Standing;
  complete: boolean;
  signed: boolean;
  /** Why the package was refused as a whole. */
  message: string | null;
  finishedAt: string;
  takenAt: string;
}

/** What a receipt says of one object. */
export interface BookRow {
  uuid: string;
  kind: string;
  state: ReceiptState;
  /** 1C's UUID. */
  ref: string | null;
  number: string | null;
  date: string | null;
  sum: number | null;
  vat: number | null;
  inn: string | null;
  kpp: string | null;
  posted: boolean;
  deletionMark: boolean;
  message: string | null;
  /** Line 5б of a VAT invoice: advance invoices with the same payment. */
  advanceInvoices: { number: string; date: string }[];
  /** The receipt that says so. */
  receipt: number;
  finishedAt: string;
}

/** Our UUID and 1C's. */
export interface RefPair {
  uuid: string;
  ref1c: string;
}

export interface ReceiptStore {
  findByHash(sha256: string): ReceiptRow | undefined;
  findById(receiptId: string): ReceiptRow | undefined;
  /** Keeps a receipt with all its objects. @returns its number in the order of arrival */
  record(
    receipt: Receipt,
    known: { sha256: string; package: number; standing: Standing; signed: boolean },
  ): number;
  /** Receipts of one package, in the order of arrival. */
  of(packageId: number): ReceiptRow[];
  /** The newest receipt: what is known "before" a build is bounded by it. */
  newest(): number;
  /** What the books of a base hold now: of several receipts the one that finished last counts, not the one that came last. */
  inBooks(infobase: string, uuids: readonly string[]): Map<string, BookRow>;
  /** The number that the base gave to a document, as far as its receipts had told when `newest()` was so much. */
  numberOf(infobase: string, uuid: string, before: number): string | undefined;
  /** Everything that the base's receipts said of one object, the latest first. */
  history(infobase: string, uuid: string): BookRow[];
  /** Pairs that the base's receipts had told when `newest()` was so much; sorted by our UUID. */
  refs(infobase: string, before: number, uuids: readonly string[]): RefPair[];
}

const RECEIPT = `SELECT id, receipt_id AS receiptId, sha256, package, part, infobase, connection, standing, complete, signed, message,
  finished_at AS finishedAt, taken_at AS takenAt FROM receipt`;
const OBJECT = `SELECT o.uuid, o.kind, o.state, o.ref, o.number, o.date, o.sum, o.vat, o.inn, o.kpp, o.posted,
  o.deletion_mark AS deletionMark, o.message, o.advance_invoices AS advanceInvoices, r.id AS receipt, r.finished_at AS finishedAt
  FROM receipt_object o JOIN receipt r ON r.id = o.receipt`;
/** States that say under which UUID an object lies in the base, or that it lies there no more. */
const TEACHING = "('created', 'updated', 'found', 'missing')";
/** Values asked for at once. */
const BATCH = 200;

export function createReceiptStore(connection: Connection, events: Events, clock: Clock): ReceiptStore {
  const byHash = connection.prepare(`${RECEIPT} WHERE sha256 = ?`);
  const byId = connection.prepare(`${RECEIPT} WHERE receipt_id = ?`);
  const ofPackage = connection.prepare(`${RECEIPT} WHERE package = ? ORDER BY id`);
  const newest = connection.prepare('SELECT coalesce(max(id), 0) AS id FROM receipt');
  const history = connection.prepare(
    `${OBJECT} WHERE o.uuid = ? AND r.infobase = ? AND r.standing = 'own' ORDER BY r.finished_at DESC, r.id DESC`,
  );
  const numbered = connection.prepare(
    `${OBJECT} WHERE o.uuid = ? AND r.infobase = ? AND r.standing = 'own' AND r.id <= ? AND o.number <> ''
       AND o.state IN ('created', 'updated', 'found') ORDER BY r.finished_at DESC, r.id DESC LIMIT 1`,
  );
  const insert = connection.prepare(
    `INSERT INTO receipt (receipt_id, sha256, package, part, infobase, connection, standing, complete, signed,
       message, finished_at, taken_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertObject = connection.prepare(
    `INSERT INTO receipt_object (receipt, uuid, kind, state, ref, number, date, sum, vat, inn, kpp, posted,
       deletion_mark, advance_invoices, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  /** The latest row of each UUID among those that fit. */
  const latest = (uuids: readonly string[], fits: string, values: (string | number)[]): BookRow[] => {
    const found: BookRow[] = [];
    for (let at = 0; at < uuids.length; at += BATCH) {
      const batch = uuids.slice(at, at + BATCH);
      const marks = batch.map(() => '?').join(', ');
      const rows = all<BookRecord & { nth: number }>(
        connection.prepare(
          `SELECT * FROM (
             SELECT *, row_number() OVER (PARTITION BY uuid ORDER BY finishedAt DESC, receipt DESC) AS nth
             FROM (${OBJECT} WHERE o.uuid IN (${marks}) AND r.standing = 'own' AND ${fits})
           ) WHERE nth = 1`,
        ),
        ...batch,
        ...values,
      );
      for (const { nth: _, ...row } of rows) found.push(bookRow(row));
    }
    return found;
  };

  return {
    findByHash: (sha256) => receiptRow(one<ReceiptRecord>(byHash, sha256)),
    findById: (receiptId) => receiptRow(one<ReceiptRecord>(byId, receiptId)),
    record(receipt, { sha256, package: packageId, standing, signed }) {
      const { receiptId, part, infobase, complete, finishedAt, objects, message = null } = receipt;
      const { lastInsertRowid } = insert.run(
        ...[receiptId, sha256, packageId, part, infobase.id.toLowerCase(), infobase.connection, standing],
        ...[Number(complete), Number(signed), message, finishedAt, clock().toISOString()],
      );
      const id = Number(lastInsertRowid);
      for (const one of objects)
        insertObject.run(
          ...[id, one.uuid.toLowerCase(), one.kind, one.state, one.ref1c?.toLowerCase() ?? null],
          ...[one.number ?? null, one.date ?? null, one.sum ?? null, one.vat ?? null],
          ...requisites(one.counterparty),
          ...[Number(one.posted ?? false), Number(one.deletionMark ?? false)],
          ...[JSON.stringify(one.advanceInvoices ?? []), one.message ?? null],
        );
      events.add('receipt.taken', `receipt:${id}`, `package:${packageId}/${part} ${standing}`);
      return id;
    },
    of: (packageId) => all<ReceiptRecord>(ofPackage, packageId).map((row) => receiptRow(row)!),
    newest: () => one<{ id: number }>(newest)!.id,
    inBooks: (infobase, uuids) =>
      new Map(latest(uuids, 'r.infobase = ?', [infobase.toLowerCase()]).map((row) => [row.uuid, row])),
    numberOf: (infobase, uuid, before) =>
      one<BookRecord>(numbered, uuid, infobase.toLowerCase(), before)?.number ?? undefined,
    history: (infobase, uuid) =>
      all<BookRecord>(history, uuid.toLowerCase(), infobase.toLowerCase()).map(bookRow),
    refs(infobase, before, uuids) {
      if (before === 0) return [];
      const fits = `r.infobase = ? AND r.id <= ? AND o.state IN ${TEACHING}`;
      return latest(uuids, fits, [infobase.toLowerCase(), before])
        .filter(({ state, ref }) => state !== 'missing' && ref !== null)
        .map(({ uuid, ref }) => ({ uuid, ref1c: ref! }))
        .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
    },
  };
}

/** Yes and no as the database keeps them. */
type Flags<T, K extends keyof T> = Omit<T, K> & Record<K, number>;
type ReceiptRecord = Flags<ReceiptRow, 'complete' | 'signed'>;
type BookRecord = Omit<Flags<BookRow, 'posted' | 'deletionMark'>, 'advanceInvoices'> & {
  /** JSON. */
  advanceInvoices: string;
};

function receiptRow(row: ReceiptRecord | undefined): ReceiptRow | undefined {
  return row && { ...row, complete: row.complete === 1, signed: row.signed === 1 };
}

function bookRow(row: BookRecord): BookRow {
  return {
    ...row,
    posted: row.posted === 1,
    deletionMark: row.deletionMark === 1,
    advanceInvoices: JSON.parse(row.advanceInvoices) as BookRow['advanceInvoices'],
  };
}

/** A requisite that is not filled in the base is not named: empty is another thing than unknown. */
function requisites(counterparty: ReceiptObject['counterparty']): [string | null, string | null] {
  return counterparty ? [counterparty.inn ?? '', counterparty.kpp ?? ''] : [null, null];
}
