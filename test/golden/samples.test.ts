import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPackage } from '../../src/pipeline/check/check.ts';
import { shipped } from '../../src/support/root.ts';
import { entriesOf, runSample, samples } from './sample.ts';

/** `UPDATE_GOLDEN=1` rewrites `samples/<month>/out`; never to something that a schema rejects. */
const UPDATE = process.env.UPDATE_GOLDEN === '1';
const REFERENCE = shipped('../shared/reference/enterprise-data/xsd');

describe.each(samples('samples'))('sample $name', ({ folder, expected }) => {
  it('gives the promised outcome and the golden package', async () => {
    const result = await runSample(folder, expected);
    expect(result.exit).toBe(expected.exit);
    const codes = new Set(result.faults.map(({ code }) => code));
    for (const code of expected.faults) expect(codes).toContain(code);
    const [built] = result.packages;
    for (const [kind, count] of Object.entries(expected.counts ?? {}))
      expect(built?.documents[kind as 'act'].count, kind).toBe(count);
    for (const [kind, sum] of Object.entries(expected.kopecks ?? {}))
      expect(built?.documents[kind as 'act'].sum, kind).toBe(sum);

    const out = join(folder, 'out');
    if (UPDATE) rmSync(out, { recursive: true, force: true });
    for (const { organization, files } of result.packages) {
      expect(await checkPackage(files[0]!)).toEqual([]);
      const entries = await entriesOf(files[0]!);
      // Of several sellers each has a folder of its own.
      const golden = result.packages.length > 1 ? join(out, organization.code) : out;
      if (UPDATE) writeGolden(golden, entries);
      expect(readdirSync(golden).sort()).toEqual([...entries.keys()].sort());
      for (const [name, text] of entries) expect(text, name).toBe(readFileSync(join(golden, name), 'utf8'));
    }
    rmSync(dirname(result.out), { recursive: true, force: true });
  });

  it.skipIf(!existsSync(REFERENCE) || !hasXmllint())(
    'validates with xmllint against the official schema (skipped without ../shared or xmllint)',
    () => {
      const golden = join(folder, 'out');
      const messages = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((name) =>
        basename(name).startsWith('Message_'),
      );
      expect(messages).not.toEqual([]);
      for (const message of messages) {
        const version = /EnterpriseData\/([\d.]+)/.exec(readFileSync(join(golden, message), 'utf8'))![1];
        const schema = join(REFERENCE, `Message_${version}.xsd`);
        execFileSync('xmllint', ['--noout', '--schema', schema, join(golden, message)], { stdio: 'pipe' });
      }
    },
  );
});

describe.each(samples('samples/bad'))('bad sample $name', ({ folder, expected }) => {
  it(`exits ${expected.exit} with its faults and leaves nothing half-written`, async () => {
    const result = await runSample(folder, expected);
    expect(result.exit).toBe(expected.exit);
    const errors = result.faults.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    const codes = new Set(result.faults.map(({ code }) => code));
    for (const code of expected.faults) expect(codes).toContain(code);
    expect(expected.faults).toEqual(expect.arrayContaining([...new Set(errors)]));
    const places = result.faults.flatMap(({ paths, message }) => [...paths, message]);
    if (expected.place)
      expect(
        places.some((place) => place.includes(expected.place!)),
        places.join('\n'),
      ).toBe(true);
    for (const { message, remedy } of result.faults) {
      expect(message).toMatch(/[а-яё]/i);
      expect(remedy).toMatch(/[а-яё]/i);
    }
    const documents = result.packages
      .flatMap((one) => Object.values(one.documents))
      .reduce((sum, { count }) => sum + count, 0);
    expect(documents).toBe(expected.documents);
    expect(result.written.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(result.written.length > 0).toBe(result.exit === 0 || result.exit === 3);
    rmSync(dirname(result.out), { recursive: true, force: true });
  });
});

function writeGolden(folder: string, entries: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of entries) writeFileSync(join(folder, name), text);
}

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
