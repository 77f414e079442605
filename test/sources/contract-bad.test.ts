import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, type Tables, tablesOf, YEAR } from './billing.ts';
import { CLOCK } from './cli.ts';
import { configOf, fileSource, WRITE } from './doors.ts';

const folder = temporaryFolders();
const month = tablesOf(makeBilling({ ...YEAR, companies: 2 }), '2026-10');

type FileKind = keyof typeof WRITE;
const KINDS = Object.keys(WRITE) as FileKind[];

async function outcome(kind: FileKind, change: (tables: Tables) => void, period = '2026-10') {
  const own = folder();
  const tables = structuredClone(month);
  change(tables);
  const config = configOf(own, fileSource(kind));
  const input = WRITE[kind](own, tables);
  const out = join(own, 'out');
  mkdirSync(out);
  const { exit, faults, leftOut } = await build({ config, input, period, out, clock: CLOCK });
  const codes = faults
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code.replace('BG1C-', ''));
  return {
    exit,
    codes,
    leftOut: leftOut.length,
    written: readdirSync(out).length,
    journal: existsSync(config.journal.path),
  };
}

/** Values that every reader passes on as they are: what is said of them does not depend on the way in. */
const SPOILT: readonly (readonly [name: string, change: (tables: Tables) => void, code: string])[] = [
  ['NaN for a sum', ({ documents }) => set(documents[0]!, 'summ', 'NaN'), 'VALUE-DECIMAL'],
  [
    'a sum in the notation of programs',
    ({ documents }) => set(documents[0]!, 'summ', '1e9'),
    'VALUE-DECIMAL',
  ],
  [
    'a sum beyond all money',
    ({ documents }) => set(documents[0]!, 'summ', '99999999999999999999'),
    'VALUE-RANGE',
  ],
  ['a sum of three digits', ({ documents }) => set(documents[0]!, 'summ', '1.005'), 'VALUE-DIGITS'],
  ['no sum', ({ documents }) => set(documents[0]!, 'summ', ''), 'VALUE-REQUIRED'],
  ['a day that is none', ({ documents }) => set(documents[0]!, 'create_dt', '31.02.2026'), 'VALUE-DATE'],
  ['a kind nobody knows', ({ documents }) => set(documents[0]!, 'kind', 'check'), 'VALUE-CHOICE'],
  ['an id with letters', ({ documents }) => set(documents[0]!, 'id', '1a'), 'VALUE-INTEGER'],
  ['a document twice', ({ documents }) => documents.push({ ...documents[0]! }), 'ROW-TWICE'],
  ['a client twice', ({ clients }) => clients.push({ ...clients[0]! }), 'ROW-TWICE'],
  ['no client', ({ clients }) => clients.shift(), 'CLIENT-MISSING'],
  ['no contract', ({ contracts }) => contracts.pop(), 'CONTRACT-MISSING'],
  ['a wrong check digit', ({ clients }) => set(clients[0]!, 'inn', '0299000012'), 'INN-CHECKSUM'],
  ['NaN for an accrual', ({ accruals }) => set(accruals[0]!, 'summa', 'NaN'), 'VALUE-DECIMAL'],
];

function set(row: Record<string, string>, column: string, value: string): void {
  row[column] = value;
}

describe.each(KINDS)('bad values of a month: %s', (kind) => {
  test.each(SPOILT)('%s: some documents are left out and named, exit 3', async (_, change, code) => {
    const { exit, codes, leftOut, written } = await outcome(kind, (tables) => void change(tables));
    expect(codes).toContain(code);
    expect([exit, written]).toEqual([3, 2]);
    if (code !== 'VALUE-CHOICE' && code !== 'VALUE-INTEGER') expect(leftOut).toBeGreaterThan(0);
  });

  test('another month: nothing is written, exit 1', async () => {
    expect(await outcome(kind, () => {}, '2026-09')).toMatchObject({
      exit: 1,
      codes: ['DOCUMENTS-NONE'],
      written: 0,
    });
  });

  test('a type of documents nobody described: nothing is written, exit 2', async () => {
    const found = await outcome(kind, ({ documents }) => set(documents[0]!, 'doc_type_id', '77'));
    expect(found).toMatchObject({ exit: 2, codes: ['DOCUMENT-TYPE-UNKNOWN'], written: 0 });
  });
});
