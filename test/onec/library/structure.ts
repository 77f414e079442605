import { integer } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import { isName, nameKey } from '../language/names.ts';
import {
  type BslObject,
  defineType,
  isObjectOf,
  type Methods,
  type ObjectType,
} from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable } from './define.ts';
import { keyValue } from './key-value.ts';

/** Keys are names: their case does not matter, it is kept as first given. */
export interface StructureValue extends BslObject {
  /** By name in lower case. */
  readonly fields: Map<string, { name: string; value: Value }>;
}

const readingMethods: Methods<StructureValue> = {
  'Количество()': (self) => integer(self.fields.size),
  'Свойство(Ключ, Значение?)': (self, args) => {
    const found = self.fields.get(nameKey(args.text(0)));
    if (args.has(1)) args.assign(1, found?.value ?? UNDEFINED);
    return found !== undefined;
  },
};

const common = {
  iterate: (self: StructureValue) =>
    [...self.fields.values()].map(({ name, value }) => keyValue(name, value)),
  filled: (self: StructureValue) => self.fields.size > 0,
  closed: true as const,
};

export const structureType: ObjectType<StructureValue> = defineType<StructureValue>('Структура', {
  ...common,
  methods: {
    ...readingMethods,
    'Вставить(Ключ, Значение?)': (self, args) => void putField(self, args.text(0), args.value(1)),
    'Удалить(Ключ)': (self, args) => {
      self.fields.delete(nameKey(args.text(0)));
      return undefined;
    },
    'Очистить()': (self) => void self.fields.clear(),
  },
  dynamic: {
    get: getField,
    set: (self, name, value) => {
      const field = self.fields.get(nameKey(name));
      if (field) field.value = value;
      return field !== undefined;
    },
    names: namesOf,
  },
  transfer: (self, copy) => copyOf(self, structureType, copy),
});

export const fixedStructureType: ObjectType<StructureValue> = defineType<StructureValue>(
  'ФиксированнаяСтруктура',
  {
    ...common,
    methods: readingMethods,
    dynamic: { get: getField, names: namesOf },
    transfer: (self, copy) => copyOf(self, fixedStructureType, copy),
  },
);

function getField(self: StructureValue, name: string): Value | undefined {
  return self.fields.get(nameKey(name))?.value;
}

function namesOf(self: StructureValue): string[] {
  return [...self.fields.values()].map(({ name }) => name);
}

function copyOf(
  self: StructureValue,
  type: StructureValue['type'],
  copy: (value: Value) => Value,
): StructureValue {
  const entries = [...self.fields].map(
    ([key, { name, value }]) => [key, { name, value: copy(value) }] as const,
  );
  return { type, fields: new Map(entries) };
}

export function newStructure(values: Readonly<Record<string, Value>> = {}): StructureValue {
  const structure: StructureValue = { type: structureType, fields: new Map() };
  for (const [name, value] of Object.entries(values)) putField(structure, name, value);
  return structure;
}

export function putField({ fields }: StructureValue, name: string, value: Value): void {
  if (!isName(name)) throw new BslException(`Задано неправильное имя атрибута структуры '${name}'`);
  const key = nameKey(name);
  fields.set(key, { name: fields.get(key)?.name ?? name, value });
}

/** `«Имя, Возраст», "Иван", 30` */
function fromNames(names: string, values: readonly (Value | undefined)[]): StructureValue {
  const structure = newStructure();
  const list = names.trim() === '' ? [] : names.split(',');
  if (values.length > list.length) throw new Unsupported('Структура: значений больше, чем имён');
  for (const [index, name] of list.entries()) putField(structure, name.trim(), values[index] ?? UNDEFINED);
  return structure;
}

export const structures: Library = {
  constructors: [
    newable('Структура(Ключи?, Значение?…)', (args) => {
      const first = args.optional(0);
      if (first === undefined) return newStructure();
      if (isObjectOf(first, fixedStructureType)) return copyOf(first, structureType, (value) => value);
      return fromNames(
        args.text(0),
        args.list.slice(1).map((cell) => cell?.value),
      );
    }),
    newable('ФиксированнаяСтруктура(Ключи, Значение?…)', (args) => {
      const first = args.value(0);
      const structure = isObjectOf(first, structureType)
        ? first
        : fromNames(
            args.text(0),
            args.list.slice(1).map((cell) => cell?.value),
          );
      return copyOf(structure, fixedStructureType, (value) => value);
    }),
  ],
};
