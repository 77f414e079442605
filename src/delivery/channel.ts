import type { Config } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import type { Records } from '../journal/journal.ts';
import type { DocumentSource } from '../model/document-source.ts';
import type { Counterparty, Organization } from '../model/types.ts';
import type { Clock } from '../support/clock.ts';

/**
 * The contract of a channel. The engine decides whether, when and how often; a channel knows how. It keeps no state of
 * its own: what has to outlive the process is in the journal (design §10).
 *
 * What a channel promises, and `test/delivery/contract.ts` asks of each:
 * - nothing goes out before `send`; everything before it may be repeated at will;
 * - the key of a parcel is the id (or a part of the id) under which the other side knows the thing, so that it can be
 *   asked for afterwards and cannot be there twice;
 * - every failure is a {@link ChannelError} of the right class: what is not sure not to have happened is `unknown`;
 * - no secret, cookie or session id in an error, an event or anything else it hands over.
 */
export interface Channel {
  readonly name: ChannelName;
  /** As people call it. */
  readonly title: string;
  /** Its key under `channels` of the settings. */
  readonly setting: string;
  /** What is said where `connect` does, if it is no login. */
  readonly reached?: string;
  /** Whether the settings of the channel are there. */
  configured(config: Config): boolean;
  limits(config: Config): Limits;
  /** Whether a document goes this way at all: a bill is no УПД, a person has no ЭДО. */
  carries(source: DocumentSource, config: Config, records?: Records): boolean;
  /** Channels that end with the same receiver: what went out through one of them does not go through this one. */
  readonly rivals?: readonly ChannelName[];
  /** Documents of one part of a package with the same group go as one delivery: a letter. Absent: each by itself. */
  group?(source: DocumentSource, config: Config): string;
  /** What is sent now does not count: the journal shall not learn of it. */
  rehearses?(config: Config): boolean;
  /**
   * Opens a session, with authentication where there is one; no documents go out.
   * @throws ChannelError `halted` (settings, password) or `before` (not reachable)
   */
  connect(surroundings: Surroundings): Promise<Session>;
}

