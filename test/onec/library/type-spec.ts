import { DateTime, EMPTY_DATE, startOf } from '../language/date-time.ts';
import { Decimal, round, ZERO } from '../language/decimal.ts';
import { Unsupported } from '../language/errors.ts';
import { isEqual } from '../language/operators.ts';
import { typeName } from '../language/type-of.ts';
import { NullValue, UNDEFINED, UndefinedValue, type Value } from '../language/values.ts';

/** What a field may hold: a column, an attribute of a document, of a form. */
export interface TypeSpec {
  /** Names of types; none: any value. */
  types: readonly string[];
  /** Characters; 0: any number. `fixed`: padded with spaces. */
  string?: { length: number; fixed?: boolean };
  number?: { digits: number; fraction: number };
  date?: 'date' | 'time' | 'dateTime';
  /** What an unfilled field holds where that is not a value of the language: an empty reference. */
  empty?: Value;
}

export const ANY: TypeSpec = { types: [] };
export const BOOLEAN: TypeSpec = { types: ['Булево'] };
export const DATE_TIME: TypeSpec = { types: ['Дата'], date: 'dateTime' };
export const DATE: TypeSpec = { types: ['Дата'], date: 'date' };

export function text(length = 0, fixed = false): TypeSpec {
  return { types: ['Строка'], string: { length, fixed } };
}

export function number(digits: number, fraction = 0): TypeSpec {
  return { types: ['Число'], number: { digits, fraction } };
}

const EMPTY: Readonly<Record<string, Value>> = { Строка: '', Число: ZERO, Дата: EMPTY_DATE, Булево: false };

export function emptyValue(spec: TypeSpec): Value {
  const [only, ...others] = spec.types;
  if (only === undefined || others.length > 0) return UNDEFINED;
  if (spec.empty !== undefined) return spec.empty;
  const value = EMPTY[only] ?? UNDEFINED;
  return value === '' && spec.string?.fixed ? ' '.repeat(spec.string.length) : value;
}

/**
 * The value as a field of this type keeps it: texts are cut to the length of the field, fixed ones padded, sums rounded,
 * as 1C does on assignment. 1C also turns a value of a foreign type silently into an empty one; here that ends the
 * test, save for Неопределено and NULL.
 * @param cut called when a text lost characters
 */
export function adjust(spec: TypeSpec, value: Value, cut?: (text: string) => void): Value {
  if (spec.types.length === 0) return value;
  const type = typeName(value);
  if (!spec.types.includes(type)) {
    if (value instanceof UndefinedValue || value instanceof NullValue) return emptyValue(spec);
    throw new Unsupported(
      `значение типа «${type}» в поле типа «${spec.types.join(', ')}»: 1С молча очистит поле`,
    );
  }
  if (typeof value === 'string') return adjustText(spec, value, cut);
  if (value instanceof Decimal) return adjustNumber(spec, value);
  if (value instanceof DateTime && spec.date === 'date') return startOf(value, 'day');
  return value;
}

function adjustText({ string }: TypeSpec, value: string, cut?: (text: string) => void): string {
  if (!string || string.length === 0) return value;
  const { length, fixed } = string;
  if (value.length > length && value.slice(length).trim() !== '') cut?.(value);
  return fixed ? value.slice(0, length).padEnd(length) : value.slice(0, length);
}

function adjustNumber({ number: size }: TypeSpec, value: Decimal): Decimal {
  if (!size || size.digits === 0) return value;
  const rounded = round(value, size.fraction);
  const whole = rounded.toString().replace('-', '').split('.')[0]!;
  if (whole !== '0' && whole.length > size.digits - size.fraction)
    throw new Unsupported(`число ${value} не помещается в поле (${size.digits},${size.fraction})`);
  return rounded;
}

/** Whether the field holds what an unfilled one holds. */
export function isEmptyField(spec: TypeSpec, value: Value): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return isEqual(value, emptyValue(spec));
}
