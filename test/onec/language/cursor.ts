import { BslSyntaxError } from './errors.ts';
import { isReserved, KEYWORDS, type Keyword } from './keywords.ts';
import type { Token } from './lexer.ts';

/** A place in the tokens of a module, with the questions that a parser asks. */
export interface Cursor {
  peek(ahead?: number): Token;
  next(): Token;
  isKeyword(...keywords: Keyword[]): boolean;
  isSign(sign: string, ahead?: number): boolean;
  /** Steps over it if it is there. */
  skipKeyword(keyword: Keyword): boolean;
  skipSign(sign: string): boolean;
  expectKeyword(keyword: Keyword): Token;
  expectSign(sign: string): Token;
  /** A word that may name something. */
  expectName(): Token;
  fail(problem: string, token?: Token): never;
}

export function createCursor(tokens: readonly Token[], module: string): Cursor {
  let at = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)]!;
  const isKeyword = (...keywords: Keyword[]): boolean => {
    const { kind, text } = peek();
    const word = text.toLowerCase();
    return (
      kind === 'word' && keywords.some((keyword) => (KEYWORDS[keyword] as readonly string[]).includes(word))
    );
  };
  const isSign = (sign: string, ahead = 0): boolean =>
    peek(ahead).kind === 'sign' && peek(ahead).text === sign;
  const fail = (problem: string, token = peek()): never => {
    throw new BslSyntaxError({ module, line: token.at.line }, problem);
  };
  const cursor: Cursor = {
    peek,
    next: () => tokens[at < tokens.length - 1 ? at++ : at]!,
    isKeyword,
    isSign,
    skipKeyword: (keyword) => isKeyword(keyword) && cursor.next() !== undefined,
    skipSign: (sign) => isSign(sign) && cursor.next() !== undefined,
    expectKeyword: (keyword) =>
      isKeyword(keyword)
        ? cursor.next()
        : fail(`Ожидается «${KEYWORDS[keyword][0]}», а стоит «${peek().text}»`),
    expectSign: (sign) =>
      isSign(sign) ? cursor.next() : fail(`Ожидается «${sign}», а стоит «${peek().text}»`),
    expectName: () => {
      const { kind, text } = peek();
      return kind === 'word' && !isReserved(text) ? cursor.next() : fail(`Ожидается имя, а стоит «${text}»`);
    },
    fail,
  };
  return cursor;
}
