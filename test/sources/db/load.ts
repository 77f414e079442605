import { readFileSync } from 'node:fs';
import type { Connection } from 'mysql2/promise';
import {
  type Billing,
  balancesOf,
  CHANGED,
  CHARGE_TYPES,
  DOC_TYPES,
  FIRMS,
  GROUPS,
  MODULES,
  OPERATOR,
  PAYMENT_TYPES,
  SERVICES,
  TARIFFS,
  USER,
} from '../billing.ts';
import { READER } from './server.ts';

/** How one installation of BGBilling stores what others store otherwise. */
export interface Layout {
  module: number;
  /** Number, kind and title of each parameter; `person` may be three parameters. */
  parameters: Record<
    | 'nameShort'
    | 'nameFull'
    | 'inn'
    | 'kpp'
    | 'ogrn'
    | 'bik'
    | 'bankAccount'
    | 'address'
    | 'email'
    | 'phones'
    | 'contractDate',
    LayoutParameter
  > & {
    person: readonly LayoutParameter[];
  };
  /** Further parameters of the directory, with values for nobody or for some. */
  others?: readonly (LayoutParameter & { value?: string })[];
  base: { invoice: 0 | 1; bill: 0 | 1 };
  closedDate?: string;
}

export interface LayoutParameter {
  id: number;
  type: 1 | 2 | 3 | 5 | 6 | 7 | 9;
  title: string;
}

export const LAYOUT: Layout = {
  module: 5,
  parameters: {
    nameShort: { id: 25, type: 1, title: 'Название краткое' },
    nameFull: { id: 26, type: 1, title: 'Название полное' },
    inn: { id: 28, type: 1, title: 'ИНН' },
    kpp: { id: 30, type: 1, title: 'КПП' },
    ogrn: { id: 31, type: 1, title: 'ОГРН' },
    bik: { id: 36, type: 1, title: 'Банк: БИК' },
    bankAccount: { id: 39, type: 1, title: 'Банк: Р/С' },
    address: { id: 40, type: 2, title: 'Юридический адрес' },
    email: { id: 41, type: 3, title: 'Email' },
    phones: { id: 4, type: 9, title: 'Телефоны' },
    contractDate: { id: 42, type: 6, title: 'Дата договора' },
    person: [{ id: 2, type: 1, title: 'ФИО' }],
  },
  base: { invoice: 0, bill: 0 },
};

type Value = string | number | null;

/** Makes a database of this layout and fills it; the account that tests read with may not see passwords. */
export async function loadBilling(
  root: Connection,
  database: string,
  billing: Billing,
  layout: Layout,
): Promise<void> {
  await root.query(
    `CREATE DATABASE ${database} CHARACTER SET utf8mb4; USE ${database}; SET SESSION sql_mode = ''`,
  );
  const schema = readFileSync(new URL('./schema.sql', import.meta.url), 'utf8');
  await root.query(schema.replaceAll('{N}', String(layout.module)));
  const insert = async (table: string, rows: Value[][]): Promise<void> => {
    for (let from = 0; from < rows.length; from += 1000)
      await root.query(`INSERT INTO ${table} VALUES ?`, [rows.slice(from, from + 1000)]);
  };
  const { contracts, months } = billing;
  await insert(
    'firm',
    FIRMS.map(({ id, title }) => [id, title]),
  );
  await insert(
    'contract_group',
    GROUPS.map(({ id, title }) => [id, title]),
  );
  await insert(
    'module',
    [...MODULES, { id: layout.module, title: 'Бухгалтерия', name: 'bill' }].map(({ id, title, name }) => [
      id,
      title,
      name,
    ]),
  );
  await insert(
    'service',
    SERVICES.map(({ id, title, mid, unit }) => [id, title, mid, 1, unit]),
  );
  await insert(
    'contract_charge_types',
    CHARGE_TYPES.map(({ id, title, payback }) => [id, title, payback]),
  );
  await insert(
    'contract_payment_types',
    PAYMENT_TYPES.map(({ id, title, up }) => [id, title, up, up === 0 ? 1 : 0]),
  );
  await insert(
    'tariff_plan',
    TARIFFS.map(({ id, title }) => [id, title]),
  );
  await insert('user', [[USER.id, USER.login, USER.name, 'секретный-хеш']]);
  await insert('setup', [['closed_date_1', layout.closedDate ?? '00.00.0000']]);
  await insert(
    'contract',
    contracts.map((one) => [
      one.id,
      String(one.mask),
      one.title,
      'пароль-абонента',
      one.date1,
      one.date2 || null,
      one.mode,
      one.business ? 2 : 1,
      one.firm,
      Number(one.business),
      one.comment,
      Number(one.deleted),
      one.scid,
      one.subMode,
      0,
    ]),
  );
  await insert(
    'contract_tariff',
    contracts
      .filter(({ business }) => business)
      .map(({ id }, index) => [index + 1, id, TARIFFS[0]!.id, '2024-01-01', null, 0]),
  );
  await loadParameters(insert, billing, layout);
  const all = <T>(of: (month: Billing['months'][number]) => T[]): T[] => months.flatMap(of);
  await insert(
    'contract_account',
    all(({ period, accruals }) =>
      accruals.map(({ cid, sid, summa }) => [...yearMonth(period), cid, sid, summa]),
    ),
  );
  await insert(
    'contract_charge',
    all(({ charges }) =>
      charges.map((one) => [
        one.id,
        one.dt,
        one.cid,
        one.pt,
        USER.id,
        one.summa,
        one.comment,
        CHANGED,
        one.payback,
      ]),
    ),
  );
  await insert(
    'contract_payment',
    all(({ payments }) =>
      payments.map((one) => [one.id, one.dt, one.cid, one.pt, USER.id, one.summa, one.comment, CHANGED]),
    ),
  );
  await insert(
    'contract_balance',
    months.flatMap((month) =>
      balancesOf(contracts, month).map(({ cid }) => [...yearMonth(month.period), cid, '0', '0', '0', '0']),
    ),
  );
  await insert(`bill_account_${layout.module}`, [[1, 'Основной', OPERATOR.account, OPERATOR.bik]]);
  await insert(
    `bill_doc_type_${layout.module}`,
    DOC_TYPES.map(({ id, title }) => [id, id === 1 ? 0 : 1, title]),
  );
  const stored = (period: string, base: number): [number, number] => {
    const [year, month] = yearMonth(period);
    return [year, month - 1 + base];
  };
  await insert(
    `bill_data_${layout.module}`,
    all(({ period, bills }) =>
      bills.map((one) => [
        one.id,
        one.cid,
        one.type,
        1,
        one.ordinal,
        one.ordinal,
        one.ordinal,
        one.number,
        ...stored(period, layout.base.bill),
        one.date,
        '0000-00-00',
        0,
        0,
        one.sum,
        '<data/>',
        0,
        1,
      ]),
    ),
  );
  await insert(
    `bill_invoice_data_${layout.module}`,
    all(({ period, invoices }) =>
      invoices.map((one) => [
        one.id,
        one.cid,
        one.type,
        one.ordinal,
        one.ordinal,
        one.ordinal,
        one.number,
        ...stored(period, layout.base.invoice),
        one.date,
        0,
        one.sum,
        1,
        '<data/>',
        2,
      ]),
    ),
  );
  await grantReading(root, database);
}

