import { describe, expect, it } from 'vitest';
import { fault, placeText, sourcePath, stopsBuild } from '../../src/faults/fault.ts';

describe('fault', () => {
  it('fills the texts of the registry and takes its severity', () => {
    const found = fault('BG1C-NUMBER-LENGTH', {
      number: 'А-2026/000001',
      length: 13,
      limit: 11,
      example: '000001',
    });
    expect(found).toEqual({
      code: 'BG1C-NUMBER-LENGTH',
      severity: 'error',
      message: 'Номер «А-2026/000001» — 13 знаков, а в 1С помещается 11',
      remedy: 'Сократите номер правилом numbering.map (например: to: "000001")',
      paths: [],
      count: 1,
    });
  });

  it('takes values as they are: braces and dollars in them mean nothing', () => {
    const { message } = fault('BG1C-VALUE-DATE', { column: 'dt', value: '{column} $1 $&' });
    expect(message).toBe('«dt»: «{column} $1 $&» — не дата');
  });

  it('refuses a text whose value is missing', () => {
    expect(() => fault('BG1C-VALUE-DATE', { column: 'dt' })).toThrow('{value}');
  });

  it('names its place by file, line, column and key', () => {
    const source = { file: 'documents.csv', line: 7, column: 14, key: 'summ' };
    expect(fault('BG1C-VALUE-REQUIRED', { column: 'summ' }, { source })).toMatchObject({
      source,
      paths: ['documents.csv:7:14 summ'],
    });
    expect(sourcePath({ file: 'bg1c.yaml' })).toBe('bg1c.yaml');
    expect(sourcePath({ file: 'a.csv', line: 2 })).toBe('a.csv:2');
  });

  it.each([
    ['documents.csv:7:14 summ', 'documents.csv, строка 7, столбец 14 (summ)'],
    ['services.csv:1:4 ', 'services.csv, строка 1, столбец 4'],
    ['documents.csv:2', 'documents.csv, строка 2'],
    ['document_bill:17 summ', 'document_bill, строка 17, столбец summ'],
    ['C:\\Обмен\\a.csv:2:1 cid', 'C:\\Обмен\\a.csv, строка 2, столбец 1 (cid)'],
    ['bg1c.yaml', 'bg1c.yaml'],
    ['organizations[0].inn', 'organizations[0].inn'],
    ['Документ[1]', 'Документ[1]'],
  ])('says %s to people as «%s»', (path, said) => {
    expect(placeText(path)).toBe(said);
  });

  it('names a place of the message, or any other', () => {
    const target = { file: 'Message.xml', xpath: 'Документ[1]' };
    expect(fault('BG1C-MESSAGE-INVALID', { reason: 'x' }, { target }).paths).toEqual(['Документ[1]']);
    expect(fault('BG1C-MESSAGE-INVALID', { reason: 'x' }, { target, path: 'onec.format' }).paths).toEqual([
      'onec.format',
    ]);
  });
});

describe('stopsBuild', () => {
  it('stops for an error in what all documents share, or in the call', () => {
    expect(stopsBuild(fault('BG1C-SOURCE-EMPTY', { file: 'a' }))).toBe(true);
    expect(stopsBuild(fault('BG1C-PERIOD-AMBIGUOUS', { periods: 'a' }))).toBe(true);
  });

  it('goes on for an error of one document, and for a notice about a file', () => {
    expect(stopsBuild(fault('BG1C-VALUE-REQUIRED', { column: 'a' }))).toBe(false);
    expect(stopsBuild(fault('BG1C-SOURCE-COLUMN-UNKNOWN', { file: 'a', column: 'b' }))).toBe(false);
  });
});
