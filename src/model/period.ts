import { daysInMonth, isoDate } from '../support/dates.ts';

/** A month: `2026-10`. */
export type Period = string;

const MONTHS = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
];

export function isPeriod(text: string): boolean {
  return /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

/** @param month 1 to 12 */
export function periodOf(year: number, month: number): Period {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

export function firstDay(period: Period): string {
  return `${period}-01`;
}

export function lastDay(period: Period): string {
  const [year, month] = parts(period);
  return isoDate(year, month, daysInMonth(year, month));
}

/** The month `count` months later (negative: earlier). */
export function shiftPeriod(period: Period, count: number): Period {
  const [year, month] = parts(period);
  const months = year * 12 + month - 1 + count;
  return periodOf(Math.floor(months / 12), (months % 12) + 1);
}

/** «октябрь 2026» */
export function periodName(period: Period): string {
  const [year, month] = parts(period);
  return `${MONTHS[month - 1]} ${year}`;
}

function parts(period: Period): [number, number] {
  return [Number(period.slice(0, 4)), Number(period.slice(5, 7))];
}
