import type { Position } from './ast.ts';
import { BslSyntaxError } from './errors.ts';

export type TokenKind = 'word' | 'number' | 'string' | 'date' | 'sign' | 'directive' | 'annotation' | 'end';

export interface Token {
  kind: TokenKind;
  /** What stands in the module; of a string its value, of a directive the whole line. */
  text: string;
  at: Position;
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /\d+(?:\.\d+)?/y;
const SIGN = /<>|<=|>=|[-+*/%=<>()[\],.;?:~]/y;
const BLANK = /[ \t\r\n\u00a0\ufeff]+|\/\/[^\n]*/y;
/** Between the lines of a string: blanks and whole lines of comment. */
const CONTINUATION = /(?:[ \t\r]*(?:\/\/[^\n]*)?\n)*[ \t]*\|/y;

/**
 * Splits a module into tokens; the last one is `end`.
 * @param name of the module, for messages
 */
export function tokenize(text: string, name: string): Token[] {
  const lines = lineStarts(text);
  const tokens: Token[] = [];
  const place = (offset: number): Position => positionOf(lines, offset);
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const fail = (offset: number, problem: string): never => {
    throw new BslSyntaxError({ module: name, line: place(offset).line }, problem);
  };
  const string = (start: number): string => {
    let value = '';
    at++;
    for (;;) {
      const char = text[at];
      if (char === undefined) fail(start, 'Строка не закрыта');
      if (char === '"' && text[at + 1] !== '"') break;
      if (char === '\n') {
        at++;
        if (take(CONTINUATION) === undefined) fail(start, 'Строка не закрыта');
        value += '\n';
        continue;
      }
      if (char === '"') at++;
      if (char !== '\r') value += char;
      at++;
    }
    at++;
    return value;
  };
  for (;;) {
    while (take(BLANK) !== undefined);
    const start = at;
    const push = (kind: TokenKind, value: string): void =>
      void tokens.push({ kind, text: value, at: place(start) });
    const char = text[at];
    if (char === undefined) {
      push('end', '');
      return tokens;
    }
    if (char === '"') push('string', string(start));
    else if (char === "'") {
      const found = take(/'[^'\n]*'/y) ?? fail(start, 'Дата не закрыта');
      push('date', found.slice(1, -1));
    } else if (char === '#') push('directive', take(/#[^\n]*/y)!.trim());
    else if (char === '&') {
      at++;
      push('annotation', take(WORD) ?? fail(start, 'Нет имени директивы'));
    } else {
      const word = take(WORD);
      const number = word === undefined ? take(NUMBER) : undefined;
      const sign = word === undefined && number === undefined ? take(SIGN) : undefined;
      if (word !== undefined) push('word', word);
      else if (number !== undefined) push('number', number);
      else if (sign !== undefined) push('sign', sign);
      else fail(start, `Неизвестный символ «${char}»`);
    }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function positionOf(starts: readonly number[], offset: number): Position {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}
