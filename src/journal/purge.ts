import { atomically, type Connection, one } from './database.ts';

/** What a purge took out of the journal. */
export interface Forgotten {
  /** Receipts whose texts and requisites were removed. */
  receipts: number;
  /** Packages that cannot be made again any more: they need their snapshots no longer. */
  packages: number;
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
      `UPDATE crm_change SET title = '', ours = '', theirs = ''
       WHERE state IN ('sent', 'withdrawn') AND coalesce(decided_at, found_at) < ? AND title <> ''`,
      'DELETE FROM letter WHERE at < ?',
      `UPDATE letter_bounce SET address = '' WHERE at < ? AND address <> ''`,
    ])
      connection.prepare(text).run(before);
    const { changes } = connection
      .prepare('UPDATE package SET source = NULL WHERE source IS NOT NULL AND created_at < ?')
      .run(before);
    return { receipts, packages: changes };
  });
  // What was overwritten must not live on in the write-ahead log.
  connection.pragma('wal_checkpoint(TRUNCATE)');
  return forgotten;
}
