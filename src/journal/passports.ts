import type { Clock } from '../support/clock.ts';
import { all, type Connection, one } from './database.ts';

/** The passport of a base: what it understands (schemas/base-passport.schema.json). */
export interface PassportRow {
  infobase: string;
  connection: string;
  sha256: string;
  /** The file, as JSON. */
  passport: string;
  seenAt: string;
}

export interface PassportStore {
  /** Keeps the passport in the place of the base's earlier one. */
  record(passport: Omit<PassportRow, 'seenAt'>): void;
  find(infobase: string, connection: string): PassportRow | undefined;
  list(): PassportRow[];
}

export function createPassportStore(connection: Connection, clock: Clock): PassportStore {
  const select = 'SELECT infobase, connection, sha256, passport, seen_at AS seenAt FROM passport';
  const byBase = connection.prepare(`${select} WHERE infobase = ? AND connection = ?`);
  const listed = connection.prepare(`${select} ORDER BY seen_at DESC`);
  const upsert = connection.prepare(
    `INSERT INTO passport (infobase, connection, sha256, passport, seen_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (infobase, connection) DO UPDATE
       SET sha256 = excluded.sha256, passport = excluded.passport, seen_at = excluded.seen_at`,
  );
  return {
    record: ({ infobase, connection: at, sha256, passport }) =>
      void upsert.run(infobase.toLowerCase(), at, sha256, passport, clock().toISOString()),
    find: (infobase, at) => one<PassportRow>(byBase, infobase.toLowerCase(), at),
    list: () => all<PassportRow>(listed),
  };
}
