import { DateTime, dateOf, partsOf as datePartsOf, endOf, startOf } from '../../language/date-time.ts';
import {
  add,
  compare,
  Decimal,
  divide,
  integer,
  multiply,
  negate,
  subtract,
  toInteger,
} from '../../language/decimal.ts';
import { BslException, Unsupported } from '../../language/errors.ts';
import { isObject, isObjectOf } from '../../language/object-type.ts';
import { keyOf, typeName } from '../../language/type-of.ts';
import { NULL, NullValue, UNDEFINED, type Value } from '../../language/values.ts';
import { arrayType, fixedArrayType } from '../../library/array.ts';
import { valueListType } from '../../library/value-list.ts';
import type { Base } from '../base.ts';
import { type Reference, readField } from '../reference.ts';
import type { Fields } from '../store.ts';
import type { Query, QueryExpression, QueryFunction, QueryOperator } from './ast.ts';
import { type Scope, sourceOf } from './resolve.ts';
import { enumerationOrEmpty } from './value-literal.ts';

/** A combination of rows of the joined tables: by alias; null where a left join found none. */
export type Row = ReadonlyMap<string, Fields | null>;

export interface Evaluation {
  base: Base;
  scope: Scope;
  parameters: ReadonlyMap<string, Value>;
  /** First column of a nested query. */
  column(query: Query): readonly Value[];
  /** Value of an aggregate over the group that is being computed. */
  aggregate?(expression: QueryExpression & { kind: 'aggregate' }): Value;
}

/** Anything with NULL is NULL, which no condition takes for true. */
export function evaluate(context: Evaluation, expression: QueryExpression, row: Row): Value {
  const value = (inner: QueryExpression): Value => evaluate(context, inner, row);
  switch (expression.kind) {
    case 'text':
    case 'number':
      return expression.value;
    case 'constant':
      return { true: true, false: false, undefined: UNDEFINED, null: NULL }[expression.value];
    case 'parameter':
      return parameter(context, expression.name);
    case 'path':
      return readPath(context, expression.path, row);
    case 'value':
      return enumerationOrEmpty(context.base, expression.path, expression.line);
    case 'not':
      return negation(value(expression.operand));
    case 'minus':
      return arithmetic(value(expression.operand), (number) => negate(number));
    case 'binary':
      return binary(expression.operator, value(expression.left), value(expression.right));
    case 'in':
      return isIn(
        value(expression.operand),
        expression.list.flatMap((one) => listOf(value(one))),
        expression.negated,
      );
    case 'in-query':
      return isIn(value(expression.operand), context.column(expression.query), expression.negated);
    case 'between': {
      const [operand, low, high] = [value(expression.operand), value(expression.low), value(expression.high)];
      const inside = both(binary('>=', operand, low), binary('<=', operand, high));
      return expression.negated ? negation(inside) : inside;
    }
    case 'like':
      return like(value(expression.operand), value(expression.pattern), expression.negated);
    case 'is-null':
      return value(expression.operand) instanceof NullValue !== expression.negated;
    case 'is-type':
      return (
        typeName(value(expression.operand)).replace('Ссылка.', '.').toLowerCase() ===
        expression.type.toLowerCase()
      );
    case 'case': {
      const branch = expression.branches.find(({ when }) => value(when) === true);
      const result = branch?.result ?? expression.otherwise;
      return result ? value(result) : NULL;
    }
    case 'call':
      return call(expression.name, expression.args.map(value));
    case 'period': {
      const date = value(expression.date);
      if (!(date instanceof DateTime)) return NULL;
      return (expression.start ? startOf : endOf)(date, expression.unit);
    }
    case 'aggregate':
      if (!context.aggregate) throw new BslException('Агрегатная функция вне группировки');
      return context.aggregate(expression);
  }
}

function parameter({ parameters }: Evaluation, name: string): Value {
  const value = parameters.get(name.toLowerCase());
  if (value === undefined) throw new BslException(`Не задано значение параметра "${name}"`);
  return value;
}

/** Attributes of an empty reference are NULL. */
function readPath({ base, scope }: Evaluation, path: readonly string[], row: Row): Value {
  const { alias, rest } = sourceOf(scope, path)!;
  const fields = row.get(alias);
  if (!fields) return NULL;
  const [first, ...members] = rest;
  let value: Value = fields.get(first!.toLowerCase()) ?? NULL;
  for (const name of members) {
    if (!isReference(value) || !base.store.find(`${value.meta.kind}.${value.meta.name}`, value.uuid))
      return NULL;
    value = readField(base, value, name) ?? NULL;
  }
  return value;
}

