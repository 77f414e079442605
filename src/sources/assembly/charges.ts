import { type Fault, type FaultWhere, fault } from '../../faults/fault.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import { divideHalfUp } from '../../support/decimal.ts';
import type { SourceRow } from '../source.ts';
import type { ColumnName, TableName } from '../tables.ts';
import { cellReader } from './cells.ts';
import type { AssemblyContext } from './context.ts';
import { serviceAside } from './filter.ts';
import { type LineOwner, linesOfCharges, type MonthlyCharge } from './lines.ts';
import type { ContractRows } from './month.ts';
import { chargeService } from './services.ts';
import { refs } from './sourced.ts';

/** What a contract was charged in the month, its dependent sub-contracts included. */
export interface MonthlyCharges {
  accruals: MonthlyCharge[];
  charges: MonthlyCharge[];
  failed: boolean;
}

/** Accruals of the month and those charges that count as sales, over the contract and its sub-contracts. */
export function monthlyCharges(rows: ContractRows, context: AssemblyContext): MonthlyCharges {
  let failed = false;
  const report = (found: Fault): void => {
    context.report(found);
    failed ||= found.severity === 'error';
  };
  const accrualCells = cellReader(context.source, 'accruals', report);
  const all = rows.accruals.map((row): MonthlyCharge => {
    const cells = accrualCells(row);
    const sid = cells.id('sid') ?? '';
    const sum = cells.decimal('summa', 2) ?? 0;
    const raw = cells.decimal('summa_raw', 5);
    return {
      sid,
      title: cells.text('service_title') || context.services.title(sid),
      sum,
      ...(raw !== undefined && { raw }),
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
  const { config, aside } = context;
  // Documents of the billing come whole: their lines are judged there.
  if (config.documents.mode === 'billing') return { accruals: all, charges, failed };
  const taken = ({ sid, sum }: MonthlyCharge): boolean => {
    const why = serviceAside(sid, config);
    if (why) aside.add(why, sum);
    return !why;
  };
  return { accruals: all.filter(taken), charges: charges.filter(taken), failed };
}

/**
 * The total of charges when only it is rounded: BGBilling accrues to five digits, so that the sum of its rounded accruals
 * may be another by kopecks (facts of BGBilling, §8).
 * @returns undefined where an accrual's digits are not in the export
 */
export function roundedTotal(charges: readonly MonthlyCharge[]): Kopecks | undefined {
  let total = 0;
  for (const { sum, raw, rows } of charges) {
    if (raw === undefined && rows.accruals) return undefined;
    total += raw ?? sum * RAW;
  }
  return divideHalfUp(total, RAW);
}

/** Kopecks to scale 5. */
const RAW = 1000;

/** What was charged and is in no document; the contract itself may be missing in the export. */
export function reportUndocumented(
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
  context.charged(number, sum, 0);
}

/** A difference of kopecks that rounding explains, with both numbers. */
export function reportRounding(
  contract: string,
  documents: Kopecks,
  accruals: Kopecks,
  where: FaultWhere,
  { report }: AssemblyContext,
): void {
  const values = {
    contract,
    documents: sumForPeople(documents),
    accruals: sumForPeople(accruals),
    difference: sumForPeople(documents - accruals),
  };
  report(fault('BG1C-ACCRUALS-ROUNDED', values, where));
}

/** Acts of the month against accruals and sales charges: both are told, a difference is a finding with both numbers. */
export function reconcile(
  rows: ContractRows,
  charges: MonthlyCharges,
  owner: LineOwner,
  context: AssemblyContext,
): void {
  const { number } = owner;
  const acts = rows.documents
    .map((row) => cellReader(context.source, 'documents', () => {})(row))
    .filter((cells) =>
      ['act', 'upd'].includes(context.config.documents.types[cells.raw('doc_type_id')] ?? ''),
    );
  const documents = acts.reduce((sum, cells) => sum + (cells.decimal('summ', 2) ?? 0), 0);
  if (!context.source.has('accruals') || charges.failed) {
    context.charged(number, undefined, documents);
    return;
  }
  const accrued = linesOfCharges([...charges.accruals, ...charges.charges], owner, context).reduce(
    (sum, { line }) => sum + line.sum,
    0,
  );
  const period = periodName(context.period);
  if (acts.length === 0) {
    reportUndocumented(rows, number, charges, context);
    return;
  }
  context.charged(number, accrued, documents);
  if (documents === accrued) return;
  const all = [...charges.accruals, ...charges.charges];
  const rounded = context.config.vat.included ? roundedTotal(all) : undefined;
  if (rounded === documents) {
    reportRounding(number, documents, accrued, acts[0]!.where('summ'), context);
    return;
  }
  const values = {
    contract: number,
    period,
    documents: sumForPeople(documents),
    accruals: sumForPeople(accrued),
    difference: sumForPeople(documents - accrued),
  };
  context.report(fault('BG1C-ACCRUALS-TOTAL', values, acts[0]!.where('summ')));
}
