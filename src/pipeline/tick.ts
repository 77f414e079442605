import { extname, join } from 'node:path';
import { createSightings, type Settled } from '../exchange/settled.ts';
import type { Fault } from '../faults/fault.ts';
import { stopsBuild } from '../faults/fault.ts';
import { openSource } from '../sources/registry.ts';
import { monthsToTake, type OpenBilling, takeMonth } from './close.ts';
import type { Exchange } from './exchange.ts';
import { EXIT, type ExitCode, worse } from './exit.ts';
import { keepHouse } from './housekeeping.ts';
import { goOn, takeOut } from './intake.ts';
import { takePassport, takeReceipt } from './receipts-folder.ts';

/** What one look into the folder found and did. */
export interface Tick {
  /** The worst of what was filed. */
  exit: ExitCode;
  /** Faults of what could not be finished now. */
  faults: Fault[];
  /** Things that are not settled yet. */
  moving: number;
  /** Exports that wait for something to be mended. */
  waiting: number;
  reachable: boolean;
}

/** Looks after which something incomplete, empty or locked is taken as it is: an error is better than silence. */
export const PATIENCE = 12;
/** Looks between two tries of what had to wait: doubled from try to try up to this. */
const LONGEST_WAIT = 64;

/** Seconds between two questions to the billing's database whether a month was closed. */
const BILLING_SECONDS = 600;

/** @returns a function that looks once; it remembers what it saw */
export function createTick(
  exchange: Exchange,
  openBilling: OpenBilling,
): (signal: AbortSignal) => Promise<Tick> {
  const { disk, layout } = exchange;
  const inbox = createSightings(disk, layout.inbox, () => true);
  const receipts = createSightings(disk, layout.receipts, isReceipt);
  const waits = createWaits();
  const askBilling = Math.ceil(BILLING_SECONDS / exchange.config.exchange.poll);
  let looks = 0;
  let passport = '';
  let complete = new Map<string, string>();

  /** Complete as far as can be told from outside; judged once for each state of it. */
  const isComplete = async ({ name, signature }: Settled): Promise<boolean> => {
    if (complete.get(name) === signature) return false;
    const whole = await opens(exchange, join(layout.inbox, name));
    if (!whole) complete.set(name, signature);
    return whole;
  };

  return async (signal) => {
    const tick: Tick = { exit: EXIT.done, faults: [], moving: 0, waiting: 0, reachable: true };
    if (disk.stat(layout.inbox) === undefined) return { ...tick, reachable: false };
    passport = readPassport(exchange, passport);
    const seenReceipts = receipts.look();
    tick.moving += seenReceipts.moving;
    for (const { name } of seenReceipts.settled) {
      const { taken } = takeReceipt(exchange, name);
      if (!taken) tick.exit = worse(tick.exit, EXIT.errors);
      if (signal.aborted) return tick;
    }
    for (const { id } of exchange.journal.records.intake.unfinished()) {
      if (!waits.due(id)) tick.waiting++;
      else await advance(exchange, id, tick, waits);
      if (signal.aborted) return tick;
    }
    if (looks++ % askBilling === 0) tick.faults.push(...(await takeClosed(exchange, openBilling)));
    const seen = inbox.look();
    tick.moving += seen.moving;
    complete = new Map([...complete].filter(([name]) => seen.settled.some((one) => one.name === name)));
    for (const found of seen.settled) {
      if (
        found.looks < PATIENCE &&
        (found.empty || !readable(exchange, found) || !(await isComplete(found)))
      ) {
        tick.moving++;
        continue;
      }
      const id = await takeOut(exchange, found);
      await advance(exchange, id, tick, waits);
      if (signal.aborted) return tick;
    }
    keepHouse(exchange);
    return tick;
  };
}

function isReceipt({ name, kind }: { name: string; kind: string }): boolean {
  return kind === 'file' && extname(name).toLowerCase() === '.json';
}

/** Goes on with an export; one that has to wait is tried again later, and later still. */
async function advance(exchange: Exchange, id: number, tick: Tick, waits: Waits): Promise<void> {
  const progress = await goOn(exchange, id);
  if (progress.done) {
    waits.forget(id);
    tick.exit = worse(tick.exit, progress.exit);
    return;
  }
  const { faults } = progress;
  tick.faults.push(...faults);
  tick.waiting++;
  tick.exit = worse(tick.exit, EXIT.errors);
  const looks = waits.later(id);
  exchange.log.warn('intake.waiting', { intake: id, looks, codes: faults.map(({ code }) => code) });
}

interface Waits {
  due(id: number): boolean;
  /** Puts it off. @returns for how many looks */
  later(id: number): number;
  forget(id: number): void;
}

function createWaits(): Waits {
  const waits = new Map<number, { left: number; next: number }>();
  return {
    due(id) {
      const wait = waits.get(id);
      if (!wait || wait.left <= 0) return true;
      wait.left--;
      return false;
    },
    later(id) {
      const looks = waits.get(id)?.next ?? 1;
      waits.set(id, { left: looks, next: Math.min(looks * 2, LONGEST_WAIT) });
      return looks;
    },
    forget: (id) => void waits.delete(id),
  };
}

/** A last opening: on Windows a program that still writes keeps the file to itself. */
function readable({ disk, layout }: Exchange, { name, kind }: Settled): boolean {
  if (kind === 'folder') return true;
  try {
    disk.probe(join(layout.inbox, name));
    return true;
  } catch {
    return false;
  }
}

/** An archive cut short, a folder without its tables: perhaps the rest is still on its way. */
async function opens({ config }: Exchange, path: string): Promise<boolean> {
  const { source, faults } = await openSource(config, path);
  await source?.close();
  return source !== undefined && !faults.some(stopsBuild);
}

/** @param known size and time of the passport as it was read last */
function readPassport(exchange: Exchange, known: string): string {
  const found = exchange.disk.stat(exchange.layout.passport);
  if (found?.kind !== 'file') return '';
  const signature = `${found.size} ${found.mtimeMs}`;
  if (signature !== known) takePassport(exchange);
  return signature;
}

/** Months that were closed in the billing's database since the last look. */
async function takeClosed(exchange: Exchange, openBilling: OpenBilling): Promise<Fault[]> {
  const { config, log } = exchange;
  if (config.watch.source !== 'db') return [];
  const { billing, faults } = await openBilling(config);
  if (!billing) {
    log.warn('closing.hindered', { codes: faults.map(({ code }) => code) });
    return faults;
  }
  try {
    for (const period of monthsToTake(exchange, await billing.closedDate())) {
      const found = await takeMonth(exchange, billing, period);
      log.info('closing', { period, codes: found.map(({ code }) => code) });
    }
    return [];
  } finally {
    await billing.close();
  }
}
