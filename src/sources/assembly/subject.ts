import type { OrganizationConfig } from '../../config/types.ts';
import { type FaultWhere, fault } from '../../faults/fault.ts';
import type { Contract, Counterparty } from '../../model/types.ts';
import { fitText } from '../../rules/texts.ts';
import type { SourceRow } from '../source.ts';
import { type Cells, cellReader } from './cells.ts';
import { type AssemblyContext, organizationOf } from './context.ts';
import type { ContractRows } from './month.ts';
import { ACCOUNT_LIMIT, assembleCounterparty, assembleContract as contractRecord } from './parties.ts';
import type { Sourced } from './sourced.ts';

/** `cid` is the first column of both tables of parties. */
const CID = 0;

/** Whose month it is: the rows of a contract and of its client, each once, and our organisation. */
export interface Subject {
  contract: Cells<'contracts'>;
  contractRow: SourceRow;
  client: Cells<'clients'>;
  clientRow: SourceRow;
  number: string;
  account: string;
  organization: OrganizationConfig;
}

/** The contract's own row; those of its sub-contracts stand beside it. */
export function contractRowOf({ id, contracts }: ContractRows): SourceRow | undefined {
  return contracts.find(({ cells }) => Number(cells[CID]) === id);
}

/** The row that makes the contract matter: its first document, else the first thing it was charged. */
export function firstMention(
  rows: ContractRows,
  { source }: AssemblyContext,
): { table: string; where: FaultWhere } {
  for (const table of ['documents', 'accruals', 'charges'] as const) {
    const row = rows[table][0];
    if (row) return { table, where: cellReader(source, table, () => {})(row).where('cid') };
  }
  return { table: 'contracts', where: {} };
}

/** Undefined where the export or the settings lack one of them: that is said. */
export function subjectOf(rows: ContractRows, context: AssemblyContext): Subject | undefined {
  const { source, config, report } = context;
  const cid = String(rows.id);
  if (rows.orphan) {
    // A circle was said when the table was read.
    if (rows.orphan === 'missing') for (const row of rows.contracts) reportOrphan(row, context);
    return undefined;
  }
  const contractRow = contractRowOf(rows);
  if (!contractRow) {
    const { table, where } = firstMention(rows, context);
    report(fault('BG1C-CONTRACT-MISSING', { table, cid }, where));
    return undefined;
  }
  const contract = cellReader(source, 'contracts', report)(contractRow);
  const number = contract.text('contract_title');
  const mine = (row: SourceRow): boolean => Number(row.cells[CID]) === rows.id;
  const clients = rows.clients.filter(mine);
  const clientRow = clients[0];
  if (!clientRow) {
    report(fault('BG1C-CLIENT-MISSING', { contract: number, cid }, contract.where('cid')));
    return undefined;
  }
  for (const [table, found] of [
    ['clients', clients],
    ['contracts', rows.contracts.filter(mine)],
  ] as const)
    if (found.length > 1)
      for (const row of found)
        report(
          fault('BG1C-ROW-TWICE', { table, key: cid }, cellReader(source, table, report)(row).where('cid')),
        );
  const firm = contract.raw('firm_id') || '0';
  const organization = organizationOf(config, firm);
  if (!organization) {
    report(fault('BG1C-FIRM-UNKNOWN', { contract: number, firm }, contract.where('firm_id')));
    return undefined;
  }
  const client = cellReader(source, 'clients', report)(clientRow);
  const account = fitText(
    client.extra(config.source.account) || number,
    ACCOUNT_LIMIT,
    'Лицевой счёт',
    client.where('contract_title'),
    report,
  );
  return { contract, contractRow, client, clientRow, number, account, organization };
}

/** Buyer and contract as records; undefined where one of them has an error. */
export function partiesOf(
  { contract, contractRow, client, clientRow, number, account }: Subject,
  rows: ContractRows,
  context: AssemblyContext,
): { counterparty: Sourced<Counterparty>; contract: Sourced<Contract> } | undefined {
  const counterparty = assembleCounterparty(
    client,
    clientRow,
    { id: String(rows.id), number, account, sharedInn: rows.sharedInn },
    context,
  );
  const record =
    counterparty && contractRecord(contract, contractRow, account, counterparty.record.uuid, context);
  return counterparty && record && !client.failed() ? { counterparty, contract: record } : undefined;
}

function reportOrphan(row: SourceRow, { source, report }: AssemblyContext): void {
  const cells = cellReader(source, 'contracts', report)(row);
  const values = { contract: cells.text('contract_title'), cid: cells.raw('cid'), scid: cells.raw('scid') };
  report(fault('BG1C-SUPER-MISSING', values, cells.where('scid')));
}
