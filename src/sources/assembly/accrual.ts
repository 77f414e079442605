import { firstDay, lastDay, type Period, shiftPeriod } from '../../model/period.ts';
import type { DocumentKind } from '../../model/types.ts';
import type { AssemblyContext } from './context.ts';
import { checkServices, isTaxed, sumOf } from './draft-lines.ts';
import { type DocumentInput, type Draft, localDraft } from './drafts.ts';
import { type LineOwner, linesOfCharges, settleLines } from './lines.ts';
import type { DraftSet } from './numbers.ts';

/** Key of the documents that are made here of what a contract was charged in a period. */
export function accrualKey(period: Period, contract: string): string {
  return `accrual:${period}:${contract}`;
}

/**
 * Mode `accrual`: a bill, an act and a VAT invoice of what the contract was charged; nothing where that adds up to zero.
 * Persons get no VAT invoice (НК РФ ст. 169 п. 3).
 */
export function accrualDrafts(input: DocumentInput, context: AssemblyContext): DraftSet {
  const { accrual } = context.config.documents;
  const act = draftOf('act', lastDay(context.period), input, context);
  fill(act, input, context);
  if (act.sum === 0 && act.codes.length === 0) return { bills: [], acts: [], tied: new Map(), loose: [] };
  const same = (kind: DocumentKind, date: string): Draft => {
    const draft = draftOf(kind, date, input, context);
    return Object.assign(draft, { sum: act.sum, lines: act.lines });
  };
  const business = input.counterparty.kind !== 'person';
  const bill = accrual.bills === 'all' || (accrual.bills === 'business' && business);
  const invoice = business && isTaxed(act) ? same('vat-invoice', act.date) : undefined;
  return {
    bills: bill && act.codes.length === 0 ? [same('bill', billDate(context))] : [],
    acts: [act],
    tied: new Map(invoice ? [[act, invoice]] : []),
    loose: [],
  };
}

function billDate({ config, period }: AssemblyContext): string {
  switch (config.documents.accrual.billDate) {
    case 'first-day':
      return firstDay(period);
    case 'next-month':
      return firstDay(shiftPeriod(period, 1));
    case 'last-day':
      return lastDay(period);
  }
}

function draftOf(
  kind: DocumentKind,
  date: string,
  { contract, origin }: DocumentInput,
  context: AssemblyContext,
): Draft {
  const key = accrualKey(context.period, contract.id);
  return localDraft({ kind, key, label: `(л/с ${contract.account})`, date }, origin, context);
}

/** A line a service, of everything that was charged. */
function fill(act: Draft, { accruals, charges, owner }: DocumentInput, context: AssemblyContext): void {
  const mine: AssemblyContext = { ...context, report: act.report };
  const of: LineOwner = { ...owner, number: act.number, where: act.where('sum') };
  const lines = linesOfCharges([...accruals, ...charges], of, mine);
  act.sum = sumOf(lines);
  if (act.sum === 0) return;
  checkServices(lines, act, context);
  act.lines = settleLines(lines, of, mine) ?? [];
}
