import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPackage } from '../../src/package/read.ts';
import { checkPackage } from '../../src/pipeline/check/check.ts';
import { explain } from '../../src/pipeline/check/explain.ts';
import { entriesOf } from '../golden/sample.ts';
import { monthCopy } from '../pipeline/sample-month.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();
let good: Buffer;
let entries: Map<string, string>;
let message: string;

beforeAll(async () => {
  const { packages } = await monthCopy('december-2025').build();
  const file = packages[0]!.files[0]!;
  good = readFileSync(file);
  entries = await entriesOf(file);
  message = [...entries.keys()].find((name) => name.startsWith('Message_'))!;
});

function fileOf(bytes: Uint8Array): string {
  const path = join(folder(), 'bashnet-2025-12-1-1of1.zip');
  writeFileSync(path, bytes);
  return path;
}

async function zipOf(all: Iterable<[string, string]>): Promise<string> {
  const path = fileOf(Buffer.alloc(0));
  const archive = new ZipArchive({ zlib: { level: 6 } });
  const done = pipeline(archive, createWriteStream(path));
  for (const [name, text] of all) archive.append(text, { name });
  await Promise.all([archive.finalize(), done]);
  return path;
}

/** Faults of `check` and of `explain`: a damaged package is neither trusted nor a crash. */
async function judged(path: string): Promise<string[]> {
  const checked = await checkPackage(path);
  const explained = await explain(path, '901/12');
  expect(explained.objects).toEqual([]);
  expect(explained.faults.map(({ code }) => code)).toEqual(checked.map(({ code }) => code));
  return checked.map(({ code, message: text }) => `${code}: ${text}`);
}

describe('a package that is not what it was', () => {
  it('is good as it was written', async () => {
    expect(await checkPackage(fileOf(good))).toEqual([]);
    expect(await checkPackage(await zipOf(entries))).toEqual([]);
  });

  it.each([0, 1, 22, 1000])('cut to %i bytes is a fault', async (length) => {
    expect(await judged(fileOf(good.subarray(0, length)))).toEqual([
      expect.stringMatching(/^BG1C-PACKAGE-DAMAGED: .*zip-архив/),
    ]);
  });

  it('without its last bytes is a fault', async () => {
    for (const cut of [1, 10, 100])
      expect((await judged(fileOf(good.subarray(0, good.length - cut)))).length).toBeGreaterThan(0);
  });

  it('with one bit turned is a fault wherever the bit bears content', async () => {
    // Every 97th byte of the data; headers hold times and versions that nobody reads.
    let seen = 0;
    for (let at = 200; at < good.length - 1500; at += 1571) {
      const bytes = Buffer.from(good);
      bytes[at]! ^= 0x10;
      const faults = await checkPackage(fileOf(bytes));
      for (const { code } of faults) expect(code).toBe('BG1C-PACKAGE-DAMAGED');
      if (faults.length > 0) seen++;
    }
    expect(seen).toBeGreaterThan(10);
  });

  it('with a damaged message is a fault of explain too', async () => {
    const bytes = Buffer.from(good);
    const at = bytes.indexOf(Buffer.from('Message_')) + 400;
    bytes[at]! ^= 0xff;
    expect((await judged(fileOf(bytes)))[0]).toContain(message);
  });

  it('without its manifest, or with a manifest that is none, is a fault', async () => {
    const rest = [...entries].filter(([name]) => name !== 'manifest.json');
    expect(await judged(await zipOf(rest))).toEqual([expect.stringContaining('нет описи')]);
    expect(await judged(await zipOf([['manifest.json', '{'], ...rest]))).toEqual([
      expect.stringContaining('не читается как JSON'),
    ]);
    expect(await judged(await zipOf([['manifest.json', '{}'], ...rest]))).toEqual([
      expect.stringContaining('опись не той формы'),
    ]);
    expect(await judged(await zipOf([['manifest.json', 'null'], ...rest]))).toEqual([
      expect.stringContaining('опись не той формы'),
    ]);
  });

  it('with an entry more, or less, is a fault', async () => {
    expect(await judged(await zipOf([...entries, ['virus.exe', 'x']]))).toEqual([
      expect.stringContaining('файла virus.exe нет в описи'),
    ]);
    const less = [...entries].filter(([name]) => name !== 'origins.jsonl');
    expect(await judged(await zipOf(less))).toEqual([expect.stringContaining('нет файла origins.jsonl')]);
  });

  it('with other content under a right name is a fault', async () => {
    const other = [...entries].map(([name, text]): [string, string] => [
      name,
      name === message ? text.replace('2025', '2026') : text,
    ]);
    expect(await judged(await zipOf(other))).toEqual([
      expect.stringContaining(`содержимое ${message} не совпадает с описью`),
    ]);
  });

  it('without a message in its manifest is a fault', async () => {
    const manifest = JSON.parse(entries.get('manifest.json')!) as { entries: { name: string }[] };
    manifest.entries = manifest.entries.filter(({ name }) => name !== message);
    const rest = [...entries].filter(([name]) => name !== 'manifest.json' && name !== message);
    expect(await judged(await zipOf([['manifest.json', JSON.stringify(manifest)], ...rest]))).toEqual([
      expect.stringContaining('нет сообщения для 1С'),
    ]);
  });
});

describe('reading lines of an entry', () => {
  it('cuts at line feeds alone, and joins what two chunks hold of one character', async () => {
    const text = `${'я'.repeat(70_000)}\nс \u2028 внутри\r\nбез конца`;
    const manifest = JSON.parse(entries.get('manifest.json')!) as object;
    const path = await zipOf([
      ['manifest.json', JSON.stringify(manifest)],
      ['documents.jsonl', text],
    ]);
    const { opened } = await openPackage(path);
    const lines: string[] = [];
    for await (const line of opened!.lines('documents.jsonl')) lines.push(line);
    opened!.close();
    expect(lines).toEqual(['я'.repeat(70_000), 'с \u2028 внутри\r', 'без конца']);
  });
});
