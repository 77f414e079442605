import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../src/config/types.ts';
import type { Fault } from '../../src/faults/fault.ts';
import { FAULTS } from '../../src/faults/registry.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { openDbSource } from '../../src/sources/bgbilling-db/source.ts';
import { openSource } from '../../src/sources/registry.ts';
import { columnsOf, TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';
import { zipOf } from '../support/zips.ts';
import { makeBilling, type Tables, tablesOf, YEAR } from './billing.ts';
import { CLOCK } from './cli.ts';
import { interrupting } from './db/false-servers.ts';
import { LAYOUT } from './db/load.ts';
import { configOf, dbSource, fileSource } from './doors.ts';
import { csvFiles, jsonText, xmlBytes } from './writers.ts';

/**
 * Spoils the input of every reader, again and again, from a seed: whatever comes, reading ends, in time, with rows and
 * faults and nothing else. Called for long by the soak, for a moment by the tests.
 */
export interface FuzzOptions {
  seed: number;
  runs: number;
  /** A folder of its own. */
  folder: string;
  /** Every so many runs the whole month is built, not only read. */
  buildEvery?: number;
}

/** Something that must not be; the seed and the run give the same input again. */
export interface FuzzFinding {
  run: number;
  kind: FileKind | 'bgbilling-db';
  what: string;
}

type FileKind = 'bgbilling-csv' | 'bgbilling-xml' | 'bgbilling-json';
const KINDS: readonly FileKind[] = ['bgbilling-csv', 'bgbilling-xml', 'bgbilling-json'];
const PERIOD = '2026-10';
/** Longer than any of these inputs takes on a busy machine. */
const HANG_MS = 60_000;

/** Values that a column should not have. */
const VALUES = [
  '',
  '0',
  '-1',
  '1e9',
  'NaN',
  'Infinity',
  '999999999999999999999',
  '-0',
  '0x10',
  '1,5,5',
  '1 000',
  'null',
  'ё',
  '₽',
  'ә',
  '\u0000',
  '\u0001',
  '\ufffe',
  '"',
  ';',
  "'",
  '=1+1',
  '<a>',
  '&amp;',
  ']]>',
  '\\u0000',
  '../../etc/passwd',
  '0000-00-00',
  '31.02.2026',
  '2026-13-01',
  'а'.repeat(5000),
  '\ud800',
  'bill',
  'invoice',
];
/** Pieces that mean something to one reader or another. */
const PIECES = [
  '"',
  '""',
  ';',
  '\r\n',
  '<',
  '/>',
  '</row>',
  '<row',
  '&',
  '&#1;',
  ']]>',
  '<!--',
  '<!DOCTYPE a>',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'true',
  '\\',
  '\\u',
  '1e400',
  '\u0000',
  '\u0098',
  'я',
];

/** Files: CSV, XML, JSON, bare and in zips. */
export async function fuzzFiles({
  seed,
  runs,
  folder,
  buildEvery = 10,
}: FuzzOptions): Promise<FuzzFinding[]> {
  const month = tablesOf(makeBilling({ ...YEAR, months: 12, companies: 3 }), PERIOD);
  const findings: FuzzFinding[] = [];
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed + run);
    const kind = pick(KINDS, random);
    const own = join(folder, 'run');
    mkdirSync(own);
    const config = configOf(own, fileSource(kind));
    const path = writeSpoilt(kind, own, month, random);
    const work = run % buildEvery === 0 ? () => buildAll(config, path) : () => readAll(config, path);
    const what = await observe(work);
    if (what !== undefined) findings.push({ run, kind, what });
    rmSync(own, { recursive: true });
  }
  return findings;
}

/**
 * The database: bytes of its answers are spoilt on the way.
 * @param server address of an honest one that holds the month in `LAYOUT`
 */
export async function fuzzDatabase(
  { seed, runs, folder }: FuzzOptions,
  server: { port: number; url: string },
): Promise<FuzzFinding[]> {
  const findings: FuzzFinding[] = [];
  const config = configOf(folder, dbSource(LAYOUT, 'DB')) as Parameters<typeof openDbSource>[0];
  const limits = { connectMs: 1000, silenceMs: 1000, lockSeconds: 1 };
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed + run);
    const between = await interrupting(server.port, Math.floor(random() ** 3 * 40_000), (client, rest) =>
      client.end(spoilBytes(Buffer.concat([rest, Buffer.alloc(64)]), random)),
    );
    const environment = { DB: server.url.replace(`:${server.port}/`, `:${between.port}/`) };
    const what = await observe(async () => {
      const { source, faults } = await openDbSource(config, PERIOD, { environment, limits });
      const found = [...faults];
      for (const table of TABLE_NAMES)
        if (source) for await (const _ of source.read(table, (one) => found.push(one)));
      await source?.close();
      return found;
    });
    between.close();
    if (what !== undefined) findings.push({ run, kind: 'bgbilling-db', what });
  }
  return findings;
}

