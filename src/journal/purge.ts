import { atomically, type Connection, one } from './database.ts';

/** What a purge took out of the journal. */
export interface Forgotten {
  /** Receipts whose texts and requisites were removed. */
  receipts: number;
  /** Packages that cannot be made again any more: their snapshots are not kept. */
  packages: number;
  /** Snapshots that no younger package needs. */
  sources: string[];
}

/**
 * Removes personal data of what came before an instant and overwrites its place in the file. Ids, numbers, dates, sums
 * and hashes stay: they keep documents from being doubled.
 * @param before ISO instant
 */
export function forget(connection: Connection, before: string): Forgotten {
  connection.pragma('secure_delete = ON');
  const forgotten = atomically(connection, () => {
    const old = 'receipt IN (SELECT id FROM receipt WHERE taken_at < ?)';
    const personal = '(inn IS NOT NULL OR kpp IS NOT NULL OR message IS NOT NULL)';
    const receipts = one<{ count: number }>(
      connection.prepare(
        `SELECT count(DISTINCT receipt) AS count FROM receipt_object WHERE ${old} AND ${personal}`,
      ),
      before,
    )!.count;
    for (const text of [
      `UPDATE receipt_object SET inn = NULL, kpp = NULL, message = NULL WHERE ${old} AND ${personal}`,
      'UPDATE receipt SET message = NULL WHERE taken_at < ? AND message IS NOT NULL',
      `UPDATE object SET inn = NULL, kpp = NULL
       WHERE package IN (SELECT id FROM package WHERE created_at < ?) AND inn IS NOT NULL`,
      `UPDATE intake SET name = '', target_name = '' WHERE finished_at < ? AND name <> ''`,
    ])
      connection.prepare(text).run(before);
    const sources = connection
      .prepare(
        `SELECT DISTINCT source FROM package WHERE source IS NOT NULL AND created_at < ?
           AND source NOT IN (SELECT source FROM package WHERE source IS NOT NULL AND created_at >= ?)`,
      )
      .all(before, before) as { source: string }[];
    const { changes } = connection
      .prepare('UPDATE package SET source = NULL WHERE source IS NOT NULL AND created_at < ?')
      .run(before);
    return { receipts, packages: changes, sources: sources.map(({ source }) => source) };
  });
  // What was overwritten must not live on in the write-ahead log.
  connection.pragma('wal_checkpoint(TRUNCATE)');
  return forgotten;
}
