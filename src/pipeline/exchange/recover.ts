import { dirname, join } from 'node:path';
import { freeName } from '../../exchange/filing.ts';
import { removeScratch, removeUnfinished } from '../build/leftovers.ts';
import { publishStaged, removeUncommitted } from '../build/publish.ts';
import { rebuildOne } from '../build/rebuild.ts';
import type { Exchange } from './exchange.ts';

/**
 * What a start does before anything else: finishes what a crash left between two steps, or takes it back. Exports that
 * were taken out of the inbox are gone on with by the ticks.
 */
export async function recover(exchange: Exchange): Promise<void> {
  const { config, journal, disk, layout, log } = exchange;
  const unfinished = journal.records.packages.unpublished();
  if (unfinished.length > 0) log.warn('publish.resumed', { parts: unfinished.length });
  const lost = new Set(publishStaged(journal, disk, unfinished).map((part) => part.package));
  for (const id of lost) await remake(exchange, id);
  removeUnknown(exchange);
  for (const folder of [layout.outbox, dirname(config.journal.path)]) removeScratch(disk, folder);
  removeUnfinished(exchange);
  returnUnknown(exchange);
}

/** A committed package whose file is nowhere: made again from the snapshot. */
async function remake(
  { config, journal, disk, clock, openJournal, log }: Exchange,
  id: number,
): Promise<void> {
  const stored = journal.records.packages.list().find((one) => one.id === id)!;
  const request = { config, verify: false, clock, disk, openJournal };
  const { faults } = await rebuildOne(request, journal, stored);
  log.warn('package.remade', { package: id, codes: faults.map(({ code }) => code) });
}

/** Files that a killed build staged: removed while no build can be between staging and committing. */
function removeUnknown({ journal, disk, layout }: Exchange): void {
  journal.atomically(() => removeUncommitted(journal, disk, layout.outbox));
}

/** Something in `inwork/` that the journal does not know (it was replaced, or a person put it there) goes back. */
function returnUnknown({ journal, disk, layout, log }: Exchange): void {
  const known = new Set(journal.records.intake.unfinished().map(({ id }) => String(id)));
  for (const { name, kind } of disk.list(layout.inwork)) {
    if (known.has(name)) continue;
    const path = join(layout.inwork, name);
    const inside =
      kind === 'folder' && /^\d+$/.test(name) ? disk.list(path).map((entry) => entry.name) : undefined;
    for (const entry of inside ?? [name]) {
      const from = inside ? join(path, entry) : path;
      disk.rename(from, join(layout.inbox, freeName(disk, layout.inbox, entry, 0)));
      log.warn('inwork.returned');
    }
    if (inside) disk.remove(path);
  }
}
