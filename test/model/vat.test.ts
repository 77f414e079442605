import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUM } from '../../src/model/money.ts';
import {
  GENERAL_RATE,
  parseVatRate,
  rateOn,
  rateText,
  VAT_RATES,
  type VatRate,
  vatInside,
  vatOnTop,
} from '../../src/model/vat.ts';

const sums = fc.integer({ min: -MAX_SUM, max: MAX_SUM });
const rates = fc.constantFrom(...VAT_RATES);

/** round(numerator / denominator), half away from zero, in whole numbers of any size. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const whole = (size * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -whole : whole;
}

describe('vatInside', () => {
  it('gives the check value of the facts: 440.00 inside 2 440.00 at 22 %', () => {
    expect(vatInside(244000, 22)).toBe(44000);
  });

  it.each<[number, VatRate, number]>([
    [628301, 22, 113300],
    [12000, 20, 2000],
    [11000, 10, 1000],
    [10700, 7, 700],
    [10500, 5, 500],
    [2, 22, 0],
    [3, 22, 1],
    [-53129, 22, -9581],
    [3, 20, 1],
    [-3, 20, -1],
    [100000, 0, 0],
    [100000, 'none', 0],
  ])('%i kopecks at %s: %i', (sum, rate, vat) => {
    expect(vatInside(sum, rate)).toBe(vat);
  });

  it('is exact to the largest sum that 1C holds, at every rate', () => {
    fc.assert(
      fc.property(sums, rates, (sum, rate) => {
        const percent = rate === 'none' ? 0n : BigInt(rate);
        expect(BigInt(vatInside(sum, rate))).toBe(rounded(BigInt(sum) * percent, 100n + percent));
      }),
      {
        numRuns: 2000,
        examples: VAT_RATES.flatMap((rate) => [
          [MAX_SUM, rate] as [number, VatRate],
          [-MAX_SUM, rate] as [number, VatRate],
        ]),
      },
    );
  });
});

describe('vatOnTop', () => {
  it('gives 22 kopecks on a rouble', () => {
    expect(vatOnTop(100, 22)).toBe(22);
    expect(vatOnTop(2, 22)).toBe(0);
    expect(vatOnTop(3, 22)).toBe(1);
    expect(vatOnTop(100, 'none')).toBe(0);
  });

  it('is exact to the largest sum, at every rate', () => {
    fc.assert(
      fc.property(sums, rates, (sum, rate) => {
        const percent = rate === 'none' ? 0n : BigInt(rate);
        expect(BigInt(vatOnTop(sum, rate))).toBe(rounded(BigInt(sum) * percent, 100n));
      }),
      { numRuns: 2000, examples: VAT_RATES.map((rate) => [MAX_SUM, rate] as [number, VatRate]) },
    );
  });
});

describe('rateOn', () => {
  it.each([
    ['2018-12-31', undefined],
    ['2019-01-01', 20],
    ['2025-12-31', 20],
    ['2026-01-01', 22],
    ['2031-05-17', 22],
  ])('%s: %s', (day, rate) => {
    expect(rateOn(GENERAL_RATE, day)).toBe(rate);
  });

  it('does not depend on the order of the table; of one day the later entry holds', () => {
    expect(rateOn([...GENERAL_RATE].reverse(), '2025-12-31')).toBe(20);
    const table = [
      { from: '2026-01-01', rate: 22 as const },
      { from: '2026-01-01', rate: 5 as const },
    ];
    expect(rateOn(table, '2026-02-28')).toBe(5);
  });
});

describe('parseVatRate', () => {
  it.each([
    ['22', 22],
    ['22%', 22],
    ['22 %', 22],
    ['22,00', 22],
    ['22.0 %', 22],
    [' 20 ', 20],
    ['5', 5],
    ['7 %', 7],
    ['0', 0],
    ['0 %', 0],
    ['без НДС', 'none'],
    ['Без  НДС', 'none'],
    ['БЕЗ\u00a0НДС', 'none'],
    ['none', 'none'],
    ['Без налога (НДС)', 'none'],
  ])('reads «%s»', (text, rate) => {
    expect(parseVatRate(text)).toBe(rate);
  });

  it.each(['', '18', '22/122', '22,5', '-20', '220', '%', 'НДС', '0x16', '2 2'])(
    'does not guess «%s»',
    (text) => {
      expect(parseVatRate(text)).toBeUndefined();
    },
  );

  it('reads back what people are shown', () => {
    for (const rate of VAT_RATES) expect(parseVatRate(rateText(rate))).toBe(rate);
  });
});
