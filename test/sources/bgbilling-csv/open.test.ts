import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { openCsvSource } from '../../../src/sources/bgbilling-csv/source.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { allFaults, brief, exportFolders, open, readServices, readTable, SMALL } from './exports.ts';

const folder = exportFolders();
const cp1251 = (text: string): Buffer => iconv.encode(text, 'win1251');
const services = (content: string | Uint8Array, options = {}) => readServices(folder, content, options);

describe('finding the tables', () => {
  test('a small export has no fault; tables come in a fixed order', async () => {
    const { source, faults } = await open(folder());
    expect(faults).toEqual([]);
    expect(source.files.map(({ name }) => name)).toEqual([
      'clients.csv',
      'contracts.csv',
      'services.csv',
      'documents.csv',
    ]);
    expect([source.has('documents'), source.has('payments')]).toEqual([true, false]);
    expect((await readTable(source, 'payments')).rows).toEqual([]);
    expect((await readTable(source, 'documents')).rows).toEqual([
      expect.objectContaining({ file: 3, line: 2, cells: expect.arrayContaining(['invoice', 'A-1']) }),
    ]);
  });

  test('names in any case; other files, folders and unneeded tables are passed over', async () => {
    const path = folder({
      'Payments.CSV': 'id;dt;cid;summa\n',
      'payments_deleted.csv': 'x',
      'readme.txt': '"',
    });
    expect(await allFaults(path)).toEqual([]);
    const { source } = await open(path);
    expect(source.files.map(({ name }) => name)).toContain('Payments.CSV');
  });

  test('no path, and a file that is no archive', async () => {
    const missing = join(folder(), 'none');
    const { source, faults } = await openCsvSource(missing, { encoding: 'auto' });
    expect(source).toBeUndefined();
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      ['BG1C-SOURCE-NOT-FOUND', `Не найдена выгрузка: ${missing}`],
    ]);

    const file = await openCsvSource(join(folder(), 'clients.csv'), { encoding: 'auto' });
    expect(file.source).toBeUndefined();
    expect(file.faults.map(({ message }) => message)).toEqual([
      'Архив clients.csv не принят: это не zip-архив, или он обрезан',
    ]);
  });

  test('a required table is missing: the others can still be checked', async () => {
    const path = folder({ 'documents.csv': 'kind\n' });
    rmSync(join(path, 'services.csv'));
    const faults = await allFaults(path);
    expect(faults.map(({ message }) => message)).toContain('В выгрузке нет обязательного файла services.csv');
    expect(faults.map(brief)).toContain('COLUMN-MISSING documents.csv 1');
  });

  test.runIf(process.platform === 'linux')('a table twice is not read at all', async () => {
    const path = folder({ 'Services.csv': SMALL['services.csv']! });
    const { source, faults } = await open(path);
    expect(faults.map(({ message }) => message)).toEqual([
      'Таблица services лежит в выгрузке дважды: Services.csv, services.csv',
    ]);
    expect(source.has('services')).toBe(false);
  });

  test('a file that goes away after opening', async () => {
    const path = folder();
    const { source } = await open(path);
    rmSync(join(path, 'services.csv'));
    const { rows, faults } = await readTable(source, 'services');
    expect(rows).toEqual([]);
    expect(faults.map(({ message }) => message)).toEqual(['Файл services.csv не читается: файла больше нет']);
  });
});

