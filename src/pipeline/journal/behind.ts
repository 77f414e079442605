import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { layoutOf } from '../../exchange/layout.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Journal } from '../../journal/journal.ts';
import { openPackage } from '../../package/read.ts';
import type { Clock } from '../../support/clock.ts';

/** `<code>-<period>-<seq>-<part>of<parts>.zip` */
const PACKAGE_NAME = /^(.+)-\d{4}-\d{2}-(\d+)-\d+of\d+\.zip$/;

/**
 * A machine that was put back from a snapshot has a journal that does not know it is old. What it gave out since then
 * lies in the exchange folder, where that is on another machine: a package with a number that the journal has not given
 * yet. From then on the journal counts as restored: nothing is built or delivered before it is reconciled.
 */
export async function behindExchange(
  config: Config,
  journal: Journal,
  disk: Disk,
  clock: Clock,
): Promise<Fault | undefined> {
  const newest = new Map(config.organizations.map(({ code }) => [code, 0]));
  for (const { organization, seq } of journal.packages())
    newest.set(organization, Math.max(seq, newest.get(organization) ?? 0));
  const { outbox } = layoutOf(config.exchange.dir);
  for (const folder of [outbox, join(outbox, 'done'), join(outbox, 'error')]) {
    if (disk.stat(folder) === undefined) continue;
    for (const { name } of disk.list(folder)) {
      const [, code, seq] = PACKAGE_NAME.exec(name) ?? [];
      const known = code === undefined ? undefined : newest.get(code);
      if (known === undefined || Number(seq) <= known) continue;
      if (!(await isOwn(join(folder, name), config))) continue;
      journal.atomically(() => journal.records.settings.set('restored-at', clock().toISOString()));
      return fault('BG1C-JOURNAL-BEHIND', { file: journal.path, package: name, folder });
    }
  }
  return undefined;
}

/** Somebody else's package of the same name, or what is no package, tells nothing. */
async function isOwn(path: string, { installation }: Config): Promise<boolean> {
  const { opened } = await openPackage(path);
  opened?.close();
  return opened?.manifest.installation === installation;
}
