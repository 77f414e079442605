import { type Fault, fault } from '../../faults/fault.ts';
import { sumForPeople } from '../../model/money.ts';
import { mapNumber } from '../../model/numbering.ts';
import { periodName } from '../../model/period.ts';
import type { DocumentKind } from '../../model/types.ts';
import { fitText } from '../../rules/texts.ts';
import type { SourceRow } from '../source.ts';
import { type ColumnName, cellIndex, type TableName } from '../tables.ts';
import { cellReader } from './cells.ts';
import { type AssemblyContext, organizationOf } from './context.ts';
import { assembleDocuments } from './documents.ts';
import { documentKey } from './drafts.ts';
import { type LineOwner, linesOfCharges, type MonthlyCharge } from './lines.ts';
import type { ContractRows } from './month.ts';
import { ACCOUNT_LIMIT, assembleCounterparty, assembleContract as contractRecord } from './parties.ts';
import { chargeService } from './services.ts';
import { type ContractResult, refs } from './sourced.ts';

/** `cid` and `contract_title` are the first columns of both tables of parties. */
const CID = 0;
const TITLE = 1;
const LINE_KIND = cellIndex('document_lines', 'kind');
const LINE_DOCUMENT = cellIndex('document_lines', 'doc_id');

/**
 * One contract of the billing with its dependent sub-contracts rolled up → what of it goes into a package.
 * Undefined when nothing does: no documents this month, or an error in what they share.
 */
