import { firstDay, lastDay, type Period } from '../../model/period.ts';
import { type ColumnName, columnsOf, type TableName } from '../tables.ts';
import { billTable, type Catalog } from './catalog.ts';
import type { Statement } from './connection.ts';
import { type DocumentTable, type MonthBase, storedMonth } from './month-offset.ts';
import type { Parameter } from './parameters.ts';

/** What the statements of a month depend on. */
export interface MonthScope {
  readonly period: Period;
  readonly module: number;
  readonly base: Readonly<Record<DocumentTable, MonthBase>>;
  readonly catalog: Catalog;
  readonly parameters: readonly Parameter[];
  /** First day of the payments that may settle documents of the month. */
  readonly paymentsSince: string;
}

/** A piece of SQL and the values of its `?`. */
interface Piece {
  readonly sql: string;
  readonly values: Statement['values'];
}

/** Expressions by column; a column that is not named is NULL. */
type Expressions<T extends TableName> = Partial<Record<ColumnName<T>, string>>;

/** BGBilling's NULL of a day: comparisons with it must not lose the row. */
const NO_DATE = "'1000-01-01'";

/** `SELECT` of a table's columns in their order. */
function select<T extends TableName>(table: T, expressions: Expressions<T>): string {
  const given: Partial<Record<string, string>> = expressions;
  return `SELECT ${columnsOf(table)
    .map(({ name }) => `${given[name] ?? 'NULL'} AS ${name}`)
    .join(', ')}`;
}

/**
 * Contracts of the month: those alive in it, and whatever documents, accruals and charges of the month or dependent
 * sub-contracts refer to, also closed and hidden ones (facts, caution 9).
 */
function neededContracts({ period, module, base }: MonthScope): Piece {
  const days = [firstDay(period), lastDay(period)] as const;
  const bill = storedMonth(period, base.bill);
  const invoice = storedMonth(period, base.invoice);
  const [year, month] = period.split('-').map(Number) as [number, number];
  const pieces: Piece[] = [
    {
      sql: `c.del = 0 AND (c.date1 IS NULL OR c.date1 <= ?) AND (c.date2 IS NULL OR c.date2 < ${NO_DATE} OR c.date2 >= ?)`,
      values: [days[1], days[0]],
    },
    {
      sql: `c.id IN (SELECT d.cid FROM ${billTable('bill_data', module)} d WHERE d.yy = ? AND d.mm = ?)`,
      values: [bill.yy, bill.mm],
    },
    {
      sql: `c.id IN (SELECT d.cid FROM ${billTable('bill_invoice_data', module)} d WHERE d.yy = ? AND d.mm = ?)`,
      values: [invoice.yy, invoice.mm],
    },
    {
      sql: 'c.id IN (SELECT a.cid FROM contract_account a WHERE a.yy = ? AND a.mm = ? AND a.summa <> 0)',
      values: [year, month],
    },
    { sql: 'c.id IN (SELECT h.cid FROM contract_charge h WHERE h.dt BETWEEN ? AND ?)', values: days },
    { sql: 'c.id IN (SELECT s.scid FROM contract s WHERE s.scid > 0 AND s.sub_mode = 0)', values: [] },
  ];
  return {
    sql: pieces.map(({ sql }) => `(${sql})`).join(' OR '),
    values: pieces.flatMap(({ values }) => values),
  };
}

/** Rows: cid, title, fc, scid, sub_mode, comment, then the parameters. */
export function clientsStatement(scope: MonthScope): Statement {
  const { parameters } = scope;
  const needed = neededContracts(scope);
  const columns = [
    'c.id',
    'c.title',
    'c.fc',
    'c.scid',
    'c.sub_mode',
    'c.comment',
    ...parameters.map(({ expression }) => expression),
  ];
  return {
    table: 'contract',
    sql: `SELECT ${columns.join(', ')} FROM contract c ${parameters.map(({ join }) => join).join(' ')} WHERE ${needed.sql} ORDER BY c.id`,
    values: [...parameters.flatMap(({ values }) => values), ...needed.values],
  };
}

