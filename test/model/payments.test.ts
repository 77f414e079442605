import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paymentsFrom, type Received, settle } from '../../src/model/payments.ts';

const PERIOD = '2026-10';
const on = (day: string, sum: number): Received => ({ day, sum });
const sums = (shares: ReturnType<typeof settle>) =>
  shares.map((one) => one.map(({ payment, sum }) => [payment, sum]));

describe('settling by payments', () => {
  it('looks back so many months', () => {
    expect([paymentsFrom(PERIOD, 0), paymentsFrom('2026-01', 3)]).toEqual(['2026-10-01', '2025-10-01']);
  });

  it('goes in the order of payments where the balance is known: what was left before comes first', () => {
    const payments = [on('2026-08-20', 2440), on('2026-09-25', 1500), on('2026-10-12', 2000)];
    expect(sums(settle(payments, [on('2026-10-31', 2440)], PERIOD, 1000))).toEqual([
      [
        [1, 1000],
        [2, 1440],
      ],
    ]);
  });

  it('pays a debt first, and what was given back', () => {
    const payments = [on('2026-10-03', 3000), on('2026-10-04', -200), on('2026-10-20', 500)];
    const acts = [on('2026-10-31', 1830), on('2026-10-31', 1000)];
    expect(sums(settle(payments, acts, PERIOD, -500))).toEqual([
      [[0, 1830]],
      [
        [0, 470],
        [2, 500],
      ],
    ]);
  });

  it('leaves nameless what no payment of the export explains', () => {
    expect(sums(settle([on('2026-10-05', 100)], [on('2026-10-31', 250)], PERIOD, 200))).toEqual([[[0, 50]]]);
  });

  it('takes the latest payments before the document where no balance is known', () => {
    const payments = [on('2026-09-05', 300), on('2026-10-05', 300), on('2026-11-02', 300)];
    expect(sums(settle(payments, [on('2026-10-31', 400)], PERIOD, undefined))).toEqual([
      [
        [0, 100],
        [1, 300],
      ],
    ]);
  });

  const day = fc
    .integer({ min: 0, max: 119 })
    .map((n) => new Date(Date.UTC(2026, 6, 15 + n)).toISOString().slice(0, 10));
  const list = (most: number) =>
    fc
      .array(fc.record({ day, sum: fc.integer({ min: 1, max: 500_000 }) }), { maxLength: most })
      .map((all) => all.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)));

  it('never gives more than a document needs or a payment holds, and nothing of a later day', () => {
    const opening = fc.option(fc.integer({ min: -500_000, max: 500_000 }), { nil: undefined });
    fc.assert(
      fc.property(list(8), list(4), opening, (payments, documents, before) => {
        const shares = settle(payments, documents, PERIOD, before);
        const spent = payments.map(() => 0);
        shares.forEach((one, at) => {
          const { sum, day: until } = documents[at]!;
          expect(one.reduce((total, share) => total + share.sum, 0)).toBeLessThanOrEqual(sum);
          for (const share of one) {
            expect(share.sum).toBeGreaterThan(0);
            expect(payments[share.payment]!.day <= until).toBe(true);
            spent[share.payment]! += share.sum;
          }
        });
        expect(spent.every((sum, at) => sum <= payments[at]!.sum)).toBe(true);
      }),
    );
  });

  it('uses up what there is before a document goes without', () => {
    fc.assert(
      fc.property(list(8), list(4), (payments, documents) => {
        const shares = settle(payments, documents, PERIOD, undefined);
        const last = documents.at(-1);
        if (!last) return;
        const taken = shares.flat().reduce((sum, share) => sum + share.sum, 0);
        const mine = shares.at(-1)!.reduce((sum, share) => sum + share.sum, 0);
        const there = payments.filter((one) => one.day <= last.day).reduce((sum, one) => sum + one.sum, 0);
        expect(mine === last.sum || taken === there).toBe(true);
      }),
    );
  });
});