export function assembleContract(rows: ContractRows, context: AssemblyContext): ContractResult | undefined {
  const contractRow = rows.contracts.find(({ cells }) => Number(cells[CID]) === rows.id);
  const number = (contractRow ?? rows.contracts[0])?.cells[TITLE] ?? String(rows.id);
  const charges = monthlyCharges(rows, context);
  if (rows.documents.length === 0) {
    reportUndocumented(rows, number, charges, context);
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
  const parties = assembleParties(rows, contractRow, shared);
  if (!parties || failed) {
    leaveAllOut(rows, number, context);
    return undefined;
  }
  const { counterparty, contract, organization } = parties;
  const owner = { contract: contract.record.id, organization };
  const documents = assembleDocuments(
    {
      documents: rows.documents,
      linesByDocument: groupLines(rows.document_lines),
      accruals: charges.accruals,
      charges: charges.charges,
      contract: contract.record,
      counterparty: counterparty.record,
      owner,
      rows: { ...counterparty.rows, ...contract.rows },
    },
    context,
  );
  reconcile(rows, charges, { number: contract.record.number, ...owner, where: {} }, context);
  if (documents.length === 0) return undefined;
  return {
    organization: organization.code,
    counterparty,
    contract,
    services: context.services.used(documents.map(({ record }) => record)),
    documents,
  };
}

function assembleParties(rows: ContractRows, contractRow: SourceRow | undefined, context: AssemblyContext) {
  const { source, config, report } = context;
  const say = (found: Fault): void => report(found);
  const document = cellReader(source, 'documents', say)(rows.documents[0]!);
  const cid = String(rows.id);
  if (rows.orphan) {
    for (const row of rows.contracts) reportOrphan(row, context);
    return undefined;
  }
  if (!contractRow) {
    report(fault('BG1C-CONTRACT-MISSING', { table: 'documents', cid }, document.where('cid')));
    return undefined;
  }
  const cells = cellReader(source, 'contracts', say)(contractRow);
  const number = cells.text('contract_title');
  const clients = rows.clients.filter((row) => Number(row.cells[CID]) === rows.id);
  const clientRow = clients[0];
  if (!clientRow) {
    report(fault('BG1C-CLIENT-MISSING', { contract: number, cid }, cells.where('cid')));
    return undefined;
  }
  for (const [table, found] of [
    ['clients', clients],
    ['contracts', rows.contracts.filter((row) => Number(row.cells[CID]) === rows.id)],
  ] as const)
    if (found.length > 1)
      for (const row of found)
        report(
          fault('BG1C-ROW-TWICE', { table, key: cid }, cellReader(source, table, say)(row).where('cid')),
        );
  const firm = cells.raw('firm_id') || '0';
  const organization = organizationOf(config, firm);
  if (!organization) {
    report(fault('BG1C-FIRM-UNKNOWN', { contract: number, firm }, cells.where('firm_id')));
    return undefined;
  }
  const client = cellReader(source, 'clients', say)(clientRow);
  const account = fitText(
    client.extra(config.source.account) || number,
    ACCOUNT_LIMIT,
    'Лицевой счёт',
    client.where('contract_title'),
    report,
  );
  const counterparty = assembleCounterparty(
    client,
    clientRow,
    { id: cid, number, account, sharedInn: rows.sharedInn },
    context,
  );
  const contract =
    counterparty && contractRecord(cells, contractRow, account, counterparty.record.uuid, context);
  return counterparty && contract && !client.failed() ? { counterparty, contract, organization } : undefined;
}

function reportOrphan(row: SourceRow, { source, report }: AssemblyContext): void {
  const cells = cellReader(source, 'contracts', report)(row);
  const values = { contract: cells.text('contract_title'), cid: cells.raw('cid'), scid: cells.raw('scid') };
  report(fault('BG1C-SUPER-MISSING', values, cells.where('scid')));
}

interface MonthlyCharges {
  accruals: MonthlyCharge[];
  charges: MonthlyCharge[];
  failed: boolean;
}

/** Accruals of the month and those charges that count as sales, over the contract and its sub-contracts. */
function monthlyCharges(rows: ContractRows, context: AssemblyContext): MonthlyCharges {
  let failed = false;
  const report = (found: Fault): void => {
    context.report(found);
    failed ||= found.severity === 'error';
  };
  const accrualCells = cellReader(context.source, 'accruals', report);
  const accruals = rows.accruals.map((row): MonthlyCharge => {
    const cells = accrualCells(row);
    const sid = cells.id('sid') ?? '';
    const sum = cells.decimal('summa', 2) ?? 0;
    return {
      sid,
      title: cells.text('service_title') || context.services.title(sid),
      sum,
      rows: refs('accruals', [row]),
    };
  });
  const chargeCells = cellReader(context.source, 'charges', report);
  const charges = rows.charges.flatMap((row): MonthlyCharge[] => {
    const cells = chargeCells(row);
    const type = cells.raw('pt');
    const title = cells.text('charge_type');
    const use = context.config.charges.types[type];
    if (use === undefined) report(fault('BG1C-CHARGE-TYPE-UNKNOWN', { type, title }, cells.where('pt')));
    if (use !== 'sale') return [];
    const sum = cells.decimal('summa', 2) ?? 0;
    return [
      {
        sid: chargeService(type),
        title: title || context.services.title(chargeService(type)),
        sum: cells.flag('payback') ? -sum : sum,
        rows: refs('charges', [row]),
      },
    ];
  });
  return { accruals, charges, failed };
}

/** What was charged and is in no document; the contract itself may be missing in the export. */
function reportUndocumented(
  rows: ContractRows,
  number: string,
  { accruals, charges }: MonthlyCharges,
  context: AssemblyContext,
): void {
  const sum = [...accruals, ...charges].reduce((total, charge) => total + charge.sum, 0);
  if (sum === 0) return;
  const place = <T extends TableName>(table: T, row: SourceRow | undefined, column: ColumnName<T>) =>
    row && cellReader(context.source, table, () => {})(row).where(column);
  const where =
    place('contracts', rows.contracts[0], 'contract_title') ??
    place('accruals', rows.accruals[0], 'cid') ??
    place('charges', rows.charges[0], 'cid');
  const values = { contract: number, period: periodName(context.period), accruals: sumForPeople(sum) };
  context.report(fault('BG1C-ACCRUAL-NO-DOCUMENT', values, where));
  context.differs(number, sum, 0);
}

/** Acts of the month against accruals and sales charges: a difference is shown with both numbers. */
function reconcile(
  rows: ContractRows,
  charges: MonthlyCharges,
  owner: LineOwner,
  context: AssemblyContext,
): void {
  const { number } = owner;
  if (!context.source.has('accruals') || charges.failed) return;
  const acts = rows.documents
    .map((row) => cellReader(context.source, 'documents', () => {})(row))
    .filter((cells) =>
      ['act', 'upd'].includes(context.config.documents.types[cells.raw('doc_type_id')] ?? ''),
    );
  const accrued = linesOfCharges([...charges.accruals, ...charges.charges], owner, context).reduce(
    (sum, { line }) => sum + line.sum,
    0,
  );
  const period = periodName(context.period);
  if (acts.length === 0) {
    reportUndocumented(rows, number, charges, context);
    return;
  }
  const documents = acts.reduce((sum, cells) => sum + (cells.decimal('summ', 2) ?? 0), 0);
  if (documents === accrued) return;
  const values = {
    contract: number,
    period,
    documents: sumForPeople(documents),
    accruals: sumForPeople(accrued),
    difference: sumForPeople(documents - accrued),
  };
  context.report(fault('BG1C-ACCRUALS-TOTAL', values, acts[0]!.where('summ')));
  context.differs(number, accrued, documents);
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
