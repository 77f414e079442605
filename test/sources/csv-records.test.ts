import { expect, test } from 'vitest';
import { readingFault } from '../../src/sources/csv-faults.ts';
import { type CsvRecord, RowError, readRecords } from '../../src/sources/csv-records.ts';
import { LONGEST_ROW } from '../../src/sources/limits.ts';

/** Rows up to the end or to the error, whichever comes first. */
async function readAll(
  texts: readonly string[],
  delimiter?: string,
): Promise<{ records: CsvRecord[]; error?: unknown }> {
  const records: CsvRecord[] = [];
  try {
    for await (const batch of readRecords(texts, delimiter)) records.push(...batch);
  } catch (error) {
    return { records, error };
  }
  return { records };
}

test('rows know where they begin, however the text is cut', async () => {
  const text = 'a;b\r\n\r\n1; x \n2;"y\r\n;""y"""\n3;z';
  const rows = [
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['1', 'x'] },
    { line: 4, cells: ['2', 'y\r\n;"y"'] },
    { line: 6, cells: ['3', 'z'] },
  ];
  for (let cut = 0; cut <= text.length; cut++)
    expect(await readAll([text.slice(0, cut), text.slice(cut)])).toEqual({ records: rows });
});

test('another delimiter, in lines with quotation marks and without', async () => {
  const { records } = await readAll(['a;1,b\n"c,2",d\n'], ',');
  expect(records.map(({ cells }) => cells)).toEqual([
    ['a;1', 'b'],
    ['c,2', 'd'],
  ]);
});

test('rows may differ in width: what a table asks for is its own matter', async () => {
  const { records } = await readAll(['1\n2;3\n4;5;6\n']);
  expect(records.map(({ cells }) => cells.length)).toEqual([1, 2, 3]);
});

test.each([
  ['1;a\n2;b"c\n', 2, 'BG1C-SOURCE-QUOTES', 'quote-inside'],
  ['1;a\n\n2;"b" c\n', 3, 'BG1C-SOURCE-QUOTES', 'text-after-quote'],
  ['1;a\n2;"b\nc\n', 2, 'BG1C-SOURCE-QUOTES', 'quote-open'],
  [`1;a\n2;${'b'.repeat(LONGEST_ROW)}`, 2, 'BG1C-SOURCE-FIELD-SIZE', 'too-long'],
])('a row that does not read comes after the rows before it: %#', async (text, line, code, problem) => {
  const { records, error } = await readAll([text]);
  expect(records).toEqual([{ line: 1, cells: ['1', 'a'] }]);
  expect(error).toBeInstanceOf(RowError);
  expect(error).toMatchObject({ line, problem });
  const found = readingFault(error, { name: 'реестр.csv' }, 'UTF-8');
  expect(found).toMatchObject({ code, source: { file: 'реестр.csv', line } });
});

test('a defect of the program is no fault of the file', () => {
  const defect = new TypeError('defect');
  expect(() => readingFault(defect, { name: 'реестр.csv' }, 'UTF-8')).toThrow(defect);
});
