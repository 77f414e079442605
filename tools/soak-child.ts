import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../src/config/load.ts';
import { type Disk, realDisk } from '../src/exchange/disk.ts';
import { createLog } from '../src/exchange/log.ts';
import { type Journal, type OpenJournal, openJournal } from '../src/journal/journal.ts';
import { watch } from '../src/pipeline/exchange/watch.ts';

/**
 * One run of the watcher that is killed at a step:
 *
 *     node --import tsx tools/soak-child.ts <world> <step, 0: never>
 *
 * A step lies before and after every change on the disk and every commit, and right before a commit. Prints `>` when
 * the watcher begins, a dot at every step, and `steps <n> exit <code> rss <MB>` when it was let live.
 */
const [, , root, wanted] = process.argv;
const killAt = Number(wanted);
let steps = 0;

function step(): void {
  steps++;
  writeSync(1, '.');
  if (steps === killAt) process.kill(process.pid, 'SIGKILL');
}

function around<A extends unknown[], T>(work: (...args: A) => T): (...args: A) => T {
  return (...args) => {
    step();
    const result = work(...args);
    step();
    return result;
  };
}

const disk: Disk = {
  ...realDisk,
  write: around(realDisk.write),
  rename: around(realDisk.rename),
  remove: around(realDisk.remove),
  ensureFolder: around(realDisk.ensureFolder),
};

const killingJournal: OpenJournal = (path, clock) => {
  const { journal, fault } = openJournal(path, clock);
  if (!journal) return { fault: fault! };
  const wrapped: Journal = Object.create(journal, {
    commit: { value: around(journal.commit) },
    backup: { value: around(journal.backup) },
    atomically: {
      value: around(
        <T>(work: () => T): T =>
          journal.atomically(() => {
            const result = work();
            step();
            return result;
          }),
      ),
    },
  }) as Journal;
  return { journal: wrapped };
};

const { config } = loadConfig(join(root!, 'bg1c.yaml'));
writeSync(1, '>');
const clock = (): Date => new Date('2026-11-03T08:00:00Z');
const ended = await watch({
  config: config!,
  once: true,
  signal: new AbortController().signal,
  disk,
  clock,
  log: createLog((line) => process.env.SOAK_LOG && process.stderr.write(line), clock),
  openJournal: killingJournal,
  openBilling: async () => ({ faults: [] }),
  sleep: () => Promise.resolve(),
});
const rss = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `\nsteps ${steps} exit ${ended.exit} rss ${rss} ${ended.faults.map(({ code, message }) => `${code} ${message}`).join('; ')}`,
);
