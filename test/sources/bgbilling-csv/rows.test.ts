import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { exportFolders, open, readServices, readTable, SERVICES_HEADER } from './exports.ts';

const folder = exportFolders();
const cp1251 = (text: string): Buffer => iconv.encode(text, 'win1251');
const read = (content: string | Uint8Array) => readServices(folder, content);

describe('cells', () => {
  test('stand in the order of the table, empty where the file has no column', async () => {
    const { rows, faults } = await read('TITLE; unit ;SID\r\nInternet;796;20\r\n');
    expect(faults).toEqual([]);
    expect(rows).toEqual([[2, '20', 'Internet', '', '', '', '796', '']]);
  });

  test('are trimmed outside and inside quotes; what is inside them stays', async () => {
    const { rows } = await read('sid;title\n 20 ;\t" Выделенный  IP "  \n21; a  b \n22;\u00a0x\u00a0\n');
    expect(rows.map(([, sid, title]) => [sid, title])).toEqual([
      ['20', 'Выделенный  IP'],
      ['21', 'a  b'],
      ['22', 'x'],
    ]);
  });

  test('hold delimiters, doubled quotes and line breaks when quoted', async () => {
    const { rows } = await read(
      'sid;title\r\n20;"ООО ""Ромашка""; филиал\r\nвторой"\r\n21;""\r\n22;""""\r\n',
    );
    expect(rows.map(([line, sid, title]) => [line, sid, title])).toEqual([
      [2, '20', 'ООО "Ромашка"; филиал\r\nвторой'],
      [4, '21', ''],
      [5, '22', '"'],
    ]);
  });

  test('are text: no zero is dropped, no number made', async () => {
    const { rows } = await read('sid;title\n007;=1+1\n1e3;00\n');
    expect(rows.map(([, sid, title]) => [sid, title])).toEqual([
      ['007', '=1+1'],
      ['1e3', '00'],
    ]);
  });

  test('of columns that the configuration asks for follow the others', async () => {
    const path = folder({ 'services.csv': 'okei;sid;title\n796;20;Internet\n' });
    const { source, faults } = await open(path, { extra: { services: ['okei'] } });
    const { rows } = await readTable(source, 'services');
    expect(faults).toEqual([]);
    expect(source.extra).toEqual({ services: ['okei'] });
    expect(rows[0]!.cells.at(-1)).toBe('796');
    expect(source.column('services', 'okei')).toBe(1);
  });
});

describe('the line of a row is where it begins', () => {
  test.each(['\n', '\r\n'])('with %j, blank lines, breaks in quotes and no break at the end', async (end) => {
    const lines = ['', 'sid;title', '1;a', '', '  ', '2;"b', '', 'b"', '"3";c', '', '4;d'];
    const { rows, faults } = await read(lines.join(end));
    expect(faults).toEqual([]);
    expect(rows.map(([line, sid]) => [line, sid])).toEqual([
      [3, '1'],
      [6, '2'],
      [9, '3'],
      [11, '4'],
    ]);
  });

  test('with mixed line ends, and CR alone, which ends none', async () => {
    const { rows } = await read('sid;title\r\n1;a\n2;b\rb\r\n3;"c\rc\r\nc"\n4;d\r\n');
    expect(rows.map(([line, sid, title]) => [line, sid, title])).toEqual([
      [2, '1', 'a'],
      [3, '2', 'b\rb'],
      [4, '3', 'c\rc\r\nc'],
      [6, '4', 'd'],
    ]);
  });

  test('over the joints of a large file', async () => {
    const count = 30_000;
    const row = (n: number): string =>
      n % 3 === 0 ? `${n};"две\r\nстроки; ""${n}"""\r\n` : `${n};Абонплата\r\n`;
    const text = `sid;title\r\n${Array.from({ length: count }, (_, n) => row(n)).join('')}`;
    const { rows, faults } = await read(cp1251(text));
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(count);
    let line = 2;
    for (let n = 0; n < count; n++) {
      if (rows[n]![0] !== line || rows[n]![1] !== String(n))
        expect(rows[n]!.slice(0, 2)).toEqual([line, String(n)]);
      line += n % 3 === 0 ? 2 : 1;
    }
  });
});

