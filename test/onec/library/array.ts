import { Decimal, integer, toInteger } from '../language/decimal.ts';
import { BslException, Unsupported } from '../language/errors.ts';
import {
  type BslObject,
  defineType,
  isObjectOf,
  type Methods,
  type ObjectType,
} from '../language/object-type.ts';
import type { Library } from '../language/session.ts';
import { keyOf } from '../language/type-of.ts';
import { UNDEFINED, type Value } from '../language/values.ts';
import { newable } from './define.ts';

export interface ArrayValue extends BslObject {
  readonly items: Value[];
}

const reading = {
  index: { get: (self: ArrayValue, key: Value) => self.items[position(self, key)]! },
  iterate: (self: ArrayValue) => walk(self.items),
  filled: (self: ArrayValue) => self.items.length > 0,
};

const readingMethods: Methods<ArrayValue> = {
  'Количество()': (self) => integer(self.items.length),
  'ВГраница()': (self) => integer(self.items.length - 1),
  'Получить(Индекс)': (self, args) => self.items[position(self, args.value(0))]!,
  'Найти(Значение)': (self, args) => {
    const key = keyOf(args.value(0));
    const found = self.items.findIndex((item) => keyOf(item) === key);
    return found < 0 ? UNDEFINED : integer(found);
  },
};

export const arrayType: ObjectType<ArrayValue> = defineType<ArrayValue>('Массив', {
  ...reading,
  methods: {
    ...readingMethods,
    'Добавить(Значение?)': (self, args) => void self.items.push(args.value(0)),
    'Вставить(Индекс, Значение?)': (self, args) => {
      const at = args.integer(0);
      if (at < 0 || at > self.items.length) throw outside();
      self.items.splice(at, 0, args.value(1));
      return undefined;
    },
    'Установить(Индекс, Значение)': (self, args) => {
      self.items[position(self, args.value(0))] = args.value(1);
      return undefined;
    },
    'Удалить(Индекс)': (self, args) => void self.items.splice(position(self, args.value(0)), 1),
    'Очистить()': (self) => void self.items.splice(0),
  },
  index: {
    ...reading.index,
    set: (self, key, value) => {
      self.items[position(self, key)] = value;
    },
  },
  transfer: (self, copy) => newArray(self.items.map(copy)),
});

export const fixedArrayType: ObjectType<ArrayValue> = defineType<ArrayValue>('ФиксированныйМассив', {
  ...reading,
  methods: readingMethods,
  transfer: (self, copy) => ({ type: self.type, items: self.items.map(copy) }),
});

export function newArray(items: readonly Value[] = []): ArrayValue {
  return { type: arrayType, items: [...items] };
}

export function newFixedArray(items: readonly Value[]): ArrayValue {
  return { type: fixedArrayType, items: [...items] };
}

/** The items of an array, fixed or not. */
export function itemsOf(value: Value): Value[] {
  if (isObjectOf(value, arrayType) || isObjectOf(value, fixedArrayType)) return value.items;
  throw new Unsupported('нужен массив');
}

function position({ items }: ArrayValue, key: Value): number {
  if (!(key instanceof Decimal)) throw new Unsupported('индекс массива — не число');
  const at = toInteger(key);
  if (at < 0 || at >= items.length) throw outside();
  return at;
}

function outside(): BslException {
  return new BslException('Индекс находится за границами массива');
}

/** A loop sees what is added while it runs. */
export function* walk<T>(items: readonly T[]): Generator<T> {
  for (let at = 0; at < items.length; at++) yield items[at]!;
}

export const arrays: Library = {
  constructors: [
    newable('Массив(Размер?, Второй?)', (args) => {
      if (args.has(1)) throw new Unsupported('многомерный массив');
      const size = args.optional(0);
      if (size === undefined) return newArray();
      if (size instanceof Decimal) return newArray(Array.from({ length: toInteger(size) }, () => UNDEFINED));
      return newArray(itemsOf(size));
    }),
    newable('ФиксированныйМассив(Массив)', (args) => newFixedArray(args.object(0, arrayType).items)),
  ],
};