export const CHANNEL_NAMES = ['sbis', 'edo-folder', 'bitrix24', 'mail'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** Attempts in a window of time, and attempts at once. Absent: as many as there are. */
export interface Limits {
  perMinute?: number | undefined;
  perHour?: number | undefined;
  perDay?: number | undefined;
  concurrency: number;
}

/** What a session works with; everything outside is injected. */
export interface Surroundings {
  config: Config;
  clock: Clock;
  /** 0 ≤ n < 1 */
  random: () => number;
  /** Waits so many milliseconds, or until the run is stopped. */
  sleep: (ms: number) => Promise<void>;
  /** Ends the run after the attempts that are under way. */
  signal: AbortSignal;
  /** What the journal keeps for channels: addresses, letters. Absent: nothing is known and nothing is kept. */
  records?: Records | undefined;
  /**
   * A dry run: the transport sends and asks nothing, answers as the other side would, and hands over what would have
   * gone out. Everything else of the channel runs as ever.
   */
  capture?: ((captured: Captured) => void) | undefined;
}

/** What would have gone out. */
export interface Captured {
  key: string;
  /** Address, method or file, without secrets. */
  to: string;
  body: string | Uint8Array;
}

/** One thing to deliver: documents of one counterparty. */
export interface Parcel {
  /** Under which the other side knows it; a UUID. */
  key: string;
  organization: Organization;
  counterparty: Counterparty;
  /** At least one. Their numbers are those of the books. */
  documents: readonly DocumentSource[];
  /** When it was first made: what is made again bears the same moment, so the same bytes. */
  formed: Date;
}

export interface Session {
  /**
   * Makes what is to be sent. May read from the other side (its participant's id), never write.
   * @returns the shipment, or the errors that forbid it; warnings beside the shipment
   * @throws ChannelError `before` or `halted`
   */
  pack(parcel: Parcel): Promise<{ shipment?: Shipment; faults: Fault[] }>;
  /**
   * Asks the other side for a thing by our own key. Absent: this channel cannot ask, and what is in doubt waits for a
   * person (`bg1c resolve`).
   * @throws ChannelError
   */
  find?(inquiry: Inquiry): Promise<Found>;
  /** What became of the things that were sent, from a durable cursor on, page by page. Absent: nobody tells. */
  changes?(cursors: Cursors): AsyncIterable<ChangePage>;
  /** Whether counterparties can be reached, asked before anything is sent. */
  reach?(counterparties: readonly Counterparty[]): AsyncIterable<Reach>;
  /** Says goodbye; never throws. */
  close(): Promise<void>;
}

/** Something that is ready to go out. */
export interface Shipment {
  /** SHA-256 of what makes it up: kept before the first byte goes out. */
  sha256: string;
  /** File names, for people. */
  names: readonly string[];
  /**
   * Sends it.
   * @param found what is there of it already, where an earlier attempt was broken off in its middle
   * @param renew to be called before each further step: extends the lease, and throws where it was lost
   * @throws ChannelError
   */
  send(renew: () => void, found?: Found): Promise<Sent>;
}

export interface Sent {
  /** The other side's id, where it gives one. */
  externalId?: string | undefined;
  remote?: Remote | undefined;
}

/** Whom and what a question is about. */
export interface Inquiry {
  key: string;
  /** `organizations[].code` */
  organization: string;
  externalId: string | undefined;
  formed: Date;
}

export type Found =
  /** Surely not there. */
  | { place: 'absent' }
  /** There in part: a draft whose sending was broken off; `send` goes on with it. */
  | { place: 'begun'; externalId?: string | undefined; remote?: Remote | undefined }
  | { place: 'there'; externalId?: string | undefined; remote?: Remote | undefined };

/** Where a thing is on the other side. */
export interface Remote {
  state: RemoteState;
  /** The other side's own code and word; unknown ones are kept as they are. */
  code: string;
  name: string;
}

export type RemoteState =
  | 'draft'
  | 'awaiting-signature'
  | 'invited'
  | 'sent'
  | 'delivered'
  | 'signed'
  | 'rejected'
  | 'annulled'
  | 'failed'
  | 'unknown';

/** Places in the feeds of a channel, by name; written by the engine together with what was read up to them. */
export interface Cursors {
  get(name: string): string | undefined;
  /** When the oldest delivery that still may change was formed: where a feed without a cursor begins. */
  since: Date;
}

export interface ChangePage {
  changes: readonly { key: string; externalId?: string | undefined; remote: Remote }[];
  cursor: { name: string; value: string };
}

/** How a counterparty can be reached. */
export interface Reach {
  counterparty: Counterparty;
  how: 'receives' | 'roaming' | 'invite' | 'unreachable';
  /** Who serves it, and what the other side says of it. */
  operator?: string | undefined;
  note?: string | undefined;
}

/**
 * What an attempt means when it fails.
 * - `before`: surely nothing happened (no connection, 429, 503); again after a pause;
 * - `unknown`: it may have happened (timeout, connection lost, answer that makes no sense): in doubt until looked up;
 * - `rejected`: the other side will not have this thing; final until a person mends it;
 * - `halted`: the other side will not have us (password, certificate, licence): the run ends, nothing is counted.
 *
 * «Already exists» is no failure: `send` returns.
 */
export type FailureClass = 'before' | 'unknown' | 'rejected' | 'halted';

export class ChannelError extends Error {
  readonly class: FailureClass;
  /** Short and stable, for the journal: `http-503`, `sbis--32000`, `connect-refused`. No names, no texts. */
  readonly code: string;
  /** Not to be tried earlier, ms from now. */
  readonly retryAfter: number | undefined;

  /** @param message in Russian, for a person; without secrets. The cause is not kept: it may hold headers. */
  constructor(failure: FailureClass, code: string, message: string, retryAfter?: number) {
    super(message);
    this.class = failure;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
