import type { Args } from '../language/args.ts';
import { Unsupported } from '../language/errors.ts';
import { nameKey } from '../language/names.ts';
import { type BslObject, defineType, signature, splitHead } from '../language/object-type.ts';
import type {
  Availability,
  Constructor,
  GlobalFunction,
  GlobalValue,
  Library,
  Session,
} from '../language/session.ts';
import type { Value } from '../language/values.ts';

type Run = (args: Args, session: Session) => Value | undefined;

/** @param head `Лев(Строка, ЧислоСимволов)`; see `signature` */
export function fn(head: string, run: Run, side: Availability = 'both'): GlobalFunction {
  const { name, parameters } = splitHead(head);
  return { name, side, signature: signature(parameters), run };
}

export function newable(
  head: string,
  run: (args: Args, session: Session) => Value,
  side: Availability = 'both',
): Constructor {
  const { name, parameters } = splitHead(head);
  return { name, side, signature: signature(parameters), run };
}

export function globalValue(
  name: string,
  get: (session: Session) => Value,
  side: Availability = 'both',
): GlobalValue {
  return { name, side, get };
}

export function mergeLibraries(libraries: readonly Library[]): Required<Library> {
  return {
    functions: libraries.flatMap(({ functions = [] }) => functions),
    values: libraries.flatMap(({ values = [] }) => values),
    constructors: libraries.flatMap(({ constructors = [] }) => constructors),
    types: libraries.flatMap(({ types = [] }) => types),
  };
}

/** Changes an object and gives nothing: the body of a procedure or a setter. */
export function update<T extends object>(target: T, change: Partial<T>): undefined {
  Object.assign(target, change);
}

/** A member of a system enumeration: `ТипУзлаXML.НачалоЭлемента`. */
export interface EnumMember extends BslObject {
  readonly name: string;
}

interface EnumObject extends BslObject {
  readonly members: ReadonlyMap<string, EnumMember>;
}

/** A system enumeration as a global value, and its members by name for our own code. */
export interface SystemEnum<Name extends string> {
  value: GlobalValue;
  members: Readonly<Record<Name, EnumMember>>;
  /** The name of the member; undefined where the value is none. */
  nameOf(value: Value | undefined): Name | undefined;
}

/** @param texts what Строка() gives for members, where that is known */
export function systemEnum<Name extends string>(
  name: string,
  names: readonly Name[],
  texts: Partial<Record<Name, string>> = {},
  side: Availability = 'both',
): SystemEnum<Name> {
  const memberType = defineType<EnumMember>(name, {
    key: (self) => self.name,
    filled: () => true,
    transfer: 'same',
    closed: true,
    text: (self) => texts[self.name as Name] ?? unknownText(name, self.name),
  });
  const members = new Map<string, EnumMember>(
    names.map((one) => [one.toLowerCase(), { type: memberType, name: one }]),
  );
  const type = defineType<EnumObject>(`Перечисление${name}`, {
    dynamic: { get: (self, key) => self.members.get(nameKey(key)) },
    transfer: 'same',
  });
  const value: EnumObject = { type, members };
  return {
    value: globalValue(name, () => value, side),
    members: Object.fromEntries(names.map((one) => [one, members.get(one.toLowerCase())!])) as Record<
      Name,
      EnumMember
    >,
    nameOf: (given) =>
      given !== undefined && typeof given === 'object' && 'type' in given && given.type === memberType
        ? ((given as EnumMember).name as Name)
        : undefined,
  };
}

function unknownText(type: string, member: string): never {
  throw new Unsupported(`представление ${type}.${member}`);
}
