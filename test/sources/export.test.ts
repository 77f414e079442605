import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isInn } from '../../src/model/requisites.ts';
import { type BuildResult, build } from '../../src/pipeline/build/build.ts';
import { exportTables } from '../../src/pipeline/export/export.ts';
import { openCsvSource } from '../../src/sources/bgbilling-csv/source.ts';
import { FROM_DATABASE } from '../../src/sources/registry.ts';
import { columnsOf, TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';
import { openArchive } from '../../src/support/archive.ts';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, type Tables, tablesOf, YEAR } from './billing.ts';
import { bg1c, CLOCK } from './cli.ts';
import { interrupting } from './db/false-servers.ts';
import { LAYOUT, loadBilling } from './db/load.ts';
import { HAS_SERVER, NEEDS_SERVER, startServer, type TestServer } from './db/server.ts';
import { configOf, dbSource, fileSource, WRITE } from './doors.ts';

const PERIOD = '2026-10';
const folder = temporaryFolders();
const tables = tablesOf(makeBilling(YEAR), PERIOD);

async function cellsOf(path: string): Promise<Partial<Record<TableName, string[][]>>> {
  const { source, faults } = await openCsvSource(path, { encoding: 'auto' });
  expect(faults).toEqual([]);
  const cells: Partial<Record<TableName, string[][]>> = {};
  for (const table of TABLE_NAMES) {
    if (!source!.has(table)) continue;
    cells[table] = [];
    for await (const rows of source!.read(table, (found) => expect.unreachable(found.message)))
      cells[table].push(...rows.map((row) => [...row.cells]));
  }
  await source!.close();
  return cells;
}

function expectedCells(): Partial<Record<TableName, string[][]>> {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => columnsOf(table as TableName).map(({ name }) => row[name] ?? '')),
    ]),
  );
}

/** Exports the month from a file of XML with some values changed. */
async function exported(
  change: (tables: Tables) => void = () => {},
  options: { anonymize?: boolean; encoding?: 'utf-8' | 'windows-1251' } = {},
) {
  const own = folder();
  const copy = structuredClone(tables);
  change(copy);
  const config = configOf(own, fileSource('bgbilling-json'));
  const input = WRITE['bgbilling-json'](own, copy);
  const out = join(own, 'out');
  const result = await exportTables({ config, input, out, encoding: 'utf-8', anonymize: false, ...options });
  return { result, out, own };
}