/** Titles of groups are made from `group_mask` by the caller: SQL's shifts end at 64 bits and differ between servers. */
export function contractsStatement(scope: MonthScope): Statement {
  const { catalog, parameters, period } = scope;
  const needed = neededContracts(scope);
  const dates = parameters.filter(({ name }) => name === 'contractDate');
  const firm = catalog.has('firm');
  const tariffs = catalog.has('contract_tariff') && catalog.has('tariff_plan');
  const expressions: Expressions<'contracts'> = {
    cid: 'c.id',
    contract_title: 'c.title',
    contract_date: `COALESCE(${[...dates.map(({ expression }) => expression), 'c.date1'].join(', ')})`,
    date1: 'c.date1',
    date2: 'c.date2',
    mode: 'c.mode',
    fc: 'c.fc',
    status: 'c.status',
    scid: 'c.scid',
    sub_mode: 'c.sub_mode',
    group_mask: 'c.gr',
    pgid: 'c.pgid',
    firm_id: 'c.pfid',
    ...(firm && { firm_title: 'f.title' }),
    ...(tariffs && {
      tariffs:
        "(SELECT GROUP_CONCAT(tp.title ORDER BY ct.pos, ct.id SEPARATOR '|') FROM contract_tariff ct JOIN tariff_plan tp ON tp.id = ct.tpid WHERE ct.cid = c.id " +
        `AND (ct.date1 IS NULL OR ct.date1 <= ?) AND (ct.date2 IS NULL OR ct.date2 < ${NO_DATE} OR ct.date2 >= ?))`,
    }),
  };
  return {
    table: 'contract',
    sql: `${select('contracts', expressions)} FROM contract c ${firm ? 'LEFT JOIN firm f ON f.id = c.pfid ' : ''}${dates.map(({ join }) => join).join(' ')} WHERE ${needed.sql} ORDER BY c.id`,
    values: [
      ...(tariffs ? [lastDay(period), firstDay(period)] : []),
      ...dates.flatMap(({ values }) => values),
      ...needed.values,
    ],
  };
}

export function servicesStatement({ catalog }: MonthScope): Statement {
  const expressions: Expressions<'services'> = {
    sid: 's.id',
    title: 's.title',
    mid: 's.mid',
    module_name: 'm.name',
    module_title: 'm.title',
    ...(catalog.has('service', 'unit') && { unit: 's.unit' }),
    ...(catalog.has('service', 'isusing') && { isusing: 's.isusing' }),
  };
  return {
    table: 'service',
    sql: `${select('services', expressions)} FROM service s LEFT JOIN module m ON m.id = s.mid ORDER BY s.id`,
    values: [],
  };
}

/** Accruals (наработка) of the month; those of dependent sub-contracts stand under their super contract. */
export function accrualsStatement({ period }: MonthScope): Statement {
  const expressions: Expressions<'accruals'> = {
    yy: 'a.yy',
    mm: 'a.mm',
    cid: 'IF(c.scid > 0 AND c.sub_mode = 0, c.scid, a.cid)',
    src_cid: 'a.cid',
    sid: 'a.sid',
    service_title: 's.title',
    summa_raw: 'a.summa',
    summa: 'ROUND(a.summa, 2)',
  };
  return {
    table: 'contract_account',
    sql: `${select('accruals', expressions)} FROM contract_account a LEFT JOIN contract c ON c.id = a.cid LEFT JOIN service s ON s.id = a.sid WHERE a.yy = ? AND a.mm = ? AND a.summa <> 0 ORDER BY a.cid, a.sid`,
    values: period.split('-').map(Number),
  };
}

export function chargesStatement({ period, catalog }: MonthScope): Statement {
  const titled = catalog.has('contract_charge_types');
  const expressions: Expressions<'charges'> = {
    id: 'h.id',
    dt: 'h.dt',
    cid: 'h.cid',
    pt: 'h.pt',
    payback: 'h.payback',
    summa: 'h.summa',
    comment: 'h.comment',
    uid: 'h.uid',
    lm: 'h.lm',
    ...(titled && { charge_type: 't.title' }),
  };
  return {
    table: 'contract_charge',
    sql: `${select('charges', expressions)} FROM contract_charge h ${titled ? 'LEFT JOIN contract_charge_types t ON t.id = h.pt ' : ''}WHERE h.dt BETWEEN ? AND ? ORDER BY h.id`,
    values: [firstDay(period), lastDay(period)],
  };
}

