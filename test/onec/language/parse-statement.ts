import type { Branch, Position, Statement } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Keyword } from './keywords.ts';
import { parseExpression, parsePostfix } from './parse-expression.ts';

/** Statements up to one of the keywords, which is left in place (or to the end of the module). */
export function parseBlock(cursor: Cursor, ...ends: Keyword[]): Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.skipSign(';'));
    if (cursor.isKeyword(...ends)) return statements;
    if (cursor.peek().kind === 'end')
      return ends.length === 0 ? statements : cursor.fail('Модуль кончился раньше времени');
    statements.push(parseStatement(cursor));
    if (!cursor.isSign(';') && !cursor.isKeyword(...ends) && cursor.peek().kind !== 'end')
      cursor.fail(`Ожидается «;», а стоит «${cursor.peek().text}»`);
  }
}

const UNSUPPORTED: readonly Keyword[] = ['execute', 'goto', 'addHandler', 'removeHandler'];

function parseStatement(cursor: Cursor): Statement {
  const { at } = cursor.peek();
  if (cursor.skipKeyword('if')) return parseIf(cursor, at);
  if (cursor.skipKeyword('for')) return parseFor(cursor, at);
  if (cursor.skipKeyword('while')) {
    const condition = parseExpression(cursor);
    return { kind: 'while', condition, body: parseLoop(cursor), at };
  }
  if (cursor.skipKeyword('try')) {
    const body = parseBlock(cursor, 'except');
    cursor.expectKeyword('except');
    const handler = parseBlock(cursor, 'endTry');
    cursor.expectKeyword('endTry');
    return { kind: 'try', body, handler, at };
  }
  if (cursor.skipKeyword('return')) return { kind: 'return', value: optional(cursor), at };
  if (cursor.skipKeyword('raise')) {
    // ВызватьИсключение(Текст, Категория, …) of 8.3.21 is not taken: an old БП runs on an older platform.
    return { kind: 'raise', value: optional(cursor), at };
  }
  if (cursor.skipKeyword('break')) return { kind: 'break', at };
  if (cursor.skipKeyword('continue')) return { kind: 'continue', at };
  for (const keyword of UNSUPPORTED)
    if (cursor.isKeyword(keyword)) cursor.fail(`«${cursor.peek().text}» не поддержано`);
  if (cursor.isSign('~')) cursor.fail('Метки не поддержаны');
  return parseSimple(cursor, at);
}

/** The value after Возврат or ВызватьИсключение, if there is one. */
function optional(cursor: Cursor): ReturnType<typeof parseExpression> | undefined {
  const ends = cursor.isSign(';') || cursor.peek().kind === 'end';
  const closes = cursor.isKeyword(
    'endIf',
    'else',
    'elseIf',
    'endDo',
    'except',
    'endTry',
    'endProcedure',
    'endFunction',
  );
  return ends || closes ? undefined : parseExpression(cursor);
}

function parseSimple(cursor: Cursor, at: Position): Statement {
  const target = parsePostfix(cursor);
  if (cursor.skipSign('=')) {
    if (target.kind !== 'name' && target.kind !== 'member' && target.kind !== 'index')
      return cursor.fail('Этому нельзя присвоить значение');
    return { kind: 'assign', target, value: parseExpression(cursor), at };
  }
  if (target.kind !== 'call' && target.kind !== 'method') return cursor.fail('Ожидается оператор');
  return { kind: 'do', call: target, at };
}

function parseIf(cursor: Cursor, at: Position): Statement {
  const branches: Branch[] = [];
  do {
    const condition = parseExpression(cursor);
    cursor.expectKeyword('thenDo');
    branches.push({ condition, body: parseBlock(cursor, 'elseIf', 'else', 'endIf') });
  } while (cursor.skipKeyword('elseIf'));
  const otherwise = cursor.skipKeyword('else') ? parseBlock(cursor, 'endIf') : undefined;
  cursor.expectKeyword('endIf');
  return { kind: 'if', branches, otherwise, at };
}

function parseFor(cursor: Cursor, at: Position): Statement {
  if (cursor.skipKeyword('each')) {
    const { text: variable } = cursor.expectName();
    cursor.expectKeyword('of');
    const of = parseExpression(cursor);
    return { kind: 'each', variable, of, body: parseLoop(cursor), at };
  }
  const { text: variable } = cursor.expectName();
  cursor.expectSign('=');
  const from = parseExpression(cursor);
  cursor.expectKeyword('to');
  const to = parseExpression(cursor);
  return { kind: 'for', variable, from, to, body: parseLoop(cursor), at };
}

function parseLoop(cursor: Cursor): Statement[] {
  cursor.expectKeyword('do');
  const body = parseBlock(cursor, 'endDo');
  cursor.expectKeyword('endDo');
  return body;
}