describe('the CSV set of a month', () => {
  test.each(['utf-8', 'windows-1251'] as const)('holds every cell of its source: %s', async (encoding) => {
    const { result, out } = await exported(() => {}, { encoding });
    expect([result.exit, result.faults]).toEqual([0, []]);
    expect(result.files).toContainEqual({ name: 'documents.csv', rows: tables.documents.length });
    expect(await cellsOf(out)).toEqual(expectedCells());
    expect(readFileSync(join(out, 'services.csv')).subarray(0, 3).equals(Buffer.from('\ufeff'))).toBe(
      encoding === 'utf-8',
    );
  });

  test('formulas are defused, sums are not, and reading it again gives what was', async () => {
    const formulas = ['=1+1', '+7 347 200-00-00', '-a', '@x', '=cmd|" /C calc"!A0', "-1'000"];
    const change = (copy: Tables): void => {
      for (const [index, text] of formulas.entries()) copy.clients[index]!.phones = text;
      copy.accruals[0]!.summa = '-100.50';
      copy.accruals[1]!.summa = '+5';
    };
    const { out } = await exported(change);
    const text =
      readFileSync(join(out, 'clients.csv'), 'utf8') + readFileSync(join(out, 'accruals.csv'), 'utf8');
    const starts = text.split(/[;\n]/).map((cell) => cell.replace(/^"/, ''));
    const risky = starts
      .map((cell) => cell.trim())
      .filter((cell, index) => /^[=+\-@]/.test(starts[index]!) && cell !== '');
    expect(risky).toEqual(expect.arrayContaining(['-100.50', '+5', '-100.00000']));
    expect(risky.filter((cell) => !/^[+-]\d+(\.\d+)?$/.test(cell))).toEqual([]);
    const cells = await cellsOf(out);
    expect(cells.clients!.slice(0, formulas.length).map((row) => row[15])).toEqual(formulas);
    expect(cells.accruals!.slice(0, 2).map((row) => row[7])).toEqual(['-100.50', '+5']);
  });

  test('a character that the code page has not stops the export, named by row', async () => {
    const { result, own } = await exported(
      (copy) => {
        copy.clients[2]!.name_short = 'Әлиев';
      },
      {
        encoding: 'windows-1251',
      },
    );
    expect([result.exit, result.faults.map(({ message }) => message)]).toEqual([
      1,
      ['Символ «Ә» (U+04D8) нельзя записать в windows-1251: выгрузка не записана'],
    ]);
    expect(readdirSync(own).sort()).toEqual(['bg1c.yaml', 'export.zip']);
  });

  test('a folder with something in it is left alone, an empty one is used', async () => {
    const own = folder();
    const config = configOf(own, fileSource('bgbilling-xml'));
    const input = WRITE['bgbilling-xml'](own, tables);
    const request = { config, input, out: join(own, 'out'), encoding: 'utf-8' as const, anonymize: false };
    mkdirSync(request.out);
    expect((await exportTables(request)).exit).toBe(0);
    const before = readdirSync(request.out);
    const again = await exportTables(request);
    expect([again.exit, again.faults.map(({ code }) => code), readdirSync(request.out)]).toEqual([
      2,
      ['BG1C-EXPORT-EXISTS'],
      before,
    ]);
  });

  test('an export that is no good is not written', async () => {
    const own = folder();
    writeFileSync(join(own, 'x.xml'), '<BGBillingExport version="1">');
    const config = configOf(own, fileSource('bgbilling-xml'));
    const result = await exportTables({
      config,
      input: join(own, 'x.xml'),
      out: join(own, 'out'),
      encoding: 'utf-8',
      anonymize: false,
    });
    expect([result.exit, result.faults.map(({ code }) => code), existsSync(join(own, 'out'))]).toEqual([
      1,
      ['BG1C-SOURCE-SYNTAX'],
      false,
    ]);
  });
});

describe('an anonymous set', () => {
  test('shows nobody, and the same problems', async () => {
    const spoil = (copy: Tables): void => {
      copy.clients[0]!.inn = '0299000012';
      copy.clients[3]!.kpp = '12';
      copy.documents[0]!.summ = '1';
    };
    const open = await exported(spoil);
    const hidden = await exported(spoil, { anonymize: true });
    const text = readdirSync(hidden.out)
      .map((name) => readFileSync(join(hidden.out, name), 'utf8'))
      .join('\n');
    for (const client of tables.clients)
      for (const column of [
        'name_short',
        'name_full',
        'inn',
        'ogrn',
        'bank_account',
        'legal_address',
        'email',
        'phones',
        'contract_comment',
      ])
        if (client[column] !== '') expect(text).not.toContain(client[column]!.replaceAll('"', '""'));
    for (const { comment } of tables.payments) expect(text).not.toContain(comment);
    expect(text).not.toMatch(/Ромашк|Сидоров|Иванов|romashka/);

    const [shown, secret] = [await cellsOf(open.out), await cellsOf(hidden.out)];
    expect(secret.documents!.map((row) => row.slice(0, 14))).toEqual(
      shown.documents!.map((row) => row.slice(0, 14)),
    );
    expect(secret.accruals).toEqual(shown.accruals);
    expect(secret.clients!.map(([, , , , , , , , inn]) => isInn(inn!))).toEqual(
      shown.clients!.map(([, , , , , , , , inn]) => isInn(inn!)),
    );
    // The same contract bears the same number in both tables.
    expect(secret.clients!.map((row) => row[1])).toEqual(secret.contracts!.map((row) => row[1]));

    const outcome = async ({ out, own }: typeof open) =>
      summary(
        await build({
          config: configOf(own, fileSource('bgbilling-csv')),
          input: out,
          out: folder(),
          clock: CLOCK,
        }),
      );
    const found = await outcome(hidden);
    expect(found).toEqual(await outcome(open));
    expect(found.exit).toBe(3);
  });

  /** What a build says, without names. */
  function summary({ exit, faults, packages, leftOut }: BuildResult) {
    return {
      exit,
      faults: faults.map(({ code, count }) => `${code} ${count}`).sort(),
      documents: packages.map(({ documents, objects }) => ({ documents, objects })),
      leftOut: leftOut.map(({ key, codes }) => ({ key, codes })),
    };
  }
});

describe.skipIf(!HAS_SERVER)(`${NEEDS_SERVER}bg1c export from the database`, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const root = await server.root();
    await loadBilling(root, 'billing', makeBilling({ ...YEAR, companies: 300 }), LAYOUT);
    await root.end();
  });
  afterAll(async () => {
    delete process.env.BG1C_TEST_EXPORT;
    await server?.stop();
  });

  /** Entries of the packages except those that tell where the month came from. */
  async function entriesOf({ packages }: BuildResult): Promise<Map<string, string>> {
    const entries = new Map<string, string>();
    for (const { files } of packages)
      for (const file of files) {
        const zip = await openArchive(file, { entries: 100, entryBytes: 1e9, ratio: 1000 });
        for (const { name } of zip.entries)
          if (!['manifest.json', 'origins.jsonl', 'preview.html'].includes(name))
            entries.set(`${file.split('/').at(-1)}/${name}`, await zip.readText(name));
        zip.close();
      }
    return entries;
  }

  test('the written set builds what the database builds', async () => {
    const own = folder();
    process.env.BG1C_TEST_EXPORT = server.url('billing');
    const config = configOf(own, dbSource(LAYOUT, 'BG1C_TEST_EXPORT'));
    const { exit, out, err } = await bg1c(own, 'export', '--period', PERIOD, '--out', 'set');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('documents.csv');
    const request = { config, period: PERIOD, clock: CLOCK };
    const direct = await build({ ...request, input: FROM_DATABASE, out: join(own, 'a') });
    configOf(own, dbSource(LAYOUT, 'BG1C_TEST_EXPORT'));
    const other = folder();
    const written = await build({
      ...request,
      config: configOf(other, dbSource(LAYOUT, 'BG1C_TEST_EXPORT')),
      input: join(own, 'set'),
      out: join(own, 'b'),
    });
    expect([direct.exit, written.exit]).toEqual([0, 0]);
    expect(await entriesOf(written)).toEqual(await entriesOf(direct));
  });

  test('a month must be named, and a connection that breaks leaves nothing', async () => {
    const own = folder();
    process.env.BG1C_TEST_EXPORT = server.url('billing');
    configOf(own, dbSource(LAYOUT, 'BG1C_TEST_EXPORT'));
    const unnamed = await bg1c(own, 'export', '--out', 'set');
    expect([unnamed.exit, unnamed.out]).toEqual([2, expect.stringContaining('BG1C-PERIOD-MISSING')]);
    const between = await interrupting(server.port, 120_000, (client) => client.destroy());
    process.env.BG1C_TEST_EXPORT = server.url('billing').replace(`:${server.port}/`, `:${between.port}/`);
    const broken = await bg1c(own, 'export', '--period', PERIOD, '--out', 'set');
    between.close();
    expect([broken.exit, broken.out]).toEqual([1, expect.stringContaining('BG1C-DB-LOST')]);
    expect(readdirSync(own)).toEqual(['bg1c.yaml']);
  });

  test('without a database a path is needed', async () => {
    const own = folder();
    configOf(own, fileSource('bgbilling-csv'));
    const { exit, err } = await bg1c(own, 'export', '--out', 'set');
    expect([exit, err]).toEqual([2, expect.stringContaining('укажите папку или файл выгрузки')]);
  });
});
