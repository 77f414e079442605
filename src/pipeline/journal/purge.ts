import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { finishedFolders, layoutOf } from '../../exchange/layout.ts';
import { prune } from '../../exchange/retention.ts';
import type { Fault } from '../../faults/fault.ts';
import { type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';
import { forgetAnswers } from '../build/answers.ts';
import { removeOrphans } from '../build/snapshot.ts';

export interface PurgeResult {
  /** Files removed from the exchange folder. */
  files: number;
  receipts: number;
  packages: number;
  snapshots: number;
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
    const { receipts, packages } = journal.forget(before);
    const snapshots = removeOrphans(journal, disk);
    forgetAnswers(config.journal.path, disk);
    let files = 0;
    for (const folder of finishedFolders(layoutOf(config.exchange.dir)))
      files += prune(disk, folder, Date.parse(before));
    return { result: { files, receipts, packages, snapshots } };
  } finally {
    journal.close();
  }
}
