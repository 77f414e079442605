import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pairable, pairInvoices } from '../../src/model/pairing.ts';

const one = (sum: number, ordinal = '', printed = ''): Pairable => ({ sum, ordinal, printed });

/** Few different values, so that claims collide. */
const pairables = fc.array(
  fc.record({
    sum: fc.constantFrom(100, 200),
    ordinal: fc.constantFrom('', '1', '2'),
    printed: fc.constantFrom('', 'А-1', 'А-2', 'СФ/01', 'СФ/2', 'без цифр'),
  }),
  { maxLength: 6 },
);

describe('pairInvoices', () => {
  it('ties an invoice to the only act of its sum, whatever the numbers say', () => {
    expect(pairInvoices([one(100, '1', 'А-1'), one(200, '2', 'А-2')], [one(200, '9', 'СФ-7')])).toEqual([
      { act: 1 },
    ]);
  });

  it('tells acts of one sum apart by the ordinal, else by the last digits', () => {
    const acts = [one(100, '7', 'А-007'), one(100, '8', 'А-008')];
    expect(pairInvoices(acts, [one(100, '8', 'СФ-1'), one(100, '7', 'СФ-2')])).toEqual([
      { act: 1 },
      { act: 0 },
    ]);
    expect(pairInvoices(acts, [one(100, '', 'СФ/8'), one(100, '', 'СФ/07')])).toEqual([
      { act: 1 },
      { act: 0 },
    ]);
  });

  it('prefers the ordinal to the last digits', () => {
    const acts = [one(100, '7', 'А-8'), one(100, '8', 'А-7')];
    expect(pairInvoices(acts, [one(100, '7', 'СФ-7')])).toEqual([{ act: 0 }]);
  });

  it('names the candidates where nothing tells them apart', () => {
    const acts = [one(100, '7', 'А'), one(200, '', 'Б'), one(100, '8', 'В')];
    expect(pairInvoices(acts, [one(100, '', 'СФ')])).toEqual([{ problem: 'ambiguous', acts: [0, 2] }]);
  });

  it('gives an act that two invoices claim to neither', () => {
    const claimed = { problem: 'ambiguous', acts: [0] };
    expect(pairInvoices([one(100)], [one(100, '1'), one(100, '2')])).toEqual([claimed, claimed]);
  });

  it('says when no act has the sum', () => {
    expect(pairInvoices([one(100)], [one(101)])).toEqual([{ problem: 'alone' }]);
    expect(pairInvoices([], [one(1)])).toEqual([{ problem: 'alone' }]);
  });

  it('never gives an act twice, and only an act of the same sum', () => {
    fc.assert(
      fc.property(pairables, pairables, (acts, invoices) => {
        const given = pairInvoices(acts, invoices).map((found) => ('act' in found ? found.act : undefined));
        const tied = given.filter((act) => act !== undefined);
        expect(new Set(tied).size).toBe(tied.length);
        given.forEach((act, index) => {
          if (act !== undefined) expect(acts[act]!.sum).toBe(invoices[index]!.sum);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of acts and invoices', () => {
    fc.assert(
      fc.property(pairables, pairables, fc.nat(), (acts, invoices, seed) => {
        const order = <T>(all: readonly T[]): number[] =>
          [...all.keys()].sort((a, b) => ((a * 7 + seed) % 11) - ((b * 7 + seed) % 11) || a - b);
        const actOrder = order(acts);
        const invoiceOrder = order(invoices);
        const plain = pairInvoices(acts, invoices);
        const moved = pairInvoices(
          actOrder.map((at) => acts[at]!),
          invoiceOrder.map((at) => invoices[at]!),
        );
        moved.forEach((found, index) => {
          const other = plain[invoiceOrder[index]!]!;
          if ('act' in found) expect(other).toEqual({ act: actOrder[found.act] });
          else if (found.problem === 'alone') expect(other).toEqual(found);
          else
            expect(other).toEqual({
              problem: 'ambiguous',
              acts: found.acts.map((at) => actOrder[at]!).sort((a, b) => a - b),
            });
        });
      }),
      { numRuns: 1000 },
    );
  });
});
