import { type Connection, one } from './database.ts';

/** Numbers that are drawn here rather than in the billing. */
export interface NumberStore {
  /**
   * The document's number in a series, from 1; the same at every call, the next one at the first.
   * @param series everything that is counted together, as text: organisation, kind, year, personal account …
   */
  draw(series: string, document: string): number;
}

export function createNumberStore(connection: Connection): NumberStore {
  const known = connection.prepare('SELECT number FROM drawn_number WHERE series = ? AND document = ?');
  const last = connection.prepare(
    'SELECT coalesce(max(number), 0) AS number FROM drawn_number WHERE series = ?',
  );
  const insert = connection.prepare('INSERT INTO drawn_number (series, document, number) VALUES (?, ?, ?)');
  return {
    draw(series, document) {
      const drawn = one<{ number: number }>(known, series, document);
      if (drawn) return drawn.number;
      const next = one<{ number: number }>(last, series)!.number + 1;
      insert.run(series, document, next);
      return next;
    },
  };
}
