import { type Kopecks, proportion } from './money.ts';

/** VAT rate in percent; `none` is «без НДС», which is not the same as 0 %. */
export type VatRate = 22 | 20 | 10 | 7 | 5 | 0 | 'none';

export const VAT_RATES: readonly VatRate[] = [22, 20, 10, 7, 5, 0, 'none'];

/** From a date on, a rate holds. */
export interface DatedRate {
  from: string;
  rate: VatRate;
}

/** The general rate by the end of the service period: НК РФ ст. 164 п. 3, 22 % by 425-ФЗ of 28.11.2025. */
export const GENERAL_RATE: readonly DatedRate[] = [
  { from: '2019-01-01', rate: 20 },
  { from: '2026-01-01', rate: 22 },
];

/** The rate in force on a day; undefined before the first entry. */
export function rateOn(table: readonly DatedRate[], day: string): VatRate | undefined {
  let found: DatedRate | undefined;
  for (const entry of table) if (entry.from <= day && (!found || entry.from >= found.from)) found = entry;
  return found?.rate;
}

/** VAT inside a sum: round(sum·r/(100+r)), half away from zero; 0 for «без НДС» and 0 %. */
export function vatInside(sum: Kopecks, rate: VatRate): Kopecks {
  return rate === 'none' || rate === 0 ? 0 : proportion(sum, rate, 100 + rate);
}

/** VAT on top of a sum: round(sum·r/100). */
export function vatOnTop(sum: Kopecks, rate: VatRate): Kopecks {
  return rate === 'none' || rate === 0 ? 0 : proportion(sum, rate, 100);
}

/** Names of the policies of rounding, as they stand in the configuration and in the manifest. */
export type VatRounding = 'line' | 'document';

/**
 * VAT of lines whose sums include it. `line`: inside each sum by itself. `document`: inside the total of each rate; what
 * the lines lack of it, or have too much, goes to the largest of them.
 * @param lines sums that are not negative
 * @returns VAT of each line, in their order, between nothing and its sum
 */
export function roundVat(lines: readonly { sum: Kopecks; rate: VatRate }[], policy: VatRounding): Kopecks[] {
  const vats = lines.map(({ sum, rate }) => vatInside(sum, rate));
  if (policy === 'line') return vats;
  for (const rate of new Set(lines.map((line) => line.rate))) {
    const mine = [...lines.keys()].filter((at) => lines[at]!.rate === rate);
    const total = (of: (at: number) => Kopecks): Kopecks => mine.reduce((sum, at) => sum + of(at), 0);
    let residue =
      vatInside(
        total((at) => lines[at]!.sum),
        rate,
      ) - total((at) => vats[at]!);
    // Of very small lines the largest may not hold it all.
    for (const at of mine.sort((a, b) => lines[b]!.sum - lines[a]!.sum)) {
      const share =
        residue > 0 ? Math.min(residue, lines[at]!.sum - vats[at]!) : Math.max(residue, -vats[at]!);
      vats[at] = vats[at]! + share;
      residue -= share;
    }
  }
  return vats;
}

/** Reads a rate of the export: «22», «22%», «22,00», «без НДС», «none». */
export function parseVatRate(text: string): VatRate | undefined {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (plain === 'без ндс' || plain === 'none' || plain === 'без налога (ндс)') return 'none';
  const digits = /^(\d{1,2})(?:[.,]0+)?\s?%?$/.exec(plain)?.[1];
  return VAT_RATES.find((rate) => rate === Number(digits));
}

/** «22 %» or «без НДС». */
export function rateText(rate: VatRate): string {
  return rate === 'none' ? 'без НДС' : `${rate} %`;
}
