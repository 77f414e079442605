import type { Clock } from '../support/clock.ts';
import { all, type Connection, one } from './database.ts';
import type { Events } from './events.ts';
import type { IntakeState } from './states.ts';

/** Something that came through the inbox. Its states: states.ts. */
export interface IntakeRow {
  id: number;
  state: IntakeState;
  /** In the inbox. */
  name: string;
  /** Of its content: what it is known by. */
  hash: string;
  /** Configuration and version: the same content under another is new work. */
  recipe: string;
  target: 'done' | 'error' | null;
  targetName: string | null;
  exit: number | null;
  /** Ids of the packages made. */
  packages: string[];
}

export interface IntakeStore {
  /** Something that is about to be taken out of the inbox. @returns its number */
  record(found: { name: string; hash: string; recipe: string }): number;
  get(id: number): IntakeRow | undefined;
  /** True when nothing has ever come in. */
  isEmpty(): boolean;
  /** What was begun and not finished, the oldest first. */
  unfinished(): IntakeRow[];
  /** The same content, done with the same configuration and version. */
  doneBefore(hash: string, recipe: string): IntakeRow | undefined;
}

const INTAKE = `SELECT id, state, name, hash, recipe, target, target_name AS targetName, exit, packages FROM intake`;

export function createIntakeStore(connection: Connection, events: Events, clock: Clock): IntakeStore {
  const any = connection.prepare('SELECT 1 AS found FROM intake LIMIT 1');
  const byId = connection.prepare(`${INTAKE} WHERE id = ?`);
  const unfinished = connection.prepare(
    `${INTAKE} WHERE state IN ('taking', 'inwork', 'filing') ORDER BY id`,
  );
  const done = connection.prepare(
    `${INTAKE} WHERE hash = ? AND recipe = ? AND state = 'done' ORDER BY id LIMIT 1`,
  );
  const insert = connection.prepare(
    `INSERT INTO intake (state, name, hash, recipe, taken_at) VALUES ('taking', ?, ?, ?, ?)`,
  );
  return {
    record({ name, hash, recipe }) {
      const id = Number(insert.run(name, hash, recipe, clock().toISOString()).lastInsertRowid);
      events.add('intake.taking', `intake:${id}`, hash);
      return id;
    },
    isEmpty: () => one(any) === undefined,
    get: (id) => row(one<IntakeRecord>(byId, id)),
    unfinished: () => all<IntakeRecord>(unfinished).map((found) => row(found)!),
    doneBefore: (hash, recipe) => row(one<IntakeRecord>(done, hash, recipe)),
  };
}

type IntakeRecord = Omit<IntakeRow, 'packages'> & { packages: string | null };

function row(found: IntakeRecord | undefined): IntakeRow | undefined {
  return found && { ...found, packages: JSON.parse(found.packages ?? '[]') as string[] };
}
