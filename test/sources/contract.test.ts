import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/types.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { FROM_DATABASE, openSource } from '../../src/sources/registry.ts';
import type { Source, SourceRow } from '../../src/sources/source.ts';
import { columnsOf, TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';
import { openArchive } from '../../src/support/archive.ts';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, tablesOf, YEAR } from './billing.ts';
import { LAYOUT, loadBilling } from './db/load.ts';
import { HAS_SERVER, NEEDS_SERVER, startServer, type TestServer } from './db/server.ts';
import { configOf, dbSource, fileSource, type Kind, WRITE } from './doors.ts';

const PERIOD = '2026-10';
const billing = makeBilling(YEAR);
const tables = tablesOf(billing, PERIOD);
const folder = temporaryFolders();

/** Configuration and input of a door, made when it is first asked for. */
interface Door {
  config: Config;
  input: string;
}
let server: TestServer | undefined;

function doorOf(kind: Kind): Door {
  const own = folder();
  if (kind === 'bgbilling-db')
    return { config: configOf(own, dbSource(LAYOUT, 'BG1C_TEST_CONTRACT')), input: FROM_DATABASE };
  return { config: configOf(own, fileSource(kind)), input: WRITE[kind](own, tables) };
}

beforeAll(async () => {
  if (!HAS_SERVER) return;
  server = await startServer();
  const root = await server.root();
  await loadBilling(root, 'billing', billing, LAYOUT);
  await root.end();
  process.env.BG1C_TEST_CONTRACT = server.url('billing');
});
afterAll(async () => {
  delete process.env.BG1C_TEST_CONTRACT;
  await server?.stop();
});

async function opened(kind: Kind): Promise<Source> {
  const { config, input } = doorOf(kind);
  const { source, faults } = await openSource(config, input, PERIOD);
  expect(faults).toEqual([]);
  return source!;
}

async function rowsOf(source: Source, table: TableName): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const batch of source.read(table, (found) => expect.unreachable(found.message))) {
    expect(batch.length).toBeGreaterThan(0);
    // What was given is finished: a later piece of the file must not change it.
    rows.push(...batch.map((row) => ({ ...row, cells: [...row.cells] })));
  }
  return rows;
}

describe.each<Kind>(['bgbilling-csv', 'bgbilling-xml', 'bgbilling-json', 'bgbilling-db'])(
  'every source keeps the contract: %s',
  (kind) => {
    const skipped = kind === 'bgbilling-db' && !HAS_SERVER;

    test.skipIf(skipped)(
      `${skipped ? NEEDS_SERVER : ''}rows are those of the month, cell by cell, aligned to the tables`,
      async () => {
        const source = await opened(kind);
        for (const table of TABLE_NAMES) {
          const rows = await rowsOf(source, table);
          const expected = table === 'document_lines' ? [] : tables[table];
          const cells = expected.map((row) => columnsOf(table).map(({ name }) => row[name] ?? ''));
          expect(rows.map((row) => row.cells)).toEqual(cells);
        }
        await source.close();
      },
    );

    test.skipIf(skipped)('files, tables and columns are known at once, in a fixed order', async () => {
      const source = await opened(kind);
      expect(source.files.map(({ table }) => table)).toEqual(
        TABLE_NAMES.filter((table) => table !== 'document_lines'),
      );
      expect(TABLE_NAMES.filter((table) => source.has(table))).toEqual(
        source.files.map(({ table }) => table),
      );
      expect(source.column('documents', 'summ')).toBeGreaterThan(0);
      expect(source.column('documents', 'nothing')).toBeUndefined();
      expect(source.column('document_lines', 'sid')).toBeUndefined();
      await source.close();
    });

    test.skipIf(skipped)('a row knows its file and its line; lines ascend', async () => {
      const source = await opened(kind);
      for (const table of ['clients', 'documents'] as const) {
        const rows = await rowsOf(source, table);
        expect(new Set(rows.map(({ file }) => source.files[file]!.table))).toEqual(new Set([table]));
        const lines = rows.map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        expect(lines[0]).toBeGreaterThan(0);
      }
      await source.close();
    });

    test.skipIf(skipped)('a table can be read again, also after it was left in the middle', async () => {
      const source = await opened(kind);
      const first = await rowsOf(source, 'accruals');
      for await (const _ of source.read('documents', () => expect.unreachable())) break;
      for await (const _ of source.read('clients', () => expect.unreachable())) break;
      expect(await rowsOf(source, 'accruals')).toEqual(first);
      await source.close();
    });

    test.skipIf(skipped)(
      'fingerprints are there when all was read, and the same for the same month',
      async () => {
        const prints = async (): Promise<unknown> => {
          const source = await opened(kind);
          for (const table of TABLE_NAMES) await rowsOf(source, table);
          const found = source.files.map(({ name, fingerprint }) => ({ name, fingerprint }));
          await source.close();
          return found;
        };
        const found = (await prints()) as { fingerprint: { size: number; sha256: string } }[];
        for (const { fingerprint } of found)
          expect(fingerprint).toEqual({
            size: expect.any(Number),
            sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          });
        expect(await prints()).toEqual(found);
      },
    );
  },
);

describe('one month, four ways in', () => {
  /** Entries of all packages of a build, by package and name. */
  async function packagesOf(kind: Kind): Promise<Map<string, string>> {
    const { config, input } = doorOf(kind);
    const out = folder();
    const result = await build({
      config,
      input,
      period: PERIOD,
      out,
      clock: () => new Date('2026-11-02T09:00:00Z'),
    });
    expect(
      result.faults.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ).toEqual([]);
    expect([
      result.exit,
      result.leftOut,
      result.packages.map(({ organization }) => organization.code),
    ]).toEqual([0, [], ['main', 'plus']]);
    const entries = new Map<string, string>();
    for (const { files, organization } of result.packages)
      for (const file of files) {
        const zip = await openArchive(file, { entries: 100, entryBytes: 1e8, ratio: 1000 });
        for (const { name } of zip.entries)
          entries.set(`${organization.code}/${name}`, await zip.readText(name));
        zip.close();
      }
    return entries;
  }
  /** What tells where the month came from; the page names the package id and places of findings. */
  const OF_ORIGIN = /\/(manifest\.json|origins\.jsonl|preview\.html)$/;
  const compared = async (kind: Kind): Promise<Map<string, string>> =>
    new Map([...(await packagesOf(kind))].filter(([name]) => !OF_ORIGIN.test(name)));

  test('the packages differ in manifest and origins alone: CSV, XML, JSON', async () => {
    const csv = await compared('bgbilling-csv');
    expect([...csv.keys()].filter((name) => name.includes('Message_'))).toHaveLength(2);
    expect(await compared('bgbilling-xml')).toEqual(csv);
    expect(await compared('bgbilling-json')).toEqual(csv);
  });

  test.skipIf(!HAS_SERVER)(
    `${NEEDS_SERVER}the packages differ in manifest and origins alone: CSV and the database`,
    async () => {
      expect(await compared('bgbilling-db')).toEqual(await compared('bgbilling-csv'));
    },
  );
});
