import { Unsupported } from '../language/errors.ts';
import { type BslObject, defineType, type ObjectType } from '../language/object-type.ts';
import type { Value } from '../language/values.ts';
import type { Base } from './base.ts';
import type { EnumerationMeta } from './metadata/types.ts';

/** ПеречислениеСсылка.X; an empty name is the empty reference. */
export interface EnumValue extends BslObject {
  readonly enumeration: string;
  readonly name: string;
}

/** The values of one enumeration, and the object that a module reaches them through. */
export interface Enumeration {
  readonly name: string;
  readonly typeName: string;
  readonly empty: EnumValue;
  find(name: string): EnumValue | undefined;
  readonly manager: Value;
}

export function createEnumeration({ name, values }: EnumerationMeta): Enumeration {
  const typeName = `ПеречислениеСсылка.${name}`;
  const type: ObjectType<EnumValue> = defineType<EnumValue>(typeName, {
    methods: { 'Пустая()': (self) => self.name === '' },
    key: (self) => self.name,
    filled: (self) => self.name !== '',
    // Synonyms differ between versions of the configuration.
    text: (self) => {
      throw new Unsupported(`представление значения перечисления ${name}.${self.name}`);
    },
    transfer: 'same',
    closed: true,
  });
  const make = (value: string): EnumValue => ({ type, enumeration: name, name: value });
  const members = new Map(values.map((value) => [value.toLowerCase(), make(value)]));
  const empty = make('');
  const managerType = defineType<BslObject>(`ПеречислениеМенеджер.${name}`, {
    methods: { 'ПустаяСсылка()': () => empty },
    dynamic: { get: (_, key) => members.get(key.toLowerCase()) },
    iterate: () => [...members.values()],
    closed: true,
  });
  return {
    name,
    typeName,
    empty,
    find: (value) => members.get(value.toLowerCase()),
    manager: { type: managerType },
  };
}

/** The global object Перечисления. */
export function createEnumerationManagers(base: Pick<Base, 'enumerationManager'>): Value {
  const type = defineType<BslObject>('ПеречисленияМенеджер', {
    dynamic: { get: (_, name) => base.enumerationManager(name) },
    closed: true,
  });
  return { type };
}
