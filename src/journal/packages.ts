import type { FileFingerprint } from '../package/manifest.ts';
import type { Clock } from '../support/clock.ts';
import { all, type Connection, one, type Value } from './database.ts';
import type { Events } from './events.ts';
import type { PartState } from './states.ts';

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

/** What a package was made of: enough to make it again. */
export interface PackageOrigin {
  /** Address of the snapshot of the export. */
  source: string;
  /** What of the configuration shapes a package. */
  config: string;
  /** Counterparties that the journal knew before the build. */
  knownBefore: number;
  /** Receipts that had told of 1C's UUIDs before the build. */
  refsBefore: number;
}

/** A package of the journal with its own number there; the origin is absent where it is not known any more. */
export interface StoredPackage extends PackageRow {
  id: number;
  tool: string;
  createdAt: string;
  origin?: PackageOrigin;
}

/** A finished file under its temporary name. */
export interface StagedFile {
  part: number;
  folder: string;
  file: string;
  staged: string;
  sha256: string;
  entries: readonly FileFingerprint[];
}

export interface PartRow {
  package: number;
  part: number;
  state: PartState;
  folder: string;
  file: string;
  staged: string;
  entries: FileFingerprint[];
}

/** Where a new package was recorded so far, and what it was made of. */
export interface Made {
  draft: number;
  origin: PackageOrigin | undefined;
}

export interface PackageStore {
  /** Number for a package that is being made; what is recorded under it is there or not together with the package. */
  draft(): number;
  /** Takes back what was recorded under a draft. */
  discard(draft: number): void;
  /** The number a package has, or the organisation's next one. */
  sequenceOf(organization: string, packageId: string): number;
  /** @returns the package's own number; a known package stays as it is */
  record(row: PackageRow, tool: string, made?: Made): number;
  find(packageId: string): StoredPackage | undefined;
  /** By organisation and sequence number. */
  list(): StoredPackage[];
  recordPart(id: number, file: StagedFile): void;
  /** Another file with the content of a known part. */
  recordFile(id: number, part: number, sha256: string): void;
  hasFile(id: number, part: number, sha256: string): boolean;
  parts(id: number): PartRow[];
  /** Parts whose publishing is not finished. */
  unpublished(): PartRow[];
  stateOf(id: number, part: number): PartState | undefined;
  /** Where a part that was lost lies now. */
  restage(id: number, file: StagedFile): void;
}

const PACKAGE = `SELECT p.id, p.organization, p.seq, p.package_id AS packageId, p.period, p.mode, p.parts, p.documents,
  p.tool, p.created_at AS createdAt, p.source, r.config, p.known_before AS knownBefore, p.refs_before AS refsBefore
  FROM package p LEFT JOIN recipe r ON r.address = p.recipe`;
const PART = 'SELECT package, part, state, folder, file, staged, entries FROM part';

export function createPackageStore(
  connection: Connection,
  events: Events,
  clock: Clock,
  address: (text: string) => string,
): PackageStore {
  const byId = connection.prepare(`${PACKAGE} WHERE p.package_id = ?`);
  const listed = connection.prepare(`${PACKAGE} ORDER BY p.organization, p.seq`);
  const last = connection.prepare('SELECT max(seq) AS seq FROM package WHERE organization = ?');
  const newest = connection.prepare('SELECT coalesce(max(id), 0) AS id FROM package');
  const insert = connection.prepare(
    `INSERT INTO package (id, organization, seq, package_id, period, mode, parts, documents, tool, created_at,
       source, recipe, known_before, refs_before)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertRecipe = connection.prepare('INSERT OR IGNORE INTO recipe (address, config) VALUES (?, ?)');
  const insertPart = connection.prepare(
    `INSERT INTO part (package, part, state, folder, file, staged, entries) VALUES (?, ?, 'staged', ?, ?, ?, ?)`,
  );
  const insertFile = connection.prepare(
    'INSERT OR IGNORE INTO part_file (package, part, sha256) VALUES (?, ?, ?)',
  );
  const file = connection.prepare(
    'SELECT 1 AS found FROM part_file WHERE package = ? AND part = ? AND sha256 = ?',
  );
  const partsOf = connection.prepare(`${PART} WHERE package = ? ORDER BY part`);
  const unpublished = connection.prepare(
    `${PART} WHERE state IN ('staged', 'publishing', 'lost') ORDER BY package, part DESC`,
  );
  const state = connection.prepare('SELECT state FROM part WHERE package = ? AND part = ?');
  const moveStaged = connection.prepare(
    'UPDATE part SET folder = ?, file = ?, staged = ? WHERE package = ? AND part = ?',
  );
  let drafts = 0;

  const rows = (found: PartRecord[]): PartRow[] =>
    found.map((row) => ({ ...row, entries: JSON.parse(row.entries) as FileFingerprint[] }));

  return {
    draft: () => one<{ id: number }>(newest)!.id + ++drafts,
    discard(draft) {
      for (const table of ['document', 'object', 'correction', 'contract_total'])
        connection.prepare(`DELETE FROM ${table} WHERE package = ?`).run(draft);
    },
    sequenceOf(organization, packageId) {
      const known = one<PackageRecord>(byId, packageId);
      return known ? known.seq : (one<{ seq: number | null }>(last, organization)?.seq ?? 0) + 1;
    },
    record({ organization, seq, packageId, period, mode, parts, documents }, tool, made) {
      const known = one<PackageRecord>(byId, packageId);
      if (known) return known.id;
      const id = made?.draft ?? one<{ id: number }>(newest)!.id + 1;
      const origin = made?.origin;
      const recipe = origin && address(origin.config);
      if (origin) insertRecipe.run(recipe, origin.config);
      const of: Value[] = origin
        ? [origin.source, recipe!, origin.knownBefore, origin.refsBefore]
        : [null, null, 0, 0];
      const own: Value[] = [id, organization, seq, packageId, period, mode, parts, documents, tool];
      insert.run(...own, clock().toISOString(), ...of);
      events.add('package.made', `package:${id}`, packageId);
      return id;
    },
    find: (packageId) => stored(one<PackageRecord>(byId, packageId)),
    list: () => all<PackageRecord>(listed).map((row) => stored(row)!),
    recordPart(id, { part, folder, file: name, staged, sha256, entries }) {
      insertPart.run(id, part, folder, name, staged, JSON.stringify(entries));
      insertFile.run(id, part, sha256);
      events.add('part.staged', `package:${id}/${part}`, sha256);
    },
    recordFile: (id, part, sha256) => void insertFile.run(id, part, sha256),
    hasFile: (id, part, sha256) => one(file, id, part, sha256) !== undefined,
    parts: (id) => rows(all<PartRecord>(partsOf, id)),
    unpublished: () => rows(all<PartRecord>(unpublished)),
    stateOf: (id, part) => one<{ state: PartState }>(state, id, part)?.state,
    restage(id, { part, folder, file: name, staged, sha256 }) {
      moveStaged.run(folder, name, staged, id, part);
      insertFile.run(id, part, sha256);
    },
  };
}

type PartRecord = Omit<PartRow, 'entries'> & { entries: string };

interface PackageRecord extends Omit<StoredPackage, 'origin'> {
  source: string | null;
  config: string | null;
  knownBefore: number;
  refsBefore: number;
}

function stored(row: PackageRecord | undefined): StoredPackage | undefined {
  if (!row) return undefined;
  const { source, config, knownBefore, refsBefore, ...rest } = row;
  return source === null || config === null
    ? rest
    : { ...rest, origin: { source, config, knownBefore, refsBefore } };
}