/** @returns what was wrong with the work itself; faults are right */
async function observe(work: () => Promise<readonly Fault[]>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no end after ${HANG_MS / 1000} s`), HANG_MS);
  });
  const done = work().then(
    (faults) => faults.find(({ code, paths }) => !(code in FAULTS) || paths === undefined)?.code,
    (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const what = await Promise.race([done, late]);
  clearTimeout(timer);
  return what;
}

async function readAll(config: Config, path: string): Promise<Fault[]> {
  const { source, faults } = await openSource(config, path);
  const found = [...faults];
  if (!source) return found;
  for (const table of TABLE_NAMES) {
    const width = columnsOf(table).length;
    for await (const rows of source.read(table, (one) => found.push(one)))
      for (const { cells, line } of rows)
        if (cells.length !== width || !(line > 0))
          throw new Error(`a row of ${cells.length} cells at line ${line}`);
  }
  await source.close();
  return found;
}

async function buildAll(config: Config, input: string): Promise<readonly Fault[]> {
  const { exit, faults } = await build({ config, input, period: PERIOD, dryRun: true, clock: CLOCK });
  if (![0, 1, 2, 3].includes(exit)) throw new Error(`exit code ${exit}`);
  return faults;
}

/** Values are spoilt before the file is written, or bytes after, or both. */
function writeSpoilt(kind: FileKind, folder: string, month: Tables, random: () => number): string {
  const tables = random() < 0.5 ? spoilValues(month, random) : month;
  const bytes = (data: Buffer): Buffer => (random() < 0.6 ? spoilBytes(data, random) : data);
  const files = filesOf(kind, tables, random);
  if (random() < 0.3) {
    const path = join(folder, 'export.zip');
    const zip = zipOf(
      Object.entries(files).map(([name, data]) => ({ name, data: random() < 0.3 ? bytes(data) : data })),
    );
    writeFileSync(path, bytes(zip));
    return path;
  }
  const path = join(folder, 'in');
  mkdirSync(path);
  const spoilt = pick(Object.keys(files), random);
  for (const [name, data] of Object.entries(files))
    writeFileSync(join(path, name), name === spoilt ? bytes(data) : data);
  return path;
}

function filesOf(kind: FileKind, tables: Tables, random: () => number): Record<string, Buffer> {
  const columns = (table: string): string[] => columnsOf(table as TableName).map(({ name }) => name);
  if (kind === 'bgbilling-csv') return csvFiles(tables, columns);
  if (kind === 'bgbilling-json')
    return { 'export.json': Buffer.from(jsonText(tables, random() < 0.5 ? 1 : undefined)) };
  const encoding = random() < 0.5 ? 'utf-8' : 'windows-1251';
  return { 'export.xml': xmlBytes(tables, { encoding, spread: random() < 0.3 }) };
}

function spoilValues(month: Tables, random: () => number): Tables {
  const tables = structuredClone(month);
  const changes = 1 + Math.floor(random() * 6);
  for (let change = 0; change < changes; change++) {
    const rows = tables[pick(Object.keys(tables) as (keyof Tables)[], random)];
    const row = pick(rows, random);
    if (random() < 0.1) rows.push({ ...row });
    else
      row[pick(Object.keys(row), random)] =
        random() < 0.2 ? pick(Object.values(pick(rows, random)), random) : pick(VALUES, random);
  }
  return tables;
}

/** Cuts, doubles, overwrites and inserts. */
function spoilBytes(data: Buffer, random: () => number): Buffer {
  let bytes = data;
  const changes = 1 + Math.floor(random() * 5);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * bytes.length);
    const length = Math.floor(random() ** 4 * Math.min(bytes.length, 2000));
    const [head, middle, tail] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ];
    const way = random();
    if (way < 0.15) bytes = head;
    else if (way < 0.3) bytes = Buffer.concat([head, tail]);
    else if (way < 0.45) bytes = Buffer.concat([head, middle, middle, tail]);
    else if (way < 0.75) bytes = Buffer.concat([head, Buffer.from(pick(PIECES, random)), middle, tail]);
    else bytes = Buffer.concat([head, Buffer.from([Math.floor(random() * 256)]), bytes.subarray(at + 1)]);
  }
  return bytes;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
