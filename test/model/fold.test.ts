import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldNegative } from '../../src/model/fold.ts';
import type { Line } from '../../src/model/types.ts';
import { type VatRate, vatInside } from '../../src/model/vat.ts';

function line(sum: number, rate: VatRate = 22, service = 'x', vat = vatInside(sum, rate)): Line {
  return { service, content: service, quantity: 2000, price: Math.trunc(sum / 2), sum, rate, vat };
}

const total = (lines: readonly Line[], of: 'sum' | 'vat', rate?: VatRate): number =>
  lines.filter((one) => rate === undefined || one.rate === rate).reduce((sum, one) => sum + one[of], 0);

function folded(lines: readonly Line[]) {
  const result = foldNegative(lines);
  if (!result.ok) throw new Error(`line ${result.negative} found no room`);
  return result;
}

describe('foldNegative', () => {
  it('takes a negative line from the largest of its rate and says so', () => {
    const result = folded([
      line(549000, 22, 'plan'),
      line(18300, 22, 'ip'),
      line(-53129, 22, 'recalculation'),
    ]);
    expect(
      result.lines.map(({ service, sum, quantity, price }) => ({ service, sum, quantity, price })),
    ).toEqual([
      { service: 'plan', sum: 495871, quantity: 1000, price: 495871 },
      { service: 'ip', sum: 18300, quantity: 2000, price: 9150 },
    ]);
    expect(result.kept).toEqual([0, 1]);
    expect(result.folds).toEqual([{ negative: 2, target: 0, amount: 53129 }]);
  });

  it('goes on to the next largest and drops a line that becomes zero', () => {
    const result = folded([line(100, 22, 'small'), line(300, 22, 'large'), line(-350, 22, 'back')]);
    expect(result.lines.map(({ service, sum }) => [service, sum])).toEqual([['small', 50]]);
    expect(result.kept).toEqual([0]);
    expect(result.folds).toEqual([
      { negative: 2, target: 1, amount: 300 },
      { negative: 2, target: 0, amount: 50 },
    ]);
  });

  it('takes nothing from a line of another rate', () => {
    expect(foldNegative([line(1000, 22), line(-1, 'none')])).toEqual({ ok: false, negative: 1 });
    expect(foldNegative([line(1000, 22), line(5, 'none'), line(-6, 'none')])).toEqual({
      ok: false,
      negative: 2,
    });
  });

  it('leaves lines without a negative one as they are', () => {
    const lines = [line(100), line(0), line(50, 'none')];
    expect(folded(lines).lines).toEqual([lines[0], lines[2]]);
  });

  it('does not change what it was given', () => {
    const lines = [line(300), line(-100)];
    const before = structuredClone(lines);
    foldNegative(lines);
    expect(lines).toEqual(before);
  });

  it('finds no room where the VAT that remains would be negative or more than the line', () => {
    expect(foldNegative([line(10000, 22, 'x', 0), line(-5000)])).toEqual({ ok: false, negative: 1 });
    expect(foldNegative([line(10000, 22, 'x', 9000), line(-5000, 22, 'y', 0)])).toEqual({
      ok: false,
      negative: 1,
    });
  });

  it('spreads a residue of VAT over more lines than one where one cannot hold it', () => {
    // Ten lines of 2 kopecks bear no VAT, the negative one bears a kopeck less: no line can carry −0.01.
    const small = Array.from({ length: 10 }, () => line(2));
    expect(foldNegative([...small, line(-3)])).toEqual({ ok: false, negative: 10 });
    // Fifty lines of 3 kopecks bear a kopeck each, the negative one bears 5: forty lines are left to hold 45.
    const result = folded([...Array.from({ length: 50 }, () => line(3)), line(-30)]);
    expect(result.lines.map(({ vat }) => vat)).toEqual([3, 3, 2, ...Array.from({ length: 37 }, () => 1)]);
  });

  const lines = fc.array(
    fc.record({
      sum: fc.integer({ min: -3000, max: 9000 }),
      rate: fc.constantFrom<VatRate>(22, 10, 0, 'none'),
    }),
    { maxLength: 8 },
  );

  it('keeps the sum of the document and of each rate, and the VAT of each rate that remains', () => {
    fc.assert(
      fc.property(lines, (drafts) => {
        const before = drafts.map(({ sum, rate }, index) => line(sum, rate, String(index)));
        const result = foldNegative(before);
        if (!result.ok) return;
        for (const rate of [22, 10, 0, 'none'] as const) {
          expect(total(result.lines, 'sum', rate)).toBe(total(before, 'sum', rate));
          if (result.lines.some((one) => one.rate === rate))
            expect(total(result.lines, 'vat', rate)).toBe(total(before, 'vat', rate));
        }
        for (const { sum, vat, quantity, price } of result.lines) {
          expect(sum).toBeGreaterThan(0);
          expect(vat).toBeGreaterThanOrEqual(0);
          expect(vat).toBeLessThanOrEqual(sum);
          expect(quantity === 2000 || (quantity === 1000 && price === sum)).toBe(true);
        }
        expect(result.kept).toEqual([...result.kept].sort((a, b) => a - b));
        expect(result.kept.map(String)).toEqual(result.lines.map(({ service }) => service));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses only a rate whose sum is negative, or whose VAT has no line to stand on', () => {
    fc.assert(
      fc.property(lines, (drafts) => {
        const before = drafts.map(({ sum, rate }) => line(sum * 100, rate));
        const result = foldNegative(before);
        if (result.ok) return;
        const { rate } = before[result.negative]!;
        expect(total(before, 'sum', rate)).toBeLessThan(100);
      }),
      { numRuns: 2000 },
    );
  });
});
