import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Config, DbConfig, DbSourceConfig } from '../../src/config/types.ts';
import type { Fault } from '../../src/faults/fault.ts';
import { build } from '../../src/pipeline/build/build.ts';
import type { DbLimits } from '../../src/sources/bgbilling-db/connection.ts';
import { openDbSource } from '../../src/sources/bgbilling-db/source.ts';
import { FROM_DATABASE } from '../../src/sources/registry.ts';
import { TABLE_NAMES } from '../../src/sources/tables.ts';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, YEAR } from './billing.ts';
import { type FalseServer, interrupting, listen, packet, TOO_MANY } from './db/false-servers.ts';
import { LAYOUT, type Layout, loadBilling } from './db/load.ts';
import { HAS_SERVER, NEEDS_SERVER, READER, startServer, type TestServer } from './db/server.ts';
import { configOf, dbSource } from './doors.ts';

const folder = temporaryFolders();
const LIMITS: DbLimits = { connectMs: 500, silenceMs: 500, lockSeconds: 1 };

type DbFileConfig = Config & { source: DbSourceConfig };

/** Faults of opening the database and of reading all of it; never rows after a fault. */
async function faultsOf(
  source: Partial<DbSourceConfig>,
  environment: Record<string, string> = {},
  own = folder(),
  limits = LIMITS,
): Promise<Fault[]> {
  const config = configOf(own, { ...dbSource(LAYOUT, 'DB'), ...source } as DbSourceConfig) as DbFileConfig;
  const { source: opened, faults } = await openDbSource(config, '2026-10', { environment, limits });
  const found = [...faults];
  if (!opened) {
    expect(faults.length).toBeGreaterThan(0);
    return found;
  }
  for (const table of TABLE_NAMES)
    for await (const rows of opened.read(table, (one) => found.push(one)))
      if (found.length > 0) expect.unreachable(`${rows.length} rows after a fault`);
  await opened.close();
  return found;
}

const texts = (faults: readonly Fault[]): string[] =>
  faults.map(({ code, message }) => `${code.replace('BG1C-', '')}: ${message}`);
const url = (port: number): Record<string, string> => ({ DB: `mysql://u:p@127.0.0.1:${port}/billing` });

describe('addresses that cannot be used', () => {
  const config = async (
    db: DbConfig,
    environment: Record<string, string> = {},
    own?: string,
  ): Promise<string[]> => texts(await faultsOf({ db }, environment, own));

  test.each<[string, DbConfig, Record<string, string>, RegExp]>([
    [
      'a variable that is not set',
      { urlEnv: 'DB' },
      {},
      /«source\.db\.urlEnv»: переменная окружения DB не задана/,
    ],
    [
      'a variable that holds no address',
      { urlEnv: 'DB' },
      { DB: 'db.local' },
      /в переменной DB не адрес: ожидается mysql/,
    ],
    ['another kind of database', { urlEnv: 'DB' }, { DB: 'postgres://u:p@h/d' }, /не базы MySQL/],
    ['no database in it', { urlEnv: 'DB' }, { DB: 'mysql://u:p@h' }, /нет имени или базы/],
    ['no name in it', { urlEnv: 'DB' }, { DB: 'mysql://h/d' }, /нет имени или базы/],
    [
      'an option nobody knows',
      { urlEnv: 'DB' },
      { DB: 'mysql://u:p@h/d?multipleStatements=true' },
      /неизвестный параметр адреса «multipleStatements»/,
    ],
    [
      'a password that is not set',
      { user: 'u', database: 'd', passwordEnv: 'PW' },
      {},
      /«source\.db\.passwordEnv»: переменная окружения PW не задана/,
    ],
    [
      'a password file that is not there',
      { user: 'u', database: 'd', passwordFile: 'none' },
      {},
      /«source\.db\.passwordFile»: файл none не читается \(ENOENT\)/,
    ],
    ['no name', { database: 'd' }, {}, /«source\.db\.user»: не указано имя/],
    ['no database', { user: 'u' }, {}, /«source\.db\.database»: не указано имя базы/],
    [
      'a certificate that is not there',
      { user: 'u', database: 'd', tls: true, caFile: 'ca.pem' },
      {},
      /«source\.db\.caFile»/,
    ],
  ])('%s', async (_, db, environment, expected) => {
    const found = await config(db, environment);
    expect(found).toEqual([expect.stringMatching(/^CONFIG-VALUE/)]);
    expect(found[0]).toMatch(expected);
  });

  test('a secret is never quoted', async () => {
    const own = folder();
    writeFileSync(join(own, 'pw'), 'hunter2\n');
    const found = [
      ...(await config({ urlEnv: 'DB' }, { DB: 'mysql//root:hunter2@h/d' })),
      ...(await config({ urlEnv: 'DB' }, { DB: 'http://root:hunter2@h/d' })),
      ...(await config(
        { host: '127.0.0.1', port: 1, user: 'root', database: 'd', passwordFile: 'pw' },
        {},
        own,
      )),
    ];
    expect(found).toHaveLength(3);
    expect(found.join()).not.toContain('hunter2');
  });

  test('no month', async () => {
    const { faults } = await openDbSource(
      configOf(folder(), dbSource(LAYOUT, 'DB')) as DbFileConfig,
      undefined,
      { environment: {} },
    );
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-PERIOD-MISSING']);
  });
});

