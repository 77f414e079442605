import type { Kopecks } from './money.ts';

/**
 * Сверка: what a contract was charged ↔ what the billing made documents of ↔ what of them is in the package ↔ what 1C
 * has in its books. Acts and УПД only: a bill is no income, a VAT invoice is the same money again.
 */
export interface ReconciledSums {
  /** Accruals and charges that count as sales; null: the export has no accruals. */
  accrued: Kopecks | null;
  documents: Kopecks;
  packaged: Kopecks;
  /** null: no receipt has told of the month yet. */
  booked: Kopecks | null;
}

export interface ReconciledContract extends ReconciledSums {
  /** Its number, as people read it. */
  contract: string;
}

export interface Reconciliation {
  /** Of all contracts. */
  contracts: number;
  totals: ReconciledSums;
  /** Of the contracts together: what one has too much does not make up for what another lacks. */
  difference: Kopecks;
  /** Contracts whose sums are not all the same, the largest differences first. */
  differing: ReconciledContract[];
  /** Differing ones beyond the limit. */
  more: number;
}

/** Differing contracts that are kept: a broken month must not fill the memory or the page. */
export const DIFFERING_LIMIT = 1000;

/** The difference that matters most of a row: between its largest and its smallest sum. */
export function spread({ accrued, documents, packaged, booked }: ReconciledSums): Kopecks {
  const known = [accrued, documents, packaged, booked].filter((sum) => sum !== null);
  return Math.max(...known) - Math.min(...known);
}

export function reconcile(rows: Iterable<ReconciledContract>, limit = DIFFERING_LIMIT): Reconciliation {
  const totals: ReconciledSums = { accrued: null, documents: 0, packaged: 0, booked: null };
  let differing: ReconciledContract[] = [];
  let count = 0;
  let contracts = 0;
  let difference = 0;
  const keepLargest = (): void => {
    differing.sort((a, b) => spread(b) - spread(a) || (a.contract < b.contract ? -1 : 1));
    differing = differing.slice(0, limit);
  };
  for (const row of rows) {
    contracts++;
    totals.accrued = added(totals.accrued, row.accrued);
    totals.documents += row.documents;
    totals.packaged += row.packaged;
    totals.booked = added(totals.booked, row.booked);
    difference += spread(row);
    if (spread(row) === 0) continue;
    count++;
    differing.push(row);
    if (differing.length > limit * 2) keepLargest();
  }
  keepLargest();
  return { contracts, totals, difference, differing, more: count - differing.length };
}

function added(total: Kopecks | null, sum: Kopecks | null): Kopecks | null {
  return sum === null ? total : (total ?? 0) + sum;
}
