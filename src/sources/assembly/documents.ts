import { type Fault, fault } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';
import { type Kopecks, MAX_SUM, sumForPeople } from '../../model/money.ts';
import { mapNumber } from '../../model/numbering.ts';
import { pairInvoices } from '../../model/pairing.ts';
import { firstDay, lastDay, periodName, shiftPeriod } from '../../model/period.ts';
import type {
  Act,
  Bill,
  Contract,
  Counterparty,
  Document,
  DocumentKind,
  Upd,
  VatInvoice,
} from '../../model/types.ts';
import { numberFaults } from '../../rules/numbers.ts';
import { russianDate } from '../../support/dates.ts';
import type { SourceRow } from '../source.ts';
import { cellIndex } from '../tables.ts';
import { type Cells, cellReader } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import {
  type DraftLine,
  fallbackLine,
  type LineOwner,
  linesOfCharges,
  linesOfDocument,
  type MonthlyCharge,
  settleLines,
} from './lines.ts';
import { type LeftOut, type RowRefs, refs, type Sourced } from './sourced.ts';

const LINE_SID = cellIndex('document_lines', 'sid');
const LINE_SUM = cellIndex('document_lines', 'line_summ');

/** A document of the billing on its way to a record; errors gather in `codes` and leave it out. */
interface Draft {
  kind: DocumentKind;
  key: string;
  row: SourceRow;
  cells: Cells<'documents'>;
  /** As the billing printed it, for pairing. */
  printed: string;
  number: string;
  date: string;
  sum: Kopecks;
  lines: DraftLine[];
  codes: FaultCode[];
}

/** What the documents of one contract are made of. */
export interface DocumentInput {
  documents: readonly SourceRow[];
  linesByDocument: ReadonlyMap<string, readonly SourceRow[]>;
  accruals: readonly MonthlyCharge[];
  charges: readonly MonthlyCharge[];
  contract: Contract;
  counterparty: Counterparty;
  owner: Omit<LineOwner, 'number' | 'where'>;
  /** Rows behind every document of the contract. */
  rows: RowRefs;
}

