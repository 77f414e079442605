import { fault } from '../../faults/fault.ts';
import { MAX_SUM, sumForPeople } from '../../model/money.ts';
import { firstDay, lastDay, periodName, shiftPeriod } from '../../model/period.ts';
import type { Bill, Document } from '../../model/types.ts';
import { numberFaults } from '../../rules/numbers.ts';
import { russianDate } from '../../support/dates.ts';
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
import type { Sourced } from './sourced.ts';

/**
 * Bills, acts, VAT invoices and УПД of a contract (mode `billing`): numbers, dates and sums pass through.
 * A document with an error is left out and named; the others go on.
 */
export function assembleDocuments(input: DocumentInput, context: AssemblyContext): Sourced<Document>[] {
  const drafts = input.documents.map((row) => draftOf(row, context)).filter((draft) => draft !== undefined);
  drafts.sort((a, b) => compare(a.date, b.date) || compare(a.printed, b.printed) || compare(a.key, b.key));
  for (const draft of drafts) checkHead(draft, input, context);
  for (const draft of drafts) if (draft.kind !== 'vat-invoice') fillLines(draft, input, context);
  const of = (...kinds: Draft['kind'][]): Draft[] => drafts.filter(({ kind }) => kinds.includes(kind));
  const invoices = of('vat-invoice');
  const tied = tieInvoices(of('act'), invoices, input);
  const result: Sourced<Document>[] = [];
  for (const bill of of('bill')) {
    if (!keep(bill, context)) continue;
    const record: Bill = { ...commonFields(bill, input, context, 'bill'), record: 'bill' };
    result.push(sourced(bill, input, record));
  }
  for (const act of of('act', 'upd')) result.push(...actWithInvoice(act, tied.get(act), input, context));
  const withAct = new Set(tied.values());
  for (const invoice of invoices) if (!withAct.has(invoice)) keep(invoice, context);
  return result;
}

/** Number, date, sum, buyer: everything that does not need the lines. */
function checkHead(draft: Draft, { counterparty }: DocumentInput, context: AssemblyContext): void {
  const { cells, number, kind, key, date, sum, report } = draft;
  const where = cells.where('format_number');
  const twice = context.doubles.has(key);
  if (twice) report(fault('BG1C-ROW-TWICE', { table: 'documents', key }, cells.where('id')));
  for (const found of numberFaults(number, kind, key, where)) report(found);
  const taken = twice || number === '' ? undefined : context.numbers.take(number, kind, date, key, where);
  if (taken) report(taken);
  if (!unreadable(draft)) checkFigures(draft, context);
  if (sum > MAX_SUM)
    report(fault('BG1C-VALUE-RANGE', { column: 'summ', value: cells.raw('summ') }, cells.where('summ')));
  if (kind === 'vat-invoice' && counterparty.inn === undefined)
    report(fault('BG1C-BUYER-INN', { number, name: counterparty.name }, where));
  if ((kind === 'vat-invoice' || kind === 'upd') && counterparty.address === undefined)
    report(fault('BG1C-BUYER-ADDRESS', { number, name: counterparty.name }, where));
}

function checkFigures({ cells, number, date, sum, report }: Draft, { period }: AssemblyContext): void {
  if (sum <= 0) report(fault('BG1C-DOCUMENT-SUM', { number, sum: sumForPeople(sum) }, cells.where('summ')));
  if (date >= firstDay(shiftPeriod(period, -1)) && date <= lastDay(shiftPeriod(period, 1))) return;
  const values = { number, date: russianDate(date), period: periodName(period) };
  report(fault('BG1C-DOCUMENT-DATE', values, cells.where('create_dt')));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
