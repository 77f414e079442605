import { DateTime } from './date-time.ts';
import { Decimal } from './decimal.ts';
import { isObject } from './object-type.ts';
import { NullValue, TypeValue, UndefinedValue, type Value } from './values.ts';

export const PRIMITIVE_TYPES = ['Неопределено', 'Null', 'Булево', 'Число', 'Строка', 'Дата', 'Тип'] as const;

/** ТипЗнч(). */
export function typeName(value: Value): string {
  if (typeof value === 'string') return 'Строка';
  if (typeof value === 'boolean') return 'Булево';
  if (value instanceof Decimal) return 'Число';
  if (value instanceof DateTime) return 'Дата';
  if (value instanceof UndefinedValue) return 'Неопределено';
  if (value instanceof NullValue) return 'Null';
  if (value instanceof TypeValue) return 'Тип';
  return value.type.name;
}

let objects = 0;
const numbers = new WeakMap<object, number>();

/**
 * A text that is the same for equal values of one type, and only for them: keys of Соответствие, equality, Найти().
 * Collections are equal only to themselves.
 */
export function keyOf(value: Value): string {
  if (typeof value === 'string') return `s:${value}`;
  if (typeof value === 'boolean') return `b:${value}`;
  if (value instanceof Decimal) return `n:${value}`;
  if (value instanceof DateTime) return `d:${value.seconds}`;
  if (value instanceof UndefinedValue) return 'undefined';
  if (value instanceof NullValue) return 'null';
  if (value instanceof TypeValue) return `t:${value.name.toLowerCase()}`;
  if (isObject(value) && value.type.key) return `o:${value.type.name}:${value.type.key(value)}`;
  const number = numbers.get(value) ?? ++objects;
  numbers.set(value, number);
  return `o:${number}`;
}
