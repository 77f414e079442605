import { dirname, join } from 'node:path';
import { finishedFolders } from '../exchange/layout.ts';
import { prune } from '../exchange/retention.ts';
import type { Exchange } from './exchange.ts';
import { forgetBefore } from './purge.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Where copies of the journal lie. */
export function backupFolder(journal: string): string {
  return join(dirname(journal), 'backup');
}

/** Once a day: a copy of the journal, and what is older than the configured retention goes. */
export function keepHouse(exchange: Exchange): void {
  const { clock, config, disk, journal, layout, log } = exchange;
  const today = clock().toISOString().slice(0, 10);
  const { settings } = journal.records;
  if (settings.get('housekeeping') === today) return;
  const folder = backupFolder(config.journal.path);
  disk.ensureFolder(folder);
  journal.backup(join(folder, `journal-${today}.db`));
  const copies = disk.list(folder).filter(({ name }) => /^journal-\d{4}-\d{2}-\d{2}\.db$/.test(name));
  for (const { name } of copies.slice(0, -config.retention.backups)) disk.remove(join(folder, name));
  let files = 0;
  if (config.retention.exchange > 0)
    for (const finished of finishedFolders(layout))
      files += prune(disk, finished, clock().getTime() - config.retention.exchange * DAY);
  if (config.retention.journal > 0) {
    const before = new Date(clock().getTime() - config.retention.journal * DAY).toISOString();
    forgetBefore(journal, disk, before);
  }
  journal.atomically(() => settings.set('housekeeping', today));
  log.info('housekeeping', { copies: Math.min(copies.length, config.retention.backups), removed: files });
}
