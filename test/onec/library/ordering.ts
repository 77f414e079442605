import { DateTime } from '../language/date-time.ts';
import { compare, Decimal } from '../language/decimal.ts';
import { isObject } from '../language/object-type.ts';
import { textOf } from '../language/presentation.ts';
import type { Session } from '../language/session.ts';
import { NullValue, UndefinedValue, type Value } from '../language/values.ts';

/**
 * As measured on the platform: «10» before «2», Latin before Cyrillic, «ёлка» between «Апельсин» and «Ель», small
 * letters first. (The Russian collation of ICU puts Cyrillic first.)
 */
const collator = new Intl.Collator('en');

/** Values of several types stand in this order: Неопределено, Булево, Число, Строка, Дата. */
function rank(value: Value): number {
  if (value instanceof UndefinedValue || value instanceof NullValue) return 0;
  if (typeof value === 'boolean') return 1;
  if (value instanceof Decimal) return 2;
  if (typeof value === 'string') return 3;
  if (value instanceof DateTime) return 4;
  return 5;
}

/** How a sorted collection stands: objects (references, enumerations) by what they look like. */
export function sortOrder(left: Value, right: Value, session: Session): number {
  const ranks = rank(left) - rank(right);
  if (ranks !== 0) return ranks;
  if (left instanceof Decimal && right instanceof Decimal) return compare(left, right);
  if (left instanceof DateTime && right instanceof DateTime) return left.seconds - right.seconds;
  if (typeof left === 'boolean') return Number(left) - Number(right);
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
  if (isObject(left) && isObject(right))
    return collator.compare(textOf(left, session), textOf(right, session));
  return 0;
}
