import { fault } from '../../faults/fault.ts';
import { sumForPeople } from '../../model/money.ts';
import { pairInvoices } from '../../model/pairing.ts';
import type { Act, Document, Upd, VatInvoice } from '../../model/types.ts';
import { russianDate } from '../../support/dates.ts';
import type { SourceRow } from '../source.ts';
import { cellIndex } from '../tables.ts';
import type { AssemblyContext } from './context.ts';
import { isTaxed } from './draft-lines.ts';
import { commonFields, type DocumentInput, type Draft, keep, sourced, unreadable } from './drafts.ts';
import { linesOfPayments, type SettledPayment } from './payments.ts';
import { mergeRefs, type Sourced } from './sourced.ts';

const LINE_SID = cellIndex('document_lines', 'sid');
const LINE_SUM = cellIndex('document_lines', 'line_summ');

/**
 * Finds the act of each VAT invoice, by act; an invoice without exactly one is refused. The invoice takes the lines of
 * its act, so that books, УПД and PDF show the same.
 */
export function tieInvoices(
  acts: readonly Draft[],
  invoices: readonly Draft[],
  input: DocumentInput,
): Map<Draft, Draft> {
  const pairable = ({ sum, ordinal, printed }: Draft) => ({ sum, ordinal, printed });
  const tied = new Map<Draft, Draft>();
  pairInvoices(acts.map(pairable), invoices.map(pairable)).forEach((found, index) => {
    const invoice = invoices[index]!;
    const { number, report } = invoice;
    const where = invoice.where('number');
    if ('act' in found) {
      const act = acts[found.act]!;
      invoice.lines = act.lines;
      if (linesDiffer(invoice, act, input))
        report(fault('BG1C-VAT-INVOICE-LINES', { number, act: act.number }, where));
      tied.set(act, invoice);
      return;
    }
    if (unreadable(invoice)) return;
    const values = { number, sum: sumForPeople(invoice.sum) };
    if (found.problem === 'ambiguous') {
      const names = found.acts.map((act) => `№ ${acts[act]!.number}`).join(', ');
      report(fault('BG1C-VAT-INVOICE-AMBIGUOUS', { ...values, acts: names }, where));
      return;
    }
    const broken = acts.find(unreadable);
    report(
      broken
        ? fault('BG1C-DOCUMENT-LEFT-OUT', { number, act: broken.number }, where)
        : fault('BG1C-VAT-INVOICE-ALONE', values, where),
    );
  });
  return tied;
}

/** The export's own lines of the invoice against those of the act, by service and sum. */
function linesDiffer(invoice: Draft, act: Draft, { linesByDocument }: DocumentInput): boolean {
  const own = linesByDocument.get(invoice.key);
  const other = linesByDocument.get(act.key);
  if (!own || !other) return false;
  const signature = (rows: readonly SourceRow[]): string =>
    rows
      .map(({ cells }) => `${cells[LINE_SID]} ${cells[LINE_SUM]}`)
      .sort()
      .join('|');
  return signature(own) !== signature(other);
}

/** What an act is made with: also the payments that settle it, undefined where line 5 stays empty by right. */
export type ActInput = DocumentInput & { settled: readonly SettledPayment[] | undefined };

/** An act and its VAT invoice: one УПД where the settings want it and the pair allows it, else one after the other. */
export function actWithInvoice(
  act: Draft,
  invoice: Draft | undefined,
  input: ActInput,
  context: AssemblyContext,
): Sourced<Document>[] {
  if (act.kind === 'upd') return oneUpd(act, undefined, input, context);
  const { upd, types } = context.config.documents;
  // Persons get no VAT invoice (НК РФ ст. 169 п. 3): their act stays an act.
  const lacksInvoice = !invoice && isTaxed(act) && input.counterparty.kind !== 'person';
  const where = act.where('number');
  if (upd && lacksInvoice) act.report(fault('BG1C-UPD-ALONE', { number: act.number }, where));
  else if (lacksInvoice && Object.values(types).includes('vat-invoice'))
    act.report(
      fault('BG1C-VAT-INVOICE-MISSING', { number: act.number, name: input.counterparty.name }, where),
    );
  if (upd && invoice && !sameNumberAndDate(act, invoice)) refusePair(act, invoice);
  else if (upd && (invoice || !isTaxed(act))) return oneUpd(act, invoice, input, context);
  return actThenInvoice(act, invoice, input, context);
}