/** Of BGBilling's users nothing but the name is ever read. */
export function paymentsStatement({ period, catalog, paymentsSince }: MonthScope): Statement {
  const types = catalog.has('contract_payment_types');
  const user = catalog.has('user', 'name');
  const expressions: Expressions<'payments'> = {
    id: 'p.id',
    dt: 'p.dt',
    cid: 'p.cid',
    pt: 'p.pt',
    summa: 'p.summa',
    comment: 'p.comment',
    uid: 'p.uid',
    lm: 'p.lm',
    ...(types && { payment_type: 't.title', payment_group: 'g.title' }),
    ...(user && { user_name: 'u.name' }),
  };
  const joins = [
    ...(types
      ? [
          'LEFT JOIN contract_payment_types t ON t.id = p.pt',
          'LEFT JOIN contract_payment_types g ON g.id = t.up AND t.up > 0',
        ]
      : []),
    ...(user ? ['LEFT JOIN user u ON u.id = p.uid'] : []),
  ];
  return {
    table: 'contract_payment',
    sql: `${select('payments', expressions)} FROM contract_payment p ${joins.join(' ')} WHERE p.dt BETWEEN ? AND ? ORDER BY p.id`,
    values: [paymentsSince, lastDay(period)],
  };
}

/** Balances of the month: what a contract had before it. */
export function balancesStatement({ period }: MonthScope): Statement {
  const expressions: Expressions<'balances'> = {
    cid: 'b.cid',
    saldo_in: 'b.summa1',
    payments: 'b.summa2',
    accruals: 'b.summa3',
    charges: 'b.summa4',
    saldo_out: 'b.summa1 + b.summa2 - b.summa3 - b.summa4',
  };
  return {
    table: 'contract_balance',
    sql: `${select('balances', expressions)} FROM contract_balance b WHERE b.yy = ? AND b.mm = ? ORDER BY b.cid`,
    values: period.split('-').map(Number),
  };
}

/** Bills and invoices are two tables with overlapping ids; months come out 1-based whatever the table stores. */
export function documentsStatement(
  kind: DocumentTable,
  { period, module, base, catalog }: MonthScope,
): Statement {
  const name = kind === 'bill' ? 'bill_data' : 'bill_invoice_data';
  const table = billTable(name, module);
  const own = (column: string): Record<string, string> =>
    catalog.has(table, column) ? { [column]: `d.${column}` } : {};
  const account =
    kind === 'bill' && catalog.has(billTable('bill_account', module)) && catalog.has(table, 'account_id');
  const optional = [
    'number',
    'number_in_month',
    'number_in_year',
    'npid',
    'status',
    'pay_dt',
    'payment_id',
    'unload_status',
    'show_ready',
  ];
  const { yy, mm } = storedMonth(period, base[kind]);
  const expressions: Expressions<'documents'> = {
    kind: `'${kind}'`,
    id: 'd.id',
    cid: 'd.cid',
    doc_type_id: 'd.type',
    doc_type: 't.title',
    format_number: 'd.format_number',
    create_dt: 'd.create_dt',
    yy: 'd.yy',
    mm: `d.mm + ${1 - base[kind]}`,
    summ: 'd.summ',
    ...Object.assign({}, ...optional.map(own)),
    ...(account && { op_account: 'a.account', op_bik: 'a.bik' }),
  };
  return {
    table,
    sql:
      `${select('documents', expressions)} FROM ${table} d LEFT JOIN ${billTable('bill_doc_type', module)} t ON t.id = d.type ` +
      `${account ? `LEFT JOIN ${billTable('bill_account', module)} a ON a.id = d.account_id ` : ''}WHERE d.yy = ? AND d.mm = ? ORDER BY d.id`,
    values: [yy, mm],
  };
}
