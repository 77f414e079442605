import { type DateTime, fromJsDate } from './language/date-time.ts';
import type { Library, Session, TypeDefinition } from './language/session.ts';
import { mergeLibraries } from './library/define.ts';

export interface SessionOptions {
  /** A private folder; the caller removes it. */
  temporaryFolder: string;
  /** What the clock shows; it moves only when the test says so. */
  now: Date;
  libraries: readonly Library[];
}

/** A session whose clock and random UUIDs are the test's. */
export interface TestSession extends Session {
  setNow(now: Date): void;
}

/** @param seed of UUIDs, so that two sessions draw different ones */
export function createSession(options: SessionOptions, seed = 1): TestSession {
  const library = mergeLibraries(options.libraries);
  const functions = byName(library.functions);
  const values = byName(library.values);
  const constructors = byName(library.constructors);
  const types = new Map<string, TypeDefinition>();
  for (const { name } of library.constructors) types.set(name.toLowerCase(), { name });
  for (const type of library.types) types.set(type.name.toLowerCase(), type);
  let now: DateTime = fromJsDate(options.now);
  let drawn = 0;
  return {
    side: 'server',
    now: () => now,
    setNow: (date) => {
      now = fromJsDate(date);
    },
    newUuid: () =>
      `${(++drawn).toString(16).padStart(8, '0')}-${seed.toString(16).padStart(4, '0')}-4000-8000-000000000000`,
    temporaryFolder: options.temporaryFolder,
    messages: [],
    storage: new Map(),
    serverCalls: [],
    errors: [],
    findFunction: (name) => functions.get(name),
    findValue: (name) => values.get(name),
    findConstructor: (name) => constructors.get(name),
    findType: (name) => types.get(name),
  };
}

function byName<T extends { name: string }>(list: readonly T[]): Map<string, T> {
  const map = new Map<string, T>();
  for (const one of list) {
    const key = one.name.toLowerCase();
    if (map.has(key)) throw new Error(`«${one.name}» определено дважды`);
    map.set(key, one);
  }
  return map;
}
