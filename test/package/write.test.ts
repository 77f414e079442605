import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/package/manifest.ts';
import { occupied, type WrittenPart } from '../../src/package/write.ts';
import { monthCopy } from '../pipeline/sample-month.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** Two parts that are about to get their names. */
function waiting(): WrittenPart[] {
  const root = folder();
  return [1, 2].map((part) => {
    const path = join(root, `bashnet-2026-10-1-${part}of2.zip`);
    return { temporary: `${path}.tmp`, path, sha256: '', manifest: { packageId: 'one' } as Manifest };
  });
}

const taken = (path: string) => ({
  code: 'BG1C-OUTPUT-EXISTS',
  message: expect.stringContaining(path) as string,
});

describe('a name that is taken', () => {
  it('is free where nothing is there', async () => {
    expect(await occupied(waiting())).toBeUndefined();
  });

  it('by a file of no package is a fault', async () => {
    const parts = waiting();
    writeFileSync(parts[1]!.path, 'чужое');
    expect(await occupied(parts)).toMatchObject(taken(parts[1]!.path));
  });

  it('by a folder is a fault', async () => {
    const parts = waiting();
    mkdirSync(parts[0]!.path);
    expect(await occupied(parts)).toMatchObject(taken(parts[0]!.path));
  });

  it.each(['done', 'error'])('by a package that 1C has put into %s is a fault', async (place) => {
    const parts = waiting();
    const path = join(dirname(parts[0]!.path), place, 'bashnet-2026-10-1-1of2.zip');
    mkdirSync(dirname(path));
    writeFileSync(path, 'чужое');
    expect(await occupied(parts)).toMatchObject(taken(path));
  });

  it('by this very package is free', async () => {
    const [built] = (await monthCopy('december-2025').build()).packages;
    const path = built!.files[0]!;
    const mine = { temporary: '', path, sha256: '', manifest: { packageId: built!.packageId } as Manifest };
    expect(await occupied([mine])).toBeUndefined();
    const other = { ...mine, manifest: { packageId: 'another' } as Manifest };
    expect(await occupied([other])).toMatchObject(taken(path));
  });
});
