import { TokenType } from '@streamparser/json';

/** What may come next in JSON (RFC 8259 §2). */
type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const EXPECTED: Record<Expected, string> = {
  value: 'значение',
  'value-or-end': 'значение или ]',
  name: 'имя в кавычках',
  'name-or-end': 'имя в кавычках или }',
  colon: 'двоеточие',
  'comma-or-end': 'запятая или закрывающая скобка',
  nothing: 'конец файла',
};

/** What a token means where it stands. */
export type Meaning = 'begin' | 'end' | 'name' | 'value' | 'sign';

/** Follows the form of JSON token by token. */
export interface Grammar {
  /** Open brackets: `{` and `[`, the outermost first. */
  readonly open: readonly ('{' | '[')[];
  /** @returns undefined where the token cannot stand here; then `expected` says what can */
  take(token: TokenType): Meaning | undefined;
  expected(): string;
  /** The outermost bracket was closed. */
  over(): boolean;
}

export function createGrammar(): Grammar {
  const open: ('{' | '[')[] = [];
  let next: Expected = 'value';

  const valueEnds = (): void => {
    next = open.length === 0 ? 'nothing' : 'comma-or-end';
  };
  const begin = (bracket: '{' | '['): Meaning | undefined => {
    if (next !== 'value' && next !== 'value-or-end') return undefined;
    open.push(bracket);
    next = bracket === '{' ? 'name-or-end' : 'value-or-end';
    return 'begin';
  };
  const end = (bracket: '{' | '[', empty: Expected): Meaning | undefined => {
    if (open.at(-1) !== bracket || (next !== empty && next !== 'comma-or-end')) return undefined;
    open.pop();
    valueEnds();
    return 'end';
  };

  return {
    open,
    take(token) {
      switch (token) {
        case TokenType.LEFT_BRACE:
          return begin('{');
        case TokenType.LEFT_BRACKET:
          return begin('[');
        case TokenType.RIGHT_BRACE:
          return end('{', 'name-or-end');
        case TokenType.RIGHT_BRACKET:
          return end('[', 'value-or-end');
        case TokenType.COMMA:
          if (next !== 'comma-or-end') return undefined;
          next = open.at(-1) === '{' ? 'name' : 'value';
          return 'sign';
        case TokenType.COLON:
          if (next !== 'colon') return undefined;
          next = 'value';
          return 'sign';
        default:
          if (token === TokenType.STRING && (next === 'name' || next === 'name-or-end')) {
            next = 'colon';
            return 'name';
          }
          if (next !== 'value' && next !== 'value-or-end') return undefined;
          valueEnds();
          return 'value';
      }
    },
    expected: () => EXPECTED[next],
    over: () => next === 'nothing',
  };
}
