import { describe, expect, it } from 'vitest';
import { reconcile, spread } from '../../src/model/reconciliation.ts';

describe('reconcile', () => {
  const row = (contract: string, accrued: number | null, booked: number | null) => ({
    ...{ contract, accrued, documents: 10, packaged: 10, booked },
  });

  it('leaves out what is not known', () => {
    expect(spread(row('a', null, null))).toBe(0);
    expect(spread(row('a', 10, 0))).toBe(10);
    expect(spread({ accrued: null, documents: 7, packaged: 10, booked: null })).toBe(3);
    expect(reconcile([row('a', null, null), row('b', 10, 10), row('c', 10, 10)])).toEqual({
      contracts: 3,
      totals: { accrued: 20, documents: 30, packaged: 30, booked: 20 },
      difference: 0,
      differing: [],
      more: 0,
    });
  });

  it('adds up the differences: what one contract has too much is not what another lacks', () => {
    const { totals, difference } = reconcile([row('a', 30, 10), row('b', 0, 10)]);
    expect(totals).toMatchObject({ accrued: 30, documents: 20 });
    expect(difference).toBe(30);
  });

  it('knows nothing of accruals and books where no contract does', () => {
    expect(reconcile([row('a', null, null)]).totals).toMatchObject({ accrued: null, booked: null });
    expect(reconcile([]).totals).toEqual({ accrued: null, documents: 0, packaged: 0, booked: null });
  });

  it('shows the largest differences first, then by contract, and counts what is over the limit', () => {
    const rows = [row('c', 11, 10), row('b', 11, 10), row('a', 20, 10)];
    expect(reconcile(rows).differing.map(({ contract }) => contract)).toEqual(['a', 'b', 'c']);
    expect(reconcile(rows)).toMatchObject({ more: 0 });
    expect(reconcile(rows, 2)).toMatchObject({ differing: [rows[2], rows[1]], more: 1 });
  });

  it('keeps a thousand of them', () => {
    const { differing, more } = reconcile(
      Array.from({ length: 1001 }, (_, index) => row(`${index}`, 11, 10)),
    );
    expect([differing.length, more]).toEqual([1000, 1]);
  });
});
