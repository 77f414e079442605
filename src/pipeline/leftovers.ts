import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Disk } from '../exchange/disk.ts';
import { sha256 } from '../support/ids.ts';

/** The work folder of a build carries its machine and process, so that a killed one's can be told and removed. */
const HOST = sha256(hostname()).slice(0, 8);

export function scratchName(): string {
  return `build.${HOST}.${process.pid}`;
}

const SCRATCH = /^\.build\.([0-9a-f]{8})\.(\d+)\.[0-9a-f]+\.tmp$/;

/** Removes work folders of builds of this machine that do not run any more. */
export function removeScratch(disk: Disk, folder: string): void {
  for (const { name, kind } of disk.list(folder)) {
    const [, host, pid] = SCRATCH.exec(name) ?? [];
    if (kind === 'folder' && host === HOST && !isRunning(Number(pid))) disk.remove(join(folder, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