/** Key of a document within an export: BGBilling's ids of bills and invoices overlap. */
export function documentKey(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/**
 * Bills, acts, VAT invoices and УПД of a contract (mode `billing`): numbers, dates and sums pass through.
 * A document with an error is left out and named; the others go on.
 */
export function assembleDocuments(input: DocumentInput, context: AssemblyContext): Sourced<Document>[] {
  const drafts = input.documents.map((row) => draftOf(row, context)).filter((draft) => draft !== undefined);
  drafts.sort((a, b) => compare(a.date, b.date) || compare(a.printed, b.printed) || compare(a.key, b.key));
  for (const draft of drafts) checkHead(draft, input, context);
  for (const draft of drafts) if (draft.kind !== 'vat-invoice') fillLines(draft, input, context);
  const bills = drafts.filter(({ kind }) => kind === 'bill');
  const acts = drafts.filter(({ kind }) => kind === 'act' || kind === 'upd');
  const invoices = tieInvoices(
    acts.filter(({ kind }) => kind === 'act'),
    drafts.filter(({ kind }) => kind === 'vat-invoice'),
    input,
    context,
  );
  const result: Sourced<Document>[] = [];
  for (const bill of bills)
    if (keep(bill, context))
      result.push(
        sourced(bill, input, { ...base(bill, input, context, 'bill'), record: 'bill' } satisfies Bill),
      );
  for (const act of acts) result.push(...actWithInvoice(act, invoices.get(act), input, context));
  for (const draft of drafts)
    if (draft.kind === 'vat-invoice' && ![...invoices.values()].includes(draft)) keep(draft, context);
  return result;
}

function draftOf(row: SourceRow, context: AssemblyContext): Draft | undefined {
  const codes: FaultCode[] = [];
  const cells = cellReader(context.source, 'documents', (found) => {
    context.report(found);
    if (found.severity === 'error') codes.push(found.code);
  })(row);
  const kind = context.config.documents.types[cells.raw('doc_type_id')];
  if (kind === undefined || kind === 'ignore') return undefined;
  const key = documentKey(cells.raw('kind'), String(Number(cells.raw('id'))));
  const printed = cells.text('format_number');
  const sum = cells.decimal('summ', 2);
  const date = cells.date('create_dt');
  if (date === undefined && cells.raw('create_dt') === '') cells.required('create_dt');
  if (sum === undefined && cells.raw('summ') === '') cells.required('summ');
  return {
    kind,
    key,
    row,
    cells,
    printed,
    codes,
    number: mapNumber(printed, kind, context.config.numbering.map),
    date: date ?? firstDay(context.period),
    sum: sum ?? 0,
    lines: [],
  };
}

/** Its sum or date did not read: that has been said, and nothing can be concluded from it. */
function unreadable({ codes }: Draft): boolean {
  return codes.some((code) => code.startsWith('BG1C-VALUE-'));
}

function refuse(draft: Draft, found: Fault | readonly Fault[], context: AssemblyContext): void {
  for (const one of Array.isArray(found) ? (found as Fault[]) : [found as Fault]) {
    context.report(one);
    if (one.severity === 'error') draft.codes.push(one.code);
  }
}

/** Number, date, sum, buyer: everything that does not need the lines. */
function checkHead(draft: Draft, { counterparty }: DocumentInput, context: AssemblyContext): void {
  const { cells, number, kind, key, date, sum } = draft;
  if (context.doubles.has(key))
    refuse(draft, fault('BG1C-ROW-TWICE', { table: 'documents', key }, cells.where('id')), context);
  const where = cells.where('format_number');
  refuse(draft, numberFaults(number, kind, key, where), context);
  if (draft.codes.length === 0 || !draft.codes.includes('BG1C-ROW-TWICE')) {
    const twice = number === '' ? undefined : context.numbers.take(number, kind, date, key, where);
    if (twice) refuse(draft, twice, context);
  }
  const unread = unreadable(draft);
  if (sum <= 0 && !unread)
    refuse(
      draft,
      fault('BG1C-DOCUMENT-SUM', { number, sum: sumForPeople(sum) }, cells.where('summ')),
      context,
    );
  if (sum > MAX_SUM)
    refuse(
      draft,
      fault('BG1C-VALUE-RANGE', { column: 'summ', value: cells.raw('summ') }, cells.where('summ')),
      context,
    );
  const early = shiftPeriod(context.period, -1);
  const late = shiftPeriod(context.period, 1);
  if (!unread && (date < firstDay(early) || date > lastDay(late)))
    refuse(
      draft,
      fault(
        'BG1C-DOCUMENT-DATE',
        { number, date: russianDate(date), period: periodName(context.period) },
        cells.where('create_dt'),
      ),
      context,
    );
  if (kind === 'vat-invoice' || kind === 'upd') {
    if (counterparty.inn === undefined && kind === 'vat-invoice')
      refuse(draft, fault('BG1C-BUYER-INN', { number, name: counterparty.name }, where), context);
    if (counterparty.address === undefined)
      refuse(draft, fault('BG1C-BUYER-ADDRESS', { number, name: counterparty.name }, where), context);
  }
}

/** Lines: the document's own, else accruals and charges that add up exactly, else one line where allowed. */
function fillLines(draft: Draft, input: DocumentInput, context: AssemblyContext): void {
  if (unreadable(draft)) return;
  const owner: LineOwner = { ...input.owner, number: draft.number, where: draft.cells.where('summ') };
  const own = input.linesByDocument.get(draft.key);
  const lines = own ? ownLines(own, draft, owner, context) : derivedLines(draft, owner, input, context);
  if (!lines) return;
  for (const { line, where } of lines) {
    const problem = context.services.problem(line.service);
    if (problem === 'twice')
      refuse(draft, fault('BG1C-ROW-TWICE', { table: 'services', key: line.service }, where), context);
    if (problem === 'missing')
      refuse(
        draft,
        fault('BG1C-SERVICE-MISSING', { number: draft.number, sid: line.service }, where),
        context,
      );
  }
  const settled = settleLines(lines, owner, { ...context, report: (found) => refuse(draft, found, context) });
  if (settled) draft.lines = settled;
}

function ownLines(
  rows: readonly SourceRow[],
  draft: Draft,
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine[] | undefined {
  const lines = linesOfDocument(rows, owner, {
    ...context,
    report: (found) => refuse(draft, found, context),
  });
  if (!lines) return undefined;
  const total = sumOf(lines);
  if (total === draft.sum) return lines;
  refuse(
    draft,
    fault(
      'BG1C-LINES-TOTAL',
      {
        number: draft.number,
        lines: sumForPeople(total),
        sum: sumForPeople(draft.sum),
        difference: sumForPeople(total - draft.sum),
      },
      owner.where,
    ),
    context,
  );
  return undefined;
}

function derivedLines(
  draft: Draft,
  owner: LineOwner,
  input: DocumentInput,
  context: AssemblyContext,
): DraftLine[] | undefined {
  const all = linesOfCharges([...input.accruals, ...input.charges], owner, context);
  if (sumOf(all) === draft.sum) return all;
  const accruals = linesOfCharges(input.accruals, owner, context);
  if (sumOf(accruals) === draft.sum) return accruals;
  const values = { number: draft.number, sum: sumForPeople(draft.sum), accruals: sumForPeople(sumOf(all)) };
  const template = context.config.lines.fallback;
  if (template === undefined) {
    refuse(draft, fault('BG1C-LINES-UNKNOWN', values, owner.where), context);
    return undefined;
  }
  const [month, year] = periodName(context.period).split(' ') as [string, string];
  const text = template.replaceAll('{month}', month).replaceAll('{year}', year);
  refuse(draft, fault('BG1C-LINES-FALLBACK', { ...values, text }, owner.where), context);
  return [fallbackLine(text, draft.sum, owner, context)];
}

/** Finds the act of each VAT invoice; an invoice without exactly one is left out. */
function tieInvoices(
  acts: readonly Draft[],
  invoices: readonly Draft[],
  input: DocumentInput,
  context: AssemblyContext,
): Map<Draft, Draft> {
  const pairable = (draft: Draft) => ({
    sum: draft.sum,
    ordinal: draft.cells.raw('number'),
    printed: draft.printed,
  });
  const tied = new Map<Draft, Draft>();
  pairInvoices(acts.map(pairable), invoices.map(pairable)).forEach((found, index) => {
    const invoice = invoices[index]!;
    const values = { number: invoice.number, sum: sumForPeople(invoice.sum) };
    const where = invoice.cells.where('format_number');
    if ('act' in found) {
      const act = acts[found.act]!;
      invoice.lines = act.lines;
      if (linesDiffer(invoice, act, input))
        refuse(
          invoice,
          fault('BG1C-VAT-INVOICE-LINES', { number: invoice.number, act: act.number }, where),
          context,
        );
      tied.set(act, invoice);
    } else if (unreadable(invoice)) {
      // No act can be looked for.
    } else if (found.problem === 'alone') {
      const broken = acts.find(unreadable);
      const alone = broken
        ? fault('BG1C-DOCUMENT-LEFT-OUT', { number: invoice.number, act: broken.number }, where)
        : fault('BG1C-VAT-INVOICE-ALONE', values, where);
      refuse(invoice, alone, context);
    } else {
      const names = found.acts.map((act) => `№ ${acts[act]!.number}`).join(', ');
      refuse(invoice, fault('BG1C-VAT-INVOICE-AMBIGUOUS', { ...values, acts: names }, where), context);
    }
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

function actWithInvoice(
  act: Draft,
  invoice: Draft | undefined,
  input: DocumentInput,
  context: AssemblyContext,
): Sourced<Document>[] {
  if (act.kind === 'upd') return keepUpd(act, undefined, input, context);
  if (context.config.documents.upd && isTaxed(act)) {
    if (!invoice && input.counterparty.kind === 'person') {
      // Persons get no VAT invoice (НК РФ ст. 169 п. 3): their act stays an act.
    } else if (!invoice)
      refuse(act, fault('BG1C-UPD-ALONE', { number: act.number }, act.cells.where('format_number')), context);
    else if (invoice.number === act.number && invoice.date === act.date)
      return keepUpd(act, invoice, input, context);
    else {
      const values = {
        act: act.number,
        actDate: russianDate(act.date),
        number: invoice.number,
        date: russianDate(invoice.date),
      };
      const found = fault('BG1C-UPD-NUMBER', values, invoice.cells.where('format_number'));
      refuse(act, found, context);
      invoice.codes.push(found.code);
    }
  } else if (context.config.documents.upd && !invoice) return keepUpd(act, undefined, input, context);
  const kept = keep(act, context);
  if (invoice && !kept) {
    const found = fault(
      'BG1C-DOCUMENT-LEFT-OUT',
      { number: invoice.number, act: act.number },
      invoice.cells.where('format_number'),
    );
    if (!invoice.codes.includes('BG1C-UPD-NUMBER')) refuse(invoice, found, context);
  }
  const keptInvoice = invoice !== undefined && keep(invoice, context);
  if (!kept) return [];
  const record: Act = { ...base(act, input, context, 'act'), record: 'act' };
  const result = [sourced<Document>(act, input, record)];
  if (keptInvoice) {
    const tied: VatInvoice = {
      ...base(invoice, input, context, 'vat-invoice'),
      record: 'vat-invoice',
      act: record.uuid,
      actNumber: record.number,
      actDate: record.date,
    };
    result.push(sourced<Document>(invoice, input, tied));
  }
  return result;
}

/** Act and VAT invoice in one; without VAT it is the act alone (decisions 10). */
function keepUpd(
  act: Draft,
  invoice: Draft | undefined,
  input: DocumentInput,
  context: AssemblyContext,
): Sourced<Document>[] {
  if (invoice) act.codes.push(...invoice.codes);
  const taxed = isTaxed(act);
  if (taxed && input.counterparty.inn === undefined && !act.codes.includes('BG1C-BUYER-INN'))
    refuse(
      act,
      fault(
        'BG1C-BUYER-INN',
        { number: act.number, name: input.counterparty.name },
        act.cells.where('format_number'),
      ),
      context,
    );
  const kept = keep(act, context);
  if (invoice && !kept) keep({ ...invoice, codes: act.codes }, context);
  if (!kept) return [];
  const vatInvoiceUuid = context.identity.document((invoice ?? act).key, 'vat-invoice');
  const record: Upd = {
    ...base(act, input, context, 'act'),
    record: 'upd',
    ...(taxed && { vatInvoiceUuid }),
  };
  const found = sourced<Document>(act, input, record);
  return invoice
    ? [{ ...found, rows: { ...found.rows, documents: [act.row.line, invoice.row.line] } }]
    : [found];
}

function isTaxed(draft: Draft): boolean {
  return draft.lines.some(({ line }) => line.rate !== 'none');
}

/** True when the document goes into the package; otherwise it is named among those left out. */
function keep(draft: Draft, context: AssemblyContext): boolean {
  if (draft.codes.length === 0) return true;
  context.leaveOut(leftOut(draft));
  return false;
}

function leftOut({ kind, key, number, codes }: Draft): LeftOut {
  return { kind, key, number, codes: [...new Set(codes)] };
}

function base(
  draft: Draft,
  { contract, counterparty }: DocumentInput,
  context: AssemblyContext,
  role: 'bill' | 'act' | 'vat-invoice',
) {
  const lines = draft.lines.map(({ line }) => ({ ...line, service: context.identity.service(line.service) }));
  return {
    uuid: context.identity.document(draft.key, role),
    key: draft.key,
    number: draft.number,
    date: draft.date,
    period: context.period,
    contract: contract.uuid,
    counterparty: counterparty.uuid,
    account: contract.account,
    sum: draft.sum,
    vat: lines.reduce((sum, line) => sum + line.vat, 0),
    lines,
  };
}

function sourced<T extends Document>(draft: Draft, { rows }: DocumentInput, record: T): Sourced<T> {
  return {
    record,
    rows: { ...rows, ...refs('documents', [draft.row]) },
    lines: draft.lines.map((line) => line.rows),
  };
}

function sumOf(lines: readonly DraftLine[]): Kopecks {
  return lines.reduce((sum, { line }) => sum + line.sum, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
