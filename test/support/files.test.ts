import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ensureFolder,
  publishFile,
  scratchFolder,
  temporaryName,
  writeFileAtomic,
  writeFilesAtomic,
} from '../../src/support/files.ts';
import { temporaryFolders } from './folders.ts';

const folder = temporaryFolders();
const mode = (path: string): number => statSync(path).mode & 0o777;
const posix = process.platform !== 'win32';

describe('atomic writes of many files', () => {
  test('make the folder, replace what was there and leave nothing beside them', async () => {
    const path = join(folder(), 'a');
    const files = (text: string) =>
      Array.from({ length: 20 }, (_, index) => ({ name: `${index}.xml`, bytes: Buffer.from(text + index) }));
    await writeFilesAtomic(path, files('старый '));
    await writeFilesAtomic(path, files('новый '));
    await writeFilesAtomic(path, []);
    expect(readdirSync(path)).toHaveLength(20);
    expect(readFileSync(join(path, '7.xml'), 'utf8')).toBe('новый 7');
    if (posix) expect(mode(join(path, '7.xml'))).toBe(0o600);
  });

  test('that fail leave no temporary file', async () => {
    const path = folder();
    mkdirSync(join(path, 'b', 'inside'), { recursive: true });
    const files = ['a', 'b'].map((name) => ({ name, bytes: Buffer.from(name) }));
    await expect(writeFilesAtomic(path, files)).rejects.toThrow();
    expect(readdirSync(path).sort()).toEqual(['a', 'b']);
  });
});

describe('an atomic write', () => {
  test('makes folders, replaces what was there and leaves nothing beside it', () => {
    const path = join(folder(), 'a', 'b', 'x.json');
    writeFileAtomic(path, 'счёт 1');
    writeFileAtomic(path, Buffer.from('счёт 2'));
    expect(readFileSync(path, 'utf8')).toBe('счёт 2');
    expect(readdirSync(dirname(path))).toEqual(['x.json']);
  });

  test.runIf(posix)('is for the owner only, folders too', () => {
    const root = folder();
    writeFileAtomic(join(root, 'a', 'x'), '');
    expect(mode(join(root, 'a', 'x'))).toBe(0o600);
    expect(mode(join(root, 'a'))).toBe(0o700);
  });

  test('that fails leaves the old file and no temporary one', () => {
    const root = folder();
    mkdirSync(join(root, 'x'));
    writeFileSync(join(root, 'x', 'old'), 'old');
    expect(() => writeFileAtomic(join(root, 'x'), 'new')).toThrow();
    expect(readdirSync(join(root, 'x'))).toEqual(['old']);
    expect(readdirSync(root)).toEqual(['x']);
  });
});

test('a published file gets its name, replacing an older one', () => {
  const path = join(folder(), 'x');
  writeFileSync(path, 'old');
  const temporary = temporaryName(path);
  writeFileSync(temporary, 'new');
  publishFile(temporary, path);
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(dirname(path))).toEqual(['x']);
});

test('temporary names lie in the same folder, differ and are told by their ending', () => {
  const names = new Set(Array.from({ length: 100 }, () => temporaryName('/a/x.zip')));
  expect(names.size).toBe(100);
  for (const name of names) expect(name).toMatch(/^\/a\/x\.zip\.[0-9a-f]{8}\.tmp$/);
});

test('a scratch folder is hidden, its own each time, and goes with all that is in it', () => {
  const root = folder();
  const [a, b] = [scratchFolder(root, 'build'), scratchFolder(root, 'build')];
  expect(a.path).not.toBe(b.path);
  ensureFolder(join(a.path, 'deep', 'deeper'));
  writeFileSync(join(a.path, 'deep', 'x'), '');
  expect(readdirSync(root).every((name) => name.startsWith('.build.') && name.endsWith('.tmp'))).toBe(true);
  a.remove();
  a.remove();
  b.remove();
  expect(readdirSync(root)).toEqual([]);
});
