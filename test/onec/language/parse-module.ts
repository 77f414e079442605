import type { Directive, Method, Module, Parameter, Variable } from './ast.ts';
import { type Cursor, createCursor } from './cursor.ts';
import { tokenize } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { parseBlock } from './parse-statement.ts';
import { preprocess, type Symbols } from './preprocessor.ts';

/**
 * @param name of the module, for messages
 * @param symbols what `#Если` sees
 * @throws BslSyntaxError with the line
 */
export function parseModule(text: string, name: string, symbols: Symbols): Module {
  const cursor = createCursor(preprocess(tokenize(text, name), symbols, name), name);
  const module: Module = { variables: [], methods: [], body: [] };
  for (;;) {
    while (cursor.skipSign(';'));
    const directive = parseDirective(cursor);
    if (cursor.isKeyword('variable')) module.variables.push(...parseVariables(cursor, directive));
    else if (isMethod(cursor)) module.methods.push(parseMethod(cursor, directive));
    else if (directive !== undefined) cursor.fail('После директивы ожидается метод или переменная');
    else break;
  }
  module.body = parseBlock(cursor);
  refuseDoubles(cursor, module);
  return module;
}

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  наклиенте: 'client',
  atclient: 'client',
  насервере: 'server',
  atserver: 'server',
  насерверебезконтекста: 'server-no-context',
  atservernocontext: 'server-no-context',
  наклиентенасерверебезконтекста: 'both-no-context',
  atclientatservernocontext: 'both-no-context',
};

function parseDirective(cursor: Cursor): Directive | undefined {
  if (cursor.peek().kind !== 'annotation') return undefined;
  const { text } = cursor.next();
  const directive = DIRECTIVES[text.toLowerCase()];
  return directive ?? cursor.fail(`Аннотация &${text} не поддержана`);
}

function isMethod(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek();
  if (kind === 'word' && /^(асинх|async)$/i.test(text)) cursor.fail('Асинх не поддержано');
  return cursor.isKeyword('procedure', 'function');
}

function parseVariables(cursor: Cursor, directive: Directive | undefined): Variable[] {
  cursor.expectKeyword('variable');
  const variables: Variable[] = [];
  do {
    const { text, at } = cursor.expectName();
    variables.push({ name: text, exported: cursor.skipKeyword('export'), directive, at });
  } while (cursor.skipSign(','));
  cursor.expectSign(';');
  return variables;
}

function parseMethod(cursor: Cursor, directive: Directive | undefined): Method {
  const isFunction = cursor.isKeyword('function');
  cursor.next();
  const { text: name, at } = cursor.expectName();
  cursor.expectSign('(');
  const parameters: Parameter[] = [];
  if (!cursor.skipSign(')')) {
    do parameters.push(parseParameter(cursor));
    while (cursor.skipSign(','));
    cursor.expectSign(')');
  }
  const exported = cursor.skipKeyword('export');
  const variables: string[] = [];
  while (cursor.isKeyword('variable')) {
    variables.push(...parseVariables(cursor, undefined).map((variable) => variable.name));
    while (cursor.skipSign(';'));
  }
  const end = isFunction ? 'endFunction' : 'endProcedure';
  const body = parseBlock(cursor, end);
  cursor.expectKeyword(end);
  return { name, isFunction, exported, directive, parameters, variables, body, at };
}

function parseParameter(cursor: Cursor): Parameter {
  const byValue = cursor.skipKeyword('byValue');
  const { text: name } = cursor.expectName();
  const value = cursor.skipSign('=') ? parseExpression(cursor) : undefined;
  const isLiteral =
    value === undefined ||
    ['number', 'string', 'date', 'constant'].includes(value.kind) ||
    (value.kind === 'unary' && value.operand.kind === 'number');
  if (!isLiteral) cursor.fail('Значение параметра по умолчанию должно быть константой');
  return { name, byValue, default: value };
}

function refuseDoubles(cursor: Cursor, module: Module): void {
  for (const declared of [module.variables, module.methods]) {
    const names = new Set<string>();
    for (const { name } of declared) {
      const key = name.toLowerCase();
      if (names.has(key)) cursor.fail(`Имя «${name}» уже определено`);
      names.add(key);
    }
  }
}