describe('what answers is no MySQL', () => {
  let server: FalseServer | undefined;
  afterEach(() => server?.close());

  const GREETING = Buffer.from(
    '0a352e352e352d31302e31312e31392d4d61726961444200090000005b5d5e5f60616263 00fef72d0200ff81150000000000001d0000004142434445464748494a4b4c006d7973716c5f6e61746976655f70617373776f726400'.replaceAll(
      ' ',
      '',
    ),
    'hex',
  );
  test.each<[string, Parameters<typeof listen>[0], RegExp]>([
    [
      'a closed door',
      (socket) => socket.destroy(),
      /^DB-CONNECT: Нет связи с базой данных billing на 127\.0\.0\.1:\d+: сервер (закрыл|разорвал) соединение/,
    ],
    ['silence', () => {}, /^DB-CONNECT: .*сервер (не отвечает|замолчал)/],
    [
      'a web server',
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /^DB-CONNECT: .*(не так, как MySQL|сервер (закрыл|замолчал|не отвечает))/,
    ],
    ['a mail server', (socket) => socket.write('220 mail ESMTP\r\n'.repeat(100)), /^DB-CONNECT: /],
    ['zeros', (socket) => socket.write(Buffer.alloc(100_000)), /^DB-CONNECT: /],
    [
      'noise',
      (socket) =>
        socket.write(Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251))),
      /^DB-CONNECT: /,
    ],
    ['no more connections', (socket) => socket.end(TOO_MANY), /^DB-CONNECT: .*слишком много соединений/],
    [
      'a greeting and the end',
      (socket) => socket.end(packet(0, GREETING)),
      /^DB-CONNECT: .*(закрыл|разорвал)/,
    ],
    [
      'a greeting and noise',
      (socket) => {
        socket.write(packet(0, GREETING));
        socket.once('data', () => socket.write(packet(2, Buffer.alloc(3000, 0xfe))));
      },
      /^DB-CONNECT: /,
    ],
    [
      'half a greeting',
      (socket) => socket.write(packet(0, GREETING).subarray(0, 20)),
      /^DB-CONNECT: .*(не отвечает|замолчал)/,
    ],
  ])('%s', async (_, serve, expected) => {
    server = await listen(serve);
    const found = texts(await faultsOf({}, url(server.port)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  test('nobody', async () => {
    server = await listen(() => {});
    const { port } = server;
    server.close();
    expect(texts(await faultsOf({}, url(port)))).toEqual([
      expect.stringMatching(/^DB-CONNECT: .*не принимает соединений/),
    ]);
    const socket = join(folder(), 'none.sock');
    expect(texts(await faultsOf({ db: { socket, user: 'u', database: 'd' } }))).toEqual([
      expect.stringMatching(/^DB-CONNECT: .*нет файла сокета/),
    ]);
  });
});

describe.skipIf(!HAS_SERVER)(`${NEEDS_SERVER}a database that does not give the month`, () => {
  let server: TestServer;
  let root: Connection;
  let between: FalseServer | undefined;
  const billing = makeBilling({ ...YEAR, companies: 400 });

  beforeAll(async () => {
    server = await startServer();
    root = await server.root();
    await loadBilling(root, 'billing', billing, LAYOUT);
  });
  afterAll(async () => {
    await root?.end();
    await server?.stop();
  });
  afterEach(() => between?.close());

  const here = (database = 'billing'): Record<string, string> => ({ DB: server.url(database) });
  const through = (one: FalseServer): Record<string, string> => ({
    DB: server.url('billing').replace(/:\d+\/billing$/, `:${one.port}/billing`),
  });
  async function interrupted(after: number): Promise<Record<string, string>> {
    between = await interrupting(server.port, after, (client) => client.destroy());
    return through(between);
  }
  /** A copy with another layout, or changed by statements. */
  async function copy(name: string, layout: Partial<Layout>, sql = ''): Promise<Record<string, string>> {
    await loadBilling(root, name, makeBilling(YEAR), { ...LAYOUT, ...layout });
    if (sql !== '') await root.query(`USE ${name}; ${sql}`);
    return here(name);
  }

  test('all is well without interference', async () => {
    expect(texts(await faultsOf({}, here()))).toEqual([]);
  });

  test('a wrong password, no such account, no such database', async () => {
    const denied = /^DB-ACCESS: База данных \S+ на 127\.0\.0\.1:\d+ не дала доступа: неверное имя или пароль/;
    expect(texts(await faultsOf({}, { DB: server.url('billing').replace(/:[^:]*@/, ':wrong@') }))).toEqual([
      expect.stringMatching(denied),
    ]);
    expect(texts(await faultsOf({}, { DB: server.url('billing').replace('bg1c:', 'nobody:') }))).toEqual([
      expect.stringMatching(denied),
    ]);
    expect(texts(await faultsOf({}, here('nothing')))).toEqual([
      expect.stringMatching(/^DB-ACCESS|^DB-STRUCTURE/),
    ]);
  });

  test('the password may come from a file or a variable of its own', async () => {
    const own = folder();
    writeFileSync(join(own, 'pw'), `${READER.password}\n`);
    const db = { host: '127.0.0.1', port: server.port, user: READER.user, database: 'billing' };
    expect(texts(await faultsOf({ db: { ...db, passwordFile: 'pw' } }, {}, own))).toEqual([]);
    expect(texts(await faultsOf({ db: { ...db, passwordEnv: 'PW' } }, { PW: READER.password }))).toEqual([]);
  });

  test('a server without encryption, where encryption is wanted', async () => {
    const db = {
      host: '127.0.0.1',
      port: server.port,
      user: READER.user,
      database: 'billing',
      passwordEnv: 'PW',
      tls: true,
    };
    expect(texts(await faultsOf({ db }, { PW: READER.password }))).toEqual([
      expect.stringMatching(/^DB-CONNECT: .*source\.db\.tls/),
    ]);
  });

  test('another module, a table or a column that is not there', async () => {
    expect(texts(await faultsOf({ billModule: 6 }, here()))).toEqual([
      'DB-STRUCTURE: В базе данных нет таблицы bill_data_6',
      'DB-STRUCTURE: В базе данных нет таблицы bill_invoice_data_6',
      'DB-STRUCTURE: В базе данных нет таблицы bill_doc_type_6',
    ]);
    const lacking = await copy(
      'lacking',
      {},
      'DROP TABLE contract_account; ALTER TABLE service DROP COLUMN title',
    );
    expect(texts(await faultsOf({}, lacking))).toEqual([
      'DB-STRUCTURE: В базе данных нет таблицы contract_account',
      'DB-STRUCTURE: В базе данных нет столбца service.title',
    ]);
  });

  test('tables that the account may not read count as not there', async () => {
    const name = await copy(
      'hidden',
      {},
      `REVOKE SELECT ON hidden.contract_charge FROM '${READER.user}'@'%'`,
    );
    expect(texts(await faultsOf({}, name))).toEqual([
      'DB-STRUCTURE: В базе данных нет таблицы contract_charge',
    ]);
  });

  test('what newer and older versions lack is not missed', async () => {
    const old = await copy(
      'older',
      {},
      'DROP TABLE firm; DROP TABLE contract_group; DROP TABLE contract_tariff; DROP TABLE user; DROP TABLE bill_account_5; DROP TABLE contract_charge_types; DROP TABLE contract_payment_types; ALTER TABLE service DROP COLUMN unit, DROP COLUMN isusing; ALTER TABLE bill_data_5 DROP COLUMN npid, DROP COLUMN pay_dt',
    );
    expect(texts(await faultsOf({}, old))).toEqual([]);
  });

  test('parameters that are not there or hold no text', async () => {
    const parameters = { inn: 999, kpp: 30, email: 77 };
    const flags = await copy('flags', { others: [{ id: 77, type: 5, title: 'Бюджет' }] });
    expect(texts(await faultsOf({ parameters }, flags))).toEqual([
      'CONFIG-VALUE: Настройка «source.parameters.inn»: в BGBilling нет параметра договора № 999',
      'CONFIG-VALUE: Настройка «source.parameters.email»: параметр договора № 77 «Бюджет» — не текст, адрес, почта, дата, список или телефон',
    ]);
    expect(texts(await faultsOf({ account: 'account' }, here()))).toEqual([
      expect.stringMatching(/^CONFIG-VALUE: .*source\.parameters\.account/),
    ]);
  });

  test.each<[string, 0 | 1, DbSourceConfig['monthOffset'], string[]]>([
    ['0 stored, 1 set', 0, { invoice: 1, bill: 1 }, ['bill_invoice_data_5 0 1', 'bill_data_5 0 1']],
    ['1 stored, 0 set', 1, { invoice: 0, bill: 0 }, ['bill_invoice_data_5 1 0', 'bill_data_5 1 0']],
    ['1 stored, nothing set', 1, undefined, ['bill_invoice_data_5 1 0', 'bill_data_5 1 0']],
    ['1 stored, 1 set', 1, { invoice: 1, bill: 1 }, []],
  ])('months are counted otherwise: %s', async (name, base, monthOffset, expected) => {
    const database = await copy(`months_${name.replaceAll(/\W+/g, '_')}`, {
      base: { invoice: base, bill: base },
    });
    const found = await faultsOf(
      { ...(monthOffset ? { monthOffset } : { monthOffset: undefined }) },
      database,
    );
    expect(found.map(({ code }) => code)).toEqual(expected.map(() => 'BG1C-DB-MONTH-OFFSET'));
    expect(
      found.map(({ message }) =>
        message.replace(/^Таблица (\S+): .* записан как (\d), а в \S+ стоит (\d).*/, '$1 $2 $3'),
      ),
    ).toEqual(expected);
  });

  test('a table that somebody has locked', async () => {
    const other = await server.root('billing');
    await other.query('LOCK TABLES bill_invoice_data_5 WRITE');
    const found = texts(await faultsOf({}, here(), undefined, { ...LIMITS, silenceMs: 10_000 }));
    await other.query('UNLOCK TABLES');
    await other.end();
    expect(found).toEqual([
      'DB-BUSY: База данных занята: таблица bill_invoice_data_5 заблокирована дольше 1 с',
    ]);
  });

  test.each<[string, number]>([
    ['while entering', 40],
    ['after the greeting', 400],
    ['in the first tables', 30_000],
    ['in the middle of a table', 150_000],
  ])('the connection breaks %s', async (_, after) => {
    between = await interrupting(server.port, after, (client) => client.destroy());
    expect(texts(await faultsOf({}, through(between)))).toEqual([
      expect.stringMatching(/^DB-(CONNECT|LOST): .*(закрыл|разорвал) соединение/),
    ]);
  });

  test.each<[string, number]>([
    ['while entering', 40],
    ['in the middle of a table', 150_000],
  ])('the server falls silent %s', async (_, after) => {
    between = await interrupting(server.port, after, () => {});
    expect(texts(await faultsOf({}, through(between)))).toEqual([
      expect.stringMatching(/^DB-(CONNECT|LOST): .*(не отвечает|замолчал)/),
    ]);
  });

  test('bytes are spoilt on the way', async () => {
    for (const after of [40, 300, 2_000, 30_000, 150_000]) {
      between = await interrupting(server.port, after, (client, rest) =>
        client.end(Buffer.concat([Buffer.alloc(5000, 0xfb), rest.map((byte) => byte ^ 0x55)])),
      );
      expect(texts(await faultsOf({}, through(between)))).toEqual([
        expect.stringMatching(/^DB-(CONNECT|LOST|QUERY|STRUCTURE)/),
      ]);
      between.close();
    }
  });

  test('the administrator ends the session', async () => {
    const config = configOf(folder(), dbSource(LAYOUT, 'DB')) as DbFileConfig;
    const { source } = await openDbSource(config, '2026-10', { environment: here(), limits: LIMITS });
    const [sessions] = await root.query(
      "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'bg1c'",
    );
    for (const { id } of sessions as { id: number }[]) await root.query(`KILL ${id}`);
    const found: Fault[] = [];
    for (const table of TABLE_NAMES) for await (const _ of source!.read(table, (one) => found.push(one)));
    await source!.close();
    expect(texts(found)).toEqual([
      expect.stringMatching(/^DB-LOST: Связь с базой данных прервалась при чтении таблицы contract:/),
    ]);
  });

  test.each<[string, () => Promise<Record<string, string>>, number, string]>([
    ['lost in the middle', () => interrupted(150_000), 1, 'BG1C-DB-LOST'],
    [
      'months counted otherwise',
      () => copy('months_build', { base: { invoice: 1, bill: 0 } }),
      2,
      'BG1C-DB-MONTH-OFFSET',
    ],
    [
      'a wrong password',
      async () => ({ DB: server.url('billing').replace(/:[^:]*@/, ':wrong@') }),
      1,
      'BG1C-DB-ACCESS',
    ],
    ['another month', async () => here(), 1, 'BG1C-DOCUMENTS-NONE'],
  ])('a build of it ends with an exit code and writes nothing: %s', async (name, environment, exit, code) => {
    const own = folder();
    const out = join(own, 'out');
    mkdirSync(out);
    process.env.BG1C_TEST_BAD = (await environment()).DB!;
    const config = configOf(own, dbSource(LAYOUT, 'BG1C_TEST_BAD'));
    const period = name === 'another month' ? '2027-03' : '2026-10';
    const result = await build({
      config,
      input: FROM_DATABASE,
      period,
      out,
      clock: () => new Date('2026-11-02T09:00:00Z'),
    });
    delete process.env.BG1C_TEST_BAD;
    expect([result.exit, result.packages]).toEqual([exit, []]);
    expect(result.faults.map((found) => found.code)).toContain(code);
    expect([readdirSync(out), existsSync(config.exchange.dir)]).toEqual([[], false]);
  });
});
