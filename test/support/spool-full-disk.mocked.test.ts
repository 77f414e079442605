import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { createSpool } from '../../src/support/spool.ts';
import { temporaryFolders } from './folders.ts';

const NO_SPACE = Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
let room = Number.POSITIVE_INFINITY;

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync(file: number, bytes: Uint8Array, offset: number, length: number, position: number): number {
      if (room <= 0) throw NO_SPACE;
      room -= length;
      return fs.writeSync(file, bytes, offset, length, position);
    },
  };
});

const folder = temporaryFolders();

test('a disk that fills up gives its own error and keeps no file', () => {
  const path = folder();
  room = 2000;
  const spool = createSpool<number>({ folder: () => path, memoryBytes: 300, encode: String, decode: Number });
  const fill = (): void => {
    for (let index = 0; index < 1000; index++) spool.add(index % 5, index);
  };
  expect(fill).toThrow(NO_SPACE);
  spool.remove();
  expect(readdirSync(path)).toEqual([]);
});
