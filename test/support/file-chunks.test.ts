import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileChunks } from '../../src/support/file-chunks.ts';
import { temporaryFolders } from './folders.ts';

const folder = temporaryFolders();

async function read(path: string, options?: Parameters<typeof fileChunks>[1]): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of fileChunks(path, options)) pieces.push(piece.toString('latin1'));
  return pieces;
}

function written(text: string): string {
  const path = join(folder(), 'file');
  writeFileSync(path, text, 'latin1');
  return path;
}

it('gives all bytes in order, in pieces of the size', async () => {
  expect(await read(written('abcdefgh'), { size: 3 })).toEqual(['abc', 'def', 'gh']);
  expect(await read(written('abcdef'), { size: 3 })).toEqual(['abc', 'def']);
  expect(await read(written(''))).toEqual([]);
});

it('leaves out what stands before the start', async () => {
  expect(await read(written('abcdefgh'), { start: 4, size: 3 })).toEqual(['efg', 'h']);
  expect(await read(written('abc'), { start: 3 })).toEqual([]);
});

it('goes through one buffer: a piece holds only until the next', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of fileChunks(written('abcdef'), { size: 3 })) pieces.push(piece);
  expect(pieces.map(String)).toEqual(['def', 'def']);
});

it('gives the error of the system', async () => {
  await expect(read(join(folder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT', syscall: 'open' });
});
