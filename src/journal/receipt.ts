/**
 * A receipt (квитанция): what is in the books of one base after a load or a re-check, object by object
 * (schemas/receipt.schema.json, design §8). Sums in kopecks; numbers trimmed; times as the clock of 1C has them.
 */
export interface Receipt {
  receiptVersion: 1;
  receiptId: string;
  packageId: string;
  part: number;
  packageSha256: string;
  infobase: Infobase;
  user: string;
  startedAt: string;
  finishedAt: string;
  loader: { configuration: string; bsp: string; formatVersion: string };
  /** False: the load was broken off; what is listed is in the books all the same. */
  complete: boolean;
  objects: ReceiptObject[];
  /** Why the package was refused as a whole. */
  message?: string;
}

/** A base is known by both: a copy of it keeps the id. */
export interface Infobase {
  id: string;
  connection: string;
  name?: string;
}

export type ReceiptState =
  | 'created'
  | 'updated'
  | 'found'
  | 'skipped'
  | 'conflict'
  | 'failed'
  /** It is not in the base any more: at a re-check, or where it was to be marked for deletion. */
  | 'missing';

export interface ReceiptObject {
  kind: string;
  uuid: string;
  /** 1C's own UUID. */
  ref1c?: string;
  number?: string;
  date?: string;
  sum?: number;
  vat?: number;
  counterparty?: { inn?: string; kpp?: string };
  state: ReceiptState;
  posted?: boolean;
  deletionMark?: boolean;
  advanceInvoices?: unknown[];
  message?: string;
}

/** `own`: from the configured base; `foreign`: from another, kept, but it releases nothing and teaches nothing. */
export type Standing = 'own' | 'foreign';
