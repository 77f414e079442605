import { extname, join } from 'node:path';
import { signatureName } from '../../exchange/receipt-file.ts';
import { createSightings, type Settled } from '../../exchange/settled.ts';
import { type Fault, stopsBuild } from '../../faults/fault.ts';
import { openSource } from '../../sources/registry.ts';
import { createAutoDelivery } from '../deliver/unattended.ts';
import { EXIT, type ExitCode, worse } from '../exit.ts';
import { monthsToTake, type OpenBilling, takeMonth } from './close.ts';
import type { Exchange } from './exchange.ts';
import { keepHouse } from './housekeeping.ts';
import { goOn, takeOut } from './intake.ts';
import { diskFault } from './passing.ts';
import { takePassport, takeReceipt } from './receipts-folder.ts';
import { createWaits, type Waits } from './waits.ts';

/** What one look into the folder found and did. */
export interface Tick {
  /** The worst of what was filed. */
  exit: ExitCode;
  /** Faults of what could not be finished now. */
  faults: Fault[];
  /** Things that are not settled yet. */
  moving: number;
  /** Things that wait for something to be mended. */
  waiting: number;
  reachable: boolean;
}

/** Looks after which something incomplete, empty or locked is taken as it is: an error is better than silence. */
export const PATIENCE = 12;

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
  const delivery = createAutoDelivery(exchange);
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
  const isReady = async (found: Settled): Promise<boolean> =>
    found.looks >= PATIENCE || (!found.empty && readable(exchange, found) && (await isComplete(found)));

  return async (signal) => {
    const tick: Tick = { exit: EXIT.done, faults: [], moving: 0, waiting: 0, reachable: true };
    const attempt = (subject: string, work: Work): Promise<void> =>
      alone(exchange, waits, tick, subject, work);
    if (disk.stat(layout.inbox) === undefined) return { ...tick, reachable: false };
    await attempt('passport', async () => {
      passport = readPassport(exchange, passport);
      return [];
    });
    const seenReceipts = receipts.look();
    tick.moving += seenReceipts.moving;
    for (const { name, looks: same } of seenReceipts.settled) {
      if (same < PATIENCE && lacksSignature(exchange, name)) tick.moving++;
      else
        await attempt(`receipt ${name}`, async () => {
          if (!takeReceipt(exchange, name).taken) tick.exit = worse(tick.exit, EXIT.errors);
          return [];
        });
      if (signal.aborted) return tick;
    }
    const advance = (id: number): Promise<void> =>
      attempt(`intake:${id}`, () => goFurther(exchange, id, tick));
    for (const { id } of exchange.journal.records.intake.unfinished()) {
      await advance(id);
      if (signal.aborted) return tick;
    }
    if (looks++ % askBilling === 0) await attempt('closing', () => takeClosed(exchange, openBilling));
    const seen = inbox.look();
    tick.moving += seen.moving;
    complete = new Map([...complete].filter(([name]) => seen.settled.some((one) => one.name === name)));
    for (const found of seen.settled) {
      await attempt(`inbox ${found.name}`, async () => {
        if (await isReady(found)) await advance(await takeOut(exchange, found));
        else tick.moving++;
        return [];
      });
      if (signal.aborted) return tick;
    }
    for (const channel of delivery.channels) {
      await attempt(`delivery ${channel.name}`, () => delivery.goOn(channel, signal));
      if (signal.aborted) return tick;
    }
    await attempt('housekeeping', async () => keepHouse(exchange));
    waits.sweep();
    return tick;
  };
}

/** @returns faults for which it has to wait */
type Work = () => Promise<readonly Fault[]>;

/**
 * One thing that cannot be read or moved does not keep the others: it is tried again later, and later still. What
 * concerns all of them, a journal that cannot be written, is thrown.
 */
async function alone(
  { log, layout }: Exchange,
  waits: Waits,
  tick: Tick,
  subject: string,
  work: Work,
): Promise<void> {
  if (!waits.due(subject)) {
    tick.waiting++;
    return;
  }
  let faults: readonly Fault[];
  try {
    faults = await work();
  } catch (error) {
    const found = diskFault(error, layout.root);
    if (!found) throw error;
    faults = [found];
  }
  if (faults.length === 0) return waits.forget(subject);
  tick.faults.push(...faults);
  tick.waiting++;
  tick.exit = worse(tick.exit, EXIT.errors);
  const looks = waits.later(subject);
  // Names of files may tell of persons: the log has ids only.
  const what = subject.replace(/ .*/s, '');
  log.warn('waiting', { what, looks, codes: faults.map(({ code }) => code) });
}

async function goFurther(exchange: Exchange, id: number, tick: Tick): Promise<readonly Fault[]> {
  const progress = await goOn(exchange, id);
  if (!progress.done) return progress.faults;
  tick.exit = worse(tick.exit, progress.exit);
  return [];
}

function isReceipt({ name, kind }: { name: string; kind: string }): boolean {
  return kind === 'file' && extname(name).toLowerCase() === '.json';
}

/** Its signature is perhaps still on its way, where one is asked for. */
function lacksSignature({ key, disk, layout }: Exchange, name: string): boolean {
  return key !== undefined && disk.stat(join(layout.receipts, signatureName(name))) === undefined;
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

/** Months that were closed in the billing's database since the last look. @returns what keeps one from being taken */
async function takeClosed(exchange: Exchange, openBilling: OpenBilling): Promise<Fault[]> {
  const { config, log } = exchange;
  if (config.watch.source !== 'db') return [];
  const { billing, faults } = await openBilling(config);
  if (!billing) {
    log.warn('closing.hindered', { codes: faults.map(({ code }) => code) });
    return faults;
  }
  try {
    const hindered: Fault[] = [];
    for (const period of monthsToTake(exchange, await billing.closedDate())) {
      const found = await takeMonth(exchange, billing, period);
      log.info('closing', { period, codes: found.map(({ code }) => code) });
      hindered.push(...found.filter(stopsBuild));
    }
    return hindered;
  } finally {
    await billing.close();
  }
}
