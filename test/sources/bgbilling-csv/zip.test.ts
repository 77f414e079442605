import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCsvSource } from '../../../src/sources/bgbilling-csv/source.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { type ZipPart, zipOf } from '../../support/zips.ts';
import { allFaults, brief, type Files, open, readTable, SMALL } from './exports.ts';

const folder = temporaryFolders();

function parts(files: Files = {}, prefix = ''): ZipPart[] {
  return Object.entries({ ...SMALL, ...files }).map(([name, data]) => ({ name: prefix + name, data }));
}

function write(bytes: Uint8Array): string {
  const path = join(folder(), 'export.zip');
  writeFileSync(path, bytes);
  return path;
}

const zip = (...entries: ZipPart[]): string => write(zipOf(entries));

const reasons = async (path: string): Promise<string[]> => {
  const { faults } = await openCsvSource(path, { encoding: 'auto' });
  return faults.map(({ message }) => message);
};

describe('an export in a zip', () => {
  test.each(['', 'export/', 'export/2026-10/', './'])(
    'with its files in «%s» reads like a folder',
    async (prefix) => {
      const { source, faults } = await open(zip(...parts({}, prefix), { name: 'readme.txt', data: 'x' }));
      expect(faults).toEqual([]);
      expect(source.files.map(({ name }) => name)).toEqual([
        'clients.csv',
        'contracts.csv',
        'services.csv',
        'documents.csv',
      ]);
      const { rows } = await readTable(source, 'services');
      expect(rows).toEqual([{ file: 2, line: 2, cells: ['20', 'Internet', '', '', '', '', ''] }]);
      const content = SMALL['services.csv'] as string;
      expect(source.files[2]!.fingerprint).toEqual({ size: content.length, sha256: sha256(content) });
      await source.close();
    },
  );

  test('is judged like a folder', async () => {
    const path = zip(
      ...parts({ 'services.csv': 'sid;title\n20\n' }).filter(({ name }) => name !== 'clients.csv'),
    );
    expect((await allFaults(path)).map(brief)).toEqual(['TABLE-MISSING', 'ROW-WIDTH services.csv 2']);
  });

  test('with tables in several folders is refused', async () => {
    const path = zip(...parts(), { name: 'old/clients.csv', data: SMALL['clients.csv']! });
    expect(await reasons(path)).toEqual([
      'Архив export.zip не принят: таблицы лежат в нём в разных папках: ., old',
    ]);
  });

  test('with a table twice is refused', async () => {
    const path = zip(...parts(), { name: 'CLIENTS.CSV', data: '' });
    expect(await reasons(path)).toEqual([
      'Таблица clients лежит в выгрузке дважды: CLIENTS.CSV, clients.csv',
    ]);
  });
});

describe('a bad zip is a fault that names the archive', () => {
  test('a name that leads out of it', async () => {
    expect(await reasons(zip(...parts(), { name: '../evil.csv' }))).toEqual([
      'Архив export.zip не принят: недопустимое имя файла «../evil.csv»',
    ]);
  });

  test('a password', async () => {
    expect(await reasons(zip(...parts(), { name: 'payments.csv', data: 'x', flags: 0x801 }))).toEqual([
      'Архив export.zip не принят: файл «payments.csv» зашифрован',
    ]);
  });

  test('cut short', async () => {
    const bytes = zipOf(parts());
    for (const length of [0, 10, bytes.length / 2, bytes.length - 1])
      expect(await reasons(write(bytes.subarray(0, length)))).toEqual([
        'Архив export.zip не принят: это не zip-архив, или он обрезан',
      ]);
  });

  test('a wrong checksum', async () => {
    const path = zip(...parts().map((part) => (part.name === 'services.csv' ? { ...part, crc: 1 } : part)));
    const faults = await allFaults(path);
    expect(faults.map(({ message }) => message)).toEqual([
      'Архив export.zip не принят: файл «services.csv» повреждён',
    ]);
  });

  test('a wrong checksum of a large table: its rows come, then the fault, and no fingerprint', async () => {
    const data = `sid;title\n${'20;Услуга\n'.repeat(50_000)}`;
    const changed = parts().map((part) => (part.name === 'services.csv' ? { ...part, data, crc: 1 } : part));
    const { source, faults } = await open(zip(...changed));
    expect(faults).toEqual([]);
    const read = await readTable(source, 'services');
    expect(read.faults.map(({ message }) => message)).toEqual([
      'Архив export.zip не принят: файл «services.csv» повреждён',
    ]);
    expect(read.rows.length).toBeGreaterThan(10_000);
    expect(source.files[2]!.fingerprint).toBeUndefined();
    await source.close();
  });

  test.each(['Internet', 'Интернет'])('a bomb of rows «%s»', async (title) => {
    const bomb = `sid;title\n20;${title}\n${'20;\n'.repeat(10_000_000)}`;
    const { source, faults } = await open(zip(...parts({ 'services.csv': bomb })));
    const { rows, faults: later } = await readTable(source, 'services');
    expect([...faults, ...later].map(({ message }) => message)).toEqual([
      'Архив export.zip не принят: файл «services.csv» сжат более чем в 200 раз: похоже на архивную бомбу',
    ]);
    expect(rows.length).toBeLessThan(1_000_000);
    await source.close();
  });
});
