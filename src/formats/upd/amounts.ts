import { type Kopecks, sumText } from '../../model/money.ts';
import type { Line } from '../../model/types.ts';
import type { VatRate } from '../../model/vat.ts';
import { formatDecimalShort } from '../../support/decimal.ts';

/** НалСт of a rate. */
export const RATES: Readonly<Record<VatRate, string>> = {
  22: '22%',
  20: '20%',
  10: '10%',
  7: '7%',
  5: '5%',
  0: '0%',
  none: 'без НДС',
};

/** СумНДСТип: a sum, or the words that there is none. */
export interface TaxAmount {
  sum?: string;
  none?: string;
}

/** «без НДС» is not the same as a tax of 0.00. */
export function taxAmount(vat: Kopecks, taxed: boolean): TaxAmount {
  return taxed ? { sum: sumText(vat) } : { none: 'без НДС' };
}

export function quantityText({ quantity }: Line): string {
  return formatDecimalShort(quantity, 3);
}

/** ЦенаТов takes eleven digits after the point. */
const PRICE_DIGITS = 11;

/**
 * Price without tax: net cost by quantity, to as many digits as the format has, so that price by quantity is the cost
 * to the kopeck. At least two digits.
 */
export function priceText({ sum, vat, quantity }: Line): string {
  const scaled = BigInt(sum - vat) * 10n * 10n ** BigInt(PRICE_DIGITS);
  const divisor = BigInt(quantity);
  const price = (scaled * 2n + divisor) / (divisor * 2n);
  const digits = String(price).padStart(PRICE_DIGITS + 1, '0');
  const fraction = digits.slice(-PRICE_DIGITS).replace(/0+$/, '').padEnd(2, '0');
  return `${digits.slice(0, -PRICE_DIGITS)}.${fraction}`;
}
