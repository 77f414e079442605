import { integer } from '../language/decimal.ts';
import { type BslObject, defineType, type Methods, type ObjectType } from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { keyOf } from '../language/type-of.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable } from './define.ts';
import { keyValue } from './key-value.ts';

export interface MapValue extends BslObject {
  readonly entries: Map<string, { key: Value; value: Value }>;
}

const readingMethods: Methods<MapValue> = {
  'Количество()': (self) => integer(self.entries.size),
  'Получить(Ключ)': (self, args) => getEntry(self, args.value(0)),
};

const common = {
  // 1C does not promise an order; the last goes first here, so that nobody comes to lean on one.
  iterate: (self: MapValue) =>
    [...self.entries.values()].reverse().map(({ key, value }) => keyValue(key, value)),
  filled: (self: MapValue) => self.entries.size > 0,
};

export const mapType: ObjectType<MapValue> = defineType<MapValue>('Соответствие', {
  ...common,
  methods: {
    ...readingMethods,
    'Вставить(Ключ, Значение?)': (self, args) => void putEntry(self, args.value(0), args.value(1)),
    'Удалить(Ключ)': (self, args) => {
      self.entries.delete(keyOf(args.value(0)));
      return undefined;
    },
    'Очистить()': (self) => void self.entries.clear(),
  },
  index: { get: getEntry, set: putEntry },
  transfer: (self, copy) => copyOf(self, mapType, copy),
});

export const fixedMapType: ObjectType<MapValue> = defineType<MapValue>('ФиксированноеСоответствие', {
  ...common,
  methods: readingMethods,
  index: { get: getEntry },
  transfer: (self, copy) => copyOf(self, fixedMapType, copy),
});

/** Неопределено where there is no such key. */
export function getEntry({ entries }: MapValue, key: Value): Value {
  return entries.get(keyOf(key))?.value ?? UNDEFINED;
}

export function putEntry({ entries }: MapValue, key: Value, value: Value): void {
  entries.set(keyOf(key), { key, value });
}

export function newMap(): MapValue {
  return { type: mapType, entries: new Map() };
}

function copyOf(self: MapValue, type: MapValue['type'], copy: (value: Value) => Value): MapValue {
  const map: MapValue = { type, entries: new Map() };
  for (const { key, value } of self.entries.values()) putEntry(map, copy(key), copy(value));
  return map;
}

export const maps: Library = {
  constructors: [
    newable('Соответствие(Фиксированное?)', (args) =>
      args.has(0) ? copyOf(args.object(0, fixedMapType), mapType, (value) => value) : newMap(),
    ),
    newable('ФиксированноеСоответствие(Соответствие)', (args) =>
      copyOf(args.object(0, mapType), fixedMapType, (value) => value),
    ),
  ],
};