describe('headers', () => {
  test('columns are known at once, by position in the file', async () => {
    const { source } = await open(folder({ 'services.csv': 'unit;SID; Title\n' }));
    expect(['sid', 'title', 'unit', 'mid'].map((name) => source.column('services', name))).toEqual([
      2,
      3,
      1,
      undefined,
    ]);
    expect(source.column('payments', 'id')).toBeUndefined();
  });

  test('missing, double and unknown columns are reported when the export is opened', async () => {
    const { source, faults } = await open(folder({ 'services.csv': 'title;note;Title;\n20;a;b;\n' }));
    expect(faults.map(({ code, message, paths }) => [code, message, paths])).toEqual([
      [
        'BG1C-SOURCE-COLUMN-UNKNOWN',
        'В файле services.csv есть столбец «note», который программа не использует',
        ['services.csv:1:2 note'],
      ],
      [
        'BG1C-SOURCE-COLUMN-TWICE',
        'В файле services.csv столбец «title» встречается дважды',
        ['services.csv:1:3 title'],
      ],
      [
        'BG1C-SOURCE-COLUMN-UNKNOWN',
        'В файле services.csv есть столбец «(без имени)», который программа не использует',
        ['services.csv:1:4 '],
      ],
      [
        'BG1C-SOURCE-COLUMN-MISSING',
        'В файле services.csv нет обязательного столбца «sid»',
        ['services.csv:1'],
      ],
    ]);
    expect(await readTable(source, 'services')).toEqual({ rows: [], faults: [] });
  });

  test('an unknown column does not hinder the table', async () => {
    const { rows, faults } = await services('sid;Примечание;title\n20;x;Internet\n');
    expect(faults).toEqual(['COLUMN-UNKNOWN services.csv 1']);
    expect(rows).toEqual([[2, '20', 'Internet', '', '', '', '', '']]);
  });

  test('a column that the configuration asks for must be there', async () => {
    const { faults } = await services('sid;title\n', { extra: { services: ['okei'] } });
    expect(faults).toEqual(['COLUMN-MISSING services.csv 1']);
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['a byte order mark', '\ufeff'],
    ['blank lines', '\r\n  \r\n'],
  ])('a file of %s is empty', async (_, content) => {
    expect((await services(content)).faults).toEqual(['EMPTY services.csv']);
  });

  test('a header without rows is a table without rows', async () => {
    for (const content of ['sid;title', 'sid;title\r\n\r\n'])
      expect(await services(content)).toMatchObject({ rows: [], faults: [] });
  });

  test.each<[string, string, string]>([
    ['commas', 'sid,title\n20,Internet\n', 'запятая'],
    ['tabs', 'sid\ttitle\n20\tInternet\n', 'табуляция'],
    ['quoted names and commas', '"sid","title"\n', 'запятая'],
  ])('%s between columns are named', async (_, content, found) => {
    const { faults, texts } = await services(content);
    expect(faults).toEqual(['DELIMITER services.csv']);
    expect(texts).toEqual([`Файл services.csv: столбцы разделены не тем знаком (${found})`]);
  });

  test('bad quotes and endless text in the header', async () => {
    expect((await services('\nsid;ti"tle\n')).faults).toEqual(['QUOTES services.csv 2']);
    expect((await services('s;'.repeat(2_000_000))).faults).toEqual(['FIELD-SIZE services.csv 1']);
  });
});

