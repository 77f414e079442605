import { BslException } from './errors.ts';

/** A date of 1C: a moment to the second without a time zone, from 01.01.0001. */
export class DateTime {
  /** Since 0001-01-01T00:00:00. */
  readonly seconds: number;

  constructor(seconds: number) {
    if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > LAST_SECOND)
      throw new BslException('Неправильное значение даты');
    this.seconds = seconds;
  }
}

const DAY = 86_400;
/** Days from 0001-01-01 to 1970-01-01. */
const EPOCH_DAYS = 719_162;
const LAST_SECOND = daysOf(3999, 12, 31) * DAY + DAY - 1;

/** '00010101': the date of an unfilled field. */
export const EMPTY_DATE = new DateTime(0);

export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

function daysOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / 1000 / DAY) + EPOCH_DAYS;
}

/** @returns undefined where there is no such day or time */
export function dateOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): DateTime | undefined {
  if (year < 1 || year > 3999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  return new DateTime(daysOf(year, month, day) * DAY + hour * 3600 + minute * 60 + second);
}

/** @param digits `20261031`, `202610311200` or `20261031120000`; all zeros is the empty date */
export function dateOfDigits(digits: string): DateTime | undefined {
  if (!/^(\d{8}|\d{12}|\d{14})$/.test(digits)) return undefined;
  if (/^0+$/.test(digits)) return EMPTY_DATE;
  const part = (from: number, to: number): number => Number(digits.slice(from, to));
  return dateOf(part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14));
}

export function partsOf(date: DateTime): DateParts {
  const moment = new Date((date.seconds - EPOCH_DAYS * DAY) * 1000);
  return {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
  };
}

/** The wall clock of the machine as 1C shows it: the model's machines live in UTC. */
export function fromJsDate(date: Date): DateTime {
  return new DateTime(Math.floor(date.getTime() / 1000) + EPOCH_DAYS * DAY);
}

export function addSeconds(date: DateTime, seconds: number): DateTime {
  return new DateTime(date.seconds + seconds);
}

/** ДобавитьМесяц: a day that the month does not have becomes its last. */
export function addMonths(date: DateTime, months: number): DateTime {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  const moved = dateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
  if (!moved) throw new BslException('Неправильное значение даты');
  return addSeconds(moved, date.seconds % DAY);
}

export type Unit = 'day' | 'month' | 'quarter' | 'year' | 'hour' | 'minute' | 'week';

export function startOf(date: DateTime, unit: Unit): DateTime {
  const { year, month } = partsOf(date);
  switch (unit) {
    case 'minute':
      return new DateTime(date.seconds - (date.seconds % 60));
    case 'hour':
      return new DateTime(date.seconds - (date.seconds % 3600));
    case 'day':
      return new DateTime(date.seconds - (date.seconds % DAY));
    case 'week': {
      const days = Math.floor(date.seconds / DAY);
      return new DateTime((days - (days % 7)) * DAY);
    }
    case 'month':
      return dateOf(year, month, 1)!;
    case 'quarter':
      return dateOf(year, month - ((month - 1) % 3), 1)!;
    case 'year':
      return dateOf(year, 1, 1)!;
  }
}

/** The last second of the unit. */
export function endOf(date: DateTime, unit: Unit): DateTime {
  const start = startOf(date, unit);
  const lengths: Partial<Record<Unit, number>> = { minute: 60, hour: 3600, day: DAY, week: 7 * DAY };
  const length = lengths[unit];
  if (length !== undefined) return addSeconds(start, length - 1);
  const months = { month: 1, quarter: 3, year: 12 }[unit as 'month' | 'quarter' | 'year'];
  return addSeconds(addMonths(start, months), -1);
}

/** `2026-10-31T12:00:00`: XMLСтрока. */
export function isoText(date: DateTime): string {
  const { year, month, day, hour, minute, second } = partsOf(date);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** @param text with or without a time; a fraction of a second or a zone is not read */
export function dateOfIso(text: string): DateTime | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?$/.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1).map((one) => Number(one ?? 0));
  return dateOf(year!, month!, day!, hour, minute, second);
}

export function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
