import type { Config } from '../config/types.ts';
import { type Fault, fault } from '../faults/fault.ts';
import type { DocumentRow } from '../journal/documents.ts';
import { type Journal, type OpenJournal, openJournal } from '../journal/journal.ts';
import type { StoredPackage } from '../journal/packages.ts';
import type { BookRow } from '../journal/receipts.ts';
import type { PartState } from '../journal/states.ts';
import type { Clock } from '../support/clock.ts';
import { type Heartbeat, readHeartbeat } from './heartbeat.ts';
import { unreconciled } from './reconciled.ts';

export interface StatusRequest {
  config: Config;
  period?: string | undefined;
  /** A number as it stands in the package, or a UUID. */
  document?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal;
}

/** Where everything is: packages, and each document from its source row to the books. */
export interface Status {
  packages: PackageStatus[];
  documents: DocumentStatus[];
  /** Documents by where they stand. */
  counts: Partial<Record<Standing, number>>;
  /** Exports that came in and are not finished. */
  intake: { id: number; state: string; name: string }[];
  watcher?: Heartbeat;
}

export interface PackageStatus {
  packageId: string;
  organization: string;
  seq: number;
  period: string;
  documents: number;
  parts: { part: number; file: string; state: PartState }[];
}

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
  /** Fields that are another in the books. */
  differences: string[];
  /** What every receipt of the base said, the latest first; only for a document that was asked for. */
  history?: BookRow[];
}

export function status(request: StatusRequest): { status?: Status; faults: Fault[] } {
  const { config, clock, period, document } = request;
  const { journal, fault: refused } = (request.openJournal ?? openJournal)(config.journal.path, clock);
  if (!journal) return { faults: [refused!] };
  try {
    const wanted = wantedPackages(journal, period);
    const found =
      document === undefined ? documentsOf(journal, wanted) : documentsNamed(journal, wanted, document);
    const documents = describe(config, journal, wanted, found, document !== undefined);
    const nothing = documents.length === 0 && (period !== undefined || document !== undefined);
    const restored = unreconciled(journal);
    const faults = [
      ...(restored ? [restored] : []),
      ...(nothing
        ? [fault('BG1C-STATUS-NONE', { wanted: [period, document].filter(Boolean).join(', ') })]
        : []),
    ];
    const counts: Status['counts'] = {};
    for (const { standing } of documents) counts[standing] = (counts[standing] ?? 0) + 1;
    const watcher = readHeartbeat(config.journal.path);
    const intake = journal.records.intake.unfinished().map(({ id, state, name }) => ({ id, state, name }));
    const packages = [...wanted.values()].map((one) => packageStatus(journal, one));
    return { status: { packages, documents, counts, intake, ...(watcher && { watcher }) }, faults };
  } finally {
    journal.close();
  }
}

/** By their own number in the journal, the earliest first. */
function wantedPackages(journal: Journal, period: string | undefined): Map<number, StoredPackage> {
  const packages = journal.records.packages
    .list()
    .filter((one) => period === undefined || one.period === period);
  return new Map(packages.sort((a, b) => a.id - b.id).map((one) => [one.id, one]));
}

function packageStatus(journal: Journal, stored: StoredPackage): PackageStatus {
  const { id, packageId, organization, seq, period, documents } = stored;
  const parts = journal.records.packages.parts(id).map(({ part, file, state }) => ({ part, file, state }));
  return { packageId, organization, seq, period, documents, parts };
}

/** Of a document that stands in several packages the latest counts. */
function documentsOf(journal: Journal, wanted: ReadonlyMap<number, StoredPackage>): DocumentRow[] {
  const latest = new Map<string, DocumentRow>();
  for (const id of wanted.keys())
    for (const row of journal.records.documents.of(id)) latest.set(row.uuid, row);
  return [...latest.values()];
}

function documentsNamed(
  journal: Journal,
  wanted: ReadonlyMap<number, StoredPackage>,
  name: string,
): DocumentRow[] {
  const latest = new Map<string, DocumentRow>();
  for (const row of journal.records.documents.find(name))
    if (wanted.has(row.package) && !latest.has(row.uuid)) latest.set(row.uuid, row);
  return [...latest.values()];
}

function describe(
  { onec: { infobase } }: Config,
  journal: Journal,
  packages: ReadonlyMap<number, StoredPackage>,
  rows: readonly DocumentRow[],
  withHistory: boolean,
): DocumentStatus[] {
  const { receipts } = journal.records;
  const books = infobase
    ? receipts.inBooks(
        infobase.id,
        rows.map(({ uuid }) => uuid),
      )
    : new Map<string, BookRow>();
  const states = partStates(journal, packages);
  return rows.map((row) => {
    const { uuid, kind, number, date, sum, vat, key, line, part } = row;
    const { packageId, organization, seq, period } = packages.get(row.package)!;
    const state = states.get(`${row.package}/${part}`)!;
    const found = books.get(uuid);
    const differences = found ? differencesOf(row, found) : [];
    return {
      uuid,
      kind,
      number,
      date,
      sum,
      vat,
      source: { key, line },
      package: { packageId, organization, seq, period, part, state },
      standing: standingOf(found, differences),
      ...(found && { books: found }),
      differences,
      ...(withHistory && infobase && { history: receipts.history(infobase.id, uuid) }),
    };
  });
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
  if (sent.number !== '' && differs(sent.number, books.number)) fields.push('number');
  if (differs(sent.date, books.date?.slice(0, 10) ?? null)) fields.push('date');
  if (differs(sent.sum, books.sum)) fields.push('sum');
  if (differs(sent.vat, books.vat)) fields.push('vat');
  if (differs(sent.inn ?? '', books.inn) || differs(sent.kpp ?? '', books.kpp)) fields.push('counterparty');
  return fields;
}

function standingOf(books: BookRow | undefined, differences: readonly string[]): Standing {
  if (!books) return 'waiting';
  const { state, posted, deletionMark } = books;
  if (state !== 'created' && state !== 'updated' && state !== 'found') return state;
  if (deletionMark) return 'marked';
  if (differences.length > 0) return 'differs';
  return posted ? 'posted' : 'unposted';
}