function sameNumberAndDate(act: Draft, invoice: Draft): boolean {
  return act.number === invoice.number && act.date === invoice.date;
}

function refusePair(act: Draft, invoice: Draft): void {
  const found = fault(
    'BG1C-UPD-NUMBER',
    {
      act: act.number,
      actDate: russianDate(act.date),
      number: invoice.number,
      date: russianDate(invoice.date),
    },
    invoice.where('number'),
  );
  act.report(found);
  invoice.codes.push(found.code);
}

function actThenInvoice(
  act: Draft,
  invoice: Draft | undefined,
  input: ActInput,
  context: AssemblyContext,
): Sourced<Document>[] {
  const kept = keep(act, context);
  if (invoice && !kept && !invoice.codes.includes('BG1C-UPD-NUMBER')) {
    const values = { number: invoice.number, act: act.number };
    invoice.report(fault('BG1C-DOCUMENT-LEFT-OUT', values, invoice.where('number')));
  }
  const keptInvoice = invoice !== undefined && keep(invoice, context);
  if (!kept) return [];
  const record: Act = { ...commonFields(act, input, context, 'act'), record: 'act' };
  const result: Sourced<Document>[] = [sourced(act, input, record)];
  if (keptInvoice) {
    const tied: VatInvoice = {
      ...commonFields(invoice, input, context, 'vat-invoice'),
      record: 'vat-invoice',
      act: record.uuid,
      actNumber: record.number,
      actDate: record.date,
      ...(input.counterparty.collective && { operationCode: '26' as const }),
    };
    result.push(withPayments(sourced(invoice, input, tied), act, input));
  }
  return result;
}

/** Act and VAT invoice in one; where nothing bears VAT and the billing made no invoice, the act alone (decisions 10). */
function oneUpd(
  act: Draft,
  invoice: Draft | undefined,
  input: ActInput,
  context: AssemblyContext,
): Sourced<Document>[] {
  const { counterparty } = input;
  if (invoice) act.codes.push(...invoice.codes);
  const withInvoice = invoice !== undefined || isTaxed(act);
  if (withInvoice && counterparty.inn === undefined && !act.codes.includes('BG1C-BUYER-INN'))
    act.report(fault('BG1C-BUYER-INN', { number: act.number, name: counterparty.name }, act.where('number')));
  if (!keep(act, context, withInvoice ? 'upd' : 'act')) {
    if (invoice) keep({ ...invoice, codes: act.codes }, context);
    return [];
  }
  const vatInvoiceUuid = context.identity.document((invoice ?? act).key, 'vat-invoice');
  const record: Upd = {
    ...commonFields(act, input, context, 'act'),
    record: 'upd',
    ...(withInvoice && { vatInvoiceUuid }),
  };
  const found = sourced(act, input, record);
  const whole = invoice ? { ...found, rows: mergeRefs([found.rows, invoice.rows]) } : found;
  return [withInvoice ? withPayments(whole, act, input) : whole];
}

/** Line 5 of the VAT invoice of a prepaid contract. */
function withPayments<T extends VatInvoice | Upd>(
  found: Sourced<T>,
  act: Draft,
  { settled, contract }: ActInput,
): Sourced<T> {
  if (!settled) return found;
  const { payments, rows } = linesOfPayments(act, settled, contract.number);
  return {
    ...found,
    record: { ...found.record, ...(payments && { payments }) },
    rows: mergeRefs([found.rows, ...rows]),
  };
}
