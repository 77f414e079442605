import type { Database } from './connection.ts';

/** What of a BGBilling database this account may read: tables and columns differ from version to version. */
export interface Catalog {
  /** @param column undefined: any */
  has(table: string, column?: string): boolean;
}

/** Kernel tables that are read where they are there (facts of BGBilling, §2 and §3). */
const KERNEL_TABLES = [
  'contract',
  'contract_account',
  'contract_balance',
  'contract_charge',
  'contract_charge_types',
  'contract_payment',
  'contract_payment_types',
  'contract_group',
  'contract_tariff',
  'tariff_plan',
  'firm',
  'service',
  'module',
  'setup',
  'user',
  'contract_parameters_pref',
  'contract_parameter_type_1',
  'contract_parameter_type_2',
  'contract_parameter_type_3',
  'contract_parameter_type_6',
  'contract_parameter_type_7',
  'contract_parameter_type_7_values',
  'contract_parameter_type_9',
  'contract_parameter_type_phone',
] as const;

/** Columns without which a month cannot be read. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  contract: [
    'id',
    'gr',
    'title',
    'date1',
    'date2',
    'mode',
    'pgid',
    'pfid',
    'fc',
    'comment',
    'del',
    'scid',
    'sub_mode',
    'status',
  ],
  contract_account: ['yy', 'mm', 'cid', 'sid', 'summa'],
  contract_charge: ['id', 'dt', 'cid', 'pt', 'summa', 'payback'],
  contract_parameters_pref: ['id', 'pt', 'title'],
  service: ['id', 'title', 'mid'],
  module: ['id', 'title', 'name'],
};

/** Columns of the module «bill», by the table's name without its suffix. */
const NEEDED_OF_BILL: Readonly<Record<BillTable, readonly string[]>> = {
  bill_data: ['id', 'cid', 'type', 'format_number', 'yy', 'mm', 'create_dt', 'summ'],
  bill_invoice_data: ['id', 'cid', 'type', 'format_number', 'yy', 'mm', 'create_dt', 'summ'],
  bill_doc_type: ['id', 'title'],
  bill_account: [],
};

export type BillTable = 'bill_data' | 'bill_invoice_data' | 'bill_doc_type' | 'bill_account';
const BILL_TABLES = Object.keys(NEEDED_OF_BILL) as BillTable[];

/** The only identifier that is put into a statement: the module's id is a number or nothing. */
export function billTable(name: BillTable, module: number): string {
  if (!Number.isSafeInteger(module) || module < 1) throw new Error(`module id ${module}`);
  return `${name}_${module}`;
}

/** @param modules ids of instances of the module «bill» */
export async function readCatalog(database: Database, modules: readonly number[]): Promise<Catalog> {
  const tables = [
    ...KERNEL_TABLES,
    ...modules.flatMap((module) => BILL_TABLES.map((name) => billTable(name, module))),
  ];
  const rows = await database.rows({
    table: 'information_schema.COLUMNS',
    sql: `SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (${tables.map(() => '?').join(', ')})`,
    values: tables,
  });
  const columns = new Map<string, Set<string>>();
  for (const [table, column] of rows) {
    const known = columns.get(table!.toLowerCase()) ?? new Set();
    columns.set(table!.toLowerCase(), known.add(column!.toLowerCase()));
  }
  return {
    has: (table, column) =>
      column === undefined ? columns.has(table) : (columns.get(table)?.has(column.toLowerCase()) ?? false),
  };
}

/** What a month needs and the database has not: `таблицы bill_data_5`, `столбца contract.fc`. */
export function missing(catalog: Catalog, module: number): string[] {
  const bill = BILL_TABLES.map((name) => [billTable(name, module), NEEDED_OF_BILL[name]] as const);
  return [...Object.entries(NEEDED), ...bill].flatMap(([table, columns]) => {
    if (!catalog.has(table)) return columns.length === 0 ? [] : [`таблицы ${table}`];
    return columns
      .filter((column) => !catalog.has(table, column))
      .map((column) => `столбца ${table}.${column}`);
  });
}
