import type { DocumentKind } from './types.ts';

/** Longest number 1C's documents hold (facts: БП 3.0): 11, a VAT invoice 12; an УПД is both. */
export const NUMBER_LIMIT: Record<DocumentKind, number> = { bill: 11, act: 11, 'vat-invoice': 12, upd: 11 };

export type NumberProblem =
  | { problem: 'missing' }
  | { problem: 'length'; limit: number }
  /** 1C takes what stands before the dash for a prefix and drops it. */
  | { problem: 'print'; position: 3 | 5; printed: string }
  | { problem: 'doubt'; reason: string };

/**
 * Everything that keeps a number from being the same in the books and on paper.
 * The printing rule is that of ПрефиксацияОбъектов.НомерНаПечать: a first dash at position 3 or 5 marks a standard
 * number, whose prefixes and leading zeros are not printed.
 */
export function numberProblems(number: string, kind: DocumentKind): NumberProblem[] {
  if (number === '') return [{ problem: 'missing' }];
  const problems: NumberProblem[] = [];
  const limit = NUMBER_LIMIT[kind];
  if (number.length > limit) problems.push({ problem: 'length', limit });
  const dash = number.indexOf('-') + 1;
  if (dash === 3 || dash === 5)
    problems.push({ problem: 'print', position: dash, printed: printed(number, dash) });
  else {
    const reason = printDoubt(number);
    if (reason) problems.push({ problem: 'doubt', reason });
  }
  return problems;
}

/** A number as 1C prints it: without the prefix and the zeros of a standard number («0000-000017» → «17»). */
export function printedNumber(number: string): string {
  const dash = number.indexOf('-') + 1;
  return dash === 3 || dash === 5 ? printed(number, dash) : number;
}

/** What 1C prints of a number whose first dash stands at position 3 or 5: letters after the dash stay. */
function printed(number: string, dash: 3 | 5): string {
  return number.slice(dash).replace(/^(\D*)0+/, '$1');
}

/** Old rules of printing (БП 2.0 prefixes, leading zeros) that some configurations still apply. */
function printDoubt(number: string): string | undefined {
  if (/^А-/.test(number)) return 'начинается с «А-» (старый префикс авансового документа)';
  if (/^0/.test(number)) return 'начинается с нуля';
  if (/^-/.test(number)) return 'начинается с дефиса';
  if (/^\D*0\d/.test(number)) return 'первые цифры начинаются с нуля';
  return undefined;
}

/** A rule that turns a billing number into one that 1C holds; the first that matches counts. */
export interface NumberMapRule {
  kind?: DocumentKind | undefined;
  match: RegExp;
  /** Replacement text with `$1`, `$2` … */
  to: string;
}

export function mapNumber(number: string, kind: DocumentKind, rules: readonly NumberMapRule[]): string {
  for (const rule of rules)
    if ((rule.kind === undefined || rule.kind === kind) && rule.match.test(number))
      return number.replace(rule.match, rule.to);
  return number;
}

/** The last run of digits without leading zeros («СФ-00300» → «300»); undefined where there is none. */
export function lastDigits(number: string): string | undefined {
  return /(\d+)\D*$/.exec(number)?.[1]?.replace(/^0+(?=\d)/, '');
}
