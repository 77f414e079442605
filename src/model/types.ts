import type { Kopecks } from './money.ts';
import type { Period } from './period.ts';
import type { VatRate } from './vat.ts';

/**
 * The canonical model: what a month consists of, whatever billing it came from and whatever format it goes to.
 * Plain data; one record is one line of `documents.jsonl` (schemas/canonical/*.schema.json).
 * Texts are tidy (NFC, one space) and hold no character that XML forbids. Dates are ISO days.
 */

export type PartyKind = 'legal-entity' | 'sole-trader' | 'person';

export interface BankAccount {
  uuid: string;
  account: string;
  bik: string;
  bankName?: string;
  correspondentAccount?: string;
}

/** The provider, seller of the services. */
export interface Organization {
  record: 'organization';
  uuid: string;
  code: string;
  kind: PartyKind;
  name: string;
  fullName: string;
  inn: string;
  kpp?: string;
  ogrn?: string;
  address?: string;
  bank?: BankAccount;
}

/** A buyer. */
export interface Counterparty {
  record: 'counterparty';
  uuid: string;
  kind: PartyKind;
  /** Stands for all persons in one act: no document of it is sent to anybody. */
  collective?: true;
  /** At most 100 characters, unique among namesakes. */
  name: string;
  /** At most 250 characters. */
  fullName: string;
  inn?: string;
  kpp?: string;
  ogrn?: string;
  address?: string;
  emails: string[];
  phones: string[];
  bank?: BankAccount;
  /** What the accountant approved to be changed in the card that 1C has; such a card is never created. */
  changes?: CardChange[];
}

export const CARD_FIELDS = ['name', 'fullName', 'inn', 'kpp', 'ogrn', 'address', 'email'] as const;

/** A field of a card in 1C that is to change, if it still is as it was seen. An e-mail is added, not replaced. */
export interface CardChange {
  field: (typeof CARD_FIELDS)[number];
  before: string;
  after: string;
}

/** BGBilling's contract; carries the personal account. */
export interface Contract {
  record: 'contract';
  uuid: string;
  /** BGBilling's cid. */
  id: string;
  counterparty: string;
  number: string;
  date?: string;
  account: string;
  /** «№ 123 от 01.02.2024 (л/с 100245)», at most 100 characters. */
  name: string;
  /** True when the subscriber pays in advance. */
  prepaid: boolean;
}

/** What is sold. */
export interface Service {
  record: 'service';
  uuid: string;
  /** BGBilling's sid, or `fallback`. */
  id: string;
  name: string;
  fullName: string;
  /** Folder of Номенклатура. */
  group?: { uuid: string; name: string };
  /** ОКЕИ code. */
  unit: string;
}

/** A line of a document. `sum` includes VAT. */
export interface Line {
  service: string;
  content: string;
  /** Scale 3. */
  quantity: number;
  /** Kopecks for one unit. */
  price: Kopecks;
  sum: Kopecks;
  rate: VatRate;
  vat: Kopecks;
}

export type DocumentKind = 'bill' | 'act' | 'vat-invoice' | 'upd';

export const DOCUMENT_KINDS: readonly DocumentKind[] = ['bill', 'act', 'vat-invoice', 'upd'];

/** A payment document of line 5: what of it settles the document. */
export interface PaymentDocument {
  number: string;
  date: string;
  sum: Kopecks;
}

/** What all documents share. */
interface DocumentBase {
  uuid: string;
  /** The source's own key: `invoice:17`. */
  key: string;
  /** As the buyer sees it and as it stands in the books; empty when 1C shall draw it. */
  number: string;
  /** 1C draws the number: it is empty, or what a receipt has told. */
  numberedBy?: 'onec';
  date: string;
  period: Period;
  contract: string;
  counterparty: string;
  account: string;
  sum: Kopecks;
  vat: Kopecks;
  lines: Line[];
}

export interface Bill extends DocumentBase {
  record: 'bill';
}

/** The fact that services were rendered. */
export interface Act extends DocumentBase {
  record: 'act';
}

/** Исправление: the document replaces one of the same number and date that the buyer has already. */
export interface Correction {
  /** From 1 to 999. */
  number: number;
  date: string;
  /** UUID of the VAT invoice first issued; of the act where an УПД has none. */
  original: string;
}

/** Tax invoice, tied to exactly one act. */
export interface VatInvoice extends DocumentBase {
  record: 'vat-invoice';
  /** UUID of the act. */
  act: string;
  actNumber: string;
  actDate: string;
  /** КВО: 26 for the summary of persons; 01 where nothing is said. */
  operationCode?: '26';
  /** Prepaid contracts: line 5. */
  payments?: PaymentDocument[];
  correction?: Correction;
}

/** Act and VAT invoice in one; `uuid` is the act's. */
export interface Upd extends DocumentBase {
  record: 'upd';
  /** Absent when nothing in it bears VAT: then it is an act alone. */
  vatInvoiceUuid?: string;
  correction?: Correction;
  /** Prepaid contracts: line 5. */
  payments?: PaymentDocument[];
}

export type Document = Bill | Act | VatInvoice | Upd;
export type CanonicalRecord = Organization | Counterparty | Contract | Service | Document;
