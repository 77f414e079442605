import type { Arguments, BinaryOperator, Expression } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { dateOfDigits } from './date-time.ts';

/** Из слабых в сильные: Или, И, Не, сравнение, сложение, умножение, знак. */
export function parseExpression(cursor: Cursor): Expression {
  let left = parseAnd(cursor);
  while (cursor.isKeyword('or')) {
    const { at } = cursor.next();
    left = { kind: 'binary', operator: 'or', left, right: parseAnd(cursor), at };
  }
  return left;
}

function parseAnd(cursor: Cursor): Expression {
  let left = parseNot(cursor);
  while (cursor.isKeyword('and')) {
    const { at } = cursor.next();
    left = { kind: 'binary', operator: 'and', left, right: parseNot(cursor), at };
  }
  return left;
}

function parseNot(cursor: Cursor): Expression {
  if (!cursor.isKeyword('not')) return parseSigns(cursor, 0);
  const { at } = cursor.next();
  return { kind: 'unary', operator: 'not', operand: parseNot(cursor), at };
}

const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['=', '<>', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

function parseSigns(cursor: Cursor, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(cursor);
  let left = parseSigns(cursor, level + 1);
  for (;;) {
    const operator = operators.find((one) => cursor.isSign(one));
    if (operator === undefined) return left;
    const { at } = cursor.next();
    left = { kind: 'binary', operator, left, right: parseSigns(cursor, level + 1), at };
  }
}

function parseUnary(cursor: Cursor): Expression {
  const { at } = cursor.peek();
  for (const operator of ['-', '+'] as const)
    if (cursor.skipSign(operator)) return { kind: 'unary', operator, operand: parseUnary(cursor), at };
  // «А = Не Б»: the platform takes it.
  if (cursor.isKeyword('not')) return parseNot(cursor);
  return parsePostfix(cursor);
}

/** What may be followed by members, calls and indexes, with all of them. */
export function parsePostfix(cursor: Cursor): Expression {
  let found = parsePrimary(cursor);
  for (;;) {
    const { at } = cursor.peek();
    if (cursor.skipSign('.')) {
      const name = cursor.next();
      if (name.kind !== 'word') return cursor.fail('После точки ожидается имя', name);
      found = cursor.isSign('(')
        ? { kind: 'method', object: found, name: name.text, args: parseArguments(cursor), at: name.at }
        : { kind: 'member', object: found, name: name.text, at: name.at };
    } else if (cursor.skipSign('[')) {
      const index = parseExpression(cursor);
      cursor.expectSign(']');
      found = { kind: 'index', object: found, index, at };
    } else return found;
  }
}

function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.peek();
  const { at, text, kind } = token;
  if (kind === 'number' || kind === 'string') {
    cursor.next();
    if (kind === 'string' && cursor.peek().kind === 'string') cursor.fail('Две строки подряд не поддержаны');
    return { kind, text, at };
  }
  if (kind === 'date') {
    cursor.next();
    if (!dateOfDigits(text)) cursor.fail(`Не дата: '${text}'`, token);
    return { kind, text, at };
  }
  if (cursor.skipSign('(')) {
    const inner = parseExpression(cursor);
    cursor.expectSign(')');
    return inner;
  }
  if (cursor.skipSign('?')) return parseConditional(cursor, at);
  for (const value of ['true', 'false', 'undefined', 'null'] as const)
    if (cursor.skipKeyword(value)) return { kind: 'constant', value, at };
  if (cursor.skipKeyword('new')) return parseNew(cursor, at);
  if (kind === 'word' && /^(ждать|await)$/i.test(text) && cursor.peek(1).kind === 'word')
    cursor.fail('Ждать не поддержано');
  const { text: name } = cursor.expectName();
  if (cursor.isSign('(')) return { kind: 'call', name, args: parseArguments(cursor), at };
  return { kind: 'name', name, at };
}

function parseConditional(cursor: Cursor, at: Expression['at']): Expression {
  cursor.expectSign('(');
  const condition = parseExpression(cursor);
  cursor.expectSign(',');
  const yes = parseExpression(cursor);
  cursor.expectSign(',');
  const no = parseExpression(cursor);
  cursor.expectSign(')');
  return { kind: 'conditional', condition, yes, no, at };
}

function parseNew(cursor: Cursor, at: Expression['at']): Expression {
  if (cursor.isSign('(')) return { kind: 'new-by-name', args: parseArguments(cursor), at };
  const { text } = cursor.expectName();
  return { kind: 'new', type: text, args: cursor.isSign('(') ? parseArguments(cursor) : [], at };
}

function parseArguments(cursor: Cursor): Arguments {
  cursor.expectSign('(');
  const args: Arguments = [];
  if (cursor.skipSign(')')) return args;
  for (;;) {
    const empty = cursor.isSign(',') || cursor.isSign(')');
    args.push(empty ? undefined : parseExpression(cursor));
    if (cursor.skipSign(')')) return args;
    cursor.expectSign(',');
  }
}
