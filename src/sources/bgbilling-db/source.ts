import { createHash } from 'node:crypto';
import type { Config, DbSourceConfig } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { paymentsFrom } from '../../model/payments.ts';
import type { Period } from '../../model/period.ts';
import type { Fingerprint } from '../fingerprint.ts';
import type { ExtraColumns, Source, SourceRow } from '../source.ts';
import { cellIndex, columnsOf, TABLE_NAMES, type TableName } from '../tables.ts';
import type { Cell, Database, Statement } from './connection.ts';
import { type DbOptions, enterDatabase } from './enter.ts';
import { queryFault } from './faults.ts';
import { clientCells, groupTitles, textOf } from './party-cells.ts';
import { type DbScope, isOwnColumn, readScope } from './scope.ts';
import {
  accrualsStatement,
  balancesStatement,
  chargesStatement,
  clientsStatement,
  contractsStatement,
  documentsStatement,
  paymentsStatement,
  servicesStatement,
} from './statements.ts';

/** The tables that a database gives; lines of documents stand only in BGBilling's own sealed XML (facts §4). */
const GIVEN: readonly TableName[] = TABLE_NAMES.filter((table) => table !== 'document_lines');

/**
 * Opens BGBilling's database for one month: read only, in one snapshot, nothing but SELECT. `SourceRow.line` is the
 * ordinal of the row in its table's statement.
 * @returns no source where the database cannot be read, or where it contradicts the configuration
 */
export async function openDbSource(
  config: Config & { source: DbSourceConfig },
  period: Period | undefined,
  options: DbOptions = {},
): Promise<{ source?: Source; faults: Fault[] }> {
  if (period === undefined) return { faults: [fault('BG1C-PERIOD-MISSING')] };
  const { database, faults } = await enterDatabase(config.source.db, config.folder, options);
  if (!database) return { faults };
  try {
    const prepared = await readScope(
      database,
      config.source,
      period,
      paymentsFrom(period, config.payments.months),
    );
    if (prepared.scope && prepared.faults.length === 0)
      return { source: createSource(database, prepared.scope, config.source), faults: [] };
    await database.close();
    return { faults: prepared.faults };
  } catch (error) {
    await database.close();
    return { faults: [queryFault(error, database)] };
  }
}

function createSource(database: Database, scope: DbScope, { account }: DbSourceConfig): Source {
  const extra: ExtraColumns = isOwnColumn(account) ? {} : { clients: [account] };
  const files = GIVEN.map((table): { name: string; table: TableName; fingerprint?: Fingerprint } => ({
    name: table,
    table,
  }));
  /** The first failure is reported; after it there is nothing to read. */
  let failed = false;
  return {
    files,
    extra,
    has: (table) => GIVEN.includes(table),
    column(table, name) {
      const at = [...columnsOf(table).map((column) => column.name), ...(extra[table] ?? [])].indexOf(name);
      return at === -1 || !GIVEN.includes(table) ? undefined : at + 1;
    },
    async *read(table, onFault) {
      const file = GIVEN.indexOf(table);
      if (file === -1 || failed) return;
      const { statements, cells } = tableStatements(table, scope, extra);
      const hash = createHash('sha256');
      let size = 0;
      let line = 0;
      try {
        for (const statement of statements)
          for await (const batch of database.stream(statement)) {
            const rows = batch.map((row): SourceRow => ({ file, line: ++line, cells: cells(row) }));
            const text = rows.map((row) => `${JSON.stringify(row.cells)}\n`).join('');
            size += Buffer.byteLength(text);
            hash.update(text);
            yield rows;
          }
        files[file]!.fingerprint = { size, sha256: hash.digest('hex') };
      } catch (error) {
        failed = true;
        onFault(queryFault(error, database));
      }
    },
    close: () => database.close(),
  };
}

interface TableStatements {
  readonly statements: readonly Statement[];
  readonly cells: (row: readonly Cell[]) => string[];
}

function tableStatements(table: TableName, scope: DbScope, extra: ExtraColumns): TableStatements {
  const texts = (row: readonly Cell[]): string[] => row.map(textOf);
  switch (table) {
    case 'clients':
      return {
        statements: [clientsStatement(scope)],
        cells: clientCells(scope.parameters, extra.clients !== undefined),
      };
    case 'contracts':
      return { statements: [contractsStatement(scope)], cells: withGroups(scope.groups) };
    case 'services':
      return { statements: [servicesStatement(scope)], cells: texts };
    case 'accruals':
      return { statements: [accrualsStatement(scope)], cells: texts };
    case 'charges':
      return { statements: [chargesStatement(scope)], cells: texts };
    case 'payments':
      return { statements: [paymentsStatement(scope)], cells: texts };
    case 'balances':
      return {
        statements: scope.catalog.has('contract_balance') ? [balancesStatement(scope)] : [],
        cells: texts,
      };
    case 'documents':
      return {
        statements: [documentsStatement('bill', scope), documentsStatement('invoice', scope)],
        cells: texts,
      };
    case 'document_lines':
      return { statements: [], cells: texts };
  }
}

const MASK = cellIndex('contracts', 'group_mask');
const TITLES = cellIndex('contracts', 'groups_titles');

function withGroups(groups: DbScope['groups']): (row: readonly Cell[]) => string[] {
  const titles = groupTitles(groups);
  return (row) => {
    const cells = row.map(textOf);
    cells[TITLES] = titles(cells[MASK]!);
    return cells;
  };
}
