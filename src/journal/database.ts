import Database from 'libsql';
import { type Fault, fault } from '../faults/fault.ts';
import { MIGRATIONS } from './migrations.ts';

export type Connection = Database.Database;
export type Value = string | number | null;

/** How long a second program waits for the first, ms. */
const BUSY_TIMEOUT = 5000;
/** Pages kept in memory, KiB. */
const CACHE = 16 * 1024;
/**
 * The same while a month is put down. Rows go to random places of the indexes by UUID, and a page that is not in memory
 * is written and read again for each of them: a million documents have 200 MB of such pages.
 */
const LARGEST_CACHE = 128 * 1024;
const DOCUMENTS_PER_KIB = 4;

/** Opens the database and brings its schema up to date. Errors of the database are thrown. */
export function connect(path: string): Connection {
  const connection = new Database(path, { timeout: BUSY_TIMEOUT });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma(`cache_size = -${CACHE}`);
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function migrate(connection: Connection): void {
  if (versionOf(connection) === MIGRATIONS.length) return;
  atomically(connection, () => {
    // Asked again under the lock: another program may have done it meanwhile.
    for (const step of MIGRATIONS.slice(versionOf(connection))) connection.exec(step);
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** A journal that has gone through more migrations than this program knows. */
class NewerJournal extends Error {
  readonly version: number;

  constructor(version: number) {
    super(`version ${version} of the journal, ${MIGRATIONS.length} are known`);
    this.version = version;
  }
}

/** Migrations that the file has gone through. */
function versionOf(connection: Connection): number {
  const row = one<{ user_version: number }>(connection.prepare('PRAGMA user_version'));
  const version = Number(row!.user_version);
  if (version > MIGRATIONS.length) throw new NewerJournal(version);
  return version;
}

/** Runs the work as one transaction: all of it, or nothing and the error. Inside another transaction it joins it. */
export function atomically<T>(connection: Connection, work: () => T): T {
  if (connection.inTransaction) return work();
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    takeBack(connection);
    throw error;
  }
}

/** Begins a transaction that takes in so many documents. */
export function beginMonth(connection: Connection, documents: number): void {
  const cache = Math.min(LARGEST_CACHE, Math.max(CACHE, Math.ceil(documents / DOCUMENTS_PER_KIB)));
  connection.pragma(`cache_size = -${cache}`);
  connection.exec('BEGIN IMMEDIATE');
}

/** @returns whether there was something to take back: a failed commit may have ended the transaction by itself */
export function takeBack(connection: Connection): boolean {
  if (!connection.inTransaction) return false;
  connection.exec('ROLLBACK');
  return true;
}

/** The first row, without what the driver adds to it. */
export function one<T>(statement: Database.Statement, ...values: Value[]): T | undefined {
  const row = statement.get(...values) as (T & { _metadata?: unknown }) | undefined;
  if (row) delete row._metadata;
  return row;
}

export function all<T>(statement: Database.Statement, ...values: Value[]): T[] {
  return statement.all(...values) as T[];
}

/** Rows as they are taken; until the last one the statement is not to be run again. */
export function each<T>(statement: Database.Statement, ...values: Value[]): Iterable<T> {
  return statement.iterate(...values) as Iterable<T>;
}

/** The fault of an error of the database that is not ours; undefined where it is a defect or another error. */
export function journalFault(path: string, error: unknown): Fault | undefined {
  if (error instanceof NewerJournal)
    return fault('BG1C-JOURNAL-NEWER', { file: path, version: error.version, known: MIGRATIONS.length });
  const { code = '', message } = error as { code?: string; message: string };
  const is = (...prefixes: string[]): boolean => prefixes.some((prefix) => code.startsWith(prefix));
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED')) return fault('BG1C-JOURNAL-LOCKED', { file: path });
  if (is('SQLITE_CORRUPT', 'SQLITE_NOTADB'))
    return fault('BG1C-JOURNAL-DAMAGED', { file: path, reason: message });
  const reason = CAUSES.find(([prefix]) => is(prefix))?.[1];
  return reason === undefined ? undefined : fault('BG1C-JOURNAL-WRITE', { file: path, reason });
}

/** Causes outside the file: mending them is enough. */
const CAUSES: readonly (readonly [string, string])[] = [
  ['SQLITE_FULL', 'на диске нет места'],
  ['SQLITE_IOERR', 'ошибка диска'],
  ['SQLITE_READONLY', 'нет права записи'],
  ['SQLITE_CANTOPEN', 'файл не открывается'],
  ['SQLITE_PERM', 'нет прав'],
];
