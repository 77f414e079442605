import type { Kopecks } from './money.ts';
import { firstDay, type Period, shiftPeriod } from './period.ts';
import type { Document, PaymentDocument } from './types.ts';

/** A payment of a contract: the day it was received and its sum; a negative one was taken back. */
export interface Received {
  day: string;
  sum: Kopecks;
}

/** What of a payment settles a document. `payment` is an index. */
export interface Share {
  payment: number;
  sum: Kopecks;
}

/** Line 5 of a VAT invoice or УПД; nothing where nobody paid ahead. */
export function paymentsOf(document: Document): readonly PaymentDocument[] {
  return ('payments' in document && document.payments) || [];
}

/** First day of the payments that are looked at. @param months before the period */
export function paymentsFrom(period: Period, months: number): string {
  return firstDay(shiftPeriod(period, -months));
}

/**
 * Which payments a prepaid contract's documents are settled by, for line 5 of a VAT invoice. A payment counts up to the
 * document's day.
 *
 * With the balance before the period: in the order of payments. What the contract had is taken for the last payments
 * before the period (older ones were spent, what they do not explain is older still and nameless); a debt is paid off
 * first; then the documents take in their order. Without it nobody knows what was spent before: each document takes the
 * latest payments before it.
 * @param payments by day
 * @param documents in the order in which they take
 * @param opening the balance before the period, where it is known: negative is a debt
 * @returns the shares of each document, by day of payment; together never more than its sum, nor than a payment
 */
export function settle(
  payments: readonly Received[],
  documents: readonly Received[],
  period: Period,
  opening: Kopecks | undefined,
): Share[][] {
  const left = payments.map(({ sum }) => Math.max(0, sum));
  const take = (order: readonly number[], wanted: Kopecks): { shares: Share[]; lacking: Kopecks } => {
    const shares: Share[] = [];
    let lacking = wanted;
    for (const payment of order) {
      const sum = Math.min(left[payment]!, lacking);
      if (sum <= 0) continue;
      left[payment]! -= sum;
      lacking -= sum;
      shares.push({ payment, sum });
    }
    return { shares, lacking };
  };
  const all = payments.map((_, index) => index);
  const start = firstDay(period);
  let nameless = 0;
  if (opening !== undefined) {
    const before = all.filter((index) => payments[index]!.day < start);
    nameless = Math.max(0, opening);
    for (const index of before.reverse()) {
      left[index] = Math.min(left[index]!, nameless);
      nameless -= left[index]!;
    }
    const own = all.filter((index) => payments[index]!.day >= start);
    const returned = own.reduce((sum, index) => sum - Math.min(0, payments[index]!.sum), 0);
    take(own, Math.max(0, -opening) + returned);
  }
  return documents.map(({ day, sum }) => {
    const old = Math.min(nameless, sum);
    nameless -= old;
    const upTo = all.filter((index) => payments[index]!.day <= day);
    const { shares } = take(opening === undefined ? upTo.reverse() : upTo, sum - old);
    return shares.sort((a, b) => a.payment - b.payment);
  });
}
