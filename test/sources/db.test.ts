import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Config, DbSourceConfig } from '../../src/config/types.ts';
import { examine } from '../../src/pipeline/check/doctor.ts';
import { resolveAddress } from '../../src/sources/bgbilling-db/address.ts';
import { closedDate } from '../../src/sources/bgbilling-db/closed-date.ts';
import { enterDatabase } from '../../src/sources/bgbilling-db/enter.ts';
import { openDbSource } from '../../src/sources/bgbilling-db/source.ts';
import type { Source } from '../../src/sources/source.ts';
import { cellIndex, TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, YEAR } from './billing.ts';
import { LAYOUT, loadBilling } from './db/load.ts';
import { HAS_SERVER, NEEDS_SERVER, startServer, type TestServer } from './db/server.ts';
import { configOf, dbSource } from './doors.ts';

const folder = temporaryFolders();

describe.skipIf(!HAS_SERVER)(`${NEEDS_SERVER}BGBilling's database`, () => {
  let server: TestServer;
  let root: Connection;

  beforeAll(async () => {
    server = await startServer();
    root = await server.root();
    await loadBilling(root, 'billing', makeBilling(YEAR), { ...LAYOUT, closedDate: '30.09.2026' });
  });
  afterAll(async () => {
    await root?.end();
    await server?.stop();
  });

  const environment = (): Record<string, string> => ({ DB: server.url('billing') });
  async function opened(more: Partial<DbSourceConfig> = {}): Promise<Source> {
    const config = configOf(folder(), { ...dbSource(LAYOUT, 'DB'), ...more } as DbSourceConfig) as Config & {
      source: DbSourceConfig;
    };
    const { source, faults } = await openDbSource(config, '2026-10', { environment: environment() });
    expect(faults).toEqual([]);
    return source!;
  }
  async function column<T extends TableName>(
    source: Source,
    table: T,
    name: Parameters<typeof cellIndex<T>>[1],
  ): Promise<Map<string, string>> {
    const values = new Map<string, string>();
    for await (const rows of source.read(table, (found) => expect.unreachable(found.message)))
      for (const { cells } of rows) values.set(cells[0]!, cells[cellIndex(table, name)]!);
    return values;
  }

  test('is looked at by doctor, which says until when it is closed', async () => {
    vi.stubEnv('BG1C_TEST_DB', server.url('billing'));
    vi.stubEnv('BG1C_TEST_NO_DB', server.url('nowhere'));
    const look = async (variable: string) =>
      (await examine(configOf(folder(), dbSource(LAYOUT, variable)), () => new Date())).find(
        ({ subject }) => subject === 'База BGBilling',
      );
    expect(await look('BG1C_TEST_DB')).toMatchObject({ ok: true, detail: 'читается, закрыто по 30.09.2026' });
    expect(await look('BG1C_TEST_NO_DB')).toMatchObject({ ok: false });
    vi.unstubAllEnvs();
  });

  test('masks of groups keep all 64 bits, zero dates stay zero dates, NULL is nothing', async () => {
    const source = await opened();
    const masks = await column(source, 'contracts', 'group_mask');
    expect([masks.get('301'), masks.get('341')]).toEqual(['36028797018963969', '-9223372036854775808']);
    expect((await column(source, 'contracts', 'groups_titles')).get('301')).toBe('Интернет|ЭДО');
    expect((await column(source, 'contracts', 'date1')).get('330')).toBe('0000-00-00');
    expect((await column(source, 'contracts', 'date2')).get('301')).toBe('');
    await source.close();
  });

  test('nothing but SELECT is asked for, and never a password', async () => {
    await root.query(
      "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = 1; TRUNCATE mysql.general_log",
    );
    const source = await opened();
    for (const table of TABLE_NAMES) for await (const _ of source.read(table, () => expect.unreachable()));
    await source.close();
    const [logged] = await root.query(
      "SELECT CONVERT(argument USING utf8mb4) AS sql_text FROM mysql.general_log WHERE user_host LIKE 'bg1c%' AND command_type IN ('Query', 'Execute')",
    );
    await root.query('SET GLOBAL general_log = 0');
    const statements = (logged as { sql_text: string }[]).map(({ sql_text }) => sql_text);
    expect(statements.length).toBeGreaterThan(12);
    expect(
      statements.filter(
        (sql) => !/^(SELECT |SET SESSION |START TRANSACTION WITH CONSISTENT SNAPSHOT$|ROLLBACK$)/.test(sql),
      ),
    ).toEqual([]);
    expect(statements.filter((sql) => /pswd|login|password/i.test(sql))).toEqual([]);
  });

  test('even an account that may write cannot', async () => {
    const { database } = await enterDatabase(
      { host: '127.0.0.1', socket: server.socket, user: 'root', database: 'billing' },
      folder(),
    );
    await expect(
      database!.rows({ table: 'setup', sql: "INSERT INTO setup VALUES ('x', 'y')", values: [] }),
    ).rejects.toMatchObject({
      cause: { code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION' },
    });
    await expect(
      database!.rows({ table: 'setup', sql: 'SELECT 1; SELECT 2', values: [] }),
    ).rejects.toMatchObject({ cause: { code: 'ER_PARSE_ERROR' } });
    await database!.close();
  });

  test('all tables are of one moment, whatever happens meanwhile', async () => {
    const source = await opened();
    const before = await column(source, 'documents', 'summ');
    await root.query(
      'UPDATE billing.bill_invoice_data_5 SET summ = summ + 1; INSERT INTO billing.contract_account VALUES (2026, 10, 401, 22, 5)',
    );
    expect(await column(source, 'documents', 'summ')).toEqual(before);
    let accruals = 0;
    for await (const rows of source.read('accruals', () => expect.unreachable()))
      accruals += rows.filter(({ cells }) => cells[3] === '401').length;
    expect(accruals).toBe(1);
    await source.close();
    await root.query(
      'UPDATE billing.bill_invoice_data_5 SET summ = summ - 1; DELETE FROM billing.contract_account WHERE cid = 401 AND sid = 22',
    );
  });

  test('a personal account of its own, names in parts, several parameters for one', async () => {
    await root.query(
      "USE billing; INSERT INTO contract_parameters_pref VALUES (90, 1, 'Лицевой счёт', 9), (91, 7, 'Прежнее название', 9), (92, 1, 'Отчество', 9);" +
        "INSERT INTO contract_parameter_type_1 VALUES (301, 90, ' 777 '), (401, 92, 'Петровна');" +
        "INSERT INTO contract_parameter_type_7 VALUES (302, 91, 5, ''), (303, 91, 0, 'своё'); INSERT INTO contract_parameter_type_7_values VALUES (5, 91, 'из списка')",
    );
    const parameters = { person: [2, 92], inn: 28, account: 90, nameShort: [25, 91] };
    const source = await opened({ account: 'account', parameters });
    expect(source.extra).toEqual({ clients: ['account'] });
    expect(source.column('clients', 'account')).toBe(17);
    const rows = new Map<string, readonly string[]>();
    for await (const batch of source.read('clients', () => expect.unreachable()))
      for (const { cells } of batch) rows.set(cells[0]!, cells);
    expect(rows.get('301')!.at(-1)).toBe('777');
    expect(rows.get('302')![6]).toBe('из списка');
    expect(rows.get('303')![6]).toMatch(/^ООО/);
    expect(rows.get('401')![6]).toBe('Иванова0 Мария Петровна Петровна');
    await source.close();
  });

  test('the closed date', async () => {
    const closed = async (): Promise<string | undefined> => {
      const { database } = await enterDatabase({ urlEnv: 'DB' }, folder(), { environment: environment() });
      const date = await closedDate(database!);
      await database!.close();
      return date;
    };
    expect(await closed()).toBe('2026-09-30');
    await root.query("UPDATE billing.setup SET value = '00.00.0000'");
    expect(await closed()).toBeUndefined();
    await root.query('DELETE FROM billing.setup');
    expect(await closed()).toBeUndefined();
  });
});

test('an address: parts of a URL are decoded, the socket is an option, IPv6 has no brackets', () => {
  const address = (text: string) => resolveAddress({ urlEnv: 'DB' }, '/', { DB: text }).address;
  expect(address('mysql://us%40er:p%23%25@db.local:3307/bg%20b')).toMatchObject({
    host: 'db.local',
    port: 3307,
    user: 'us@er',
    password: 'p#%',
    database: 'bg b',
  });
  expect(address('mariadb://u@[::1]/b?socket=/run/x.sock')).toMatchObject({
    host: '::1',
    port: 3306,
    socket: '/run/x.sock',
    password: undefined,
  });
  expect(address('mysql://u:100%@h/b')).toMatchObject({ password: '100%' });
});
