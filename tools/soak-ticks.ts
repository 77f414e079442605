import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadConfig } from '../src/config/load.ts';
import { type Disk, realDisk } from '../src/exchange/disk.ts';
import { createLog } from '../src/exchange/log.ts';
import { openJournal } from '../src/journal/journal.ts';
import { watch } from '../src/pipeline/exchange/watch.ts';
import { createWorld, SMALL_PLAN } from './soak-world.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export interface Looked {
  /** File-system calls of each look after the first. */
  calls: number[];
  /** Heap after garbage collection at the given looks. */
  heap: Map<number, number>;
  msPerLook: number;
}

/** Looks so often into a folder where so many packages are finished. */
export async function look(root: string, looks: number, finished: number): Promise<Looked> {
  await createWorld(root, SMALL_PLAN);
  for (const folder of ['done', 'outbox/done', 'receipts/done']) {
    const path = join(root, 'exchange', folder);
    mkdirSync(path, { recursive: true });
    for (let n = 1; n <= finished; n++) writeFileSync(join(path, `one-2020-01-${n}-1of1.zip`), '');
  }
  let made = 0;
  const counted =
    <A extends unknown[], T>(work: (...args: A) => T) =>
    (...args: A): T => {
      made++;
      return work(...args);
    };
  const disk = Object.fromEntries(
    Object.entries(realDisk).map(([name, work]) => [name, counted(work as (...args: unknown[]) => unknown)]),
  ) as unknown as Disk;
  const { config } = loadConfig(join(root, 'bg1c.yaml'));
  const stop = new AbortController();
  const clock = (): Date => new Date('2026-11-03T08:00:00Z');
  const calls: number[] = [];
  const heap = new Map<number, number>();
  let before = 0;
  let nth = 0;
  const began = Date.now();
  await watch({
    config: config!,
    once: false,
    signal: stop.signal,
    disk,
    clock,
    log: createLog(() => undefined, clock),
    openJournal,
    openBilling: async () => ({ faults: [] }),
    async sleep() {
      nth++;
      if (nth > 1) calls.push(made - before);
      before = made;
      if (nth % Math.ceil(looks / 10) === 0) {
        collectGarbage();
        heap.set(nth, process.memoryUsage().heapUsed);
      }
      if (nth === looks) stop.abort();
      // Let go of the event loop from time to time, as waiting does.
      if (nth % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    },
  });
  return { calls, heap, msPerLook: (Date.now() - began) / looks };
}

/** @returns what is wrong, in words */
export async function soakTicks(
  root: string,
  looks: number,
  finished: number,
  say: (text: string) => void,
): Promise<string[]> {
  const { calls, heap, msPerLook } = await look(root, looks, finished);
  const most = Math.max(...calls);
  const sizes = [...heap.values()].map((bytes) => bytes / 1024 / 1024);
  const growth = sizes.at(-1)! - sizes[1]!;
  say(
    `${looks} looks beside ${finished} finished packages: at most ${most} calls a look, ${msPerLook.toFixed(2)} ms, ` +
      `heap ${sizes.map((size) => size.toFixed(1)).join(' ')} MB`,
  );
  const problems: string[] = [];
  if (most > 10) problems.push(`${most} calls in one look`);
  if (growth > 2) problems.push(`the heap grew by ${growth.toFixed(1)} MB`);
  return problems;
}
