import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  divideHalfUp,
  formatDecimal,
  formatDecimalShort,
  parseDecimal,
  significantScale,
} from '../../src/support/decimal.ts';

const scaled = fc.maxSafeInteger();
const scale = fc.integer({ min: 0, max: 5 });

describe('parsing', () => {
  test.each([
    ['10,50', 2, 1050],
    ['10.5', 2, 1050],
    ['007', 0, 7],
    ['-0,01', 2, -1],
    ['+3', 2, 300],
    ['-0', 2, 0],
    ['2440,00000', 2, 244000],
    ['1 234 567,89', 2, 123456789],
    ['1\u00a0234', 0, 1234],
    ['-1\u202f000,5', 1, -10005],
    [' 12 ', 0, 12],
    ['90071992547409,91', 2, Number.MAX_SAFE_INTEGER],
  ])('«%s» at scale %i', (text, digits, value) => {
    expect(parseDecimal(text, digits)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'format'],
    ['-', 'format'],
    ['1e3', 'format'],
    ['1,2,3', 'format'],
    ['1,234.50', 'format'],
    ['12 34', 'format'],
    ['1 2345', 'format'],
    [',5', 'format'],
    ['5,', 'format'],
    ['0x10', 'format'],
    ['١٢', 'format'],
    ['183,005', 'excess-digits'],
    ['0,001', 'excess-digits'],
    ['90071992547409,92', 'range'],
    ['9'.repeat(400), 'range'],
  ])('«%s» is refused: %s', (text, problem) => {
    expect(parseDecimal(text, 2)).toEqual({ ok: false, problem });
  });

  test('what was formatted reads back, with point or comma', () => {
    fc.assert(
      fc.property(scaled, scale, fc.constantFrom('.', ','), (value, digits, separator) => {
        expect(parseDecimal(formatDecimal(value, digits, separator), digits)).toEqual({
          ok: true,
          value: value + 0,
        });
      }),
    );
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), scale, (text, digits) => void parseDecimal(text, digits)),
    );
  });
});

describe('formatting', () => {
  test('keeps exactly the digits asked for', () => {
    expect(formatDecimal(1050, 2)).toBe('10.50');
    expect(formatDecimal(-5, 2)).toBe('-0.05');
    expect(formatDecimal(0, 3, ',')).toBe('0,000');
    expect(formatDecimal(7, 0)).toBe('7');
  });

  test('short form drops zeros behind the point, never before it', () => {
    expect(formatDecimalShort(1000, 3)).toBe('1');
    expect(formatDecimalShort(10_500, 3)).toBe('10.5');
    expect(formatDecimalShort(100_000, 3)).toBe('100');
    expect(formatDecimalShort(100, 0)).toBe('100');
    fc.assert(
      fc.property(scaled, scale, (value, digits) => {
        expect(parseDecimal(formatDecimalShort(value, digits), digits)).toEqual({
          ok: true,
          value: value + 0,
        });
      }),
    );
  });

  test('significant scale is the least that parses', () => {
    expect([
      significantScale('10,5000'),
      significantScale('10'),
      significantScale('0.120'),
      significantScale('x'),
    ]).toEqual([1, 0, 2, 0]);
  });
});

describe('division', () => {
  test('rounds half away from zero', () => {
    expect([5, -5, 15, -15, 4, -4].map((value) => divideHalfUp(value, 10))).toEqual([1, -1, 2, -2, 0, -0]);
  });

  test('is exact against big integers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
        fc.integer({ min: 1, max: 100_000 }),
        (a, b) => {
          const [n, d] = [BigInt(a), BigInt(b)];
          const magnitude = ((n < 0n ? -n : n) * 2n + d) / (d * 2n);
          expect(BigInt(divideHalfUp(a, b))).toBe(n < 0n ? -magnitude : magnitude);
        },
      ),
    );
  });
});
