import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Config } from '../../config/types.ts';
import type { ContractTotal } from '../../journal/contract-totals.ts';
import type { Journal } from '../../journal/journal.ts';
import type { PackageRow, StagedFile, StoredPackage } from '../../journal/packages.ts';
import type { PartState } from '../../journal/states.ts';
import type { Period } from '../../model/period.ts';
import type { StagedPart, StageOptions } from '../../package/stage.ts';
import type { WrittenPart } from '../../package/write.ts';
import type { KnownCounterparties, KnownCounterparty } from '../../sources/assembly/context.ts';
import { toolVersion } from '../../support/version.ts';

/** What a build asks of the journal and tells it: the first time, or again as it was then. */
export interface Ledger {
  /** What the journal knew before the package was made. */
  known: KnownCounterparties;
  remember(contract: string, counterparty: Omit<KnownCounterparty, 'age'>): void;
  /** Receipts and packages that are older than the package. */
  readonly before: { receipts: number; packages: number };
  /** Number under which an organisation's package is put down; undefined where nothing is to be kept. */
  draftOf(organization: string): number | undefined;
  /** Takes the records of an organisation's package; undefined where nothing is to be kept. */
  keep(organization: string): StageOptions['keep'];
  /** Takes what a contract was charged; told before the package is put down. */
  total(organization: string, total: ContractTotal): void;
  /** Number and identity of an organisation's package; undefined: it is not asked for. */
  basis(organization: string, packageId: string): Basis | undefined;
  /** Puts down a package and its files under their temporary names. */
  record(basis: Basis, row: PackageRow, source: string | undefined, parts: readonly WrittenPart[]): void;
}

export interface Basis {
  packageId: string;
  seq: number;
  /** The package's own number in the journal. */
  id: number;
  /** Receipts that had told of 1C's UUIDs before it was made. */
  refsBefore: number;
  /** Its files, when all of them were published before. */
  published?: string[];
  /** Its files, when those that are not published yet wait under their temporary names. */
  staged?: string[];
}

/** The ledger of a build. @param config what of the configuration shapes a package, as text */
export function firstLedger(journal: Journal, config: string, dryRun: boolean): Ledger {
  const { packages, documents, counterparties, receipts, contractTotals } = journal.records;
  const knownBefore = counterparties.newest();
  const refsBefore = receipts.newest();
  const drafts = new Map<string, number>();
  return {
    known: journal.counterparties,
    remember: journal.rememberCounterparty,
    before: { receipts: refsBefore, packages: Number.MAX_SAFE_INTEGER },
    draftOf: (organization) => drafts.get(organization),
    keep(organization) {
      if (dryRun) return undefined;
      const draft = packages.draft();
      drafts.set(organization, draft);
      return (part, record, _, rows) => documents.record(draft, part, record, rows.documents?.[0]);
    },
    total(organization, total) {
      const draft = drafts.get(organization);
      if (draft !== undefined) contractTotals.record(draft, total);
    },
    basis(organization, packageId) {
      const stored = packages.find(packageId);
      if (stored) return basisOf(journal, stored);
      const seq = journal.sequenceOf(organization, packageId);
      return { packageId, seq, id: drafts.get(organization) ?? 0, refsBefore };
    },
    record({ packageId, id }, row, source, parts) {
      const draft = drafts.get(row.organization)!;
      if (id === draft) {
        const origin = source === undefined ? undefined : { source, config, knownBefore, refsBefore };
        packages.record(row, toolVersion(), { draft, origin });
        for (const part of parts) packages.recordPart(id, stagedFile(part));
        return;
      }
      packages.discard(draft);
      if (parts.length > 0) recordAgain(journal, packages.find(packageId)!, parts);
    },
  };
}

/** The ledger of a rebuild: as the journal was before the package was made; nothing is written. */
export function secondLedger(journal: Journal, stored: StoredPackage): Ledger {
  return {
    known: journal.records.counterparties.before(stored.origin?.knownBefore ?? 0),
    remember() {},
    before: { receipts: stored.origin?.refsBefore ?? 0, packages: stored.id },
    draftOf: () => undefined,
    keep: () => undefined,
    total() {},
    basis: (organization) => (organization === stored.organization ? basisOf(journal, stored) : undefined),
    record() {},
  };
}

function basisOf(journal: Journal, { id, packageId, seq, origin }: StoredPackage): Basis {
  const parts = journal.records.packages.parts(id);
  const files = parts.map(({ folder, file }) => join(folder, file));
  const unpublished = parts.filter(({ state }) => UNPUBLISHED.includes(state));
  const waiting = unpublished.every(({ folder, staged }) => existsSync(join(folder, staged)));
  const basis = { packageId, seq, id, refsBefore: origin?.refsBefore ?? 0 };
  if (unpublished.length === 0) return { ...basis, published: files };
  return waiting ? { ...basis, staged: files } : basis;
}

const UNPUBLISHED: readonly PartState[] = ['staged', 'publishing', 'lost'];

/** A known package was packed again: its files have the same content, and the unpublished ones a new place. */
export function recordAgain(journal: Journal, { id }: StoredPackage, parts: readonly WrittenPart[]): void {
  const { packages } = journal.records;
  const known = new Map(packages.parts(id).map((part) => [part.part, part]));
  for (const part of parts) {
    const file = stagedFile(part);
    const before = known.get(file.part);
    if (!before) packages.recordPart(id, file);
    else if (UNPUBLISHED.includes(before.state)) {
      packages.restage(id, file);
      if (before.state === 'lost') journal.move('part', [id, file.part], 'staged');
    } else packages.recordFile(id, file.part, file.sha256);
  }
}

/** A written part as the journal keeps it. */
export function stagedFile({
  temporary,
  path,
  sha256,
  manifest: { part, entries },
}: WrittenPart): StagedFile {
  return { part, folder: dirname(path), file: basename(path), staged: basename(temporary), sha256, entries };
}

/** The origin of an object, first in its line of `origins.jsonl`. */
const ORIGIN = /^\{"uuid":"([^"]+)"/gm;

/**
 * `refs.jsonl` of a part: what receipts of the configured base have told of its objects, and of the other documents of
 * its counterparties in the period, so that these are not taken for hand-typed ones (decisions 2, 22).
 */
export function refsText(
  journal: Journal,
  { onec: { infobase } }: Config,
  period: Period,
  organization: string,
  { id, refsBefore }: Basis,
): (part: StagedPart, number: number) => string {
  if (!infobase || refsBefore === 0) return () => '';
  const { documents, receipts } = journal.records;
  return ({ originsFile }, number) => {
    const own = [...readFileSync(originsFile, 'utf8').matchAll(ORIGIN)].map(([, uuid]) => uuid!);
    const others = documents.ofCounterparties(id, organization, period, documents.counterparties(id, number));
    return receipts
      .refs(infobase.id, refsBefore, [...new Set([...own, ...others])])
      .map((pair) => `${JSON.stringify(pair)}\n`)
      .join('');
  };
}
