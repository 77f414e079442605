import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/faults/registry.ts';
import { shipped } from '../../src/support/root.ts';

/** Words of capitals in the files below a folder: codes, whole or without their first parts. */
function mentioned(folder: string, wanted: (path: string) => boolean): Set<string> {
  const found = new Set<string>();
  for (const entry of readdirSync(shipped(folder), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !wanted(path)) continue;
    for (const [word] of readFileSync(path, 'utf8').matchAll(/[A-Z0-9]+(?:-[A-Z0-9]+)*/g)) found.add(word);
  }
  return found;
}

/** Tables of tests leave out the part that all their codes share: `FIELD-SIZE` for `BG1C-SOURCE-FIELD-SIZE`. */
const SHARED = /^BG1C-(?:DB-|SOURCE-)?/;

const codes = Object.keys(FAULTS);
/** The test of this file is no test of a code. */
const SELF = 'coverage.test.ts';
const source = mentioned('src', (path) => path.endsWith('.ts') && !/faults[\\/]texts/.test(path));
const tests = new Set([
  ...mentioned('test', (path) => path.endsWith('.ts') && !path.endsWith(SELF)),
  ...mentioned('samples', (path) => path.endsWith('case.json')),
]);

describe('every code of the registry', () => {
  it('is raised somewhere in the program', () => {
    expect(codes.filter((code) => !source.has(code))).toEqual([]);
  });

  it('is expected by a test or a sample', () => {
    const expected = (code: string): boolean =>
      tests.has(code) || tests.has(code.slice('BG1C-'.length)) || tests.has(code.replace(SHARED, ''));
    expect(codes.filter((code) => !expected(code))).toEqual([]);
  });

  it('is in the registry where the program raises it', () => {
    const raised = [...source].filter((word) => /^BG1C(-[A-Z0-9]+)+$/.test(word));
    const isStart = (word: string): boolean => codes.some((code) => code.startsWith(`${word}-`));
    expect(raised.filter((word) => !codes.includes(word) && !isStart(word))).toEqual([]);
  });
});
