import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDay, isPeriod, lastDay, periodName, periodOf, shiftPeriod } from '../../src/model/period.ts';

const months = fc.record({
  year: fc.integer({ min: 1901, max: 2098 }),
  month: fc.integer({ min: 1, max: 12 }),
});

describe('period', () => {
  it.each(['2026-10', '1999-01', '2026-12'])('%s is one', (text) => {
    expect(isPeriod(text)).toBe(true);
  });

  it.each(['2026-13', '2026-00', '2026-1', '26-10', '2026-10-01', '2126-10', '', '2026-1O', ' 2026-10'])(
    '«%s» is none',
    (text) => {
      expect(isPeriod(text)).toBe(false);
    },
  );

  it.each([
    ['2026-10', '2026-10-31'],
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['1900-02', '1900-02-28'],
    ['2000-02', '2000-02-29'],
    ['2026-04', '2026-04-30'],
  ])('%s ends on %s', (period, day) => {
    expect(lastDay(period)).toBe(day);
    expect(firstDay(period)).toBe(`${period}-01`);
  });

  it.each([
    ['2026-10', 0, '2026-10'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-10', -22, '2024-12'],
    ['2026-10', 27, '2029-01'],
  ])('%s moved by %i months is %s', (period, count, moved) => {
    expect(shiftPeriod(period, count)).toBe(moved);
  });

  it('moves forth and back to itself, through periods alone', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -24, max: 12 }), ({ year, month }, count) => {
        const period = periodOf(year, month);
        const moved = shiftPeriod(period, count);
        expect(shiftPeriod(moved, -count)).toBe(period);
        expect(moved < period).toBe(count < 0);
        expect(firstDay(shiftPeriod(period, 1)) > lastDay(period)).toBe(true);
      }),
    );
  });

  it('has a Russian name', () => {
    expect(periodName('2026-10')).toBe('октябрь 2026');
    expect(periodName('2026-01')).toBe('январь 2026');
    expect(periodName('2025-12')).toBe('декабрь 2025');
  });
});
