import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysInMonth, isoDate, parseDate, russianDate } from '../../src/support/dates.ts';

const day = fc
  .tuple(
    fc.integer({ min: 1900, max: 9999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .filter(([year, month, date]) => date <= daysInMonth(year, month));

describe('parsing', () => {
  test.each([
    ['2026-10-31', '2026-10-31'],
    ['31.10.2026', '2026-10-31'],
    ['1.2.2026', '2026-02-01'],
    ['2026-10-31 23:59:59', '2026-10-31'],
    ['2026-10-31T23:59:59.123+03:00', '2026-10-31'],
    ['31.10.2026 9:05', '2026-10-31'],
    ['2024-02-29', '2024-02-29'],
    ['0000-00-00', null],
    ['0000-00-00 00:00:00', null],
    ['00.00.0000', null],
  ])('«%s»', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  test.each([
    '',
    '2026-02-30',
    '29.02.2025',
    '2026-13-01',
    '2026-00-10',
    '32.01.2026',
    '10/31/2026',
    '2026-1-1',
    '31.10.26',
    '1899-12-31',
    '2026-10-31x',
    ' 2026-10-31',
    '2026-10-31 25',
    'вчера',
  ])('«%s» is no date', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  test('every day of the calendar reads in both forms and in any time zone', () => {
    fc.assert(
      fc.property(day, ([year, month, date]) => {
        const iso = isoDate(year, month, date);
        expect(parseDate(iso)).toBe(iso);
        expect(parseDate(russianDate(iso))).toBe(iso);
        expect(new Date(`${iso}T00:00:00Z`).toISOString().slice(0, 10)).toBe(iso);
      }),
    );
  });
});

test('the length of a month is that of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2400 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
    }),
  );
});
