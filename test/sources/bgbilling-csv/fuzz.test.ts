import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { openCsvSource } from '../../../src/sources/bgbilling-csv/source.ts';
import { TABLE_NAMES } from '../../../src/sources/tables.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { zipOf } from '../../support/zips.ts';
import { allFaults, exportFolders, readTable, SMALL } from './exports.ts';

const SERVICES = iconv.encode(
  'sid;title;unit\r\n20;"Услуги ""Интернет""; тариф\r\nБизнес";796\r\n21;Выделенный IP;\r\n\r\n22;Подключение;642\r\n',
  'win1251',
);

/** Bytes that mean something to a reader of CSV, of encodings or of zips, and any others. */
const byte = fc.oneof(
  fc.constantFrom(
    0x22,
    0x3b,
    0x0a,
    0x0d,
    0x00,
    0x20,
    0x98,
    0xd0,
    0xb0,
    0xef,
    0xbb,
    0xbf,
    0xff,
    0xfe,
    0x50,
    0x4b,
  ),
  fc.integer({ min: 0, max: 255 }),
);
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  /** How many bytes go, and what comes instead. */
  drop: fc.integer({ min: 0, max: 6 }),
  put: fc.array(byte, { maxLength: 4 }),
});

function mutated(bytes: Buffer, changes: readonly { at: number; drop: number; put: number[] }[]): Buffer {
  return changes.reduce((now, { at, drop, put }) => {
    const start = Math.floor(at * now.length);
    return Buffer.concat([now.subarray(0, start), Buffer.from(put), now.subarray(start + drop)]);
  }, bytes);
}

const changes = fc.array(change, { minLength: 1, maxLength: 8 });

describe('whatever is done to a file, reading it ends, with rows and faults and nothing else', () => {
  const exports = exportFolders();
  const zips = temporaryFolders();

  test('CSV', async () => {
    const path = exports();
    await fc.assert(
      fc.asyncProperty(changes, fc.constantFrom('auto', 'windows-1251', 'utf-8'), async (edits, encoding) => {
        writeFileSync(join(path, 'services.csv'), mutated(SERVICES, edits));
        for (const found of await allFaults(path, { encoding })) {
          expect(found.code).toMatch(/^BG1C-SOURCE-/);
          expect(found.source?.file).toBe('services.csv');
        }
      }),
      { numRuns: 500, seed: 20_261_031 },
    );
  });

  test('zip', async () => {
    const path = join(zips(), 'export.zip');
    const good = zipOf(
      Object.entries({ ...SMALL, 'services.csv': SERVICES }).map(([name, data]) => ({ name, data })),
    );
    await fc.assert(
      fc.asyncProperty(changes, async (edits) => {
        writeFileSync(path, mutated(good, edits));
        const { source, faults } = await openCsvSource(path, { encoding: 'auto' });
        const all = [...faults];
        for (const table of TABLE_NAMES) if (source) all.push(...(await readTable(source, table)).faults);
        await source?.close();
        for (const { code } of all) expect(code).toMatch(/^BG1C-SOURCE-/);
      }),
      { numRuns: 500, seed: 20_261_101 },
    );
  });
});
