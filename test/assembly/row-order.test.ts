import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { shipped } from '../../src/support/root.ts';
import { entriesOf } from '../golden/sample.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** Records of a CSV text: a quoted value may hold line breaks. */
function recordsOf(text: string): string[] {
  return text.match(/(?:"(?:[^"]|"")*"|[^"\n])+/g) ?? [];
}

/** Shuffled by a fixed rule, a different one for each seed. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  let state = seed;
  const next = (): number => (state = (state * 48271) % 2147483647);
  return all
    .map((one) => ({ one, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

/** The sample month with the rows of every table in another order. */
async function documentsOf(seed: number): Promise<string> {
  const root = folder();
  const input = join(root, 'in');
  mkdirSync(input);
  cpSync(shipped('samples/october-2026/bg1c.yaml'), join(root, 'bg1c.yaml'));
  for (const name of readdirSync(shipped('samples/october-2026/in'))) {
    const text = readFileSync(join(shipped('samples/october-2026/in'), name), 'latin1');
    const [head, ...rows] = recordsOf(text);
    writeFileSync(
      join(input, name),
      `${[head!, ...(seed === 0 ? rows : shuffled(rows, seed))].join('\n')}\n`,
      'latin1',
    );
  }
  const { config } = loadConfig(join(root, 'bg1c.yaml'));
  const { packages, exit } = await build({
    config: config!,
    input,
    period: '2026-10',
    clock: () => new Date(0),
  });
  expect(exit).toBe(0);
  return (await entriesOf(packages[0]!.files[0]!)).get('documents.jsonl')!;
}

describe('the order of rows in every table', () => {
  it.each([1, 20261031])('changes nothing in the documents and their UUIDs (order %i)', async (seed) => {
    const plain = await documentsOf(0);
    expect(plain.split('\n').length).toBeGreaterThan(150);
    expect(await documentsOf(seed)).toBe(plain);
  });
});
