import { BslSyntaxError } from './errors.ts';
import { type Token, tokenize } from './lexer.ts';

/** `#Если` looks at these: `Сервер`, `Клиент`, `ТонкийКлиент` …, in lower case. */
export type Symbols = ReadonlySet<string>;

const SYMBOLS = new Set(
  [
    'Сервер',
    'НаСервере',
    'Клиент',
    'НаКлиенте',
    'ТонкийКлиент',
    'ВебКлиент',
    'МобильныйКлиент',
    'ВнешнееСоединение',
    'ТолстыйКлиентОбычноеПриложение',
    'ТолстыйКлиентУправляемоеПриложение',
    'МобильноеПриложениеКлиент',
    'МобильноеПриложениеСервер',
    'МобильныйАвтономныйСервер',
    'Server',
    'AtServer',
    'Client',
    'AtClient',
    'ThinClient',
    'WebClient',
    'MobileClient',
    'ExternalConnection',
    'ThickClientOrdinaryApplication',
    'ThickClientManagedApplication',
    'MobileAppClient',
    'MobileAppServer',
  ].map((word) => word.toLowerCase()),
);

/** What a module sees on the server and on a thin client. */
export const SERVER_SYMBOLS: Symbols = new Set(['сервер', 'насервере', 'server', 'atserver']);
export const CLIENT_SYMBOLS: Symbols = new Set([
  'клиент',
  'наклиенте',
  'тонкийклиент',
  'client',
  'atclient',
  'thinclient',
]);

interface Open {
  /** Some branch was taken already. */
  taken: boolean;
  active: boolean;
  outer: boolean;
  at: Token;
}

/** Drops regions and the branches of `#Если` that do not hold. */
export function preprocess(tokens: readonly Token[], symbols: Symbols, module: string): Token[] {
  const kept: Token[] = [];
  const open: Open[] = [];
  let regions = 0;
  const active = (): boolean => open.at(-1)?.active ?? true;
  const fail = (token: Token, problem: string): never => {
    throw new BslSyntaxError({ module, line: token.at.line }, problem);
  };
  for (const token of tokens) {
    if (token.kind !== 'directive') {
      if (active() || token.kind === 'end') kept.push(token);
      continue;
    }
    const [word = '', rest = ''] = splitDirective(token.text);
    const top = open.at(-1);
    switch (word) {
      case 'область':
      case 'region':
        regions++;
        break;
      case 'конецобласти':
      case 'endregion':
        if (--regions < 0) fail(token, '#КонецОбласти без #Область');
        break;
      case 'если':
      case 'if': {
        const outer = active();
        const holds = condition(rest, symbols, module, token);
        open.push({ taken: holds, active: outer && holds, outer, at: token });
        break;
      }
      case 'иначеесли':
      case 'elsif': {
        if (!top) return fail(token, '#ИначеЕсли без #Если');
        const holds = condition(rest, symbols, module, token);
        top.active = top.outer && !top.taken && holds;
        top.taken ||= holds;
        break;
      }
      case 'иначе':
      case 'else':
        if (!top) return fail(token, '#Иначе без #Если');
        top.active = top.outer && !top.taken;
        top.taken = true;
        break;
      case 'конецесли':
      case 'endif':
        if (!open.pop()) fail(token, '#КонецЕсли без #Если');
        break;
      default:
        fail(token, `Инструкция препроцессора «#${word}» не поддержана`);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) fail(unclosed.at, '#Если не закрыт');
  if (regions > 0) fail(tokens.at(-1)!, '#Область не закрыта');
  return kept;
}

function splitDirective(text: string): string[] {
  const match = /^#\s*([\p{L}_]+)\s*(.*)$/u.exec(text.replace(/\/\/.*$/, ''));
  return match ? [match[1]!.toLowerCase(), match[2]!] : [];
}

/** `Сервер Или Не (ВебКлиент И Клиент) Тогда` */
function condition(text: string, symbols: Symbols, module: string, token: Token): boolean {
  const tokens = tokenize(text, module);
  let at = 0;
  const fail = (): never => {
    throw new BslSyntaxError({ module, line: token.at.line }, `Не понятно условие «${text}»`);
  };
  const is = (...words: string[]): boolean => {
    const found = words.includes(tokens[at]!.text.toLowerCase());
    if (found) at++;
    return found;
  };
  const primary = (): boolean => {
    if (is('не', 'not')) return !primary();
    if (is('(')) {
      const value = either();
      return is(')') ? value : fail();
    }
    const word = tokens[at]!;
    const name = word.text.toLowerCase();
    if (word.kind !== 'word' || !SYMBOLS.has(name)) return fail();
    at++;
    return symbols.has(name);
  };
  const both = (): boolean => {
    let value = primary();
    while (is('и', 'and')) value = primary() && value;
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (is('или', 'or')) value = both() || value;
    return value;
  };
  const value = either();
  if (!is('тогда', 'then') || tokens[at]!.kind !== 'end') fail();
  return value;
}
