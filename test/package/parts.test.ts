import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Disk, realDisk } from '../../src/exchange/disk.ts';
import type { CanonicalRecord, Document } from '../../src/model/types.ts';
import type { Manifest } from '../../src/package/manifest.ts';
import { type BuiltPackage, build } from '../../src/pipeline/build/build.ts';
import { checkPackage } from '../../src/pipeline/check/check.ts';
import { loaded, MINIMAL } from '../config/files.ts';
import { entriesOf } from '../golden/sample.ts';
import { temporaryFolders } from '../support/folders.ts';
import { writeLargeMonth } from './large-month.ts';

const folder = temporaryFolders();
const CONTRACTS = 700;
const MANY = 1300;

interface Part {
  manifest: Manifest;
  records: CanonicalRecord[];
  documents: Document[];
  message: string;
}

let built: BuiltPackage;
let parts: Part[];

/** Files in the order in which they got their names. */
let published: string[];
/** What was in the outbox after a build that broke off between two parts. */
let afterFailure: { faults: string[]; files: string[] };

beforeAll(async () => {
  const input = folder();
  writeLargeMonth(input, { contracts: CONTRACTS, many: MANY });
  const config = loaded(MINIMAL);
  const out = join(config.folder, 'out');
  const attempt = (rename: Disk['rename']) =>
    build({ config, input, out, clock: () => new Date(0), disk: { ...realDisk, rename } });

  let renames = 0;
  const failed = await attempt((from, to) => {
    if (++renames === 2)
      throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'rename', path: to });
    realDisk.rename(from, to);
  });
  afterFailure = { faults: failed.faults.map(({ code }) => code), files: zips(out) };

  published = [];
  const result = await attempt((from, to) => {
    published.push(to);
    realDisk.rename(from, to);
  });
  expect(result.faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  built = result.packages[0]!;
  parts = [];
  for (const file of built.files) {
    const entries = await entriesOf(file);
    const records = entries
      .get('documents.jsonl')!
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as CanonicalRecord);
    parts.push({
      manifest: JSON.parse(entries.get('manifest.json')!) as Manifest,
      records,
      documents: records.filter((record): record is Document => 'lines' in record),
      message: [...entries].find(([name]) => name.startsWith('Message_'))![1],
    });
  }
});

function zips(out: string): string[] {
  return readdirSync(out).filter((name) => !name.startsWith('.'));
}

describe('publishing', () => {
  it('gives the first part its name last, also where others were there before', () => {
    expect(afterFailure.files).toHaveLength(1);
    expect(published).toEqual([...built.files].reverse().slice(1));
  });

  it('that breaks off leaves no first part, and is finished by the next build under the same number', () => {
    const last = built.files.length;
    expect(afterFailure).toEqual({
      faults: ['BG1C-OUTPUT-WRITE'],
      files: [`bashnet-2026-10-1-${last}of${last}.zip`],
    });
    expect(built.seq).toBe(1);
    expect(readdirSync(dirname(built.files[0]!)).sort()).toEqual(
      built.files.map((file) => basename(file)).sort(),
    );
  });
});

describe('a month of more documents than one load takes', () => {
  it('is cut into parts of at most 2 000 documents, none lost and none twice', () => {
    expect(parts.length).toBeGreaterThan(2);
    for (const { documents } of parts) expect(documents.length).toBeLessThanOrEqual(2000);
    const uuids = parts.flatMap(({ documents }) => documents.map(({ uuid }) => uuid));
    expect(uuids).toHaveLength(CONTRACTS * 3 + MANY * 2);
    expect(new Set(uuids).size).toBe(uuids.length);
  });

  it('has parts that name their place and share the rest', () => {
    parts.forEach(({ manifest }, index) => {
      expect(manifest).toMatchObject({
        packageId: built.packageId,
        seq: 1,
        part: index + 1,
        parts: parts.length,
      });
      expect(built.files[index]).toMatch(
        new RegExp(`bashnet-2026-10-1-${index + 1}of${parts.length}\\.zip$`),
      );
    });
  });

  it('has totals that add up to those of the package', () => {
    for (const kind of ['bill', 'act', 'vat-invoice'] as const) {
      const sum = parts.reduce((total, { manifest }) => total + manifest.documents[kind].sum, 0);
      expect(sum).toBe(built.documents[kind].sum);
      parts.forEach(({ manifest, documents }) => {
        const mine = documents.filter(({ record }) => record === kind);
        expect(manifest.documents[kind].count).toBe(mine.length);
        expect(manifest.documents[kind].vat).toBe(mine.reduce((vat, one) => vat + one.vat, 0));
      });
    }
  });

  it('has everything in each part that its documents refer to', () => {
    for (const { records, documents, message } of parts) {
      const there = new Set(records.map(({ uuid }) => uuid));
      for (const { counterparty, contract, lines } of documents) {
        for (const uuid of [counterparty, contract, ...lines.map(({ service }) => service)])
          expect(there.has(uuid)).toBe(true);
      }
      expect(records[0]!.record).toBe('organization');
      const objects = new Set(
        [...message.matchAll(/^<[^>]+><КлючевыеСвойства><Ссылка>([^<]+)/gm)].map(([, uuid]) => uuid),
      );
      for (const { uuid } of documents) expect(objects.has(uuid)).toBe(true);
      expect(objects.size).toBe(records.length - 1);
    }
  });

  it('keeps a VAT invoice beside its act, and a contract whole while it fits', () => {
    for (const { documents } of parts) {
      const acts = new Set(documents.map(({ uuid }) => uuid));
      for (const document of documents)
        if (document.record === 'vat-invoice') expect(acts.has(document.act)).toBe(true);
    }
    const partsOf = new Map<string, Set<number>>();
    parts.forEach(({ documents }, index) => {
      for (const { contract } of documents)
        partsOf.set(contract, (partsOf.get(contract) ?? new Set()).add(index));
    });
    expect([...partsOf.values()].filter((all) => all.size > 1)).toHaveLength(1);
  });

  it('is valid, part by part', async () => {
    for (const file of built.files) expect(await checkPackage(file)).toEqual([]);
  });
});
