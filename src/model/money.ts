import { divideHalfUp, formatDecimal } from '../support/decimal.ts';

/** Money in whole kopecks; safe to 90 trillion roubles. */
export type Kopecks = number;

/** 1C's ТипСумма is decimal(15,2): thirteen digits before the comma. */
export const MAX_SUM: Kopecks = 999_999_999_999_999;

/** «2440.00», the form of XML and JSON texts. */
export function sumText(sum: Kopecks): string {
  return formatDecimal(sum, 2);
}

/** «2 440,00», the form that people read (groups by no-break spaces). */
export function sumForPeople(sum: Kopecks): string {
  const text = formatDecimal(sum, 2, ',');
  return text.replace(/\B(?=(\d{3})+,)/g, '\u00a0');
}

/**
 * Splits a sum in proportion to weights, to the kopeck; the residue goes to the largest line (largest remainder).
 * @param weights non-negative, at least one positive
 * @returns parts that add up to `sum`
 */
export function splitSum(sum: Kopecks, weights: readonly number[]): Kopecks[] {
  const total = weights.reduce((a, b) => a + b, 0);
  if (!(total > 0)) throw new RangeError('weights must have a positive total');
  const parts = weights.map((weight) => proportion(sum, weight, total));
  const residue = sum - parts.reduce((a, b) => a + b, 0);
  const largest = weights.indexOf(Math.max(...weights));
  parts[largest] = parts[largest]! + residue;
  return parts;
}

/** round(sum·weight/total), half away from zero; exact also where the product leaves the safe range. */
export function proportion(sum: Kopecks, weight: number, total: number): Kopecks {
  if (Math.abs(sum) * weight <= Number.MAX_SAFE_INTEGER) return divideHalfUp(sum * weight, total);
  const product = BigInt(Math.abs(sum)) * BigInt(weight);
  const divisor = BigInt(total);
  const rounded = Number((product * 2n + divisor) / (divisor * 2n));
  return sum < 0 ? -rounded : rounded;
}
