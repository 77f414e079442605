import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config, DbSourceConfig } from '../../src/config/types.ts';
import { openCsvSource } from '../../src/sources/bgbilling-csv/source.ts';
import { openDbSource } from '../../src/sources/bgbilling-db/source.ts';
import { openJsonSource } from '../../src/sources/bgbilling-json/source.ts';
import { openXmlSource } from '../../src/sources/bgbilling-xml/source.ts';
import type { Source } from '../../src/sources/source.ts';
import { cellIndex, TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';
import { temporaryFolders } from '../support/folders.ts';
import { HAS_SERVER, NEEDS_SERVER, startServer, type TestServer } from './db/server.ts';
import { configOf } from './doors.ts';

/** The vendor's own tables, invented rows and what BGBilling's queries give of them; beside the checkout, not in it. */
const REFERENCE = fileURLToPath(new URL('../../../shared/reference/bgbilling', import.meta.url));
const FIXTURES = join(REFERENCE, 'fixtures');
const there = existsSync(FIXTURES);
const missing = there ? '' : 'SKIPPED, ../shared/reference is not there: ';
const folder = temporaryFolders();

/** Cells by row, with the decimal point. */
async function cellsOf(source: Source, table: TableName): Promise<string[][]> {
  const cells: string[][] = [];
  for await (const rows of source.read(table, (found) => expect.unreachable(found.message)))
    cells.push(...rows.map((row) => row.cells.map((cell) => cell.replace(/^(-?\d+),(\d+)$/, '$1.$2'))));
  return cells;
}

async function fixture(): Promise<Source> {
  return (await openCsvSource(FIXTURES, { encoding: 'auto' })).source!;
}

describe.skipIf(!there)(`${missing}the reference export`, () => {
  test.each([
    ['XML', openXmlSource, 'export.xml'],
    ['JSON', openJsonSource, 'export.json'],
  ] as const)('%s gives the same rows as CSV', async (_, open, file) => {
    const { source, faults } = await open(join(FIXTURES, file), { encoding: 'auto' });
    expect(faults).toEqual([]);
    const csv = await fixture();
    for (const table of TABLE_NAMES) expect(await cellsOf(source!, table)).toEqual(await cellsOf(csv, table));
  });
});

describe.skipIf(!there || !HAS_SERVER)(`${missing}${NEEDS_SERVER}the vendor's own tables`, () => {
  let server: TestServer;
  let root: Connection;

  beforeAll(async () => {
    server = await startServer();
    root = await server.root();
    await root.query("CREATE DATABASE demo CHARACTER SET utf8mb4; USE demo; SET SESSION sql_mode = ''");
    for (const file of ['ddl_kernel_demo_8_0.sql', 'sql/00_bill_module_tables.sql', 'sql/01_test_data.sql'])
      await root.query(readFileSync(join(REFERENCE, file), 'utf8'));
    await root.query("CREATE USER bg1c@'%' IDENTIFIED BY 'x'; GRANT SELECT ON demo.* TO bg1c@'%'");
  });
  afterAll(async () => {
    await root?.end();
    await server?.stop();
  });

  test('give the rows of the reference export', async () => {
    const parameters = {
      nameShort: 25,
      nameFull: 26,
      person: 2,
      inn: 28,
      kpp: 30,
      ogrn: 31,
      bik: 36,
      bankAccount: 39,
      address: 40,
      email: 41,
      contractDate: 42,
    };
    // The rows of the reference do not fill the directory for the person's name.
    await root.query(
      "INSERT IGNORE INTO demo.contract_parameters_pref (id, pt, title, sort, script, history, flags) VALUES (2, 1, 'ФИО', 1, '', 0, 1)",
    );
    const config = configOf(folder(), {
      kind: 'bgbilling-db',
      encoding: 'auto',
      account: 'contract_title',
      db: { urlEnv: 'DB' },
      billModule: 5,
      parameters,
    }) as Config & { source: DbSourceConfig };
    const { source, faults } = await openDbSource(config, '2026-10', {
      environment: { DB: `mysql://bg1c:x@127.0.0.1:${server.port}/demo` },
    });
    expect(faults).toEqual([]);
    const csv = await fixture();
    /** Columns that the reference took from tables or rows it did not keep. */
    const UNKEPT = new Set([
      'phones',
      'groups_titles',
      'module_name',
      'module_title',
      'payment_type',
      'payment_group',
      'user_name',
      'lm',
    ]);
    for (const table of ['clients', 'contracts', 'accruals', 'charges', 'documents'] as const) {
      const kept = (rows: string[][]): string[][] => {
        const unkept = [...UNKEPT].map((name) => cellIndex(table, name as never));
        return rows.map((cells) => cells.map((cell, index) => (unkept.includes(index) ? '' : cell)));
      };
      expect(kept(await cellsOf(source!, table)), table).toEqual(kept(await cellsOf(csv, table)));
    }
    await source!.close();
  });
});
