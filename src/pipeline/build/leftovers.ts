import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Disk, realDisk } from '../../exchange/disk.ts';
import { ensureFolder, scratchFolder } from '../../support/files.ts';
import { sha256 } from '../../support/ids.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { heartbeatPath } from '../exchange/heartbeat.ts';
import { backupFolder } from '../exchange/housekeeping.ts';

/** The work folder of a build carries its machine and process, so that a killed one's can be told and removed. */
const HOST = sha256(hostname()).slice(0, 8);

export function scratchName(): string {
  return `build.${HOST}.${process.pid}`;
}

/** A private folder for a build inside `parent`, in the place of what killed ones left there. */
export function workFolder(parent: string): { path: string; remove: () => void } {
  ensureFolder(parent);
  removeScratch(realDisk, parent);
  return scratchFolder(parent, scratchName());
}

const SCRATCH = /^\.build\.([0-9a-f]{8})\.(\d+)\.[0-9a-f]+\.tmp$/;

/** Removes work folders of builds of this machine that do not run any more. */
export function removeScratch(disk: Disk, folder: string): void {
  for (const { name, kind } of disk.list(folder)) {
    const [, host, pid] = SCRATCH.exec(name) ?? [];
    if (kind !== 'folder' || host !== HOST || isRunning(Number(pid))) continue;
    try {
      disk.remove(join(folder, name));
    } catch {
      // Another user's: it hinders nobody.
    }
  }
}

/** Whether a process of this machine lives. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** How a name ends under which something is being written (support/files.ts). */
const UNFINISHED = /\.[0-9a-f]{8}\.tmp(-journal)?$/;

/**
 * Removes what a killed watcher, `restore` or `close` was writing: copies of exports and of the journal hold personal
 * data. To be called by whoever has the lock of the exchange folder: nobody else writes these.
 */
export function removeUnfinished({ config, disk, layout }: Exchange): void {
  const { path } = config.journal;
  const isNote = (name: string): boolean => /\.(txt|faults\.json)$/.test(name);
  const places: readonly (readonly [string, (name: string) => boolean])[] = [
    [layout.inbox, (name) => /^\.\d{4}-\d{2}$/.test(name)],
    [layout.done, isNote],
    [layout.error, isNote],
    [join(layout.receipts, 'error'), isNote],
    [backupFolder(path), (name) => name.startsWith('journal-')],
    [dirname(path), (name) => name === basename(path) || name === basename(heartbeatPath(path))],
  ];
  for (const [folder, isOurs] of places) {
    if (disk.stat(folder) === undefined) continue;
    for (const { name } of disk.list(folder))
      if (UNFINISHED.test(name) && isOurs(name.replace(UNFINISHED, ''))) disk.remove(join(folder, name));
  }
}
