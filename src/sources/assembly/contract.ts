import { fault } from '../../faults/fault.ts';
import type { Kopecks } from '../../model/money.ts';
import { mapNumber } from '../../model/numbering.ts';
import type { Document, DocumentKind } from '../../model/types.ts';
import type { SourceRow } from '../source.ts';
import { cellIndex } from '../tables.ts';
import { accrualKey } from './accrual.ts';
import { cellReader } from './cells.ts';
import { type MonthlyCharges, monthlyCharges, reconcile, reportUndocumented } from './charges.ts';
import type { AssemblyContext } from './context.ts';
import { assembleDocuments } from './documents.ts';
import { type DocumentInput, documentKey } from './drafts.ts';
import { type Aside, contractAside, createAsideTally, PERSONS_ASIDE } from './filter.ts';
import type { ContractRows } from './month.ts';
import { contractMoney } from './payments.ts';
import { collectiveContract, collectiveCounterparty, isPerson, takePerson } from './persons.ts';
import type { ContractResult } from './sourced.ts';
import { contractRowOf, firstMention, partiesOf, type Subject, subjectOf } from './subject.ts';

const TITLE = cellIndex('contracts', 'contract_title');
const LINE_KIND = cellIndex('document_lines', 'kind');
const LINE_DOCUMENT = cellIndex('document_lines', 'doc_id');

/**
 * One contract of the billing with its dependent sub-contracts rolled up → what of it goes into a package.
 * Undefined when nothing does: nothing this month, left aside by the settings, an error in what its documents share, or a
 * person whose month goes into the one act of all.
 */
export function assembleContract(rows: ContractRows, context: AssemblyContext): ContractResult | undefined {
  const { config } = context;
  const accrual = config.documents.mode === 'accrual';
  const row = contractRowOf(rows);
  const why = row && contractAside(cellReader(context.source, 'contracts', () => {})(row), config);
  if (why) {
    leaveAside(why, rows, context);
    return undefined;
  }
  const number = (row ?? rows.contracts[0])?.cells[TITLE] ?? String(rows.id);
  const charges = monthlyCharges(rows, context);
  if (accrual ? isEmpty(charges) : rows.documents.length === 0) {
    if (!accrual) reportUndocumented(rows, number, charges, context);
    return undefined;
  }
  let failed = charges.failed;
  const shared: AssemblyContext = {
    ...context,
    report(found) {
      context.report(found);
      failed ||= found.severity === 'error';
    },
  };
  const subject = subjectOf(rows, shared);
  const together = config.persons.mode !== 'individual' && subject !== undefined && isPerson(subject.client);
  const parties = subject && !together ? partiesOf(subject, rows, shared) : undefined;
  if (!subject || failed || !(parties || together)) {
    if (accrual) leaveAccrualOut(rows, number, charges, context);
    else leaveAllOut(rows, number, context);
    return undefined;
  }
  if (!parties) {
    takeTogether(subject, rows, charges, context);
    return undefined;
  }
  const { counterparty, contract } = parties;
  const { organization } = subject;
  const input: DocumentInput = {
    ...sourcesOf(rows, charges, subject),
    contract: contract.record,
    counterparty: counterparty.record,
    money: contract.record.prepaid ? contractMoney(rows, context) : undefined,
    rows: { ...counterparty.rows, ...contract.rows },
  };
  const documents = assembleDocuments(input, context);
  if (accrual) context.charged(contract.record.number, ...formed(documents, charges));
  else reconcile(rows, charges, { number: contract.record.number, ...input.owner, where: {} }, context);
  if (documents.length === 0) return undefined;
  return {
    organization: organization.code,
    counterparty,
    contract,
    services: context.services.used(documents.map(({ record }) => record)),
    documents,
  };
}

/** What the documents of a contract are made of in any case. */
function sourcesOf(
  rows: ContractRows,
  { accruals, charges }: MonthlyCharges,
  { organization, contract }: Subject,
) {
  return {
    documents: rows.documents,
    linesByDocument: groupLines(rows.document_lines),
    accruals,
    charges,
    owner: { contract: String(rows.id), organization },
    origin: contract.where('contract_title'),
  };
}

