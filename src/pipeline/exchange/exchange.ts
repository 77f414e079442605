import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import type { Layout } from '../../exchange/layout.ts';
import type { Log } from '../../exchange/log.ts';
import type { Journal, OpenJournal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';
import type { Worked } from './intake.ts';

/** What every step of the watcher works with. */
export interface Exchange {
  config: Config;
  layout: Layout;
  disk: Disk;
  journal: Journal;
  openJournal: OpenJournal;
  /** Of receipts; undefined: none is configured. */
  key: Buffer | undefined;
  /**
   * Exports whose package is made and whose notes could not be written yet, by their number in the journal. They are not
   * built once more: what 1C has told of other packages meanwhile would make another package of them.
   */
  built: Map<number, Worked>;
  clock: Clock;
  log: Log;
}