describe('encodings', () => {
  const text = 'sid;title\r\n20;Выделенный IP\r\n21;Абонплата\r\n';
  const titles = ['Выделенный IP', 'Абонплата'];

  test.each<[string, Uint8Array]>([
    ['windows-1251', cp1251(text)],
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ])('%s is recognised, each file by itself', async (_, content) => {
    const { rows, faults } = await services(content);
    expect(faults).toEqual([]);
    expect(rows.map((row) => row[2])).toEqual(titles);
  });

  test('what is declared is read so', async () => {
    expect((await services(cp1251(text), { encoding: 'windows-1251' })).rows.map((row) => row[2])).toEqual(
      titles,
    );
    expect(
      (await services(Buffer.from(`\ufeff${text}`), { encoding: 'utf-8' })).rows.map((row) => row[2]),
    ).toEqual(titles);
    expect((await services('sid;title\n20;Internet\n', { encoding: 'windows-1251' })).faults).toEqual([]);
  });

  test.each<[string, Uint8Array, 'auto' | 'windows-1251' | 'utf-8', string]>([
    [
      'a mark of UTF-8, declared windows-1251',
      Buffer.from(`\ufeff${text}`),
      'windows-1251',
      'ENCODING services.csv 1',
    ],
    ['UTF-8, declared windows-1251', Buffer.from(text), 'windows-1251', 'ENCODING services.csv 2'],
    ['windows-1251, declared UTF-8', cp1251(text), 'utf-8', 'ENCODING services.csv 2'],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'auto', 'ENCODING services.csv 1'],
    ['UTF-16, declared UTF-8', Buffer.from(text, 'utf16le'), 'utf-8', 'ENCODING services.csv 1'],
    [
      'UTF-8 and a line of windows-1251',
      Buffer.concat([Buffer.from(text), cp1251('22;я\n')]),
      'auto',
      'ENCODING services.csv 4',
    ],
    [
      'windows-1251 and a line of UTF-8',
      Buffer.concat([cp1251(text), Buffer.from('22;Мир\n')]),
      'auto',
      'ENCODING services.csv 4',
    ],
    [
      'a byte that windows-1251 has not',
      Buffer.concat([cp1251(text), Buffer.from([0x98])]),
      'auto',
      'ENCODING services.csv 4',
    ],
  ])('refused: %s', async (_, content, encoding, expected) => {
    expect((await services(content, { encoding })).faults).toEqual([expected]);
  });

  test('ten megabytes of UTF-8, then one byte of windows-1251: the line, not a wrong letter', async () => {
    const row = '20;Абонентская плата за доступ в Интернет\r\n';
    const count = Math.ceil(10_000_000 / Buffer.byteLength(row));
    const { rows, faults, texts } = await services(
      Buffer.concat([Buffer.from(`sid;title\r\n${row.repeat(count)}21;`), cp1251('я\r\n')]),
    );
    expect(faults).toEqual([`ENCODING services.csv ${count + 2}`]);
    expect(texts[0]).toContain('байты не читаются как UTF-8');
    expect(rows.length).toBeGreaterThan(count * 0.9);
    expect(rows.every(([, , title]) => title === 'Абонентская плата за доступ в Интернет')).toBe(true);
  });

  test('words that were spoilt in the billing long ago pass when windows-1251 is declared', async () => {
    const { rows, faults } = await services(cp1251('sid;title\n20;Услуга\n21;РњРёСЂ\n'), {
      encoding: 'windows-1251',
    });
    expect(faults).toEqual([]);
    expect(rows[1]![2]).toBe('РњРёСЂ');
  });
});

describe('fingerprints', () => {
  const fingerprintOf = async (content: string | Uint8Array) => {
    const { source } = await open(folder({ 'services.csv': content }));
    const file = source.files.find(({ table }) => table === 'services')!;
    expect(file.fingerprint).toBeUndefined();
    await readTable(source, 'services');
    return file.fingerprint;
  };

  test.each<[string, string | Uint8Array]>([
    ['a good one', cp1251('sid;title\r\n20;Услуга\r\n')],
    ['one that ends early', `sid;title\r\n20;"x"y\r\n${'21;b\r\n'.repeat(50_000)}`],
    ['a row of another width', `sid;title\r\n20\r\n${'21;b\r\n'.repeat(50_000)}`],
    [
      'one of two encodings',
      Buffer.concat([Buffer.from('sid;title\r\n20;Услуга\r\n'), cp1251('20;Услуга\r\n')]),
    ],
    ['one refused for its header', 'title\r\nx\r\n'],
    ['an empty one', ''],
  ])('of every file that was read to its end: %s', async (_, content) => {
    expect(await fingerprintOf(content)).toEqual({
      size: Buffer.from(content as string).length,
      sha256: sha256(content),
    });
  });
});

test('an unreadable file is a fault of that file', async () => {
  const path = folder();
  writeFileSync(join(path, 'services.csv'), '');
  const { source } = await open(path);
  rmSync(join(path, 'documents.csv'));
  expect((await readTable(source, 'documents')).faults.map(brief)).toEqual(['READ documents.csv']);
});
