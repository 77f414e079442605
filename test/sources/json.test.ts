import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { createJsonReader } from '../../src/sources/bgbilling-json/records.ts';
import { openJsonSource } from '../../src/sources/bgbilling-json/source.ts';
import { temporaryFolders } from '../support/folders.ts';
import { zipOf } from '../support/zips.ts';
import { brief, readAll, readBytes } from './file-faults.ts';

const folder = temporaryFolders();

const TABLES = {
  clients: [
    { cid: '101', contract_title: 'Ю-1', fc: 1, name_short: ' ООО "Ёж" ', inn: '0274000002', kpp: null },
  ],
  contracts: [{ cid: 101, contract_title: 'Ю-1', scid: '0', sub_mode: '0', group_mask: '36028797018963969' }],
  services: [],
  documents: [
    {
      kind: 'bill',
      id: 1,
      cid: 101,
      doc_type_id: 1,
      format_number: '1',
      create_dt: '2026-10-01',
      yy: 2026,
      mm: 10,
      summ: '1.10',
    },
    {
      kind: 'invoice',
      id: 1,
      cid: 101,
      doc_type_id: 2,
      format_number: '2',
      create_dt: null,
      yy: 2026,
      mm: 10,
      summ: '1.10',
    },
  ],
  payments_deleted: [{ anything: [1, { deep: true }] }],
};
const ENVELOPE = {
  format: 'bgbilling-export',
  version: 1,
  period: { year: 2026, month: 10 },
  billing: { billModuleId: 5, notes: [[], {}] },
};
const whole = (tables: object = TABLES): string => JSON.stringify({ ...ENVELOPE, ...tables }, undefined, 1);

describe('an export in JSON', () => {
  test('rows, their lines, numbers as they are written, null', async () => {
    const text = whole()
      .replace('"summ": "1.10"', '"summ": 1.10')
      .replace('"36028797018963969"', '36028797018963969');
    const { rows, faults } = await readBytes('json', folder(), text);
    expect(faults).toEqual([]);
    const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length - 1;
    expect(rows.clients!.map(({ line, cells }) => [line, cells[2], cells[6], cells[8], cells[9]])).toEqual([
      [lineOf('"cid": "101"'), '1', 'ООО "Ёж"', '0274000002', ''],
    ]);
    expect(rows.contracts![0]!.cells[10]).toBe('36028797018963969');
    expect(rows.documents!.map(({ line, cells }) => [line, cells[13]])).toEqual([
      [lineOf('"kind": "bill"'), '1.10'],
      [lineOf('"kind": "invoice"'), '1.10'],
    ]);
    expect(rows.services).toEqual([]);
  });

  test.each<[string, Uint8Array, 'auto' | 'windows-1251']>([
    ['UTF-8', Buffer.from(whole()), 'auto'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${whole()}`), 'auto'],
    ['windows-1251', iconv.encode(whole(), 'win1251'), 'auto'],
    ['windows-1251, set by hand', iconv.encode(whole(), 'win1251'), 'windows-1251'],
    [
      'escapes only',
      Buffer.from(
        whole().replace(/[^\0-~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ),
      'auto',
    ],
    ['in one line', Buffer.from(JSON.stringify(JSON.parse(whole()))), 'auto'],
  ])('%s', async (_, bytes, encoding) => {
    const { rows, faults } = await readBytes('json', folder(), bytes, { encoding });
    expect(faults).toEqual([]);
    expect([rows.clients![0]!.cells[6], rows.documents?.length]).toEqual(['ООО "Ёж"', 2]);
  });

  test('in a zip and alone in a folder', async () => {
    const zip = join(folder(), 'month.zip');
    writeFileSync(zip, zipOf([{ name: 'export.json', data: whole(), method: 0 }]));
    expect((await readAll(openJsonSource, zip)).rows.documents).toHaveLength(2);
    const path = join(folder(), 'in');
    mkdirSync(path);
    writeFileSync(join(path, 'x.json'), whole());
    expect((await readAll(openJsonSource, path)).rows.documents).toHaveLength(2);
  });

  test('tables may come before the envelope, and columns in any case', async () => {
    const text = JSON.stringify({ ...TABLES, ...ENVELOPE }).replaceAll('"cid"', '"CID"');
    const { rows, faults } = await readBytes('json', folder(), text);
    expect(faults).toEqual([]);
    expect(rows.documents![1]!.cells[2]).toBe('101');
  });

  test('a section nobody knows is named', async () => {
    const { faults } = await readBytes('json', folder(), whole({ ...TABLES, document: [] }));
    expect(faults.map(brief)).toEqual([
      expect.stringContaining('есть раздел «document», который программа не использует'),
    ]);
  });
});

describe('the reader of JSON', () => {
  function events(text: string, pieces: readonly number[]): unknown[] {
    const said: unknown[] = [];
    const reader = createJsonReader({
      envelope: (name, value) => said.push([name, value]),
      section(name, line, at) {
        said.push(['section', name, line, text.slice(0, at).at(-1)]);
        return name !== 'skipped';
      },
      row: (line) => said.push(['row', line]),
      value: (name, value) => said.push([name, value]),
      sectionEnd: () => said.push('end'),
    });
    let from = 0;
    for (const length of pieces) {
      reader.write(text.slice(from, from + length));
      from += length;
    }
    reader.write(text.slice(from));
    reader.end();
    return said;
  }

  test('says the same however the text is cut', () => {
    const text = `{"a": {"b": "\\u20bd"},\n"clients": [{"x": "ё\\"\\\\\\n/", "n": -1.50e+3},\r\n{"x":"№", "y":null }\n],\n"skipped":[[1,{"a":[]}]], "documents": [ ] }\n`;
    const expected = events(text, []);
    expect(expected).toContainEqual(['n', '-1.50e+3']);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 60 }), (pieces) => {
        expect(events(text, pieces)).toEqual(expected);
      }),
      { numRuns: 300, seed: 20_261_031 },
    );
  });

  test('reads any rows as JSON.parse does, with the place of every table', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 6 });
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constant(null),
      fc.integer(),
    );
    const rows = fc.array(fc.dictionary(name, value, { maxKeys: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(
        rows,
        rows,
        fc.constantFrom(undefined, 1, '\t'),
        fc.integer({ min: 1, max: 50 }),
        (clients, documents, indent, piece) => {
          const text = JSON.stringify({ clients, documents }, undefined, indent);
          const read: Record<string, Record<string, string>[]> = {};
          let table: Record<string, string>[] = [];
          const starts: string[] = [];
          const reader = createJsonReader({
            envelope: () => expect.unreachable(),
            section(section, _, at) {
              table = [];
              read[section] = table;
              starts.push(text.slice(at - 1, at));
              return true;
            },
            row: () => table.push({}),
            value: (key, found) =>
              Object.defineProperty(table.at(-1)!, key, { value: found, enumerable: true }),
            sectionEnd: () => {},
          });
          for (let from = 0; from < text.length; ) {
            // Text comes decoded, never with half a character at its end.
            const end = /[\ud800-\udbff]/.test(text[from + piece - 1] ?? '')
              ? from + piece + 1
              : from + piece;
            reader.write(text.slice(from, end));
            from = end;
          }
          reader.end();
          const plain = (list: Record<string, unknown>[]) =>
            list.map((row) =>
              Object.entries(row).map(([key, found]) => [key, found === null ? '' : String(found)]),
            );
          expect([plain(read.clients!), plain(read.documents!), starts]).toEqual([
            plain(clients),
            plain(documents),
            ['[', '['],
          ]);
        },
      ),
      { numRuns: 500, seed: 20_261_031 },
    );
  });
});
