/**
 * Dates are ISO texts `yyyy-MM-dd`; `Date` objects are never used for days, because they move with the
 * time zone.
 */

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const RUSSIAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/;
const ZERO_DATE = /^(0{4}-0{2}-0{2}|0{2}\.0{2}\.0{4})([T ].*)?$/;

/**
 * Reads `yyyy-MM-dd` or `dd.MM.yyyy`, each with an optional time that is dropped.
 * @returns the ISO date; `null` for MySQL's zero date; `undefined` for anything that is no date of the calendar
 */
export function parseDate(text: string): string | null | undefined {
  if (ZERO_DATE.test(text)) return null;
  const iso = ISO.exec(text);
  const russian = iso ? null : RUSSIAN.exec(text);
  const parts = iso ? [iso[1], iso[2], iso[3]] : russian ? [russian[3], russian[2], russian[1]] : undefined;
  if (!parts) return undefined;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return isoDate(year, month, day);
}

export function isoDate(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `2026-10-31` → `31.10.2026`, the form that people read. */
export function russianDate(iso: string): string {
  return `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;
}

/** An instant as the people of this place read it: «03.11.2026 12:05», in the time zone of the machine. */
export function moment(instant: string): string {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = russianDate(isoDate(at.getFullYear(), at.getMonth() + 1, at.getDate()));
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
