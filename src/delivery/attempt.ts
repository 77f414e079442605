import { type Fault, fault } from '../faults/fault.ts';
import { DECIDED } from '../journal/deliveries.ts';
import type { DeliveryRow, Verdict } from '../journal/delivery.ts';
import { ChannelError, type Found, type Limits, type Shipment } from './channel.ts';
import { conclude, type Desk, doubtNow, type Ended, halted, later, leaseOf, type Task } from './desk.ts';
import { clear } from './look-up.ts';
import { pauseAfter } from './retry.ts';

/** The lease ran out and another has the delivery. */
class LeaseLost extends Error {}

/**
 * One attempt, in an order that survives being killed anywhere: asked for if it was in doubt → made → put down as
 * running → sent → what came of it put down.
 */
export async function attempt(desk: Desk, task: Task): Promise<Ended> {
  const { deliveries } = desk.journal.records;
  const { delivery, label } = task;
  const known =
    deliveries.byKey(delivery.key) ?? (delivery.doubtful ? deliveries.enrol(delivery) : undefined);
  const closed = known && closedEnd(known);
  if (closed) return closed;
  let found: Found | undefined;
  // A person's word is believed, and yet asked after where one can ask.
  const decided = known?.failureCode === DECIDED && desk.session.find !== undefined;
  if (known && (known.outcome === 'in-doubt' || decided)) {
    const cleared = await clear(desk, known, label);
    if ('is' in cleared) return cleared;
    found = cleared;
  }
  const packed = await pack(desk, task);
  if ('is' in packed) return packed;
  const { shipment, faults } = packed;
  const row = begin(desk, task, shipment.sha256);
  if (row === undefined) return { is: 'elsewhere', faults };
  if (row instanceof Date) return { is: 'limited', at: row, faults };
  // Another process may have left it in doubt since it was asked for.
  if (row.outcome === 'in-doubt' && !found)
    return conclude(desk, row, doubtNow(desk, 'in-doubt'), faults, label);
  const renew = (): void => {
    if (!deliveries.renew(row.id, leaseOf(desk))) throw new LeaseLost();
  };
  try {
    const { externalId, remote } = await shipment.send(renew, found);
    return conclude(desk, row, { is: 'sent', externalId, remote }, faults, label);
  } catch (error) {
    if (error instanceof LeaseLost) return { is: 'elsewhere', faults };
    if (error instanceof ChannelError) return failed(desk, row, error, faults, label);
    conclude(desk, row, doubtNow(desk, 'defect'), faults, label);
    throw error;
  }
}

/** What is not to be attempted. */
function closedEnd({ status, outcome }: DeliveryRow): Ended | undefined {
  if (status === 'running') return { is: 'elsewhere', faults: [] };
  if (status === 'done') return { is: 'done-before', faults: [] };
  if (status === 'dead') return { is: outcome === 'in-doubt' ? 'undecided' : 'done-before', faults: [] };
  return undefined;
}

/** Nothing has gone out yet: whatever fails here, but for a channel that will not have us, is simply tried again. */
async function pack(desk: Desk, { parcel }: Task): Promise<{ shipment: Shipment; faults: Fault[] } | Ended> {
  try {
    const { shipment, faults } = await desk.session.pack(parcel);
    return shipment ? { shipment, faults } : { is: 'left-out', faults };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.class === 'halted') return halted(desk, error, []);
    const { random } = desk.surroundings;
    const pause = pauseAfter('before', 1, random, error.retryAfter)!;
    return { is: 'later', at: later(desk, pause), doubt: false, faults: [] };
  }
}

const WINDOWS = [
  ['perMinute', 60_000],
  ['perHour', 3_600_000],
  ['perDay', 24 * 3_600_000],
] as const satisfies readonly (readonly [keyof Limits, number])[];

/** Begins within the limits of the service, which count for all processes together. @returns when one may, if not now */
function begin(desk: Desk, { delivery }: Task, content: string): DeliveryRow | Date | undefined {
  const { journal, limits, channel } = desk;
  const { deliveries } = journal.records;
  return journal.atomically(() => {
    const free = WINDOWS.flatMap(([name, ms]) => {
      const limit = limits[name];
      const at = limit === undefined ? undefined : deliveries.freeAt(channel.name, limit, ms);
      return at ? [at.getTime()] : [];
    });
    if (free.length > 0) return new Date(Math.max(...free));
    return deliveries.begin(delivery, content, leaseOf(desk));
  });
}

/** @param row as it was before the attempt */
function failed(desk: Desk, row: DeliveryRow, error: ChannelError, faults: Fault[], label: string): Ended {
  const { channel, session, surroundings } = desk;
  const { class: failure, code, message, retryAfter } = error;
  const asks = session.find !== undefined;
  switch (failure) {
    case 'before': {
      const pause = pauseAfter('before', row.attempts + 1, surroundings.random, retryAfter);
      const verdict: Verdict =
        pause === undefined
          ? { is: 'given-up', code, inDoubt: false }
          : { is: 'later', code, notBefore: later(desk, pause).toISOString(), counted: true };
      return conclude(desk, row, verdict, faults, label);
    }
    case 'unknown': {
      const pause = pauseAfter('unknown', 1, surroundings.random, retryAfter)!;
      const notBefore = later(desk, pause).toISOString();
      const verdict: Verdict = asks
        ? { is: 'in-doubt', code, notBefore, asked: false }
        : { is: 'given-up', code, inDoubt: true };
      return conclude(desk, row, verdict, faults, label);
    }
    case 'rejected': {
      const values = { channel: channel.title, document: label, delivery: row.id, code, reason: message };
      const told = [...faults, fault('BG1C-SEND-REJECTED', values)];
      return conclude(desk, row, { is: 'rejected', code }, told, label);
    }
    case 'halted': {
      const notBefore = later(desk, 0).toISOString();
      const verdict: Verdict = asks ? doubtNow(desk, code) : { is: 'later', code, notBefore, counted: false };
      conclude(desk, row, verdict, faults, label);
      return halted(desk, error, faults);
    }
  }
}
