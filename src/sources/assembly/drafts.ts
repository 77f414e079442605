import { type Fault, type FaultWhere, fault } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';
import type { Kopecks } from '../../model/money.ts';
import { mapNumber } from '../../model/numbering.ts';
import { firstDay, periodName } from '../../model/period.ts';
import type { Contract, Counterparty, Document, DocumentKind } from '../../model/types.ts';
import { KIND_NAMES } from '../../rules/numbers.ts';
import type { SourceRow } from '../source.ts';
import { cellReader } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import type { DraftLine, LineOwner, MonthlyCharge } from './lines.ts';
import type { ContractMoney } from './payments.ts';
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
  /** Of a prepaid contract. */
  money: ContractMoney | undefined;
  /** Rows behind every document of the contract. */
  rows: RowRefs;
  /** Where the contract stands in the export. */
  origin: FaultWhere;
}

/** A document of the billing on its way to a record; errors gather in `codes` and leave it out. */
export interface Draft {
  kind: DocumentKind;
  key: string;
  /** Rows of the document itself. */
  rows: RowRefs;
  /** As the billing printed it, for pairing. */
  printed: string;
  /** The billing's plain ordinal number, '' when unknown. */
  ordinal: string;
  number: string;
  date: string;
  sum: Kopecks;
  lines: DraftLine[];
  codes: FaultCode[];
  /** Where its number, date or sum stands. */
  where(value: DraftValue): FaultWhere;
  /** Reports a finding of this document; an error leaves it out. */
  report(found: Fault): void;
}

export type DraftValue = 'id' | 'number' | 'date' | 'sum';

/** Columns of the values that messages name. */
const COLUMNS = { id: 'id', number: 'format_number', date: 'create_dt', sum: 'summ' } as const;

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
    rows: refs('documents', [row]),
    printed,
    ordinal: cells.raw('number'),
    number: mapNumber(printed, kind, context.config.numbering.map),
    date: date ?? firstDay(context.period),
    sum: sum ?? 0,
    lines: [],
    codes,
    where: (value) => cells.where(COLUMNS[value]),
    report,
  };
}

/** A document that is made here. @param label how messages call it before it has a number */
export function localDraft(
  { kind, key, label, date }: { kind: DocumentKind; key: string; label: string; date: string },
  origin: FaultWhere,
  context: AssemblyContext,
): Draft {
  const codes: FaultCode[] = [];
  return {
    ...{ kind, key, date, codes },
    rows: {},
    printed: '',
    ordinal: '',
    number: label,
    sum: 0,
    lines: [],
    where: () => origin,
    report(found) {
      context.report(found);
      if (found.severity === 'error') codes.push(found.code);
    },
  };
}

/** Its sum or date did not read: that has been said, and nothing can be concluded from it. */
export function unreadable({ codes }: Draft): boolean {
  return codes.some((code) => code.startsWith('BG1C-VALUE-'));
}

/**
 * True when the document goes into the package; otherwise it is named among those left out. Only what goes in takes its
 * number: what is left out takes it from nobody.
 * @param kind what it becomes: an act with its VAT invoice may become an УПД
 */
export function keep(draft: Draft, context: AssemblyContext, kind: DocumentKind = draft.kind): boolean {
  const { key, number, codes } = draft;
  if (codes.length === 0) takeNumber(draft, kind, context);
  if (codes.length > 0) context.leaveOut({ kind: draft.kind, key, number, codes: [...new Set(codes)] });
  return codes.length === 0;
}

function takeNumber(
  { key, number, date, report, where }: Draft,
  kind: DocumentKind,
  context: AssemblyContext,
) {
  // 1C draws it.
  if (number === '') return;
  const { numbers, given, identity } = context;
  const taken = numbers.take(number, kind, date, key, where('number'));
  if (taken) report(taken);
  const role = kind === 'upd' ? 'act' : kind;
  const month = given.elsewhere(role, date.slice(0, 4), number, identity.document(key, role));
  if (month === undefined) return;
  const values = { kind: KIND_NAMES[kind], number, period: periodName(month) };
  report(fault('BG1C-NUMBER-TAKEN', values, where('number')));
}

/** The fields that all records of documents share. */
export function commonFields(
  draft: Draft,
  { contract, counterparty }: DocumentInput,
  { config, identity, period, services }: AssemblyContext,
  role: 'bill' | 'act' | 'vat-invoice',
) {
  const lines = draft.lines.map(({ line }) => ({ ...line, service: services.uuid(line.service) }));
  return {
    uuid: identity.document(draft.key, role),
    key: draft.key,
    number: draft.number,
    ...(config.numbering.by === 'onec' && { numberedBy: 'onec' as const }),
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
    rows: { ...rows, ...draft.rows },
    lines: draft.lines.map((line) => line.rows),
  };
}
