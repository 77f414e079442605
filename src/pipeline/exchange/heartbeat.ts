import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disk } from '../../exchange/disk.ts';
import type { Clock } from '../../support/clock.ts';

/** What a watcher says of itself from time to time: whoever looks after it needs no more than the file's `at`. */
export interface Heartbeat {
  pid: number;
  startedAt: string;
  at: string;
  /** Looks into the folder so far. */
  ticks: number;
  /** Exports that wait for something to be mended. */
  waiting: number;
  /** The exchange folder can be reached. */
  reachable: boolean;
}

/** Not at every look: a disk need not spin for this. */
const EVERY_MS = 30_000;

export function heartbeatPath(journal: string): string {
  return join(dirname(journal), 'watch.json');
}

/** Writes the heartbeat when it is due, also after the clock was set back. */
export function createHeartbeat(
  journal: string,
  disk: Disk,
  clock: Clock,
): (state: Pick<Heartbeat, 'ticks' | 'waiting' | 'reachable'>) => void {
  const startedAt = clock();
  let last: number | undefined;
  let shown = '';
  return (state) => {
    const now = clock().getTime();
    const changed = `${state.waiting} ${state.reachable}`;
    const due = last === undefined || now < last || now - last >= EVERY_MS || changed !== shown;
    if (!due) return;
    const beat = {
      pid: process.pid,
      startedAt: startedAt.toISOString(),
      at: new Date(now).toISOString(),
      ...state,
    };
    disk.write(heartbeatPath(journal), `${JSON.stringify(beat)}\n`);
    last = now;
    shown = changed;
  };
}

/** The last heartbeat of a watcher that uses this journal, or undefined. */
export function readHeartbeat(journal: string): Heartbeat | undefined {
  try {
    return JSON.parse(readFileSync(heartbeatPath(journal), 'utf8')) as Heartbeat;
  } catch {
    return undefined;
  }
}