test('any table of texts reads back, in both encodings, with both line ends', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...'аЯёё№«Z7; "\n,') }).map((text) => text.trim());
  const table = fc.array(fc.tuple(cell, cell), { maxLength: 12 });
  const quoted = (text: string): string => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('win1251', 'utf8'),
      async (rows, end, code) => {
        const body = rows.map((cells) => `"1";${cells.map(quoted).join(';')}${end}`).join('');
        const bytes = iconv.encode(`sid;title;unit${end}${body}`, code);
        // «Я№» alone in windows-1251 is also a letter in UTF-8: nobody can tell which was meant.
        fc.pre(code === 'utf8' || /^[\0-\x7f]*$/.test(body) || !isUtf8(bytes));
        const { rows: read, faults } = await readServices(folder, bytes);
        expect(faults).toEqual([]);
        expect(read.map((row) => [row[2], row[6]])).toEqual(rows);
      },
    ),
    { numRuns: 60 },
  );
});

describe('a row that does not read ends its table, after the rows before it', () => {
  const good = 'sid;title\r\n1;a\r\n2;"b\r\nb"\r\n';

  test.each<[string, string, string]>([
    ['a quote inside a value', '3;ООО "Ромашка"\r\n4;d\r\n', 'QUOTES services.csv 5'],
    ['text after a closing quote', '3;"ООО "Ромашка""\r\n4;d\r\n', 'QUOTES services.csv 5'],
    ['a quote never closed', '3;"c\r\n4;d\r\n5;e\r\n', 'QUOTES services.csv 5'],
    ['a value too many', '3;c;x\r\n4;d\r\n', 'ROW-WIDTH services.csv 5'],
    ['a value too few, after a blank line', '\r\n3\r\n4;d\r\n', 'ROW-WIDTH services.csv 6'],
  ])('%s', async (_, bad, expected) => {
    const { rows, faults } = await read(good + bad);
    expect(faults).toEqual([expected]);
    expect(rows.map(([line, sid]) => [line, sid])).toEqual([
      [2, '1'],
      [3, '2'],
    ]);
  });

  test('the texts say what was found', async () => {
    expect((await read(`${good}3;c;x\r\n`)).texts).toEqual([
      'Файл services.csv, строка 5: значений 3, а столбцов 2',
    ]);
    expect((await read(`${good}3;"c\r\n`)).texts).toEqual([
      'Файл services.csv, строка 5: кавычки расставлены неверно (кавычка открыта и не закрыта до конца файла)',
    ]);
  });

  test.each<[string, string]>([
    ['an endless value', 'x'.repeat(3_000_000)],
    ['an endless quoted value with breaks', `"${'строка\r\n'.repeat(300_000)}`],
    ['endless semicolons', ';'.repeat(3_000_000)],
    ['endless quoted nothings', '"";'.repeat(1_000_000)],
  ])('%s', async (_, bad) => {
    const { rows, faults, texts } = await read(`${good}3;${bad}`);
    expect(faults).toEqual(['FIELD-SIZE services.csv 5']);
    expect(texts[0]).toContain('длиннее 1 МиБ');
    expect(rows).toHaveLength(2);
  });

  test('a long value below the limit is read', async () => {
    const long = 'Щ'.repeat(500_000);
    const { rows, faults } = await read(`sid;title\n1;${long}\n`);
    expect(faults).toEqual([]);
    expect(rows[0]![2]).toBe(long);
  });
});

test('a table can be read again, and left half-way', async () => {
  const body = Array.from({ length: 20_000 }, (_, n) => `${n};Internet;;;;;\n`).join('');
  const { source } = await open(folder({ 'services.csv': `${SERVICES_HEADER}\n${body}` }));
  for await (const batch of source.read('services', () => expect.unreachable())) {
    expect(batch.length).toBeLessThan(20_000);
    break;
  }
  expect(source.files.find(({ table }) => table === 'services')!.fingerprint).toBeUndefined();
  for (let turn = 0; turn < 2; turn++)
    expect((await readTable(source, 'services')).rows).toHaveLength(20_000);
  await source.close();
});
