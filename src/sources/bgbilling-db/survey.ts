import { billTable, type Catalog, missing, readCatalog } from './catalog.ts';
import { closedDate } from './closed-date.ts';
import type { Cell, Database, Statement } from './connection.ts';
import {
  type DocumentTable,
  evidenceOf,
  evidenceStatement,
  judgeMonths,
  type MonthVerdict,
} from './month-offset.ts';
import { PARAMETER_TYPES, parameterType } from './parameters.ts';
import { textOf } from './party-cells.ts';

/** What a BGBilling database shows of itself: everything that a configuration is proposed from. */
export interface Survey {
  /** Instances of the module «bill» that have tables, the one with most documents first. */
  modules: { id: number; title: string; documents: number }[];
  /** What a month needs and the database has not. */
  missing: string[];
  documentTypes: DocumentTypeFound[];
  parameters: ParameterFound[];
  /** Contracts that are not hidden. */
  contracts: { companies: number; persons: number };
  /** Firms that contracts belong to. */
  firms: { id: number; title: string; contracts: number }[];
  groups: { id: number; title: string }[];
  /** Services in use, by their accruals of the last month with any. */
  services: { id: number; title: string; accrued: string }[];
  chargeTypes: { id: number; title: string; payback: boolean; count: number }[];
  months: Record<DocumentTable, MonthVerdict>;
  closed: string | undefined;
}

export interface DocumentTypeFound {
  id: number;
  title: string;
  /** The tables whose documents have this type. */
  tables: DocumentTable[];
  count: number;
  /** Some of the newest printed numbers. */
  numbers: string[];
}

export interface ParameterFound {
  id: number;
  type: number;
  title: string;
  /** Contracts of companies and of persons that have a value. */
  companies: number;
  persons: number;
}

/** Newest documents of a type whose numbers are looked at. */
const NUMBERS = 50;
/** Newest documents that are counted by type. */
const DOCUMENTS = 500_000;

/** Looks at the database; some statements read whole tables of parameters. @throws {StatementError} */
export async function surveyDatabase(database: Database): Promise<Survey> {
  const modules = await billModules(database);
  const id = modules[0]?.id;
  if (id === undefined) return { ...NOTHING, missing: ['таблиц модуля «bill» (bill_invoice_data_…)'] };
  const catalog = await readCatalog(database, [id]);
  const lacking = missing(catalog, id);
  if (lacking.length > 0) return { ...NOTHING, modules, missing: lacking };
  return {
    modules,
    missing: [],
    documentTypes: await documentTypes(database, id),
    parameters: await parameters(database, catalog),
    contracts: await contractCounts(database),
    firms: await firms(database, catalog),
    groups: await titled(database, catalog, 'contract_group'),
    services: await services(database),
    chargeTypes: await chargeTypes(database, catalog),
    months: { invoice: await months(database, 'invoice', id), bill: await months(database, 'bill', id) },
    closed: catalog.has('setup') ? await closedDate(database) : undefined,
  };
}

const UNKNOWN: MonthVerdict = { base: undefined, evidence: 'документов нет' };
const NOTHING: Survey = {
  modules: [],
  missing: [],
  documentTypes: [],
  parameters: [],
  contracts: { companies: 0, persons: 0 },
  firms: [],
  groups: [],
  services: [],
  chargeTypes: [],
  months: { invoice: UNKNOWN, bill: UNKNOWN },
  closed: undefined,
};

/** Found by their tables: what the directory of modules calls «bill» need not have any. */
async function billModules(database: Database): Promise<Survey['modules']> {
  const tables = await database.rows({
    table: 'information_schema.TABLES',
    sql: "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'bill\\_invoice\\_data\\_%'",
    values: [],
  });
  const ids = tables
    .flatMap(([name]) => /^bill_invoice_data_(\d{1,6})$/.exec(name ?? '')?.[1] ?? [])
    .map(Number);
  const named = await database.rows({ table: 'module', sql: 'SELECT id, title FROM module', values: [] });
  const titles = new Map(named.map(([id, title]) => [Number(id), textOf(title)]));
  const found: Survey['modules'] = [];
  for (const id of ids) {
    const table = billTable('bill_invoice_data', id);
    const [row] = await database.rows({ table, sql: `SELECT COUNT(*) FROM ${table}`, values: [] });
    found.push({ id, title: titles.get(id) ?? '', documents: Number(row![0]) });
  }
  return found.sort((a, b) => b.documents - a.documents || a.id - b.id);
}

async function documentTypes(database: Database, module: number): Promise<DocumentTypeFound[]> {
  const directory = billTable('bill_doc_type', module);
  const types = new Map<number, DocumentTypeFound>();
  const find = (id: number, title = ''): DocumentTypeFound => {
    const known = types.get(id) ?? { id, title, tables: [], count: 0, numbers: [] };
    types.set(id, known);
    return known;
  };
  for (const [id, title] of await database.rows({
    table: directory,
    sql: `SELECT id, title FROM ${directory} ORDER BY id`,
    values: [],
  }))
    find(Number(id), textOf(title));
  for (const kind of ['bill', 'invoice'] as const) {
    const table = billTable(kind === 'bill' ? 'bill_data' : 'bill_invoice_data', module);
    const newest = `(SELECT id, type FROM ${table} ORDER BY id DESC LIMIT ${DOCUMENTS}) d`;
    for (const [id, count] of await database.rows({
      table,
      sql: `SELECT d.type, COUNT(*) FROM ${newest} GROUP BY d.type`,
      values: [],
    })) {
      const type = find(Number(id));
      type.tables.push(kind);
      type.count += Number(count);
      const sql = `SELECT format_number FROM ${table} WHERE type = ? ORDER BY id DESC LIMIT ${NUMBERS}`;
      type.numbers.push(
        ...(await database.rows({ table, sql, values: [type.id] })).map(([number]) => textOf(number)),
      );
    }
  }
  return [...types.values()].sort((a, b) => a.id - b.id);
}

