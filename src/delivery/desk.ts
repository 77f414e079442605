import { type Fault, fault } from '../faults/fault.ts';
import type { DeliveryRow, Lease, NewDelivery, Verdict } from '../journal/delivery.ts';
import type { Journal } from '../journal/journal.ts';
import type { Channel, ChannelError, Limits, Parcel, Session, Surroundings } from './channel.ts';
import { LEASE } from './retry.ts';

/** One thing that may go out now. */
export interface Task {
  parcel: Parcel;
  delivery: NewDelivery;
  /** «УПД № А10/1045», for people. */
  label: string;
}

/** What attempts and questions work with. */
export interface Desk {
  channel: Channel;
  limits: Limits;
  session: Session;
  journal: Journal;
  surroundings: Surroundings;
  /** Of this process: whose leases are whose. */
  owner: string;
}

/** How an attempt or a question ended. */
export type Ended =
  | { is: 'sent' | 'found' | 'rejected' | 'left-out' | 'given-up' | 'undecided'; faults: Fault[] }
  /** Not ours now: another process has it, or it is done. */
  | { is: 'elsewhere' | 'done-before'; faults: Fault[] }
  /** To be taken up again from this instant on; `doubt`: to be asked for. */
  | { is: 'later'; at: Date; doubt: boolean; faults: Fault[] }
  /** The limit of the service is used up until then; nothing was begun. */
  | { is: 'limited'; at: Date; faults: Fault[] }
  /** The other side will not have us: the run ends. */
  | { is: 'halted'; faults: Fault[] };

/** Puts down how an attempt ended, and says it. Where the lease was lost, another finds out what came of it. */
export function conclude(
  desk: Desk,
  row: DeliveryRow,
  verdict: Verdict,
  faults: Fault[],
  document: string,
): Ended {
  if (!desk.journal.records.deliveries.settle(row.id, desk.owner, verdict))
    return { is: 'elsewhere', faults };
  const { title: channel } = desk.channel;
  switch (verdict.is) {
    case 'sent':
    case 'rejected':
      return { is: verdict.is, faults };
    case 'later':
      return { is: 'later', at: new Date(verdict.notBefore), doubt: false, faults };
    case 'in-doubt':
      return { is: 'later', at: new Date(verdict.notBefore), doubt: true, faults };
    case 'given-up': {
      const values = { channel, document, delivery: row.id, code: verdict.code };
      if (verdict.inDoubt)
        return { is: 'undecided', faults: [...faults, fault('BG1C-SEND-IN-DOUBT', values)] };
      return { is: 'given-up', faults: [...faults, fault('BG1C-SEND-GIVEN-UP', values)] };
    }
  }
}

export function halted({ channel }: Desk, { code, message }: ChannelError, faults: Fault[]): Ended {
  const found = fault('BG1C-SEND-HALTED', { channel: channel.title, code, reason: message });
  return { is: 'halted', faults: [...faults, found] };
}

/** In doubt, and to be asked for at once. */
export function doubtNow(desk: Desk, code: string): Verdict {
  return { is: 'in-doubt', code, notBefore: later(desk, 0).toISOString(), asked: false };
}

export function later({ surroundings }: Desk, ms: number): Date {
  return new Date(surroundings.clock().getTime() + ms);
}

export function leaseOf(desk: Desk): Lease {
  return { owner: desk.owner, until: later(desk, LEASE).toISOString() };
}
