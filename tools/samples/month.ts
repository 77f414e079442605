import type { Kopecks } from '../../src/model/money.ts';
import { lastDay, type Period } from '../../src/model/period.ts';
import { GENERAL_RATE, rateOn, type VatRate } from '../../src/model/vat.ts';
import { divideHalfUp, parseDecimal } from '../../src/support/decimal.ts';
import type { Party } from './party.ts';

/** A month as its author writes it down; `documents.ts` and `tables.ts` derive the export from it. */
export interface Month {
  period: Period;
  subscribers: readonly Subscriber[];
  /** What is sold without VAT; the same rules stand in the configuration. */
  exempt: readonly Exemption[];
  numbers: Numbers;
  /** Of everything that is not exempt, instead of the general rate. */
  rate?: VatRate;
  /** The billing has no module of documents: no documents, no lines. */
  withoutDocuments?: true;
  /** How this export writes values. */
  style: { decimal: ',' | '.'; dates: 'iso' | 'mixed' };
}

export interface Exemption {
  service?: number;
  contract?: number;
}

/** How documents are numbered: the first ordinal of the month and the printed form. */
interface Numbers {
  bill: { first: number; print: (ordinal: number) => string };
  act: { first: number; print: (ordinal: number) => string };
  /** A VAT invoice prints the ordinal of its act. */
  vatInvoice: { print: (ordinal: number) => string };
  /** Acts and VAT invoices have pools of their own: only the printed digits agree. */
  separatePools?: true;
  /** Bills and invoices are two tables of BGBilling: both count from here. */
  firstId: number;
}

export interface Subscriber {
  cid: number;
  /** Personal account. */
  account: string;
  contract: string;
  /** Date of the contract; '' where BGBilling has only a zero date. */
  signed: string;
  /** Last day of a contract that ends. */
  ended?: string;
  party: Party;
  prepaid?: true;
  suspended?: true;
  relation?: 'super' | { superContract: number; balance: 'dependent' | 'independent' };
  groups?: readonly string[];
  tariff?: string;
  /** One list of usages an act. */
  acts: readonly (readonly Usage[])[];
  /** Accrued and in no act of its own: a dependent sub-contract (its super contract's first act takes it), or zero. */
  accrued?: readonly Usage[];
  /** By default for organisations and sole traders; a sum where the bill is not the sum of the acts. */
  bill?: boolean | string;
  /** Date of acts and VAT invoices, by default the last day of the month. */
  issued?: string;
  /** Documents that come without document_lines. */
  withoutLines?: 'all' | 'bill';
  /** Balance at the beginning of the month. */
  opening?: string;
  /** Paid on the fifth of the month. */
  paid?: string;
  /** Payments one by one, also of earlier months. */
  payments?: readonly SamplePayment[];
  /** BGBilling's firm. */
  firm?: string;
  /** Money given back: a charge that is no sale. */
  paidBack?: string;
}

export interface SamplePayment {
  day: string;
  sum: string;
  comment: string;
}

/** What was charged for one service. */
export interface Usage {
  sid: number;
  sum: Kopecks;
  /** Scale 3. */
  quantity: number;
  /** Price text with its own scale; undefined: the sum. */
  price?: string;
  /** BGBilling's accrual with five digits, where it is not the sum itself. */
  raw?: string;
  /** A one-off charge (contract_charge), no accrual. */
  charge?: true;
}

/** The contract's own cells: BGBilling's id, personal account, number, date. */
export function contract(
  cid: number,
  account: string,
  number: string,
  signed: string,
): Pick<Subscriber, 'cid' | 'account' | 'contract' | 'signed'> {
  return { cid, account, contract: number, signed };
}

/** A monthly fee or another sum without a quantity. */
export function fee(sid: number, sum: string, more: Pick<Usage, 'raw' | 'charge'> = {}): Usage {
  return { sid, sum: kopecks(sum), quantity: 1000, ...more };
}

/** Quantity × price, rounded to the kopeck. */
export function metered(sid: number, quantity: string, price: string): Usage {
  const scale = 3;
  const product = scaled(quantity, scale) * scaled(price, scale);
  return { sid, sum: divideHalfUp(product, 10 ** (2 * scale - 2)), quantity: scaled(quantity, scale), price };
}

export function kopecks(text: string): Kopecks {
  return scaled(text, 2);
}

export function total(usages: readonly Usage[]): Kopecks {
  return usages.reduce((sum, usage) => sum + usage.sum, 0);
}

/** The rate by the end of the month, or «без НДС» by an exemption. */
export function rateOf(month: Month, cid: number, sid: number): VatRate {
  const exempt = month.exempt.some(({ service, contract }) => service === sid || contract === cid);
  return exempt ? 'none' : (month.rate ?? rateOn(GENERAL_RATE, lastDay(month.period))!);
}

/** The contract that carries the balance: a dependent sub-contract rolls up. */
export function payerOf(subscriber: Subscriber): number {
  const { relation, cid } = subscriber;
  return typeof relation === 'object' && relation.balance === 'dependent' ? relation.superContract : cid;
}

/** Acts with what rolls up to them, a line a service. */
export function actsOf(month: Month, subscriber: Subscriber): Usage[][] {
  const rolledUp = month.subscribers
    .filter((other) => other !== subscriber && payerOf(other) === subscriber.cid)
    .flatMap(({ accrued = [] }) => accrued);
  return subscriber.acts.map((usages, index) =>
    index === 0 ? merge([...usages, ...rolledUp]) : [...usages],
  );
}

/** One usage a service: what BGBilling's own query of lines does (group by sid). */
export function merge(usages: readonly Usage[]): Usage[] {
  const bySid = new Map<number, Usage>();
  for (const usage of usages) {
    const known = bySid.get(usage.sid);
    bySid.set(usage.sid, known ? { sid: usage.sid, sum: known.sum + usage.sum, quantity: 1000 } : usage);
  }
  return [...bySid.values()];
}

function scaled(text: string, scale: number): number {
  const parsed = parseDecimal(text, scale);
  if (!parsed.ok) throw new Error(`«${text}»: ${parsed.problem}`);
  return parsed.value;
}
