import type { Value } from '../language/values.ts';
import type { FullName } from './metadata/types.ts';

/** Fields by their name in lower case. */
export type Fields = ReadonlyMap<string, Value>;

/** An object as it lies in the base. It is never changed: a write puts another in its place. */
export interface StoredObject {
  readonly uuid: string;
  readonly fields: Fields;
  /** Rows of table parts, by the name of the part in lower case. */
  readonly parts: ReadonlyMap<string, readonly Fields[]>;
}

export interface Store {
  find(name: FullName, uuid: string): StoredObject | undefined;
  /** In the order in which they were first written. */
  all(name: FullName): StoredObject[];
  put(name: FullName, object: StoredObject): void;
  remove(name: FullName, uuid: string): void;
  readonly constants: Map<string, Value>;
  /** Rows of an information register. */
  rows(register: string): Fields[];
  setRows(register: string, rows: readonly Fields[]): void;
  /** @returns what puts everything back as it is now */
  snapshot(): () => void;
}

export function createStore(): Store {
  let tables = new Map<FullName, Map<string, StoredObject>>();
  let registers = new Map<string, readonly Fields[]>();
  const constants = new Map<string, Value>();
  const table = (name: FullName): Map<string, StoredObject> => {
    const found = tables.get(name) ?? new Map<string, StoredObject>();
    tables.set(name, found);
    return found;
  };
  return {
    find: (name, uuid) => table(name).get(uuid),
    all: (name) => [...table(name).values()],
    put: (name, object) => void table(name).set(object.uuid, object),
    remove: (name, uuid) => void table(name).delete(uuid),
    constants,
    rows: (register) => [...(registers.get(register) ?? [])],
    setRows: (register, rows) => void registers.set(register, rows),
    snapshot() {
      const kept = new Map([...tables].map(([name, objects]) => [name, new Map(objects)]));
      const keptRegisters = new Map(registers);
      const keptConstants = new Map(constants);
      return () => {
        tables = kept;
        registers = keptRegisters;
        constants.clear();
        for (const [name, value] of keptConstants) constants.set(name, value);
      };
    },
  };
}
