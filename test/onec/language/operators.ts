import type { BinaryOperator } from './ast.ts';
import { addSeconds, DateTime } from './date-time.ts';
import {
  add,
  compare,
  Decimal,
  divide,
  integer,
  multiply,
  negate,
  parseDecimal,
  remainder,
  subtract,
  toInteger,
  ZERO,
} from './decimal.ts';
import { BslException, Unsupported } from './errors.ts';
import { textOf } from './presentation.ts';
import type { Session } from './session.ts';
import { keyOf } from './type-of.ts';
import type { Value } from './values.ts';

/** Everything but И and Или, which do not always look at their right side. */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value, session: Session): Value {
  switch (operator) {
    case '=':
      return isEqual(left, right);
    case '<>':
      return !isEqual(left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordered(operator, left, right);
    case '+':
      return plus(left, right, session);
    case '-':
      return minus(left, right);
    default:
      return arithmetic(operator, left, right);
  }
}

/** Values of different types are not equal, save that Истина is 1 and Ложь 0. */
export function isEqual(left: Value, right: Value): boolean {
  if (typeof left === 'boolean' && right instanceof Decimal) return compare(toNumber(left), right) === 0;
  if (left instanceof Decimal && typeof right === 'boolean') return compare(left, toNumber(right)) === 0;
  if (left === right) return true;
  if (typeof left === 'string' || typeof right === 'string') return false;
  return keyOf(left) === keyOf(right);
}

function ordered(operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): boolean {
  const order = orderOf(left, right);
  switch (operator) {
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '>=':
      return order >= 0;
  }
}

function orderOf(left: Value, right: Value): number {
  if (left instanceof Decimal && right instanceof Decimal) return compare(left, right);
  if (left instanceof DateTime && right instanceof DateTime) return left.seconds - right.seconds;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (typeof left === 'string' && typeof right === 'string')
    throw new Unsupported('порядок строк: он зависит от настроек базы');
  throw new BslException(
    'Операции сравнения на больше-меньше допустимы только для значений совпадающих примитивных типов (Булево, Число, Строка, Дата)',
  );
}

/** What stands left decides: a text is joined to, a date is moved by seconds, all else is made a number. */
function plus(left: Value, right: Value, session: Session): Value {
  if (typeof left === 'string') return left + textOf(right, session);
  if (left instanceof DateTime) return addSeconds(left, toInteger(toNumber(right)));
  return add(toNumber(left), toNumber(right));
}

function minus(left: Value, right: Value): Value {
  if (left instanceof DateTime && right instanceof DateTime) return integer(left.seconds - right.seconds);
  if (left instanceof DateTime) return addSeconds(left, -toInteger(toNumber(right)));
  return subtract(toNumber(left), toNumber(right));
}

function arithmetic(operator: BinaryOperator, left: Value, right: Value): Value {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (operator === '*') return multiply(a, b);
  if (operator === '/') return divide(a, b);
  if (operator === '%') return remainder(a, b);
  throw new Error(`unknown operator ${operator}`);
}

export function applyMinus(value: Value): Value {
  return negate(toNumber(value));
}

/** Число(): a text may have blanks around it, groups of digits, a point or a comma. */
export function toNumber(value: Value): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === 'boolean') return value ? integer(1) : ZERO;
  const found = typeof value === 'string' ? numberOfText(value) : undefined;
  if (!found) throw new BslException('Преобразование значения к типу Число не может быть выполнено');
  return found;
}

function numberOfText(text: string): Decimal | undefined {
  const trimmed = text.trim();
  const grouped = /^[-+]?\d{1,3}(\u00a0\d{3})+([.,]\d+)?$/.test(trimmed);
  if (!grouped && /^[-+]?\d[\d \u00a0]*([.,]\d+)?$/.test(trimmed) && /[ \u00a0]/.test(trimmed))
    throw new Unsupported(`пробелы внутри числа «${text}»`);
  return parseDecimal((grouped ? trimmed.replace(/\u00a0/g, '') : trimmed).replace(',', '.'));
}

const WORDS: Readonly<Record<string, boolean>> = {
  истина: true,
  да: true,
  true: true,
  ложь: false,
  нет: false,
  false: false,
};

/** Conditions and operands of И, Или, Не: a number is true unless it is zero; of texts only a few words are taken. */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value instanceof Decimal) return value.units !== 0n;
  const word = typeof value === 'string' ? WORDS[value.trim().toLowerCase()] : undefined;
  if (word === undefined)
    throw new BslException('Преобразование значения к типу Булево не может быть выполнено');
  return word;
}
