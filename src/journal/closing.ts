import type { Clock } from '../support/clock.ts';
import { all, type Connection, one } from './database.ts';
import type { Events } from './events.ts';
import type { StateOf } from './states.ts';

/** A month that is or was taken from the billing's database. Its states: states.ts. */
export interface ClosingRow {
  period: string;
  state: StateOf<'closing'>;
}

export interface ClosingStore {
  /** Puts down a month that has none yet. */
  open(period: string): void;
  find(period: string): ClosingRow | undefined;
  /** The latest month that lies in the inbox or has gone through it. */
  last(): ClosingRow | undefined;
  list(): ClosingRow[];
}

export function createClosingStore(connection: Connection, events: Events, clock: Clock): ClosingStore {
  const select = 'SELECT period, state FROM closing';
  const byPeriod = connection.prepare(`${select} WHERE period = ?`);
  const last = connection.prepare(`${select} WHERE state = 'dropped' ORDER BY period DESC LIMIT 1`);
  const listed = connection.prepare(`${select} ORDER BY period`);
  const insert = connection.prepare(`INSERT INTO closing (period, state, at) VALUES (?, 'exporting', ?)`);
  return {
    open(period) {
      insert.run(period, clock().toISOString());
      events.add('closing.exporting', `closing:${period}`);
    },
    find: (period) => one<ClosingRow>(byPeriod, period),
    last: () => one<ClosingRow>(last),
    list: () => all<ClosingRow>(listed),
  };
}
