import { BslException, BslSyntaxError, Unsupported } from '../../language/errors.ts';
import { type Token, tokenize } from '../../language/lexer.ts';
import type { Join, Query, QueryExpression, QueryField, Source, Table } from './ast.ts';
import { parseExpression } from './parse-expression.ts';

/** Words of a query that cannot be an alias. */
const WORDS = new Set(
  'ВЫБРАТЬ РАЗРЕШЕННЫЕ РАЗЛИЧНЫЕ ПЕРВЫЕ ПОМЕСТИТЬ ИЗ КАК ЛЕВОЕ ПРАВОЕ ПОЛНОЕ ВНУТРЕННЕЕ ВНЕШНЕЕ СОЕДИНЕНИЕ ПО ГДЕ СГРУППИРОВАТЬ ИМЕЮЩИЕ УПОРЯДОЧИТЬ ОБЪЕДИНИТЬ ИТОГИ АВТОУПОРЯДОЧИВАНИЕ ДЛЯ ИНДЕКСИРОВАТЬ УНИЧТОЖИТЬ И ИЛИ НЕ В МЕЖДУ ПОДОБНО ЕСТЬ КОГДА ТОГДА ИНАЧЕ КОНЕЦ ВОЗР УБЫВ'.split(
    ' ',
  ),
);

/** A place in a query text. */
export interface QueryCursor {
  peek(ahead?: number): Token;
  next(): Token;
  isWord(...words: string[]): boolean;
  /** Steps over these words if they stand there one after another. */
  skip(...words: string[]): boolean;
  expect(...words: string[]): void;
  isSign(sign: string): boolean;
  skipSign(sign: string): boolean;
  expectSign(sign: string): void;
  name(): string;
  fail(problem: string): never;
}

/**
 * Parses a batch of queries separated by `;`.
 * @throws BslException where the query is wrong; Unsupported where the model does not know a part of the language
 */
export function parseQueries(text: string): Query[] {
  const cursor = createCursor(text);
  const queries: Query[] = [];
  while (cursor.peek().kind !== 'end') {
    queries.push(parseQuery(cursor));
    if (!cursor.skipSign(';') && cursor.peek().kind !== 'end')
      cursor.fail(`Синтаксическая ошибка "${cursor.peek().text}"`);
  }
  if (queries.length === 0) throw new BslException('Запрос пуст');
  return queries;
}

function createCursor(text: string): QueryCursor {
  let tokens: Token[];
  try {
    tokens = tokenize(text, 'запрос');
  } catch (error) {
    if (error instanceof BslSyntaxError) throw new BslException(error.message);
    throw error;
  }
  let at = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)]!;
  const upper = (ahead: number): string | undefined =>
    peek(ahead).kind === 'word' ? peek(ahead).text.toUpperCase() : undefined;
  const isSign = (sign: string): boolean => peek().kind === 'sign' && peek().text === sign;
  const fail = (problem: string): never => {
    throw new BslException(`{(${peek().at.line}, ${peek().at.column})}: ${problem}`);
  };
  const cursor: QueryCursor = {
    peek,
    next: () => tokens[at < tokens.length - 1 ? at++ : at]!,
    isWord: (...words) => words.includes(upper(0) ?? ''),
    skip: (...words) => {
      const found = words.every((word, index) => upper(index) === word);
      if (found) at += words.length;
      return found;
    },
    expect: (...words) => {
      if (!cursor.skip(...words)) fail(`Ожидается "${words.join(' ')}"`);
    },
    isSign,
    skipSign: (sign) => isSign(sign) && cursor.next() !== undefined,
    expectSign: (sign) => {
      if (!cursor.skipSign(sign)) fail(`Ожидается "${sign}"`);
    },
    name: () => {
      const word = upper(0);
      return word !== undefined && !WORDS.has(word)
        ? cursor.next().text
        : fail(`Синтаксическая ошибка "${peek().text}"`);
    },
    fail,
  };
  return cursor;
}

