import type { DeliveryStatus } from './states.ts';

/** How a delivery ended, or that nobody knows; apart from its status. */
export type DeliveryOutcome = 'ok' | 'rejected' | 'in-doubt';

/** A thing on its way through a channel. Instants are ISO texts. */
export interface DeliveryRow {
  id: number;
  /** UUID under which the other side knows it. */
  key: string;
  channel: string;
  /** `organizations[].code` */
  organization: string;
  package: number;
  part: number;
  status: DeliveryStatus;
  outcome: DeliveryOutcome | null;
  /** Sends begun. */
  attempts: number;
  /** Questions since it came into doubt. */
  lookups: number;
  leaseOwner: string | null;
  leaseUntil: string | null;
  notBefore: string;
  formed: string;
  content: string | null;
  externalId: string | null;
  remoteState: string | null;
  remoteCode: string | null;
  remoteName: string | null;
  failure: string | null;
  failureCode: string | null;
  createdAt: string;
  changedAt: string;
  documents: DeliveryDocument[];
}

/** A document of a delivery, in the version that was sent. */
export interface DeliveryDocument {
  uuid: string;
  /** Of its content. */
  hash: string;
  /** Number of the correction, 0: as first issued. */
  correction: number;
}

/** A delivery that is about to begin. */
export interface NewDelivery {
  key: string;
  channel: string;
  organization: string;
  package: number;
  part: number;
  formed: string;
  documents: readonly DeliveryDocument[];
  /** It may have been sent by a journal that was lost: to be asked for first. */
  doubtful: boolean;
}

/** Who has a delivery under way, and until when it is believed to be alive. */
export interface Lease {
  owner: string;
  until: string;
}

/** How an attempt ended. */
export type Verdict =
  | { is: 'sent'; externalId?: string | undefined; remote?: RemoteRow | undefined }
  | { is: 'rejected'; code: string; remote?: RemoteRow | undefined }
  /** Surely nothing happened. */
  | { is: 'later'; code: string; notBefore: string; counted: boolean }
  /** It may have happened; to be asked for. `asked`: it was asked for, and there is no answer yet. */
  | { is: 'in-doubt'; code: string; notBefore: string; asked: boolean }
  /** Given up: surely not sent, or in doubt for a person. */
  | { is: 'given-up'; code: string; inDoubt: boolean };

/** Where a thing is on the other side: our word, its code, its word. */
export interface RemoteRow {
  state: string;
  code: string;
  name: string;
}