type Insert = (table: string, rows: Value[][]) => Promise<void>;

async function loadParameters(
  insert: Insert,
  { contracts }: Billing,
  { parameters, others = [] }: Layout,
): Promise<void> {
  const { person, ...single } = parameters;
  const directory = [...Object.values(single), ...person, ...others];
  await insert(
    'contract_parameters_pref',
    directory.map(({ id, type, title }, index) => [id, type, title, index]),
  );
  const put = async (
    { id, type }: LayoutParameter,
    values: { cid: number; value: string }[],
  ): Promise<void> => {
    const filled = values.filter(({ value }) => value !== '');
    if (type === 1)
      await insert(
        'contract_parameter_type_1',
        filled.map(({ cid, value }) => [cid, id, value]),
      );
    if (type === 2)
      await insert(
        'contract_parameter_type_2',
        filled.map(({ cid, value }) => [cid, id, value]),
      );
    if (type === 3)
      await insert(
        'contract_parameter_type_3',
        filled.map(({ cid, value }) => [null as unknown as number, cid, id, value]),
      );
    if (type === 6)
      await insert(
        'contract_parameter_type_6',
        filled.map(({ cid, value }) => [cid, id, value]),
      );
    if (type === 7)
      await insert(
        'contract_parameter_type_7',
        filled.map(({ cid, value }) => [cid, id, 0, value]),
      );
    if (type === 9)
      await insert(
        'contract_parameter_type_phone',
        filled.map(({ cid, value }) => [id, cid, value]),
      );
  };
  const companies = contracts.filter(({ business }) => business);
  await put(
    single.nameShort,
    companies.map(({ id, short }) => ({ cid: id, value: short })),
  );
  await put(
    single.nameFull,
    companies.map(({ id, full }) => ({ cid: id, value: full })),
  );
  const own = ['inn', 'kpp', 'ogrn', 'bik', 'address', 'email', 'phones'] as const;
  for (const name of own)
    await put(
      single[name],
      contracts.map((one) => ({ cid: one.id, value: one[name] })),
    );
  await put(
    single.bankAccount,
    contracts.map(({ id, account }) => ({ cid: id, value: account })),
  );
  await put(
    single.contractDate,
    contracts.map(({ id, signed }) => ({ cid: id, value: signed })),
  );
  for (const [index, parameter] of person.entries()) {
    const part = (full: string): string => (person.length === 1 ? full : (full.split(' ')[index] ?? ''));
    await put(
      parameter,
      contracts.filter(({ business }) => !business).map(({ id, full }) => ({ cid: id, value: part(full) })),
    );
  }
  for (const other of others)
    if (other.value !== undefined)
      await put(
        other,
        companies.map(({ id }) => ({ cid: id, value: other.value! })),
      );
}

/** SELECT on what bg1c reads: tables as a whole, of `contract` and `user` the columns without passwords. */
async function grantReading(root: Connection, database: string): Promise<void> {
  const [rows] = await root.query(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME NOT IN ('contract', 'user')",
    [database],
  );
  const account = `'${READER.user}'@'%'`;
  const grants = (rows as { name: string }[]).map(
    ({ name }) => `GRANT SELECT ON ${database}.${name} TO ${account}`,
  );
  await root.query(
    [
      `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${READER.password}'`,
      ...grants,
      `GRANT SELECT (id, gr, title, date1, date2, mode, pgid, pfid, fc, comment, del, scid, sub_mode, status) ON ${database}.contract TO ${account}`,
      `GRANT SELECT (id, name) ON ${database}.user TO ${account}`,
    ].join('; '),
  );
}

function yearMonth(period: string): [number, number] {
  return [Number(period.slice(0, 4)), Number(period.slice(5))];
}
