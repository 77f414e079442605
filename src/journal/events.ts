import type { Clock } from '../support/clock.ts';
import { all, type Connection } from './database.ts';

/** Something that happened: codes and ids, never names or requisites. */
export interface JournalEvent {
  id: number;
  at: string;
  /** `part.published`, `receipt.taken` … */
  code: string;
  /** `package:12/1`, `intake:3`, `receipt:7` */
  subject: string;
  detail: string;
}

/** The history of the journal; only ever added to, the database refuses anything else. */
export interface Events {
  add(code: string, subject: string, detail?: string): void;
  of(subject: string): JournalEvent[];
}

export function createEvents(connection: Connection, clock: Clock): Events {
  const insert = connection.prepare('INSERT INTO event (at, code, subject, detail) VALUES (?, ?, ?, ?)');
  const select = connection.prepare(
    'SELECT id, at, code, subject, detail FROM event WHERE subject = ? ORDER BY id',
  );
  return {
    add: (code, subject, detail = '') => void insert.run(clock().toISOString(), code, subject, detail),
    of: (subject) => all<JournalEvent>(select, subject),
  };
}
