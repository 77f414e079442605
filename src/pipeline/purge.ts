import type { Config } from '../config/types.ts';
import type { Disk } from '../exchange/disk.ts';
import { finishedFolders, layoutOf } from '../exchange/layout.ts';
import { prune } from '../exchange/retention.ts';
import type { Fault } from '../faults/fault.ts';
import { type Journal, type OpenJournal, openJournal } from '../journal/journal.ts';
import type { Forgotten } from '../journal/purge.ts';
import type { Clock } from '../support/clock.ts';
import { snapshotPath } from './snapshot.ts';

export interface PurgeResult {
  /** Files removed from the exchange folder. */
  files: number;
  receipts: number;
  packages: number;
  snapshots: number;
}

/** Forgets in the journal what came before an instant, then removes the snapshots that nothing needs any more. */
export function forgetBefore(journal: Journal, disk: Disk, before: string): Forgotten {
  const forgotten = journal.forget(before);
  for (const address of forgotten.sources) disk.remove(snapshotPath(journal.path, address));
  return forgotten;
}

/**
 * Removes personal data of what was finished before a day: files of the exchange folder that were moved on, snapshots,
 * requisites and texts in the journal. What is not finished is never touched.
 * @param day ISO
 */
export function purge(
  config: Config,
  day: string,
  disk: Disk,
  clock: Clock,
  open: OpenJournal = openJournal,
): { result?: PurgeResult; fault?: Fault } {
  const { journal, fault: refused } = open(config.journal.path, clock);
  if (!journal) return { fault: refused! };
  try {
    const before = `${day}T00:00:00.000Z`;
    const { receipts, packages, sources } = forgetBefore(journal, disk, before);
    let files = 0;
    for (const folder of finishedFolders(layoutOf(config.exchange.dir)))
      files += prune(disk, folder, Date.parse(before));
    return { result: { files, receipts, packages, snapshots: sources.length } };
  } finally {
    journal.close();
  }
}
