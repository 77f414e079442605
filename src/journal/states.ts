import type { Clock } from '../support/clock.ts';
import { type Connection, one, type Value } from './database.ts';
import type { Events } from './events.ts';

/**
 * The states of everything that takes more than one step, and the legal moves between them. A step on the disk lies
 * between two states, so that after a crash it is known what may have happened.
 */
export const MOVES = {
  /** A file of a package: written under a temporary name → renamed into the outbox → accounted for by a receipt. */
  part: {
    staged: ['publishing', 'partly', 'received'],
    publishing: ['published', 'lost', 'partly', 'received'],
    /** Neither under its temporary nor under its own name: it has to be made again. */
    lost: ['staged', 'partly', 'received'],
    published: ['partly', 'received'],
    partly: ['received'],
    received: [],
  },
  /** A file or folder of the inbox: being moved to `inwork/` → there → being moved on → in `done/` or `error/`. */
  intake: {
    taking: ['inwork', 'withdrawn'],
    inwork: ['filing', 'withdrawn'],
    filing: ['done', 'error'],
    done: [],
    error: [],
    /** The move never happened, or somebody took the file away. */
    withdrawn: [],
  },
  /** A month that is taken from the database: being written → lies in the inbox. */
  closing: {
    exporting: ['exporting', 'dropped'],
    dropped: ['exporting'],
  },
  /**
   * A thing on its way through a channel. The outcome stands in a column of its own: what waits in doubt is asked for
   * before it is sent again; what is dead waits for a person; what is done and was rejected may be sent again when the
   * cause is mended.
   */
  delivery: {
    waiting: ['waiting', 'running', 'dead', 'done'],
    running: ['waiting', 'done', 'dead'],
    done: ['waiting'],
    dead: ['waiting', 'done'],
  },
  /** A difference between 1C and the CRM: a person decides; an approved one goes to 1C in a package. */
  crm_change: {
    open: ['approved', 'refused', 'withdrawn'],
    approved: ['sent', 'open', 'withdrawn'],
    /** In a package, or in the address book where nothing of it goes to 1C. */
    sent: [],
    refused: ['withdrawn'],
    /** The two sides agree by themselves. */
    withdrawn: [],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type Machine = keyof typeof MOVES;
export type StateOf<M extends Machine> = keyof (typeof MOVES)[M] & string;
export type PartState = StateOf<'part'>;
export type IntakeState = StateOf<'intake'>;
export type CrmChangeState = StateOf<'crm_change'>;
export type DeliveryStatus = StateOf<'delivery'>;

/** Where the state of a machine is kept; a key names a row. */
const TABLES = {
  part: { key: ['package', 'part'], column: 'state', id: (key: Key) => `package:${key[0]}/${key[1]}` },
  intake: { key: ['id'], column: 'state', id: (key: Key) => `intake:${key[0]}` },
  closing: { key: ['period'], column: 'state', id: (key: Key) => `closing:${key[0]}` },
  crm_change: { key: ['id'], column: 'state', id: (key: Key) => `crm_change:${key[0]}` },
  delivery: { key: ['id'], column: 'status', id: (key: Key) => `delivery:${key[0]}` },
} as const;

export type Key = readonly (number | string)[];

/**
 * Moves one thing from its state to another, with the columns that change together with it, and writes the event.
 * @throws on a move that the table does not allow: a defect
 */
export type Transition = <M extends Machine>(
  machine: M,
  key: Key,
  to: StateOf<M>,
  columns?: Record<string, Value>,
) => void;

export function createTransition(connection: Connection, events: Events, clock: Clock): Transition {
  return (machine, key, to, columns = {}) => {
    const table = TABLES[machine];
    const where = table.key.map((name) => `${name} = ?`).join(' AND ');
    const row = one<{ state: string }>(
      connection.prepare(`SELECT ${table.column} AS state FROM ${machine} WHERE ${where}`),
      ...key,
    );
    if (!row) throw new Error(`${table.id(key)} is not in the journal`);
    const legal = (MOVES[machine] as Record<string, readonly string[]>)[row.state] ?? [];
    if (!legal.includes(to)) throw new Error(`${table.id(key)}: ${row.state} → ${to} is no legal move`);
    const stamped: Record<string, Value> =
      machine === 'closing' ? { ...columns, at: clock().toISOString() } : columns;
    const sets = [`${table.column} = ?`, ...Object.keys(stamped).map((name) => `${name} = ?`)].join(', ');
    connection
      .prepare(`UPDATE ${machine} SET ${sets} WHERE ${where}`)
      .run(to, ...Object.values(stamped), ...key);
    events.add(`${machine}.${to}`, table.id(key));
  };
}
