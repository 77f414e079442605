import { parseDate } from '../../support/dates.ts';
import type { Database } from './connection.ts';

/**
 * The day up to which BGBilling's periods are closed (facts §5): nothing of it changes any more.
 * @returns an ISO day; undefined where nothing is closed or the installation does not use closed dates
 */
export async function closedDate(database: Database): Promise<string | undefined> {
  const rows = await database.rows({
    table: 'setup',
    sql: "SELECT value FROM setup WHERE id = 'closed_date_1'",
    values: [],
  });
  return parseDate(rows[0]?.[0] ?? '') ?? undefined;
}
