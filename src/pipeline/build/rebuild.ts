import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configOf } from '../../config/fingerprint.ts';
import type { Config } from '../../config/types.ts';
import { type Disk, realDisk } from '../../exchange/disk.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Journal, type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import { discardParts, type WrittenPart } from '../../package/write.ts';
import type { Clock } from '../../support/clock.ts';
import { build } from './build.ts';
import { recordAgain } from './ledger.ts';
import { workFolder } from './leftovers.ts';
import { giveOutAgain, publishPackage } from './publish.ts';
import { snapshotPath } from './snapshot.ts';

export interface RebuildRequest {
  config: Config;
  /** A package id, or a period: then all its packages. */
  wanted: string;
  /** Only compares with what was given out. */
  verify: boolean;
  /** Where the packages go; the outbox of the exchange folder by default. */
  out?: string | undefined;
  clock: Clock;
  disk?: Disk;
  openJournal?: OpenJournal;
}

export interface Rebuilt {
  packageId: string;
  organization: string;
  seq: number;
  period: string;
  /** Paths of the parts; empty when they were only compared. */
  files: string[];
}

/**
 * Makes packages of the journal again, from the snapshot of the export and as the journal was then, and compares every
 * entry with what was given out. Nothing that differs is written.
 */
export async function rebuild(request: RebuildRequest): Promise<{ packages: Rebuilt[]; faults: Fault[] }> {
  const { config, wanted, clock } = request;
  const { journal, fault: refused } = (request.openJournal ?? openJournal)(config.journal.path, clock);
  if (!journal) return { packages: [], faults: [refused!] };
  try {
    const stored = journal.records.packages
      .list()
      .filter(({ packageId, period }) => packageId === wanted.toLowerCase() || period === wanted);
    if (stored.length === 0) return { packages: [], faults: [fault('BG1C-PACKAGE-UNKNOWN', { wanted })] };
    const packages: Rebuilt[] = [];
    const faults: Fault[] = [];
    for (const one of stored) {
      const made = await rebuildOne(request, journal, one);
      faults.push(...made.faults);
      if (made.rebuilt) packages.push(made.rebuilt);
    }
    return { packages, faults };
  } finally {
    journal.close();
  }
}

/** @param journal not begun; a rebuild that writes begins it */
export async function rebuildOne(
  { config, verify, out, clock, disk = realDisk, openJournal: open }: Omit<RebuildRequest, 'wanted'>,
  journal: Journal,
  stored: StoredPackage,
): Promise<{ rebuilt?: Rebuilt; faults: Fault[] }> {
  const { packageId, organization, seq, period, origin } = stored;
  const without = (reason: string) => ({
    faults: [fault('BG1C-PACKAGE-SOURCE', { seq, package: packageId, reason })],
  });
  if (!origin) return without('снимок его выгрузки не сохранён или удалён по сроку хранения');
  const input = snapshotPath(config.journal.path, origin.source);
  if (!existsSync(input)) return without(`нет файла снимка ${input}`);
  // What is staged in the outbox belongs to whoever has begun the journal.
  const locked = verify ? undefined : journal.begin();
  if (locked) return { faults: [locked] };
  const scratch = workFolder(dirname(config.journal.path));
  try {
    const result = await build({
      config: configOf(origin.config, config),
      input,
      period,
      out: verify ? scratch.path : (out ?? join(config.exchange.dir, 'outbox')),
      again: stored,
      clock,
      disk,
      ...(open && { openJournal: open }),
    });
    const made = result.packages[0];
    if (!made) return { faults: result.faults };
    const faults = differences(journal, stored, made.waiting);
    const rebuilt = { packageId, organization, seq, period };
    if (verify || faults.length > 0) {
      discardParts(made.waiting);
      return { ...(faults.length === 0 && { rebuilt: { ...rebuilt, files: [] } }), faults };
    }
    recordAgain(journal, stored, made.waiting);
    giveOutAgain(journal, disk, packageId, made.waiting);
    journal.commit();
    publishPackage(journal, disk, packageId);
    return { rebuilt: { ...rebuilt, files: made.files }, faults };
  } finally {
    journal.rollback();
    scratch.remove();
  }
}

/** Entries that are not what was given out under this id. */
function differences(
  journal: Journal,
  { id, seq, tool }: StoredPackage,
  made: readonly WrittenPart[],
): Fault[] {
  const given = journal.records.packages.parts(id);
  const differs = (part: number, entry: string): Fault =>
    fault('BG1C-PACKAGE-DIFFERS', { seq, part, entry, tool });
  if (given.length !== made.length) return [differs(Math.min(given.length, made.length) + 1, 'число частей')];
  return given.flatMap(({ part, entries }, index) => {
    const now = new Map(made[index]!.manifest.entries.map(({ name, sha256 }) => [name, sha256]));
    const names = new Set([...now.keys(), ...entries.map(({ name }) => name)]);
    return [...names]
      .filter((name) => now.get(name) !== entries.find((entry) => entry.name === name)?.sha256)
      .map((name) => differs(part, name));
  });
}