async function parameters(database: Database, catalog: Catalog): Promise<ParameterFound[]> {
  const table = 'contract_parameters_pref';
  const directory = await database.rows({
    table,
    sql: `SELECT id, pt, title FROM ${table} ORDER BY id`,
    values: [],
  });
  const found = new Map(
    directory.map(([id, type, title]) => [
      Number(id),
      { id: Number(id), type: Number(type), title: textOf(title), companies: 0, persons: 0 },
    ]),
  );
  for (const type of PARAMETER_TYPES) {
    const values = parameterType(type, catalog)?.table;
    if (values === undefined || ![...found.values()].some((one) => one.type === type)) continue;
    const counts = await database.rows({
      table: values,
      sql: `SELECT v.pid, c.fc, COUNT(*) FROM ${values} v JOIN contract c ON c.id = v.cid WHERE c.del = 0 AND (c.scid <= 0 OR c.sub_mode = 1) GROUP BY v.pid, c.fc`,
      values: [],
    });
    for (const [id, company, count] of counts) {
      const parameter = found.get(Number(id));
      if (parameter) parameter[company === '1' ? 'companies' : 'persons'] += Number(count);
    }
  }
  return [...found.values()];
}

async function contractCounts(database: Database): Promise<Survey['contracts']> {
  const sql = 'SELECT fc, COUNT(*) FROM contract WHERE del = 0 AND (scid <= 0 OR sub_mode = 1) GROUP BY fc';
  const counts = new Map(
    (await database.rows({ table: 'contract', sql, values: [] })).map(([fc, count]) => [fc, Number(count)]),
  );
  return { companies: counts.get('1') ?? 0, persons: counts.get('0') ?? 0 };
}

async function firms(database: Database, catalog: Catalog): Promise<Survey['firms']> {
  const titles = new Map((await titled(database, catalog, 'firm')).map(({ id, title }) => [id, title]));
  const sql = 'SELECT pfid, COUNT(*) FROM contract WHERE del = 0 GROUP BY pfid ORDER BY pfid';
  const rows = await database.rows({ table: 'contract', sql, values: [] });
  return rows.map(([id, count]) => ({
    id: Number(id),
    title: titles.get(Number(id)) ?? '',
    contracts: Number(count),
  }));
}

async function titled(
  database: Database,
  catalog: Catalog,
  table: 'firm' | 'contract_group',
): Promise<{ id: number; title: string }[]> {
  if (!catalog.has(table)) return [];
  const rows = await database.rows({ table, sql: `SELECT id, title FROM ${table} ORDER BY id`, values: [] });
  return rows.map(([id, title]) => ({ id: Number(id), title: textOf(title) }));
}

async function services(database: Database): Promise<Survey['services']> {
  const statement: Statement = {
    table: 'contract_account',
    sql:
      'SELECT s.id, s.title, SUM(a.summa) FROM contract_account a JOIN service s ON s.id = a.sid ' +
      'JOIN (SELECT yy, mm FROM contract_account ORDER BY yy DESC, mm DESC LIMIT 1) l ON l.yy = a.yy AND l.mm = a.mm GROUP BY s.id, s.title ORDER BY 3 DESC, s.id LIMIT 100',
    values: [],
  };
  return (await database.rows(statement)).map(([id, title, sum]) => ({
    id: Number(id),
    title: textOf(title),
    accrued: roubles(sum),
  }));
}

function roubles(sum: Cell | undefined): string {
  return (sum ?? '0').replace(/\.(\d\d)\d*$/, ',$1');
}

async function chargeTypes(database: Database, catalog: Catalog): Promise<Survey['chargeTypes']> {
  const titles = catalog.has('contract_charge_types');
  const title = titles ? 't.title' : "''";
  const sql =
    `SELECT h.pt, MAX(${title}), MAX(h.payback), COUNT(*) FROM contract_charge h ${titles ? 'LEFT JOIN contract_charge_types t ON t.id = h.pt ' : ''}` +
    'WHERE h.dt >= (SELECT MAX(dt) FROM contract_charge) - INTERVAL 1 YEAR GROUP BY h.pt ORDER BY h.pt';
  const rows = await database.rows({ table: 'contract_charge', sql, values: [] });
  return rows.map(([id, name, payback, count]) => ({
    id: Number(id),
    title: textOf(name),
    payback: payback === '1',
    count: Number(count),
  }));
}

async function months(database: Database, kind: DocumentTable, module: number): Promise<MonthVerdict> {
  const table = billTable(kind === 'bill' ? 'bill_data' : 'bill_invoice_data', module);
  return judgeMonths((await database.rows(evidenceStatement(table))).map(evidenceOf), kind);
}
