import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SUM, splitSum, sumForPeople, sumText } from '../../src/model/money.ts';

const sums = fc.integer({ min: -MAX_SUM, max: MAX_SUM });
const weights = fc
  .array(fc.integer({ min: 0, max: MAX_SUM }), { minLength: 1, maxLength: 8 })
  .filter((all) => all.some((weight) => weight > 0));

describe('splitSum', () => {
  it('gives parts that add up to the sum, whatever the weights', () => {
    fc.assert(
      fc.property(sums, weights, (sum, all) => {
        const parts = splitSum(sum, all);
        expect(parts.every(Number.isSafeInteger)).toBe(true);
        expect(parts.reduce((a, b) => a + BigInt(b), 0n)).toBe(BigInt(sum));
      }),
    );
  });

  it('keeps every part but the largest within half a kopeck of its exact share', () => {
    fc.assert(
      fc.property(sums, weights, (sum, all) => {
        const parts = splitSum(sum, all);
        const total = all.reduce((a, b) => a + BigInt(b), 0n);
        const largest = all.indexOf(Math.max(...all));
        parts.forEach((part, index) => {
          if (index === largest) return;
          const error = BigInt(part) * total - BigInt(sum) * BigInt(all[index]!);
          expect((error < 0n ? -error : error) * 2n <= total).toBe(true);
        });
      }),
    );
  });

  it('gives the residue to the largest weight, to the first of equal ones', () => {
    expect(splitSum(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(splitSum(100, [1, 4, 1])).toEqual([17, 66, 17]);
    expect(splitSum(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  it('gives nothing to a weight of zero', () => {
    expect(splitSum(500, [0, 1])).toEqual([0, 500]);
  });

  it('refuses weights that say nothing', () => {
    expect(() => splitSum(100, [])).toThrow(RangeError);
    expect(() => splitSum(100, [0, 0])).toThrow(RangeError);
  });
});

describe('texts of sums', () => {
  it.each([
    [0, '0.00', '0,00'],
    [5, '0.05', '0,05'],
    [-5, '-0.05', '-0,05'],
    [244000, '2440.00', '2\u00a0440,00'],
    [-100000, '-1000.00', '-1\u00a0000,00'],
    [123456789, '1234567.89', '1\u00a0234\u00a0567,89'],
    [MAX_SUM, '9999999999999.99', '9\u00a0999\u00a0999\u00a0999\u00a0999,99'],
  ])('%i kopecks: %s and %s', (sum, plain, people) => {
    expect(sumText(sum)).toBe(plain);
    expect(sumForPeople(sum)).toBe(people);
  });

  it('are read back to the same kopecks', () => {
    fc.assert(
      fc.property(sums, (sum) => {
        expect(BigInt(sumText(sum).replace('.', ''))).toBe(BigInt(sum));
        expect(sumForPeople(sum).replaceAll('\u00a0', '').replace(',', '.')).toBe(sumText(sum));
      }),
    );
  });
});
