/**
 * The tables of an export and their columns (facts of BGBilling, §10, with what our model needs beside them).
 * Data for every reader and for the guides: a column that is not named here is reported and ignored.
 */

export interface TableColumn {
  readonly name: string;
  /** The file must have the column; its cells may still be empty. */
  readonly required?: true;
}

export interface Table {
  /** The export must have the table. */
  readonly required: boolean;
  readonly columns: readonly TableColumn[];
}

const must = (name: string): TableColumn => ({ name, required: true });
const may = (name: string): TableColumn => ({ name });

export const TABLES = {
  clients: {
    required: true,
    columns: [
      must('cid'),
      must('contract_title'),
      must('fc'),
      may('scid'),
      may('sub_mode'),
      may('contract_comment'),
      must('name_short'),
      may('name_full'),
      must('inn'),
      must('kpp'),
      may('ogrn'),
      may('bank_bik'),
      may('bank_account'),
      may('legal_address'),
      may('email'),
      may('phones'),
    ],
  },
  contracts: {
    required: true,
    columns: [
      must('cid'),
      must('contract_title'),
      may('contract_date'),
      may('date1'),
      may('date2'),
      may('mode'),
      may('fc'),
      may('status'),
      must('scid'),
      must('sub_mode'),
      may('group_mask'),
      may('pgid'),
      may('firm_id'),
      may('firm_title'),
      may('groups_titles'),
      may('tariffs'),
    ],
  },
  services: {
    required: true,
    columns: [
      must('sid'),
      must('title'),
      may('mid'),
      may('module_name'),
      may('module_title'),
      may('unit'),
      may('isusing'),
    ],
  },
  accruals: {
    required: false,
    columns: [
      must('yy'),
      must('mm'),
      must('cid'),
      may('src_cid'),
      must('sid'),
      may('service_title'),
      may('summa_raw'),
      must('summa'),
    ],
  },
  charges: {
    required: false,
    columns: [
      must('id'),
      must('dt'),
      must('cid'),
      must('pt'),
      may('charge_type'),
      may('payback'),
      must('summa'),
      may('comment'),
      may('uid'),
      may('lm'),
    ],
  },
  payments: {
    required: false,
    columns: [
      must('id'),
      must('dt'),
      must('cid'),
      may('pt'),
      may('payment_type'),
      may('payment_group'),
      must('summa'),
      may('comment'),
      may('uid'),
      may('user_name'),
      may('lm'),
    ],
  },
  balances: {
    required: false,
    columns: [
      must('cid'),
      must('saldo_in'),
      may('payments'),
      may('accruals'),
      may('charges'),
      may('saldo_out'),
    ],
  },
  documents: {
    required: true,
    columns: [
      must('kind'),
      must('id'),
      must('cid'),
      must('doc_type_id'),
      may('doc_type'),
      must('format_number'),
      may('number'),
      may('number_in_month'),
      may('number_in_year'),
      may('npid'),
      must('create_dt'),
      must('yy'),
      must('mm'),
      must('summ'),
      may('status'),
      may('pay_dt'),
      may('payment_id'),
      may('unload_status'),
      may('show_ready'),
      may('op_account'),
      may('op_bik'),
    ],
  },
  document_lines: {
    required: false,
    columns: [
      may('kind'),
      must('doc_id'),
      may('line_no'),
      may('format_number'),
      must('sid'),
      may('service_title'),
      may('qty'),
      may('unit'),
      may('price'),
      must('line_summ'),
      may('vat_rate'),
      may('vat_sum'),
      may('doc_summ'),
      may('diff'),
    ],
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof TABLES;
export type ColumnName<T extends TableName> = (typeof TABLES)[T]['columns'][number]['name'];

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

export function columnsOf(table: TableName): readonly TableColumn[] {
  return TABLES[table].columns;
}

/** Index of a column in `SourceRow.cells`. */
export function cellIndex<T extends TableName>(table: T, column: ColumnName<T>): number {
  return columnsOf(table).findIndex(({ name }) => name === column);
}
