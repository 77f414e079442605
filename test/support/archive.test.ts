import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type ArchiveLimits, openArchive } from '../../src/support/archive.ts';
import { temporaryFolders } from './folders.ts';
import { type ZipPart, zipOf } from './zips.ts';

const LIMITS: ArchiveLimits = { entries: 10, entryBytes: 8 * 1024 * 1024, ratio: 100 };
const folder = temporaryFolders();

function open(bytes: Uint8Array, limits = LIMITS) {
  const path = join(folder(), 'x.zip');
  writeFileSync(path, bytes);
  return openArchive(path, limits);
}

const openParts = (...parts: ZipPart[]) => open(zipOf(parts));

describe('a good archive', () => {
  test('lists its files, not its folders, and gives their bytes', async () => {
    const noise = randomBytes(200_000);
    const archive = await openParts(
      { name: 'in/' },
      { name: 'in/текст.txt', data: 'Счёт №1' },
      { name: 'noise.bin', data: noise, method: 0 },
      { name: 'empty.txt' },
    );
    expect(archive.entries).toEqual([
      { name: 'in/текст.txt', size: 13 },
      { name: 'noise.bin', size: 200_000 },
      { name: 'empty.txt', size: 0 },
    ]);
    expect(await archive.readText('in/текст.txt')).toBe('Счёт №1');
    expect((await buffer(archive.read('noise.bin'))).equals(noise)).toBe(true);
    expect(await archive.readText('empty.txt')).toBe('');
    archive.close();
  });

  test('entries are read side by side, more than once, and can be left half-way', async () => {
    const archive = await openParts(
      { name: 'a', data: 'a'.repeat(300_000) },
      { name: 'b', data: 'b'.repeat(300_000) },
    );
    for await (const chunk of archive.read('a')) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    const [a, b] = await Promise.all([archive.readText('a'), archive.readText('b')]);
    expect(a).toBe('a'.repeat(300_000));
    expect(b).toBe('b'.repeat(300_000));
    archive.close();
  });

  test('an unknown name and text that is no UTF-8 are refused', async () => {
    const archive = await openParts({ name: 'a', data: Buffer.from([0xcf, 0xf0]) });
    expect(() => archive.read('b')).toThrow('в архиве нет «b»');
    await expect(archive.readText('a')).rejects.toThrow('не текст UTF-8');
    archive.close();
  });
});

describe('refused when opened', () => {
  test.each(['../a', 'a/../../b', '/etc/passwd', 'C:/a', 'a\\b'])('name %s', async (name) => {
    await expect(openParts({ name })).rejects.toThrow('недопустимое имя');
  });

  test('a name twice', async () => {
    await expect(openParts({ name: 'a' }, { name: 'a' })).rejects.toThrow('«a» лежит в нём дважды');
  });

  test('an encrypted entry', async () => {
    await expect(openParts({ name: 'a', data: 'x', flags: 0x801 })).rejects.toThrow('«a» зашифрован');
  });

  test('an unusual compression', async () => {
    await expect(openParts({ name: 'a', method: 14 })).rejects.toThrow('способом 14');
  });

  test('too many entries', async () => {
    const parts = Array.from({ length: 11 }, (_, index) => ({ name: `f${index}` }));
    await expect(openParts(...parts)).rejects.toThrow('11 файлов, допускается не больше 10');
  });

  test.each([0, 1, 10, 100])('truncated by %i bytes or not a zip', async (cut) => {
    const bytes =
      cut === 0 ? Buffer.from('cid;title') : zipOf([{ name: 'a', data: randomBytes(500) }]).subarray(0, -cut);
    await expect(open(bytes)).rejects.toThrow('это не zip-архив, или он обрезан');
  });

  test('an archive with its middle cut out', async () => {
    const bytes = zipOf([{ name: 'a', data: randomBytes(500) }]);
    await expect(open(Buffer.concat([bytes.subarray(0, 100), bytes.subarray(400)]))).rejects.toThrow(
      'повреждено',
    );
  });

  test('no file: the error of the system', async () => {
    await expect(openArchive(join(folder(), 'none.zip'), LIMITS)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('refused while read', () => {
  test('a wrong checksum, and a wrong size', async () => {
    const archive = await openParts(
      { name: 'crc', data: 'text', crc: 1 },
      { name: 'size', data: 'text', size: 3 },
    );
    await expect(archive.readText('crc')).rejects.toThrow('«crc» повреждён');
    await expect(archive.readText('size')).rejects.toThrow('«size» повреждён');
    archive.close();
  });

  test('no changed bit of the packed data gives another text', async () => {
    const data = 'Абонентская плата;'.repeat(40);
    const bytes = zipOf([{ name: 'a', data }]);
    const start = 31;
    const end = bytes.indexOf('PK\u0001\u0002');
    let refused = 0;
    for (let at = start; at < end; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 0x10;
      const archive = await open(changed);
      // The last bits of the last byte are padding: with another padding the text is the same.
      const text = await archive.readText('a').catch((error: Error) => error.message);
      if (text !== data) {
        expect(text).toBe('файл «a» повреждён');
        refused++;
      }
      archive.close();
    }
    expect(refused).toBeGreaterThanOrEqual(end - start - 1);
  });

  test('a bomb by its ratio, whatever its header says, soon after the free mebibyte', async () => {
    const archive = await openParts({ name: 'bomb', data: Buffer.alloc(6 * 1024 * 1024), size: 1000 });
    let read = 0;
    const reading = async () => {
      for await (const chunk of archive.read('bomb')) read += chunk.length;
    };
    await expect(reading()).rejects.toThrow('сжат более чем в 100 раз');
    expect(read).toBeLessThanOrEqual(1024 * 1024);
    archive.close();
  });

  test('a small entry may be packed as tightly as it likes', async () => {
    const archive = await openParts({ name: 'zeros', data: '0'.repeat(1_000_000) });
    expect(await archive.readText('zeros')).toHaveLength(1_000_000);
    archive.close();
  });

  test('an entry over the size cap, stored or packed', async () => {
    const limits = { ...LIMITS, entryBytes: 100_000 };
    const archive = await open(
      zipOf([
        { name: 'stored', data: randomBytes(100_001), method: 0 },
        { name: 'packed', data: randomBytes(100_001) },
        { name: 'fits', data: randomBytes(100_000) },
      ]),
      limits,
    );
    await expect(buffer(archive.read('stored'))).rejects.toThrow('больше допустимого');
    await expect(buffer(archive.read('packed'))).rejects.toThrow('больше допустимого');
    expect(await buffer(archive.read('fits'))).toHaveLength(100_000);
    archive.close();
  });
});
