import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { freeName } from '../../exchange/filing.ts';
import { type Fault, fault, stopsBuild } from '../../faults/fault.ts';
import { openJournal } from '../../journal/journal.ts';
import { lastDay, type Period, periodName, shiftPeriod } from '../../model/period.ts';
import type { Clock } from '../../support/clock.ts';
import { russianDate } from '../../support/dates.ts';
import { type BuildResult, build } from '../build/build.ts';
import { workFolder } from '../build/leftovers.ts';
import type { Exchange } from './exchange.ts';

/** A billing that a month can be taken from without a hand. */
export interface Billing {
  /** The day up to which everything is closed there; undefined: nothing is. */
  closedDate(): Promise<string | undefined>;
  /** Writes the month as a set of CSV files into an empty folder. */
  writeMonth(period: Period, folder: string): Promise<Fault[]>;
  close(): Promise<void>;
}

export type OpenBilling = (config: Config) => Promise<{ billing?: Billing; faults: Fault[] }>;

/** The latest month that is wholly closed. */
export function lastClosed(closed: string | undefined): Period | undefined {
  if (closed === undefined) return undefined;
  const month = closed.slice(0, 7);
  return closed >= lastDay(month) ? month : shiftPeriod(month, -1);
}

/** What keeps a month from being taken, or undefined. */
export function stillOpen(period: Period, closed: string | undefined): Fault | undefined {
  const last = lastClosed(closed);
  if (last !== undefined && period <= last) return undefined;
  const text = closed === undefined ? 'закрытых периодов нет' : `закрыто по ${russianDate(closed)}`;
  return fault('BG1C-CLOSE-OPEN', { period: periodName(period), closed: text });
}

/**
 * Months that were closed since the last one that was taken, the oldest first. The first time only the latest: a
 * billing has years of closed months, and they have long been in the books.
 */
export function monthsToTake({ journal }: Exchange, closed: string | undefined): Period[] {
  const { closings } = journal.records;
  const latest = lastClosed(closed);
  if (latest === undefined) return [];
  const unfinished = closings.list().filter(({ state }) => state === 'exporting');
  const last = closings.last()?.period;
  const months = unfinished.map(({ period }) => period);
  const next = last === undefined ? latest : shiftPeriod(last, 1);
  for (let month = next; month <= latest; month = shiftPeriod(month, 1))
    if (!months.includes(month)) months.push(month);
  return months.sort();
}

/**
 * Takes a month from the billing and drops it into the inbox. A crash leaves a folder that nobody reads, or the month in
 * the inbox: taken again, it has the same content and makes no second package.
 */
export async function takeMonth(exchange: Exchange, billing: Billing, period: Period): Promise<Fault[]> {
  const { disk, journal, layout, log } = exchange;
  journal.atomically(() => {
    const known = journal.records.closings.find(period);
    if (known) journal.move('closing', [period], 'exporting');
    else journal.records.closings.open(period);
  });
  const temporary = join(layout.inbox, `.${period}.${randomBytes(4).toString('hex')}.tmp`);
  disk.ensureFolder(temporary);
  try {
    const faults = await billing.writeMonth(period, temporary);
    if (faults.some(stopsBuild)) return faults;
    disk.rename(temporary, join(layout.inbox, freeName(disk, layout.inbox, `bgbilling-${period}`, 1)));
    journal.atomically(() => journal.move('closing', [period], 'dropped'));
    log.info('closing.dropped', { period });
    return faults;
  } finally {
    disk.remove(temporary);
  }
}

export interface CloseRequest {
  config: Config;
  /** The latest closed one by default. */
  period?: Period | undefined;
  clock: Clock;
  openBilling: OpenBilling;
}

/** Takes a closed month from the billing and builds its packages at once, without the exchange folder's inbox. */
export async function closeMonth({
  config,
  period: wanted,
  clock,
  openBilling,
}: CloseRequest): Promise<{ period?: Period; result?: BuildResult; faults: Fault[] }> {
  const { billing, faults } = await openBilling(config);
  if (!billing) return { faults };
  try {
    const closed = await billing.closedDate();
    const period = wanted ?? lastClosed(closed) ?? clock().toISOString().slice(0, 7);
    const open = stillOpen(period, closed);
    if (open) return { faults: [open] };
    const scratch = workFolder(dirname(config.journal.path));
    try {
      const found = await billing.writeMonth(period, scratch.path);
      if (found.some(stopsBuild)) return { faults: found };
      const result = await build({ config, input: scratch.path, period, clock });
      if (result.packages.length > 0) rememberTaken(config, period, clock);
      return { period, result, faults: found };
    } finally {
      scratch.remove();
    }
  } finally {
    await billing.close();
  }
}

/** The watcher need not take the month once more. */
function rememberTaken(config: Config, period: Period, clock: Clock): void {
  const { journal } = openJournal(config.journal.path, clock);
  journal?.atomically(() => {
    const { closings } = journal.records;
    if (!closings.find(period)) closings.open(period);
    if (closings.find(period)!.state === 'exporting') journal.move('closing', [period], 'dropped');
  });
  journal?.close();
}
