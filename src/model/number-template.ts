import { NUMBER_LIMIT, numberProblems } from './numbering.ts';
import type { Period } from './period.ts';
import type { DocumentKind } from './types.ts';

/**
 * Templates of our own numbers (numbering.by: own), after the customer's wish «лицевой счёт – период – номер по порядку».
 * Tokens: `{account}`, `{yyyy}` 2026, `{yy}` 26, `{y}` 6, `{mm}` 10, `{m36}` 1–9, A, B, C, `{n}` ordinal, `{n:2}` ordinal
 * with at least two digits.
 */
export interface NumberTemplate {
  text: string;
  parts: readonly TemplatePart[];
}

type TemplatePart = { literal: string } | { token: TokenName } | { token: 'n'; digits: number };
type TokenName = 'account' | 'yyyy' | 'yy' | 'y' | 'mm' | 'm36';

/** What a number says besides its ordinal. */
export interface NumberSubject {
  account: string;
  period: Period;
}

const TOKEN = /\{([^{}]*)\}/g;
const NAMES: readonly string[] = ['account', 'yyyy', 'yy', 'y', 'mm', 'm36'] satisfies TokenName[];
const MONTHS = '123456789ABC';

/** Reads a template; a text says in Russian what is wrong with it. */
export function parseTemplate(text: string): NumberTemplate | string {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ literal: text.slice(end, match.index) });
    end = match.index + match[0].length;
    const name = match[1]!;
    const ordinal = /^n(?::([1-9]))?$/.exec(name);
    if (ordinal) parts.push({ token: 'n', digits: Number(ordinal[1] ?? 1) });
    else if (NAMES.includes(name)) parts.push({ token: name as TokenName });
    else
      return `неизвестный знак шаблона {${name}}; есть {account}, {yyyy}, {yy}, {y}, {mm}, {m36}, {n}, {n:2}`;
  }
  if (end < text.length) parts.push({ literal: text.slice(end) });
  if (parts.filter((part) => 'token' in part && part.token === 'n').length !== 1)
    return 'в шаблоне должен быть один номер по порядку: {n} или {n:2}';
  return { text, parts };
}

/** The number of a document with this ordinal. */
export function renderNumber(template: NumberTemplate, subject: NumberSubject, ordinal: number): string {
  return render(template, subject, (digits) => String(ordinal).padStart(digits, '0'));
}

/** Numbers that differ only in their ordinal count together: everything but the ordinal is the name of the counter. */
export function counterOf(template: NumberTemplate, subject: NumberSubject): string {
  return render(template, subject, () => '{n}');
}

function render(
  { parts }: NumberTemplate,
  { account, period }: NumberSubject,
  ordinal: (digits: number) => string,
): string {
  const year = period.slice(0, 4);
  const month = period.slice(5, 7);
  const values: Record<TokenName, string> = {
    account,
    yyyy: year,
    yy: year.slice(2),
    y: year.slice(3),
    mm: month,
    m36: MONTHS[Number(month) - 1]!,
  };
  return parts
    .map((part) => {
      if ('literal' in part) return part.literal;
      return part.token === 'n' ? ordinal(part.digits) : values[part.token];
    })
    .join('');
}

/** Templates to propose, the closest to the customer's wish first. */
const PROPOSALS = [
  '{account}-{yyyy}{mm}-{n}',
  '{account}-{yy}{mm}-{n}',
  '{account}-{y}{m36}-{n}',
  '{account}/{y}{m36}-{n}',
  '{account}/{y}{m36}{n}',
  '{account}-{m36}{n}',
];

/**
 * The first proposal that 1C holds and prints whole for this account, with room for nine documents a month.
 * @returns undefined where the account is too long for any
 */
export function proposeTemplate(account: string, kind: DocumentKind): string | undefined {
  return PROPOSALS.find((text) => {
    const template = parseTemplate(text) as NumberTemplate;
    const number = renderNumber(template, { account, period: '2026-10' }, 9);
    return number.length <= NUMBER_LIMIT[kind] && numberProblems(number, kind).length === 0;
  });
}
