import { lastDigits } from './numbering.ts';

/** What tells acts and VAT invoices of one contract and period apart. */
export interface Pairable {
  sum: number;
  /** The billing's plain ordinal number, '' when unknown. */
  ordinal: string;
  /** The number as it was printed by the billing. */
  printed: string;
}

export type Pairing = { act: number } | { problem: 'alone' } | { problem: 'ambiguous'; acts: number[] };

/**
 * Ties each VAT invoice to exactly one act of the same contract and period (design §4, decisions 17):
 * same sum; of several, the same ordinal number; else the same last digits of the printed number.
 * An act that two invoices claim is given to neither.
 * @returns one entry an invoice, in their order
 */
export function pairInvoices(acts: readonly Pairable[], invoices: readonly Pairable[]): Pairing[] {
  const choices = invoices.map((invoice): Pairing => {
    const candidates = acts.flatMap((act, index) => (act.sum === invoice.sum ? [index] : []));
    if (candidates.length === 0) return { problem: 'alone' };
    const narrowed = narrow(candidates, (act) => acts[act]!, invoice);
    return narrowed.length === 1 ? { act: narrowed[0]! } : { problem: 'ambiguous', acts: candidates };
  });
  return choices.map((choice) => {
    if (!('act' in choice)) return choice;
    const claims = choices.filter((other) => 'act' in other && other.act === choice.act).length;
    return claims === 1 ? choice : { problem: 'ambiguous', acts: [choice.act] };
  });
}

function narrow(candidates: number[], act: (index: number) => Pairable, invoice: Pairable): number[] {
  if (candidates.length === 1) return candidates;
  const byOrdinal = candidates.filter(
    (index) => invoice.ordinal !== '' && act(index).ordinal === invoice.ordinal,
  );
  if (byOrdinal.length === 1) return byOrdinal;
  const digits = lastDigits(invoice.printed);
  return candidates.filter((index) => digits !== undefined && lastDigits(act(index).printed) === digits);
}
