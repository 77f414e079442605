import type { Fault } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';
import type { Kopecks } from '../../model/money.ts';
import { mapNumber } from '../../model/numbering.ts';
import { firstDay } from '../../model/period.ts';
import type { Contract, Counterparty, Document, DocumentKind } from '../../model/types.ts';
import type { SourceRow } from '../source.ts';
import { type Cells, cellReader } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import type { DraftLine, LineOwner, MonthlyCharge } from './lines.ts';
import { type RowRefs, refs, type Sourced } from './sourced.ts';

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

/** A document of the billing on its way to a record; errors gather in `codes` and leave it out. */
export interface Draft {
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
  /** Reports a finding of this document; an error leaves it out. */
  report(found: Fault): void;
}

/** Key of a document within an export: BGBilling's ids of bills and invoices overlap. */
export function documentKey(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** Reads a row; undefined where the settings say to ignore its type. */
export function draftOf(row: SourceRow, context: AssemblyContext): Draft | undefined {
  const codes: FaultCode[] = [];
  const report = (found: Fault): void => {
    context.report(found);
    if (found.severity === 'error') codes.push(found.code);
  };
  const cells = cellReader(context.source, 'documents', report)(row);
  const kind = context.config.documents.types[cells.raw('doc_type_id')];
  if (kind === undefined || kind === 'ignore') return undefined;
  const printed = cells.text('format_number');
  const sum = cells.decimal('summ', 2);
  const date = cells.requiredDate('create_dt');
  if (sum === undefined && cells.raw('summ') === '') cells.required('summ');
  return {
    kind,
    key: documentKey(cells.raw('kind'), String(Number(cells.raw('id')))),
    row,
    cells,
    printed,
    number: mapNumber(printed, kind, context.config.numbering.map),
    date: date ?? firstDay(context.period),
    sum: sum ?? 0,
    lines: [],
    codes,
    report,
  };
}

/** Its sum or date did not read: that has been said, and nothing can be concluded from it. */
export function unreadable({ codes }: Draft): boolean {
  return codes.some((code) => code.startsWith('BG1C-VALUE-'));
}

/** True when the document goes into the package; otherwise it is named among those left out. */
export function keep({ kind, key, number, codes }: Draft, context: AssemblyContext): boolean {
  if (codes.length > 0) context.leaveOut({ kind, key, number, codes: [...new Set(codes)] });
  return codes.length === 0;
}

/** The fields that all records of documents share. */
export function commonFields(
  draft: Draft,
  { contract, counterparty }: DocumentInput,
  { identity, period, services }: AssemblyContext,
  role: 'bill' | 'act' | 'vat-invoice',
) {
  const lines = draft.lines.map(({ line }) => ({ ...line, service: services.uuid(line.service) }));
  return {
    uuid: identity.document(draft.key, role),
    key: draft.key,
    number: draft.number,
    date: draft.date,
    period,
    contract: contract.uuid,
    counterparty: counterparty.uuid,
    account: contract.account,
    sum: draft.sum,
    vat: lines.reduce((sum, line) => sum + line.vat, 0),
    lines,
  };
}

/** A record with the source rows of its document. */
export function sourced<T extends Document>(draft: Draft, { rows }: DocumentInput, record: T): Sourced<T> {
  return {
    record,
    rows: { ...rows, ...refs('documents', [draft.row]) },
    lines: draft.lines.map((line) => line.rows),
  };
}
