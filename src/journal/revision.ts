import { type Connection, one } from './database.ts';

/** What grows with everything that a build can see of the journal; events stand for receipts, packages, transitions. */
const COUNTED = ['event', 'counterparty', 'receipt', 'package', 'document', 'given_number', 'correction'];

/** A text that is the same only as long as no build would find the journal different. */
export function revisionOf(connection: Connection): string {
  const last = one<{ id: number }>(connection.prepare('SELECT coalesce(max(id), 0) AS id FROM event'))!.id;
  const counts = COUNTED.map(
    (table) => one<{ count: number }>(connection.prepare(`SELECT count(*) AS count FROM ${table}`))!.count,
  );
  return [last, ...counts].join(' ');
}
