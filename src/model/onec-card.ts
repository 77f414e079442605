import type { PartyKind } from './types.ts';

/** A counterparty's card as it stands in 1C: a line of `counterparties.jsonl` (schemas/counterparties.schema.json). */
export interface OnecCard {
  /** UUID of the card. */
  ref1c: string;
  kind: PartyKind;
  name: string;
  fullName: string;
  inn?: string;
  kpp?: string;
  ogrn?: string;
  /** UUID of the head counterparty of a branch. */
  head?: string;
  addresses: { kind: 'legal' | 'actual' | 'postal' | 'other'; text: string }[];
  phones: string[];
  emails: string[];
  bankAccounts: { account: string; bik?: string; bankName?: string; main: boolean }[];
  contracts: {
    ref1c: string;
    name: string;
    number?: string;
    date?: string;
    organization?: { inn: string; kpp: string };
  }[];
}
