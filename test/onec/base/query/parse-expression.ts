import { parseDecimal } from '../../language/decimal.ts';
import { Unsupported } from '../../language/errors.ts';
import type { Aggregate, PeriodUnit, QueryExpression, QueryFunction, QueryOperator } from './ast.ts';
import { parseQuery, type QueryCursor } from './parse.ts';

const FUNCTIONS: readonly string[] = [
  'ГОД',
  'МЕСЯЦ',
  'ДЕНЬ',
  'ЕСТЬNULL',
  'ПОДСТРОКА',
  'ДАТАВРЕМЯ',
] satisfies QueryFunction[];
const AGGREGATES: readonly string[] = ['КОЛИЧЕСТВО', 'СУММА', 'МИНИМУМ', 'МАКСИМУМ'] satisfies Aggregate[];
const UNITS: Readonly<Record<string, PeriodUnit>> = {
  ДЕНЬ: 'day',
  МЕСЯЦ: 'month',
  КВАРТАЛ: 'quarter',
  ГОД: 'year',
};

export function parseExpression(cursor: QueryCursor): QueryExpression {
  let left = parseAnd(cursor);
  while (cursor.skip('ИЛИ')) left = { kind: 'binary', operator: 'or', left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: QueryCursor): QueryExpression {
  let left = parseNot(cursor);
  while (cursor.skip('И')) left = { kind: 'binary', operator: 'and', left, right: parseNot(cursor) };
  return left;
}

function parseNot(cursor: QueryCursor): QueryExpression {
  if (cursor.skip('НЕ')) return { kind: 'not', operand: parseNot(cursor) };
  return parsePredicate(cursor);
}

/** A comparison, В, МЕЖДУ, ПОДОБНО, ЕСТЬ NULL, ССЫЛКА. */
function parsePredicate(cursor: QueryCursor): QueryExpression {
  const operand = parseSum(cursor);
  for (const operator of ['=', '<>', '<=', '>=', '<', '>'] as const)
    if (cursor.skipSign(operator))
      return { kind: 'binary', operator, left: operand, right: parseSum(cursor) };
  const negated = cursor.skip('НЕ');
  if (cursor.skip('В')) return parseIn(cursor, operand, negated);
  if (cursor.skip('МЕЖДУ')) {
    const low = parseSum(cursor);
    cursor.expect('И');
    return { kind: 'between', operand, low, high: parseSum(cursor), negated };
  }
  if (cursor.skip('ПОДОБНО')) {
    const pattern = parseSum(cursor);
    if (cursor.isWord('СПЕЦСИМВОЛ')) throw new Unsupported('запрос: СПЕЦСИМВОЛ');
    return { kind: 'like', operand, pattern, negated };
  }
  if (cursor.skip('ЕСТЬ')) {
    const not = cursor.skip('НЕ');
    cursor.expect('NULL');
    return { kind: 'is-null', operand, negated: not };
  }
  if (cursor.isWord('ССЫЛКА') && operand.kind === 'path') {
    cursor.next();
    return { kind: 'is-type', operand, type: parsePath(cursor).join('.') };
  }
  return negated ? cursor.fail('Ожидается "В", "МЕЖДУ" или "ПОДОБНО"') : operand;
}

function parseIn(cursor: QueryCursor, operand: QueryExpression, negated: boolean): QueryExpression {
  if (cursor.isWord('ИЕРАРХИИ', 'ИЕРАРХИЯ')) throw new Unsupported('запрос: В ИЕРАРХИИ');
  cursor.expectSign('(');
  if (cursor.isWord('ВЫБРАТЬ')) {
    const query = parseQuery(cursor);
    cursor.expectSign(')');
    return { kind: 'in-query', operand, negated, query };
  }
  const list = parseArguments(cursor);
  return { kind: 'in', operand, negated, list };
}

function parseArguments(cursor: QueryCursor): QueryExpression[] {
  const args: QueryExpression[] = [];
  do args.push(parseExpression(cursor));
  while (cursor.skipSign(','));
  cursor.expectSign(')');
  return args;
}

function parseSum(cursor: QueryCursor): QueryExpression {
  return parseSigns(cursor, ['+', '-'], () => parseSigns(cursor, ['*', '/'], () => parseUnary(cursor)));
}

function parseSigns(
  cursor: QueryCursor,
  operators: readonly QueryOperator[],
  inner: () => QueryExpression,
): QueryExpression {
  let left = inner();
  for (;;) {
    const operator = operators.find((one) => cursor.isSign(one));
    if (operator === undefined) return left;
    cursor.next();
    left = { kind: 'binary', operator, left, right: inner() };
  }
}

function parseUnary(cursor: QueryCursor): QueryExpression {
  if (cursor.skipSign('-')) return { kind: 'minus', operand: parseUnary(cursor) };
  const token = cursor.peek();
  if (cursor.skipSign('(')) {
    const inner = parseExpression(cursor);
    if (cursor.isSign(',')) throw new Unsupported('запрос: кортеж');
    cursor.expectSign(')');
    return inner;
  }
  if (token.kind === 'string') return { kind: 'text', value: cursor.next().text };
  if (token.kind === 'number') return { kind: 'number', value: parseDecimal(cursor.next().text)! };
  if (token.kind === 'annotation') return { kind: 'parameter', name: cursor.next().text };
  const constants = { ИСТИНА: 'true', ЛОЖЬ: 'false', НЕОПРЕДЕЛЕНО: 'undefined', NULL: 'null' } as const;
  for (const [word, value] of Object.entries(constants))
    if (cursor.skip(word)) return { kind: 'constant', value };
  if (cursor.isWord('ВЫБОР')) return parseCase(cursor);
  return cursor.peek(1).text === '(' && cursor.peek(1).kind === 'sign'
    ? parseCall(cursor)
    : parseName(cursor);
}

function parseName(cursor: QueryCursor): QueryExpression {
  const { line } = cursor.peek().at;
  return { kind: 'path', path: parsePath(cursor), line };
}

function parsePath(cursor: QueryCursor): string[] {
  const path = [cursor.name()];
  while (cursor.skipSign('.')) path.push(cursor.next().text);
  return path;
}

function parseCase(cursor: QueryCursor): QueryExpression {
  cursor.next();
  if (!cursor.isWord('КОГДА')) throw new Unsupported('запрос: ВЫБОР с выражением');
  const branches: { when: QueryExpression; result: QueryExpression }[] = [];
  while (cursor.skip('КОГДА')) {
    const when = parseExpression(cursor);
    cursor.expect('ТОГДА');
    branches.push({ when, result: parseExpression(cursor) });
  }
  const otherwise = cursor.skip('ИНАЧЕ') ? parseExpression(cursor) : undefined;
  cursor.expect('КОНЕЦ');
  return { kind: 'case', branches, otherwise };
}

function parseCall(cursor: QueryCursor): QueryExpression {
  const { text, at } = cursor.next();
  const name = text.toUpperCase();
  cursor.expectSign('(');
  if (name === 'ЗНАЧЕНИЕ') {
    const path = parsePath(cursor);
    cursor.expectSign(')');
    return { kind: 'value', path, line: at.line };
  }
  if (name === 'НАЧАЛОПЕРИОДА' || name === 'КОНЕЦПЕРИОДА') {
    const date = parseExpression(cursor);
    cursor.expectSign(',');
    const unit = UNITS[cursor.next().text.toUpperCase()];
    if (!unit) throw new Unsupported('запрос: период');
    cursor.expectSign(')');
    return { kind: 'period', start: name === 'НАЧАЛОПЕРИОДА', date, unit };
  }
  if (AGGREGATES.includes(name)) {
    const distinct = cursor.skip('РАЗЛИЧНЫЕ');
    const argument = cursor.skipSign('*') ? undefined : parseExpression(cursor);
    cursor.expectSign(')');
    return { kind: 'aggregate', name: name as Aggregate, distinct, argument };
  }
  if (!FUNCTIONS.includes(name)) throw new Unsupported(`запрос: функция ${text}`);
  return { kind: 'call', name: name as QueryFunction, args: parseArguments(cursor) };
}
