import { fault } from '../../faults/fault.ts';
import { MAX_SUM, sumForPeople, sumText } from '../../model/money.ts';
import { firstDay, lastDay, periodName, shiftPeriod } from '../../model/period.ts';
import type { Bill, Document } from '../../model/types.ts';
import { numberFaults } from '../../rules/numbers.ts';
import { russianDate } from '../../support/dates.ts';
import { accrualDrafts } from './accrual.ts';
import { actWithInvoice, tieInvoices } from './acts.ts';
import type { AssemblyContext } from './context.ts';
import { fillLines } from './draft-lines.ts';
import {
  commonFields,
  type DocumentInput,
  type Draft,
  draftOf,
  keep,
  sourced,
  unreadable,
} from './drafts.ts';
import { serviceAside } from './filter.ts';
import { type DraftSet, numberDrafts } from './numbers.ts';
import { settleActs } from './payments.ts';
import type { Sourced } from './sourced.ts';

/**
 * Bills, acts, VAT invoices and УПД of a contract: those that the billing formed, whose numbers, dates and sums pass
 * through, or those made of its accruals. A document with an error is left out and named; the others go on.
 */
export function assembleDocuments(input: DocumentInput, context: AssemblyContext): Sourced<Document>[] {
  const drafts =
    context.config.documents.mode === 'accrual'
      ? checked(accrualDrafts(input, context), input, context)
      : billingDrafts(input, context);
  return emitDocuments(drafts, input, context);
}

/** Numbers drafts where that is left to us, and makes records of those that may go. */
export function emitDocuments(
  drafts: DraftSet,
  input: DocumentInput,
  context: AssemblyContext,
): Sourced<Document>[] {
  const { bills, acts, tied, loose } = drafts;
  // Before numbers are drawn: what is left out takes none, so that there are no gaps.
  for (const draft of [...bills, ...acts, ...tied.values()]) checkRates(draft, context);
  numberDrafts(drafts, input, context);
  const result: Sourced<Document>[] = [];
  for (const bill of bills) {
    if (!keep(bill, context)) continue;
    const record: Bill = { ...commonFields(bill, input, context, 'bill'), record: 'bill' };
    result.push(sourced(bill, input, record));
  }
  const settled = input.money && settleActs(acts, input.money, context);
  for (const act of acts)
    result.push(...actWithInvoice(act, tied.get(act), { ...input, settled: settled?.get(act) }, context));
  for (const invoice of loose) keep(invoice, context);
  return result;
}

function billingDrafts(input: DocumentInput, context: AssemblyContext): DraftSet {
  const drafts = input.documents.map((row) => draftOf(row, context)).filter((draft) => draft !== undefined);
  drafts.sort((a, b) => compare(a.date, b.date) || compare(a.printed, b.printed) || compare(a.key, b.key));
  for (const draft of drafts) checkHead(draft, input, context);
  for (const draft of drafts) if (draft.kind !== 'vat-invoice') fillLines(draft, input, context);
  const of = (...kinds: Draft['kind'][]): Draft[] => drafts.filter(({ kind }) => kinds.includes(kind));
  const invoices = of('vat-invoice');
  const tied = tieInvoices(of('act'), invoices, input);
  const withAct = new Set(tied.values());
  const aside = drafts.filter((draft) => draft.lines.length > 0 && leftAside(draft, context));
  const taken = (draft: Draft): boolean => !aside.includes(draft);
  return {
    bills: of('bill').filter(taken),
    acts: of('act', 'upd').filter(taken),
    tied,
    loose: invoices.filter((invoice) => !withAct.has(invoice)),
  };
}

/** The acts that the billing made of a person: their lines go into the one act of all, their numbers nowhere. */
export function personsActs(input: DocumentInput, context: AssemblyContext): readonly Draft[] {
  const { config } = context;
  const types = Object.entries(config.documents.types).filter(([, kind]) => kind === 'act' || kind === 'upd');
  return billingDrafts(input, {
    ...context,
    config: {
      ...config,
      documents: { ...config.documents, types: Object.fromEntries(types) },
      numbering: { ...config.numbering, by: 'own' },
    },
  }).acts;
}

/** By `filter.services`: a document of nothing else is left aside, one of this and that cannot be. */
function leftAside(draft: Draft, { config, aside, services }: AssemblyContext): boolean {
  const found = draft.lines.map(({ line }) => serviceAside(line.service, config));
  const first = found.find((why) => why !== undefined);
  if (!first) return false;
  if (found.every((why) => why !== undefined)) {
    if (draft.kind === 'act' || draft.kind === 'upd') aside.add(first, draft.sum);
    return true;
  }
  const excluded = draft.lines
    .filter((_, at) => found[at])
    .map(({ line }) => `«${services.title(line.service)}»`);
  draft.report(
    fault(
      'BG1C-FILTER-MIXED',
      { number: draft.number, excluded: excluded.join(', ') },
      draft.where('number'),
    ),
  );
  return false;
}

function checked(drafts: DraftSet, input: DocumentInput, context: AssemblyContext): DraftSet {
  const { bills, acts, tied } = drafts;
  for (const draft of [...bills, ...acts, ...tied.values()]) checkHead(draft, input, context);
  return drafts;
}

/** Number, date, sum, buyer: everything that does not need the lines. */
export function checkHead(draft: Draft, { counterparty }: DocumentInput, context: AssemblyContext): void {
  const { number, kind, key, sum, report } = draft;
  const where = draft.where('number');
  const twice = context.doubles.has(key);
  if (twice) report(fault('BG1C-ROW-TWICE', { table: 'documents', key }, draft.where('id')));
  if (context.config.numbering.by === 'billing')
    for (const found of numberFaults(number, kind, key, where)) report(found);
  if (!unreadable(draft)) checkFigures(draft, context);
  if (sum > MAX_SUM)
    report(fault('BG1C-VALUE-RANGE', { column: 'summ', value: sumText(sum) }, draft.where('sum')));
  if (counterparty.collective) return;
  if (kind === 'vat-invoice' && counterparty.inn === undefined)
    report(fault('BG1C-BUYER-INN', { number, name: counterparty.name }, where));
  if ((kind === 'vat-invoice' || kind === 'upd') && counterparty.address === undefined)
    report(fault('BG1C-BUYER-ADDRESS', { number, name: counterparty.name }, where));
}

/** A rate that cannot be carried over as it is leaves the document out: never a near miss (design §6). */
function checkRates({ lines, number, report, where }: Draft, { refuses }: AssemblyContext): void {
  const found = lines.map(({ line }) => refuses?.(line.rate, number, where('number')));
  const first = found.find((one) => one !== undefined);
  if (first) report(first);
}

function checkFigures({ number, date, sum, report, where }: Draft, { period }: AssemblyContext): void {
  if (sum <= 0) report(fault('BG1C-DOCUMENT-SUM', { number, sum: sumForPeople(sum) }, where('sum')));
  if (date >= firstDay(shiftPeriod(period, -1)) && date <= lastDay(shiftPeriod(period, 1))) return;
  const values = { number, date: russianDate(date), period: periodName(period) };
  report(fault('BG1C-DOCUMENT-DATE', values, where('date')));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
