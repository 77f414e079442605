import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldNegative } from '../../src/model/fold.ts';
import { MAX_SUM, proportion, splitSum } from '../../src/model/money.ts';
import {
  counterOf,
  type NumberTemplate,
  parseTemplate,
  proposeTemplate,
  renderNumber,
} from '../../src/model/number-template.ts';
import { NUMBER_LIMIT, numberProblems } from '../../src/model/numbering.ts';
import { periodOf } from '../../src/model/period.ts';
import { DOCUMENT_KINDS } from '../../src/model/types.ts';
import { roundVat, VAT_RATES, type VatRate, vatInside, vatOnTop } from '../../src/model/vat.ts';

const sum = fc.integer({ min: 0, max: MAX_SUM });
const rate = fc.constantFrom(...VAT_RATES);
const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('money', () => {
  it('split adds up to the kopeck; only the largest part is off its share by more than half a kopeck', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: -MAX_SUM, max: MAX_SUM }), weights, (whole, parts) => {
        fc.pre(total(parts) > 0);
        const split = splitSum(whole, parts);
        expect(total(split)).toBe(whole);
        const largest = parts.indexOf(Math.max(...parts));
        split.forEach((part, at) => {
          if (at !== largest) expect(part).toBe(proportion(whole, parts[at]!, total(parts)));
        });
      }),
    );
  });

  it('proportion is the nearest kopeck, half away from zero, also beyond the safe range of the product', () => {
    fc.assert(
      fc.property(
        sum,
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 999 }),
        (whole, part, all) => {
          fc.pre(part <= all);
          const exact = BigInt(whole) * BigInt(part);
          const found = BigInt(proportion(whole, part, all)) * BigInt(all);
          const off = found - exact;
          expect(off * 2n <= BigInt(all) && off * 2n > -BigInt(all)).toBe(true);
          expect(proportion(-whole, part, all) + proportion(whole, part, all)).toBe(0);
        },
      ),
    );
  });
});

describe('VAT', () => {
  it('inside a sum is between nothing and the sum, and grows with it', () => {
    fc.assert(
      fc.property(sum, rate, (whole, of) => {
        const vat = vatInside(whole, of);
        expect(vat).toBeGreaterThanOrEqual(0);
        expect(vat).toBeLessThanOrEqual(whole);
        if (whole < MAX_SUM) expect(vatInside(whole + 1, of)).toBeGreaterThanOrEqual(vat);
      }),
    );
  });

  it('put on top of a net sum is found inside the gross one again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Math.floor(MAX_SUM / 2) }), rate, (net, of) => {
        const vat = vatOnTop(net, of);
        expect(vatInside(net + vat, of)).toBe(vat);
      }),
    );
  });

  it('rounded in the document is that of the sums by rate, each line between nothing and its sum', () => {
    const lines = fc.array(fc.record({ sum: fc.integer({ min: 1, max: 1_000_000 }), rate }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(lines, (all) => {
        const vats = roundVat(all, 'document');
        for (const of of VAT_RATES) {
          const mine = [...all.keys()].filter((at) => all[at]!.rate === of);
          expect(total(mine.map((at) => vats[at]!))).toBe(
            vatInside(total(mine.map((at) => all[at]!.sum)), of),
          );
        }
        expect(vats.every((vat, at) => vat >= 0 && vat <= all[at]!.sum)).toBe(true);
        expect(roundVat(all, 'line')).toEqual(all.map((line) => vatInside(line.sum, line.rate)));
      }),
    );
  });

  it('and sums stay what they were when negative lines are folded', () => {
    const line = fc
      .record({
        sum: fc.integer({ min: -50_000, max: 100_000 }),
        rate: fc.constantFrom<VatRate[]>(22, 10, 'none'),
      })
      .map((one) => ({
        ...one,
        service: 's',
        content: 'c',
        quantity: 1000,
        price: one.sum,
        vat: vatInside(one.sum, one.rate),
      }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const folded = foldNegative(lines);
        if (!folded.ok) return;
        expect(total(folded.lines.map((one) => one.sum))).toBe(total(lines.map((one) => one.sum)));
        expect(folded.lines.every((one) => one.sum > 0 && one.vat >= 0 && one.vat <= one.sum)).toBe(true);
      }),
    );
  });
});

const account = fc.stringMatching(/^[1-9][0-9]{0,7}$/);
const kind = fc.constantFrom(...DOCUMENT_KINDS);
const period = fc
  .record({ year: fc.integer({ min: 2026, max: 2029 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => periodOf(year, month));

describe('templates of numbers', () => {
  it('that are proposed fit: short enough, printed whole, for nine documents a month of any month', () => {
    fc.assert(
      fc.property(account, kind, period, fc.integer({ min: 1, max: 9 }), (of, what, when, n) => {
        const proposed = proposeTemplate(of, what);
        fc.pre(proposed !== undefined);
        const number = renderNumber(
          parseTemplate(proposed!) as NumberTemplate,
          { account: of, period: when },
          n,
        );
        expect(number.length).toBeLessThanOrEqual(NUMBER_LIMIT[what]);
        expect(numberProblems(number, what).filter(({ problem }) => problem !== 'doubt')).toEqual([]);
      }),
    );
  });

  it('tell documents of one counter apart, and print whatever their dash allows', () => {
    const tokens = fc.array(
      fc.constantFrom('{account}', '{yyyy}', '{yy}', '{y}', '{mm}', '{m36}', '-', '/', 'А'),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(
        tokens,
        account,
        period,
        fc.uniqueArray(fc.integer({ min: 1, max: 999 })),
        (parts, of, when, ns) => {
          const template = parseTemplate(`${parts.join('')}{n}`) as NumberTemplate;
          const numbers = ns.map((n) => renderNumber(template, { account: of, period: when }, n));
          expect(new Set(numbers).size).toBe(ns.length);
          const counter = counterOf(template, { account: of, period: when });
          for (const [at, number] of numbers.entries())
            expect(counter.replace('{n}', String(ns[at]))).toBe(number);
          for (const number of numbers) {
            const dash = number.indexOf('-') + 1;
            const cut = numberProblems(number, 'act').some(({ problem }) => problem === 'print');
            expect(cut).toBe(dash === 3 || dash === 5);
          }
        },
      ),
    );
  });
});
