import { chmodSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { type Fault, fault } from '../faults/fault.ts';
import type { KnownCounterparties, KnownCounterparty } from '../sources/assembly/context.ts';
import type { Clock } from '../support/clock.ts';
import { ensureFolder, FILE_MODE } from '../support/files.ts';
import { MIGRATIONS } from './migrations.ts';

/** How long a second program waits for the first, ms. */
const BUSY_TIMEOUT = 2000;

/** A package as the journal keeps it. */
export interface PackageRow {
  organization: string;
  seq: number;
  packageId: string;
  period: string;
  mode: string;
  parts: number;
  documents: number;
}

/**
 * The journal: the only place that touches the database. Everything between `begin` and `commit` is one fact: it is
 * there whole or not at all, and only one program holds it at a time.
 */
export interface Journal {
  readonly path: string;
  /** Locks the journal for writing; a fault when another program has it. */
  begin(): Fault | undefined;
  commit(): void;
  rollback(): void;
  /** The number a package has, or the organisation's next one. */
  sequenceOf(organization: string, packageId: string): number;
  recordPackage(row: PackageRow, tool: string): void;
  packages(): PackageRow[];
  counterparties: KnownCounterparties;
  /** Keeps a contract's counterparty; the first one stays. */
  rememberCounterparty(contract: string, counterparty: Omit<KnownCounterparty, 'age'>): void;
  /** `ok`, or what the database finds wrong with itself. */
  integrity(): string;
  close(): void;
}

/**
 * Opens the journal, creating it where there is none (file 0600, folder 0700).
 * @param path the file, or `:memory:` for a journal that is forgotten (`check`, `--dry-run` beside no journal)
 */
export function openJournal(path: string, clock: Clock): { journal?: Journal; fault?: Fault } {
  try {
    if (path !== ':memory:') ensureFolder(dirname(path));
    const fresh = path === ':memory:' || !existsSync(path);
    const database = new Database(path, { timeout: BUSY_TIMEOUT });
    if (fresh && path !== ':memory:') chmodSync(path, FILE_MODE);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    migrate(database);
    return { journal: createJournal(database, path, clock) };
  } catch (error) {
    return { fault: journalFault(path, error) };
  }
}

function migrate(database: Database.Database): void {
  const version = Number(
    (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version,
  );
  if (version > MIGRATIONS.length)
    throw new Error(`версия журнала ${version}, а программа знает ${MIGRATIONS.length}`);
  if (version === MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function createJournal(database: Database.Database, path: string, clock: Clock): Journal {
  const select = {
    sequence: database.prepare('SELECT seq FROM package WHERE package_id = ?'),
    last: database.prepare('SELECT max(seq) AS seq FROM package WHERE organization = ?'),
    packages: database.prepare(
      'SELECT organization, seq, package_id AS packageId, period, mode, parts, documents FROM package ORDER BY organization, seq',
    ),
    byContract: database.prepare('SELECT id, uuid, inn, kpp FROM counterparty WHERE contract = ?'),
    byKey: database.prepare(
      'SELECT id, uuid, inn, kpp FROM counterparty WHERE inn = ? AND kpp = ? ORDER BY id LIMIT 1',
    ),
    byUuid: database.prepare(
      'SELECT id, uuid, inn, kpp FROM counterparty WHERE uuid = ? ORDER BY id LIMIT 1',
    ),
  };
  const insertPackage = database.prepare(
    `INSERT INTO package (organization, seq, package_id, period, mode, parts, documents, tool, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (package_id) DO NOTHING`,
  );
  const insertCounterparty = database.prepare(
    'INSERT INTO counterparty (contract, uuid, inn, kpp) VALUES (?, ?, ?, ?) ON CONFLICT (contract) DO NOTHING',
  );
  // A first month asks for every contract: an empty journal answers without the database.
  const empty =
    (database.prepare('SELECT NOT EXISTS (SELECT 1 FROM counterparty) AS empty').get() as { empty: number })
      .empty === 1;
  const ask = (statement: Database.Statement, ...values: string[]): KnownCounterparty | undefined => {
    if (empty) return undefined;
    const row = statement.get(...values) as
      | { id: number; uuid: string; inn: string; kpp: string }
      | undefined;
    return row && { uuid: row.uuid, inn: row.inn, kpp: row.kpp, age: row.id };
  };
  return {
    path,
    begin() {
      try {
        database.exec('BEGIN IMMEDIATE');
        return undefined;
      } catch (error) {
        return journalFault(path, error);
      }
    },
    commit: () => void database.exec('COMMIT'),
    rollback: () => void database.exec('ROLLBACK'),
    sequenceOf(organization, packageId) {
      const known = select.sequence.get(packageId) as { seq: number } | undefined;
      if (known) return known.seq;
      return ((select.last.get(organization) as { seq: number | null } | undefined)?.seq ?? 0) + 1;
    },
    recordPackage({ organization, seq, packageId, period, mode, parts, documents }, tool) {
      insertPackage.run(
        organization,
        seq,
        packageId,
        period,
        mode,
        parts,
        documents,
        tool,
        clock().toISOString(),
      );
    },
    packages: () => select.packages.all() as PackageRow[],
    counterparties: {
      byContract: (contract) => ask(select.byContract, contract),
      byKey: (inn, kpp) => ask(select.byKey, inn, kpp),
      byUuid: (uuid) => ask(select.byUuid, uuid),
    },
    rememberCounterparty: (contract, { uuid, inn, kpp }) =>
      void insertCounterparty.run(contract, uuid, inn, kpp),
    integrity: () =>
      (database.prepare('PRAGMA integrity_check').get() as { integrity_check: string }).integrity_check,
    close: () => void database.close(),
  };
}

function journalFault(path: string, error: unknown): Fault {
  const { code, message } = error as { code?: string; message: string };
  if (code?.startsWith('SQLITE_BUSY') || /locked|busy/i.test(message))
    return fault('BG1C-JOURNAL-LOCKED', { file: path });
  return fault('BG1C-JOURNAL-DAMAGED', { file: path, reason: message });
}
