import type { DbSourceConfig } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Period } from '../../model/period.ts';
import { columnsOf } from '../tables.ts';
import { billTable, missing, readCatalog } from './catalog.ts';
import type { Database } from './connection.ts';
import {
  type DocumentTable,
  evidenceOf,
  evidenceStatement,
  judgeMonths,
  type MonthBase,
} from './month-offset.ts';
import { resolveParameters } from './parameters.ts';
import { textOf } from './party-cells.ts';
import type { MonthScope } from './statements.ts';

/** Everything that the statements of a month depend on, checked. */
export interface DbScope extends MonthScope {
  readonly groups: readonly { id: number; title: string }[];
}

/**
 * Looks at everything that the statements of the month take for granted.
 * @param paymentsSince first day of the payments that are read
 * @returns also faults: what the database lacks, and where it contradicts the configuration
 * @throws {StatementError}
 */
export async function readScope(
  database: Database,
  source: DbSourceConfig,
  period: Period,
  paymentsSince: string,
): Promise<{ scope?: DbScope; faults: Fault[] }> {
  const module = source.billModule;
  const catalog = await readCatalog(database, [module]);
  const lacking = missing(catalog, module);
  if (lacking.length > 0) return { faults: lacking.map((what) => fault('BG1C-DB-STRUCTURE', { what })) };
  const { parameters, faults } = await resolveParameters(source.parameters ?? {}, catalog, database);
  const ownAccount = isOwnColumn(source.account);
  if (!ownAccount && !parameters.some(({ name }) => name === 'account')) {
    const reason = `столбца «${source.account}» у базы нет: номер параметра договора с лицевым счётом указывается в source.parameters.account`;
    faults.push(fault('BG1C-CONFIG-VALUE', { key: 'source.account', reason }));
  }
  const base = { invoice: source.monthOffset?.invoice ?? 0, bill: source.monthOffset?.bill ?? 0 };
  for (const table of ['invoice', 'bill'] as const)
    faults.push(...(await contradictions(database, table, module, base[table])));
  const groups = catalog.has('contract_group')
    ? await database.rows({
        table: 'contract_group',
        sql: 'SELECT id, title FROM contract_group ORDER BY id',
        values: [],
      })
    : [];
  return {
    scope: {
      period,
      module,
      base,
      catalog,
      parameters,
      paymentsSince,
      groups: groups.map(([id, title]) => ({ id: Number(id), title: textOf(title) })),
    },
    faults,
  };
}

/** True for a column of `clients` itself: then no parameter is needed for the personal account. */
export function isOwnColumn(account: string): boolean {
  return columnsOf('clients').some(({ name }) => name === account);
}

/** Documents whose dates speak against the configured month: the neighbouring month would be taken (facts §4). */
async function contradictions(
  database: Database,
  kind: DocumentTable,
  module: number,
  set: MonthBase,
): Promise<Fault[]> {
  const table = billTable(kind === 'bill' ? 'bill_data' : 'bill_invoice_data', module);
  const { base, evidence } = judgeMonths(
    (await database.rows(evidenceStatement(table))).map(evidenceOf),
    kind,
  );
  return base === undefined || base === set
    ? []
    : [fault('BG1C-DB-MONTH-OFFSET', { table, found: base, kind, set, evidence })];
}