function isReference(value: Value): value is Reference {
  return isObject(value) && 'uuid' in value && 'meta' in value;
}

/** Values of a parameter of В(): an array, a list, or one value. */
function listOf(value: Value): readonly Value[] {
  if (isObjectOf(value, arrayType) || isObjectOf(value, fixedArrayType)) return value.items;
  if (isObjectOf(value, valueListType)) return value.items.map((item) => item.value);
  return [value];
}

/** Texts are compared without regard to case and to spaces at the end. */
export function comparable(value: Value): string {
  return typeof value === 'string' ? `s:${value.trimEnd().toLowerCase()}` : keyOf(value);
}

function isIn(operand: Value, list: readonly Value[], negated: boolean): Value {
  if (operand instanceof NullValue) return NULL;
  const key = comparable(operand);
  return list.some((one) => comparable(one) === key) !== negated;
}

function like(operand: Value, pattern: Value, negated: boolean): Value {
  if (operand instanceof NullValue || pattern instanceof NullValue) return NULL;
  if (typeof operand !== 'string' || typeof pattern !== 'string')
    throw new BslException('ПОДОБНО: нужны строки');
  if (/[[\]^]/.test(pattern)) throw new Unsupported('запрос: шаблон с набором символов');
  const source = pattern
    .replace(/[.*+?${}()|\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'isu').test(operand.trimEnd()) !== negated;
}

function negation(value: Value): Value {
  return value instanceof NullValue ? NULL : !logical(value);
}

function logical(value: Value): boolean {
  if (typeof value !== 'boolean') throw new BslException('Условие запроса — не булево');
  return value;
}

function both(left: Value, right: Value): Value {
  if (left === false || right === false) return false;
  return left instanceof NullValue || right instanceof NullValue ? NULL : logical(left) && logical(right);
}

function either(left: Value, right: Value): Value {
  if (left === true || right === true) return true;
  return left instanceof NullValue || right instanceof NullValue ? NULL : logical(left) || logical(right);
}

function binary(operator: QueryOperator, left: Value, right: Value): Value {
  if (operator === 'and') return both(left, right);
  if (operator === 'or') return either(left, right);
  if (left instanceof NullValue || right instanceof NullValue) return NULL;
  switch (operator) {
    case '=':
      return comparable(left) === comparable(right);
    case '<>':
      return comparable(left) !== comparable(right);
    case '<':
      return order(left, right) < 0;
    case '>':
      return order(left, right) > 0;
    case '<=':
      return order(left, right) <= 0;
    case '>=':
      return order(left, right) >= 0;
    case '+':
      return typeof left === 'string' && typeof right === 'string'
        ? left + right
        : arithmetic(left, (a) => add(a, number(right)));
    case '-':
      return arithmetic(left, (a) => subtract(a, number(right)));
    case '*':
      return arithmetic(left, (a) => multiply(a, number(right)));
    case '/':
      return arithmetic(left, (a) => divide(a, number(right)));
  }
}

function number(value: Value): Decimal {
  if (value instanceof Decimal) return value;
  throw new BslException('Неверные параметры арифметической операции запроса');
}

function arithmetic(value: Value, compute: (number: Decimal) => Decimal): Value {
  return value instanceof NullValue ? NULL : compute(number(value));
}

export function order(left: Value, right: Value): number {
  if (left instanceof Decimal && right instanceof Decimal) return compare(left, right);
  if (left instanceof DateTime && right instanceof DateTime) return left.seconds - right.seconds;
  throw new Unsupported(`запрос: порядок значений ${typeName(left)} и ${typeName(right)}`);
}

function call(name: QueryFunction, args: readonly Value[]): Value {
  const [first = NULL, second, third] = args;
  if (name === 'ЕСТЬNULL') return first instanceof NullValue ? second! : first;
  if (args.some((one) => one instanceof NullValue)) return NULL;
  switch (name) {
    case 'ПОДСТРОКА':
      return String(first).slice(
        toInteger(number(second!)) - 1,
        toInteger(number(second!)) - 1 + toInteger(number(third!)),
      );
    case 'ДАТАВРЕМЯ': {
      const [year, month, day, hour = 0, minute = 0, secondOf = 0] = args.map((one) =>
        toInteger(number(one)),
      );
      const date = dateOf(year!, month!, day!, hour, minute, secondOf);
      if (!date) throw new BslException('ДАТАВРЕМЯ: неверная дата');
      return date;
    }
    default: {
      if (!(first instanceof DateTime)) throw new BslException(`${name}: нужна дата`);
      const { year, month, day } = datePartsOf(first);
      return integer({ ГОД: year, МЕСЯЦ: month, ДЕНЬ: day }[name]);
    }
  }
}
