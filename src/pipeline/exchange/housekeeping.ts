import { dirname, join } from 'node:path';
import { finishedFolders } from '../../exchange/layout.ts';
import { prune } from '../../exchange/retention.ts';
import type { Fault } from '../../faults/fault.ts';
import { type Journal, journalFault } from '../../journal/journal.ts';
import { removeOrphans } from '../build/snapshot.ts';
import type { Exchange } from './exchange.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Where copies of the journal lie. */
export function backupFolder(journal: string): string {
  return join(dirname(journal), 'backup');
}

/**
 * Once a day: a copy of the journal; what is older than the configured retention or needed by nothing goes.
 * @returns why there is no copy
 */
export function keepHouse(exchange: Exchange): Fault[] {
  const { clock, config, disk, journal, layout, log } = exchange;
  const today = clock().toISOString().slice(0, 10);
  const { settings } = journal.records;
  if (settings.get('housekeeping') === today) return [];
  const folder = backupFolder(config.journal.path);
  disk.ensureFolder(folder);
  const uncopied = copyProblem(journal, join(folder, `journal-${today}.db`));
  if (uncopied) return [uncopied];
  const copies = disk.list(folder).filter(({ name }) => /^journal-\d{4}-\d{2}-\d{2}\.db$/.test(name));
  for (const { name } of copies.slice(0, -config.retention.backups)) disk.remove(join(folder, name));
  let files = 0;
  if (config.retention.exchange > 0)
    for (const finished of finishedFolders(layout))
      files += prune(disk, finished, clock().getTime() - config.retention.exchange * DAY);
  if (config.retention.journal > 0) {
    const before = new Date(clock().getTime() - config.retention.journal * DAY).toISOString();
    journal.forget(before);
  }
  removeOrphans(journal, disk);
  journal.atomically(() => settings.set('housekeeping', today));
  log.info('housekeeping', { copies: Math.min(copies.length, config.retention.backups), removed: files });
  return [];
}

/** A full disk under the copy says nothing of the journal itself. */
function copyProblem(journal: Journal, path: string): Fault | undefined {
  try {
    journal.backup(path);
    return undefined;
  } catch (error) {
    const found = journalFault(path, error);
    if (!found) throw error;
    return found;
  }
}
