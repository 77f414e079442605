import type { DeliveryRow, Verdict } from '../journal/delivery.ts';
import { ChannelError, type Found } from './channel.ts';
import { conclude, type Desk, doubtNow, type Ended, halted, later, leaseOf } from './desk.ts';
import { pauseAfter } from './retry.ts';

/** Asks for something in doubt that is not to be sent now. */
export async function ask(desk: Desk, key: string): Promise<Ended> {
  const row = desk.journal.records.deliveries.byKey(key)!;
  if (row.status !== 'waiting' || row.outcome !== 'in-doubt') return { is: 'elsewhere', faults: [] };
  const cleared = await clear(desk, row, `Доставка ${row.id}`);
  if ('is' in cleared) return cleared;
  return { is: cleared.place === 'absent' ? 'left-out' : 'elsewhere', faults: [] };
}

/**
 * Asks the other side for what is in doubt.
 * @returns what is there, where sending may go on (not there, or begun); else how it ended
 */
export async function clear(desk: Desk, row: DeliveryRow, label: string): Promise<Found | Ended> {
  const { journal, session, surroundings } = desk;
  const { deliveries } = journal.records;
  if (!deliveries.ask(row.id, leaseOf(desk))) return { is: 'elsewhere', faults: [] };
  if (!session.find) {
    const code = row.failureCode ?? 'in-doubt';
    return conclude(desk, row, { is: 'given-up', code, inDoubt: true }, [], label);
  }
  const { key, organization, externalId, formed } = row;
  try {
    const inquiry = { key, organization, externalId: externalId ?? undefined, formed: new Date(formed) };
    const found = await session.find(inquiry);
    if (found.place === 'there') {
      const ended = conclude(desk, row, { is: 'sent', ...found }, [], label);
      return ended.is === 'sent' ? { ...ended, is: 'found' } : ended;
    }
    const verdict: Verdict =
      found.place === 'absent'
        ? { is: 'later', code: 'absent', notBefore: later(desk, 0).toISOString(), counted: true }
        : doubtNow(desk, 'begun');
    return deliveries.settle(row.id, desk.owner, verdict) ? found : { is: 'elsewhere', faults: [] };
  } catch (error) {
    if (!(error instanceof ChannelError)) {
      conclude(desk, row, doubtNow(desk, 'defect'), [], label);
      throw error;
    }
    if (error.class === 'halted') {
      conclude(desk, row, doubtNow(desk, error.code), [], label);
      return halted(desk, error, []);
    }
    const pause = pauseAfter('unknown', row.lookups + 1, surroundings.random, error.retryAfter);
    const { code } = error;
    if (pause === undefined) return conclude(desk, row, { is: 'given-up', code, inDoubt: true }, [], label);
    const notBefore = later(desk, pause).toISOString();
    return conclude(desk, row, { is: 'in-doubt', code, notBefore, asked: true }, [], label);
  }
}
