import { type Connection, one } from './database.ts';

/** A number given here rather than in the billing. */
export interface GivenNumber {
  kind: 'bill' | 'act' | 'vat-invoice';
  year: string;
  number: string;
  /** UUID; the two halves of an УПД are two. */
  document: string;
  /** Everything that is counted together, as text: the number without its ordinal. */
  series: string;
  ordinal: number;
}

export interface NumberStore {
  /** The number that a document was given. */
  of(document: string): string | undefined;
  /** The last ordinal of a series; 0 when there is none. */
  last(series: string): number;
  /** True where a document has the number already. */
  given(kind: GivenNumber['kind'], year: string, number: string): boolean;
  give(given: GivenNumber): void;
  /**
   * A document of another month of the year that has the number in a package.
   * @param before packages from this one on are not looked at
   * @returns its month
   */
  elsewhere(
    asked: Omit<GivenNumber, 'series' | 'ordinal'>,
    period: string,
    before: number,
  ): string | undefined;
}

export function createNumberStore(connection: Connection): NumberStore {
  const known = connection.prepare('SELECT number FROM given_number WHERE document = ?');
  const last = connection.prepare(
    'SELECT coalesce(max(ordinal), 0) AS ordinal FROM given_number WHERE series = ?',
  );
  const holder = connection.prepare(
    'SELECT document FROM given_number WHERE kind = ? AND year = ? AND number = ?',
  );
  const insert = connection.prepare(
    'INSERT INTO given_number (kind, year, number, document, series, ordinal) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const other = connection.prepare(
    `SELECT p.period FROM document d JOIN package p ON p.id = d.package
     WHERE d.number = ? AND d.kind IN (?, 'upd') AND d.uuid <> ? AND coalesce(d.vat_invoice, '') <> ?
       AND p.period <> ? AND substr(d.date, 1, 4) = ? AND p.id < ?
     ORDER BY p.id DESC LIMIT 1`,
  );
  return {
    of: (document) => one<{ number: string }>(known, document)?.number,
    last: (series) => one<{ ordinal: number }>(last, series)!.ordinal,
    given: (kind, year, number) => one(holder, kind, year, number) !== undefined,
    give: ({ kind, year, number, document, series, ordinal }) =>
      void insert.run(kind, year, number, document, series, ordinal),
    elsewhere: ({ kind, year, number, document }, period, before) =>
      one<{ period: string }>(other, number, kind, document, document, period, year, before)?.period,
  };
}
