import type { Period } from '../../model/period.ts';
import type { Statement } from './connection.ts';

/** The number by which a table of documents stores January. */
export type MonthBase = 0 | 1;
export type DocumentTable = 'invoice' | 'bill';

/** How many documents have this stored month, created so many months later (or earlier) early or late in the month. */
export interface MonthEvidence {
  /** `mm` as it is stored. */
  readonly stored: number;
  /** Month of creation minus the stored month, as if January were stored as 0. */
  readonly distance: number;
  readonly late: boolean;
  readonly count: number;
}

/** An act or invoice of a month is issued within it or in the first half of the next; a bill also shortly before. */
const LAST_EARLY_DAY = 15;

/** Documents that are looked at, the newest: more would not tell more. */
const LOOKED_AT = 200_000;

/** Counts documents by what tells the base; rows: stored month, distance, late, count. */
export function evidenceStatement(table: string): Statement {
  return {
    table,
    sql:
      `SELECT d.mm, PERIOD_DIFF(EXTRACT(YEAR_MONTH FROM d.create_dt), d.yy * 100 + 1) - d.mm AS distance, DAY(d.create_dt) > ${LAST_EARLY_DAY} AS late, COUNT(*) ` +
      `FROM (SELECT yy, mm, create_dt FROM ${table} WHERE create_dt > '1990-01-01' AND yy > 1990 ORDER BY id DESC LIMIT ${LOOKED_AT}) d GROUP BY d.mm, distance, late`,
    values: [],
  };
}

export function evidenceOf(row: readonly (string | null)[]): MonthEvidence {
  const [stored, distance, late, count] = row.map(Number) as [number, number, number, number];
  return { stored, distance, late: late === 1, count };
}

export interface MonthVerdict {
  /** Undefined where the documents do not tell. */
  readonly base: MonthBase | undefined;
  /** In Russian: what speaks for it. */
  readonly evidence: string;
}

/** Shares of documents that must agree before dates alone decide. */
const SURE = 0.6;
const UNSURE = 0.4;

/**
 * Tells the base from documents: a stored 0 or 12 proves it; else it is the base under which dates of creation are
 * natural, if they are not so under the other one.
 */
export function judgeMonths(found: readonly MonthEvidence[], table: DocumentTable): MonthVerdict {
  const count = (fits: (one: MonthEvidence) => boolean): number =>
    found.filter(fits).reduce((sum, one) => sum + one.count, 0);
  const zeros = count(({ stored }) => stored === 0);
  const twelves = count(({ stored }) => stored === 12);
  if (zeros > 0 && twelves === 0) return { base: 0, evidence: `есть документы с месяцем 0 (${zeros})` };
  if (twelves > 0 && zeros === 0) return { base: 1, evidence: `есть документы с месяцем 12 (${twelves})` };
  const all = count(() => true);
  if (all === 0) return { base: undefined, evidence: 'документов нет' };
  const shares = ([0, 1] as const).map((base) => count((one) => isNatural(one, base, table)) / all);
  const [zero, one] = shares as [number, number];
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const evidence = `даты подходят: при 0 — у ${percent(zero)} документов, при 1 — у ${percent(one)}`;
  if (zero >= SURE && one <= UNSURE) return { base: 0, evidence };
  if (one >= SURE && zero <= UNSURE) return { base: 1, evidence };
  return { base: undefined, evidence };
}

function isNatural({ distance, late }: MonthEvidence, base: MonthBase, table: DocumentTable): boolean {
  const months = distance + base;
  return months === 0 || (months === 1 && !late) || (table === 'bill' && months === -1 && late);
}

/** Year and month of a period as a table stores them. */
export function storedMonth(period: Period, base: MonthBase): { yy: number; mm: number } {
  const [year, month] = period.split('-').map(Number) as [number, number];
  return { yy: year, mm: month - 1 + base };
}