export function parseQuery(cursor: QueryCursor): Query {
  const { line } = cursor.peek().at;
  cursor.expect('ВЫБРАТЬ');
  const query: Query = {
    distinct: false,
    first: undefined,
    fields: [],
    into: undefined,
    from: [],
    where: undefined,
    groupBy: [],
    having: undefined,
    orderBy: [],
    line,
  };
  // Rights are not modelled: РАЗРЕШЕННЫЕ leaves nothing out.
  cursor.skip('РАЗРЕШЕННЫЕ');
  if (cursor.skip('РАЗЛИЧНЫЕ')) query.distinct = true;
  if (cursor.skip('ПЕРВЫЕ')) query.first = Number(cursor.next().text);
  if (cursor.skip('РАЗЛИЧНЫЕ')) query.distinct = true;
  do query.fields.push(parseField(cursor));
  while (cursor.skipSign(','));
  if (cursor.skip('ПОМЕСТИТЬ')) query.into = cursor.name();
  if (cursor.skip('ИЗ')) {
    do query.from.push(parseSource(cursor));
    while (cursor.skipSign(','));
  }
  if (cursor.skip('ГДЕ')) query.where = parseExpression(cursor);
  if (cursor.skip('СГРУППИРОВАТЬ', 'ПО')) query.groupBy = parseList(cursor);
  if (cursor.skip('ИМЕЮЩИЕ')) query.having = parseExpression(cursor);
  if (cursor.skip('УПОРЯДОЧИТЬ', 'ПО')) {
    do {
      const expression = parseExpression(cursor);
      const descending = cursor.skip('УБЫВ');
      if (!descending) cursor.skip('ВОЗР');
      query.orderBy.push({ expression, descending });
    } while (cursor.skipSign(','));
  }
  for (const word of ['ОБЪЕДИНИТЬ', 'ИТОГИ', 'АВТОУПОРЯДОЧИВАНИЕ', 'ДЛЯ', 'ИНДЕКСИРОВАТЬ'])
    if (cursor.isWord(word)) throw new Unsupported(`запрос: ${word}`);
  return query;
}

function parseField(cursor: QueryCursor): QueryField {
  if (cursor.isSign('*')) throw new Unsupported('запрос: ВЫБРАТЬ *');
  const expression = parseExpression(cursor);
  if (cursor.skip('КАК')) return { expression, alias: cursor.next().text };
  if (expression.kind === 'path') return { expression, alias: '' };
  throw new Unsupported('запрос: поле без имени');
}

function parseList(cursor: QueryCursor): QueryExpression[] {
  const list: QueryExpression[] = [];
  do list.push(parseExpression(cursor));
  while (cursor.skipSign(','));
  return list;
}

function parseSource(cursor: QueryCursor): Source {
  const { table, alias } = parseTable(cursor);
  const joins: Join[] = [];
  for (;;) {
    const left = cursor.skip('ЛЕВОЕ', 'ВНЕШНЕЕ', 'СОЕДИНЕНИЕ') || cursor.skip('ЛЕВОЕ', 'СОЕДИНЕНИЕ');
    const inner = !left && (cursor.skip('ВНУТРЕННЕЕ', 'СОЕДИНЕНИЕ') || cursor.skip('СОЕДИНЕНИЕ'));
    if (!left && !inner) break;
    const joined = parseTable(cursor);
    cursor.expect('ПО');
    joins.push({ kind: left ? 'left' : 'inner', ...joined, on: parseExpression(cursor) });
  }
  for (const word of ['ПРАВОЕ', 'ПОЛНОЕ'])
    if (cursor.isWord(word)) throw new Unsupported(`запрос: ${word} СОЕДИНЕНИЕ`);
  return { table, alias, joins };
}

function parseTable(cursor: QueryCursor): { table: Table; alias: string } {
  const { line } = cursor.peek().at;
  let table: Table;
  if (cursor.skipSign('(')) {
    table = { kind: 'query', query: parseQuery(cursor) };
    cursor.expectSign(')');
  } else if (cursor.peek().kind === 'annotation') table = { kind: 'parameter', name: cursor.next().text };
  else {
    const path = [cursor.name()];
    while (cursor.skipSign('.')) path.push(cursor.next().text);
    if (cursor.isSign('(')) throw new Unsupported(`запрос: виртуальная таблица ${path.join('.')}`);
    table = { kind: 'named', path, line };
  }
  if (cursor.skip('КАК')) return { table, alias: cursor.next().text };
  if (table.kind === 'named')
    return { table, alias: table.path.length === 1 ? table.path[0]! : table.path.slice(1).join('') };
  return cursor.fail('Ожидается "КАК"');
}