/** A person whose month makes no documents of its own (`persons.mode`). */
function takeTogether(
  subject: Subject,
  rows: ContractRows,
  charges: MonthlyCharges,
  context: AssemblyContext,
): void {
  const { organization, account } = subject;
  if (context.config.persons.mode === 'ignore') {
    leaveAside(PERSONS_ASIDE, rows, context);
    return;
  }
  const input: DocumentInput = {
    ...sourcesOf(rows, charges, subject),
    contract: { ...collectiveContract(organization.code, context), account },
    counterparty: collectiveCounterparty(context),
    money: undefined,
    rows: {},
  };
  takePerson(context.persons, organization, input, context);
}

function isEmpty({ accruals, charges, failed }: MonthlyCharges): boolean {
  return accruals.length + charges.length === 0 && !failed;
}

/** Counted with what it was charged; where the export has no accruals, with its acts. */
function leaveAside(why: Aside, rows: ContractRows, context: AssemblyContext): void {
  const { accruals, charges } = monthlyCharges(rows, {
    ...context,
    report: () => {},
    aside: createAsideTally(),
  });
  const charged = [...accruals, ...charges].reduce((sum, charge) => sum + charge.sum, 0);
  if (rows.documents.length + accruals.length + charges.length === 0) return;
  context.aside.add(why, charged || actsTotal(rows, context));
}

function actsTotal({ documents }: ContractRows, { source, config }: AssemblyContext): Kopecks {
  const read = cellReader(source, 'documents', () => {});
  return documents
    .map((row) => read(row))
    .filter((cells) => ['act', 'upd'].includes(config.documents.types[cells.raw('doc_type_id')] ?? ''))
    .reduce((sum, cells) => sum + (cells.decimal('summ', 2) ?? 0), 0);
}

/** What was charged, and what documents it gave: they are made of it, so the sums differ only where they were not made. */
function formed(
  documents: readonly { record: Document }[],
  { accruals, charges }: MonthlyCharges,
): [accrued: Kopecks, documents: Kopecks] {
  const acts = documents.filter(({ record: { record } }) => record === 'act' || record === 'upd');
  const sum = acts.reduce((total, { record }) => total + record.sum, 0);
  if (acts.length > 0) return [sum, sum];
  return [[...accruals, ...charges].reduce((total, charge) => total + charge.sum, 0), 0];
}

/** The act that would have been made of what the contract was charged. */
function leaveAccrualOut(
  rows: ContractRows,
  contract: string,
  charges: MonthlyCharges,
  context: AssemblyContext,
): void {
  context.charged(contract, ...formed([], charges));
  const number = `(договор ${contract})`;
  const key = accrualKey(context.period, String(rows.id));
  const found = fault('BG1C-CONTRACT-LEFT-OUT', { number, contract }, firstMention(rows, context).where);
  context.report(found);
  context.leaveOut({ kind: 'act', key, number, codes: [found.code] });
}

/** Every document of a contract whose own data have an error is named. */
function leaveAllOut(rows: ContractRows, contract: string, context: AssemblyContext): void {
  for (const row of rows.documents) {
    const cells = cellReader(context.source, 'documents', () => {})(row);
    const kind = context.config.documents.types[cells.raw('doc_type_id')];
    if (kind === undefined || kind === 'ignore') continue;
    const number = mapNumber(cells.text('format_number'), kind as DocumentKind, context.config.numbering.map);
    const key = documentKey(cells.raw('kind'), String(Number(cells.raw('id'))));
    const found = fault('BG1C-CONTRACT-LEFT-OUT', { number, contract }, cells.where('format_number'));
    context.report(found);
    context.leaveOut({ kind, key, number, codes: [found.code] });
  }
}

/** Lines by document key; lines without `kind` belong to invoices (facts: BGBilling exports no others). */
function groupLines(rows: readonly SourceRow[]): Map<string, SourceRow[]> {
  const groups = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const key = documentKey(row.cells[LINE_KIND] || 'invoice', String(Number(row.cells[LINE_DOCUMENT])));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
