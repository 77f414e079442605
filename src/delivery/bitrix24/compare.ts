import type { CrmChange } from '../../journal/crm-changes.ts';
import { sha256 } from '../../support/ids.ts';
import { tidy } from '../../support/text.ts';

/**
 * Three values of a field are compared: in 1C, in the CRM, and the last one that both sides had. That tells who changed
 * it, so that nobody's word is written over by chance.
 */

/** A text, or the texts of a multiple field in any order. */
export type Value = string | readonly string[];

/**
 * A field as 1C has it. Who has the last word: `onec` — accounting; `crm` — the manager, only an empty one is filled;
 * `own` — the field is of our making, and nobody else's word counts.
 */
export interface Field {
  value: Value;
  owner: 'onec' | 'crm' | 'own';
}

export type Fields = Readonly<Record<string, Field>>;

/** A difference that a person decides. */
export interface Difference {
  field: string;
  kind: 'change' | 'conflict';
  ours: string;
  theirs: string;
}

export interface Comparison {
  /** What is to be written, and the value that stands there now. */
  write: { field: string; from: string; to: Value }[];
  /** Hashes of the values on which both sides agree. */
  agreed: Record<string, string>;
  differences: Difference[];
}

/** Enough to tell values of one field apart. */
const DIGEST = 16;

export function digest(value: Value): string {
  return sha256(textOf(value)).slice(0, DIGEST);
}

/** A value as one text: what is empty is '', the order in a multiple field means nothing. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).sort().join('; ');
  return tidy(String(value));
}

/** Codes are the same with or without what people type between their digits. */
const CODES = /^RQ_(INN|KPP|OGRN|OGRNIP|BIK|ACC_NUM)$/;

function plain(field: string, value: unknown): string {
  const text = textOf(value);
  return CODES.test(field) ? text.replace(/[\s-]/g, '') : text;
}

/** What a value of a field is remembered by. */
export function stamp(field: string, value: unknown): string {
  return digest(plain(field, value));
}

/**
 * @param theirs fields as the CRM gave them
 * @param base hashes of what was agreed on; empty at the first meeting
 * @param refused what the accountant refused of this part: 1C's value is written over exactly that
 */
export function compare(
  ours: Fields,
  theirs: Readonly<Record<string, unknown>>,
  base: Readonly<Record<string, string>>,
  refused: readonly CrmChange[],
): Comparison {
  const result: Comparison = { write: [], agreed: {}, differences: [] };
  for (const [field, { value, owner }] of Object.entries(ours)) {
    const [here, there] = [plain(field, value), plain(field, theirs[field])];
    const known = base[field];
    const write = (): void => void result.write.push({ field, from: there, to: value });
    const differs = (kind: Difference['kind']): void => {
      result.differences.push({ field, kind, ours: here, theirs: there });
      if (known !== undefined) result.agreed[field] = known;
    };
    if (here === there) result.agreed[field] = stamp(field, value);
    else if (there === '' && known === undefined) write();
    // What 1C does not know does not empty what the CRM has, unless it came from 1C.
    else if (here === '' && known === undefined) continue;
    else if (owner === 'own') write();
    else if (refused.some((one) => one.field === field && one.theirs === there)) write();
    else if (owner === 'crm') {
      if (known !== undefined && known !== stamp(field, there)) differs('change');
      else if (known !== undefined) result.agreed[field] = known;
    } else if (known === stamp(field, there)) write();
    else if (known === stamp(field, value)) differs('change');
    else differs('conflict');
  }
  return result;
}
