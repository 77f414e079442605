import { describe, expect, it } from 'vitest';
import { GENERAL_RATE, rateOn, roundVat, type VatRate } from '../../src/model/vat.ts';

const lines = (rate: VatRate, ...sums: number[]) => sums.map((sum) => ({ sum, rate }));

describe('roundVat by document', () => {
  it('takes what the lines have too much from the largest of their rate', () => {
    expect(roundVat(lines(20, 3, 3, 4), 'line')).toEqual([1, 1, 1]);
    expect(roundVat(lines(20, 3, 3, 4), 'document')).toEqual([1, 1, 0]);
  });

  it('gives what they lack to the largest', () => {
    expect(roundVat(lines(20, 1, 2, 2), 'document')).toEqual([0, 1, 0]);
  });

  it('keeps rates apart', () => {
    const both = [...lines(20, 3, 3, 4), ...lines(10, 100), ...lines('none', 1000)];
    expect(roundVat(both, 'document')).toEqual([1, 1, 0, 9, 0]);
  });

  it('gives no line more than its sum, and takes no more than it has', () => {
    const small = [3, ...Array<number>(30).fill(2)];
    const given = roundVat(lines(22, ...small), 'document');
    expect(given.slice(0, 6)).toEqual([3, 2, 2, 2, 2, 0]);
    const taken = roundVat(lines(22, ...Array<number>(30).fill(3)), 'document');
    expect(taken).toEqual([...Array<number>(14).fill(0), ...Array<number>(16).fill(1)]);
  });
});

it('the later rate holds in a table that begins with it', () => {
  expect(rateOn([...GENERAL_RATE].reverse(), '2026-02-28')).toBe(22);
});
