import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSpool, type Spool } from '../../src/support/spool.ts';
import { temporaryFolders } from './folders.ts';

const folder = temporaryFolders();

function jsonSpool<T>(path: string, memoryBytes: number): Spool<T> {
  return createSpool<T>({
    folder: () => path,
    memoryBytes,
    encode: (item) => JSON.stringify(item),
    decode: (text) => JSON.parse(text) as T,
  });
}

/** What a spool is to give, made in memory. */
function grouped<T>(added: readonly (readonly [number, T])[]): { key: number; items: T[] }[] {
  const groups = new Map<number, T[]>();
  for (const [key, item] of added) groups.set(key, [...(groups.get(key) ?? []), item]);
  return [...groups].map(([key, items]) => ({ key, items })).sort((a, b) => a.key - b.key);
}

function filled(path: string, memoryBytes: number, count: number): Spool<number> {
  const spool = jsonSpool<number>(path, memoryBytes);
  for (let index = 0; index < count; index++) spool.add(index % 7, index);
  return spool;
}

describe('order', () => {
  const path = folder();
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\n', '\r', ';', '"', 'ё', '😀', '\ud83d', '\u0000') }),
  );
  const rows = fc.array(fc.tuple(fc.integer({ min: -3, max: 12 }), texts), { maxLength: 80 });

  test('is that of a stable sort in memory, whatever the texts and however little fits', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(1, 40, 100, 400, 1_000_000), (added, memoryBytes) => {
        const spool = jsonSpool<string>(path, memoryBytes);
        for (const [key, text] of added) spool.add(key, text);
        expect([...spool.groups()]).toEqual(grouped(added));
        expect(readdirSync(path)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('holds for any finite keys', () => {
    const keys = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map((key) => key + 0));
    fc.assert(
      fc.property(keys, (added) => {
        const spool = jsonSpool<number>(path, 100);
        for (const [index, key] of added.entries()) spool.add(key, index);
        expect([...spool.groups()]).toEqual(grouped(added.map((key, index) => [key, index] as const)));
      }),
    );
  });

  test('holds over hundreds of runs, with items longer than any read buffer', () => {
    const long = 'Ж'.repeat(100_000);
    const added = Array.from(
      { length: 1500 },
      (_, index) => [(index * 37) % 50, index % 100 === 3 ? long + index : String(index)] as const,
    );
    const spool = jsonSpool<string>(path, 200);
    for (const [key, text] of added) spool.add(key, text);
    expect([...spool.groups()]).toEqual(grouped(added));
  });

  test('nothing added, nothing given', () => {
    expect([...jsonSpool(path, 100).groups()]).toEqual([]);
  });
});

describe('the disk', () => {
  test('is not touched while memory does', () => {
    const spool = createSpool<number>({
      folder: () => expect.unreachable(),
      memoryBytes: 1_000_000,
      encode: String,
      decode: Number,
    });
    for (let index = 0; index < 1000; index++) spool.add(index % 3, index);
    expect([...spool.groups()].map(({ items }) => items.length)).toEqual([334, 333, 333]);
  });

  test('gets one file for all runs, for the owner only, in a folder made when needed', () => {
    const path = join(folder(), 'a', 'b');
    const spool = filled(path, 200, 500);
    const files = readdirSync(path);
    expect(files).toHaveLength(1);
    if (process.platform !== 'win32') expect(statSync(join(path, files[0]!)).mode & 0o777).toBe(0o600);
    spool.remove();
    spool.remove();
    expect(readdirSync(path)).toEqual([]);
  });

  test('is clean after the groups were read, left or thrown out of', () => {
    const path = folder();
    expect([...filled(path, 200, 500).groups()]).toHaveLength(7);
    expect(readdirSync(path)).toEqual([]);

    for (const { key } of filled(path, 200, 500).groups()) {
      expect(readdirSync(path)).toHaveLength(1);
      if (key === 2) break;
    }
    expect(readdirSync(path)).toEqual([]);

    const consume = (): void => {
      for (const { items } of filled(path, 200, 500).groups()) throw new Error(`consumer: ${items.length}`);
    };
    expect(consume).toThrow('consumer: 72');
    expect(readdirSync(path)).toEqual([]);
  });

  test('that cannot be written gives its own error', () => {
    const path = join(folder(), 'file');
    writeFileSync(path, '');
    const spool = jsonSpool<number>(path, 50);
    const fill = (): void => {
      for (let index = 0; index < 100; index++) spool.add(index, index);
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    spool.remove();
  });
});
