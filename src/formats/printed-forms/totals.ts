import { type Kopecks, sumForPeople } from '../../model/money.ts';
import type { Document } from '../../model/types.ts';
import { VAT_RATES, type VatRate } from '../../model/vat.ts';
import type { TotalsData } from './form-data.ts';
import { sumInWords } from './words.ts';

/** Totals of a document as its record has them, and its taxes by rate. */
export function totalsData({ lines, sum, vat }: Document): TotalsData {
  const untaxed = lines.every(({ rate }) => rate === 'none');
  return {
    count: `Всего наименований ${lines.length}, на сумму ${sumForPeople(sum)} руб.`,
    net: sumForPeople(sum - vat),
    vat: untaxed ? 'без НДС' : sumForPeople(vat),
    sum: sumForPeople(sum),
    words: sumInWords(sum),
    taxes: untaxed ? [{ label: 'Без налога (НДС)', sum: '–' }] : taxes(lines),
  };
}

function taxes(lines: Document['lines']): TotalsData['taxes'] {
  const byRate = new Map<VatRate, Kopecks>();
  for (const { rate, vat } of lines) byRate.set(rate, (byRate.get(rate) ?? 0) + vat);
  return VAT_RATES.filter((rate) => rate !== 'none' && byRate.has(rate)).map((rate) => ({
    label: `В том числе НДС ${rate}%`,
    sum: sumForPeople(byRate.get(rate)!),
  }));
}
