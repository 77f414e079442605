import { all, type Connection, each, one } from './database.ts';
import { DOCUMENT, type DocumentRow } from './documents.ts';
import type { ReceiptState } from './receipt.ts';

/** A document that stands in the books of a base, in the version that 1C took from us. */
export interface Accepted {
  /** As it was sent. */
  sent: DocumentRow;
  /** As the latest receipt has it. */
  books: { number: string | null; sum: number | null; vat: number | null; posted: boolean };
}

/** What was known when something was made: a rebuild asks for the same again. */
export interface Known {
  /** The base whose receipts count. */
  infobase: string;
  /** The newest receipt that counts. */
  receipts: number;
  /** Packages with a smaller number count. */
  packages: number;
}

export interface AcceptedStore {
  /** Whether an own receipt has told of anything of a month. */
  anyIn(known: Known, period: string): boolean;
  /** Those of the documents that the books hold, by UUID; what is missing or marked for deletion is not held. */
  of(known: Known, uuids: readonly string[]): Map<string, Accepted>;
  /** Everything that the books hold of an organisation's month, by UUID: the order is part of package ids. */
  inPeriod(known: Known, organization: string, period: string): Iterable<Accepted>;
}

interface Telling {
  uuid: string;
  package: number;
  state: ReceiptState;
  number: string | null;
  date: string | null;
  sum: number | null;
  vat: number | null;
  posted: number;
  deletionMark: number;
}

const BATCH = 200;
const HELD: readonly ReceiptState[] = ['created', 'updated', 'found'];

export function createAcceptedStore(connection: Connection): AcceptedStore {
  const inPeriod = connection.prepare(
    `SELECT DISTINCT d.uuid FROM document d JOIN package p ON p.id = d.package
     WHERE p.organization = ? AND p.period = ? AND p.id < ? ORDER BY d.uuid`,
  );
  const any = connection.prepare(
    `SELECT 1 AS found FROM receipt r JOIN package p ON p.id = r.package
     WHERE p.period = ? AND r.standing = 'own' AND r.infobase = ? AND r.id <= ? AND p.id < ? LIMIT 1`,
  );
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const told = prepared(
    connection,
    (count) =>
      `SELECT o.uuid, r.package, o.state, o.number, o.date, o.sum, o.vat, o.posted, o.deletion_mark AS deletionMark
       FROM receipt_object o JOIN receipt r ON r.id = o.receipt
       WHERE o.uuid IN (${marks(count)}) AND r.standing = 'own' AND r.infobase = ? AND r.id <= ? AND r.package < ?
       ORDER BY r.finished_at DESC, r.id DESC`,
  );
  const versions = prepared(
    connection,
    (count) => `${DOCUMENT} WHERE d.uuid IN (${marks(count)}) AND d.package < ? ORDER BY d.package DESC`,
  );

  const of = (known: Known, uuids: readonly string[]): Map<string, Accepted> => {
    const found = new Map<string, Accepted>();
    if (known.receipts === 0) return found;
    const infobase = known.infobase.toLowerCase();
    for (let at = 0; at < uuids.length; at += BATCH) {
      const batch = uuids.slice(at, at + BATCH);
      const tellings = groupByUuid(
        all<Telling>(told(batch.length), ...batch, infobase, known.receipts, known.packages),
      );
      if (tellings.size === 0) continue;
      const sent = groupByUuid(all<DocumentRow>(versions(batch.length), ...batch, known.packages));
      for (const [uuid, of] of tellings) {
        const accepted = acceptedVersion(of, sent.get(uuid) ?? []);
        if (accepted) found.set(uuid, accepted);
      }
    }
    return found;
  };

  return {
    anyIn: (known, period) =>
      known.receipts > 0 &&
      one(any, period, known.infobase.toLowerCase(), known.receipts, known.packages) !== undefined,
    of,
    *inPeriod(known, organization, period) {
      if (known.receipts === 0) return;
      const sent = each<{ uuid: string }>(inPeriod, organization, period, known.packages);
      for (const batch of inBatches(sent, BATCH)) {
        const uuids = batch.map(({ uuid }) => uuid);
        const held = of(known, uuids);
        for (const uuid of uuids) {
          const accepted = held.get(uuid);
          if (accepted) yield accepted;
        }
      }
    },
  };
}

/**
 * Which of the versions we sent the books hold. 1C says `created` or `updated` of what it took from a package; `found`
 * alone says that a document is there, not that it took our version of it: then one with equal figures counts. A package
 * that asked to mark a document has no version of it: `updated` there is the mark.
 */
function acceptedVersion(
  tellings: readonly Telling[],
  versions: readonly DocumentRow[],
): Accepted | undefined {
  const latest = tellings[0]!;
  if (!HELD.includes(latest.state) || latest.deletionMark === 1) return undefined;
  const version = (telling: Telling | undefined): DocumentRow | undefined =>
    telling && versions.find((one) => one.package === telling.package);
  const sent =
    version(tellings.find((one) => (one.state === 'created' || one.state === 'updated') && version(one))) ??
    version(tellings.find((one) => one.state === 'found' && sameFigures(one, version(one)))) ??
    version(latest);
  const { number, sum, vat, posted } = latest;
  return sent && { sent, books: { number, sum, vat, posted: posted === 1 } };
}

function sameFigures(told: Telling, sent: DocumentRow | undefined): boolean {
  return (
    sent !== undefined &&
    (told.sum === null || told.sum === sent.sum) &&
    (told.vat === null || told.vat === sent.vat) &&
    (told.date === null || told.date.slice(0, 10) === (sent.correctedOn ?? sent.date))
  );
}

/** A month may hold a million: they are asked for a few at a time. */
function* inBatches<T>(items: Iterable<T>, size: number): Iterable<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Statements by the number of values asked for at once. */
function prepared(connection: Connection, text: (count: number) => string) {
  const known = new Map<number, ReturnType<Connection['prepare']>>();
  return (count: number): ReturnType<Connection['prepare']> => {
    const found = known.get(count) ?? connection.prepare(text(count));
    known.set(count, found);
    return found;
  };
}

function groupByUuid<T extends { uuid: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.uuid);
    if (group) group.push(row);
    else groups.set(row.uuid, [row]);
  }
  return groups;
}
