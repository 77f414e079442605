import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { DeliveryRow } from '../../journal/delivery.ts';
import { type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';

export interface ResolveRequest {
  config: Config;
  /** Number of a delivery, or its key. */
  wanted: string;
  /** A person's word: it went out, or it did not. */
  sent: boolean;
  clock: Clock;
  openJournal?: OpenJournal | undefined;
}

/**
 * A person decides a delivery that the program cannot: in doubt, given up, not accepted, or come back. What was not sent goes out
 * with the next `bg1c send`, under the same key.
 */
export function resolveDelivery(request: ResolveRequest): { delivery?: DeliveryRow; fault?: Fault } {
  const { config, wanted, sent, clock } = request;
  const { journal, fault: refused } = (request.openJournal ?? openJournal)(config.journal.path, clock);
  if (!journal) return { fault: refused! };
  try {
    const { deliveries } = journal.records;
    return journal.atomically(() => {
      const found = /^\d+$/.test(wanted)
        ? deliveries.byId(Number(wanted))
        : deliveries.byKey(wanted.toLowerCase());
      if (!found) return { fault: fault('BG1C-DELIVERY-UNKNOWN', { wanted }) };
      const state = decided(found, sent);
      if (state) return { fault: fault('BG1C-DELIVERY-CLEAR', { delivery: found.id, state }) };
      deliveries.decide(found.id, sent);
      return { delivery: deliveries.byId(found.id)! };
    });
  } finally {
    journal.close();
  }
}

/** Why there is nothing to decide. */
function decided({ status, outcome, remoteState }: DeliveryRow, sent: boolean): string | undefined {
  if (status === 'running') return 'отправляется сейчас';
  // A letter that came back may go out again, to another address.
  const returned = remoteState === 'failed' && !sent;
  if (status === 'done' && outcome === 'ok' && !returned) return 'отправлена';
  if (status === 'done' && sent) return 'не принята получающей стороной';
  if (status === 'waiting' && outcome !== 'in-doubt') return 'ещё не отправлялась или ждёт повтора';
  return undefined;
}
