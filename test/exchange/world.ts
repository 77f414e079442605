import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/types.ts';
import { type Disk, realDisk } from '../../src/exchange/disk.ts';
import { createLog } from '../../src/exchange/log.ts';
import { type Journal, openJournal } from '../../src/journal/journal.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import { type BuildResult, build } from '../../src/pipeline/build/build.ts';
import { type WatchRequest, watch } from '../../src/pipeline/exchange/watch.ts';
import type { ExitCode } from '../../src/pipeline/exit.ts';
import { createWorld, type ExportPlan, receiptOf } from '../../tools/soak-world.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

export const NOW = '2026-11-03T08:00:00Z';

/** Exports of one to three contracts; nothing of them lies in the inbox yet. */
const EXPORTS: ExportPlan[] = [
  { name: 'one', first: 1, contracts: 2, series: 0, zip: false },
  { name: 'one.zip', first: 1, contracts: 2, series: 0, zip: true },
  { name: 'two.zip', first: 10, contracts: 2, series: 0, zip: true },
  { name: 'later.zip', first: 1, contracts: 2, series: 1, zip: true },
];

export interface Ended {
  exit: ExitCode;
  faults: string[];
  /** Looks that were waited for. */
  looks: number;
  log: { level: string; event: string; codes?: string[] }[];
}

/** An exchange folder with everything around it. */
export interface ExchangeWorld {
  root: string;
  config: Config;
  path(...parts: string[]): string;
  /** Puts one of the exports into the inbox: one of {@link EXPORTS}, or what a test has written beside them. */
  drop(name: string, as?: string): string;
  /** One `watch --once`; `eachLook` is called while it waits between two looks. */
  once(request?: Partial<WatchRequest> & { eachLook?: (nth: number) => unknown }): Promise<Ended>;
  /** Names in a folder of the exchange, without what starts with a dot. */
  names(folder: string): string[];
  /** Note beside a finished export. */
  note(path: string): { exit: number; faults: { code: string }[]; packages: { seq: number }[] };
  /** Writes a receipt of a package of the outbox into `receipts/` and takes the package away, as 1C does. */
  answer(name: string, edit?: (receipt: Receipt) => void): Promise<string>;
  /** `bg1c build` of one of the exports. */
  build(name: string): Promise<BuildResult>;
  journal<T>(work: (journal: Journal) => T): T;
}

export async function exchangeWorld(edit?: (config: Config) => void): Promise<ExchangeWorld> {
  const root = join(folder(), 'world');
  await createWorld(root, { before: EXPORTS, after: [], again: {} });
  return worldAt(root, edit);
}

/**
 * A world that is prepared once and put back before each use, for building costs more than copying. Always in the same
 * place, for the journal knows where its files lie: one at a time.
 */
export function preparedWorld(
  prepare: (world: ExchangeWorld) => Promise<unknown>,
  edit?: (config: Config) => void,
): () => Promise<ExchangeWorld> {
  let made: { root: string; copy: string } | undefined;
  return async () => {
    if (!made) {
      const world = await exchangeWorld(edit);
      await prepare(world);
      made = { root: world.root, copy: join(folder(), 'copy') };
      cpSync(made.root, made.copy, { recursive: true, preserveTimestamps: true });
      return world;
    }
    rmSync(made.root, { recursive: true });
    cpSync(made.copy, made.root, { recursive: true, preserveTimestamps: true });
    return worldAt(made.root, edit);
  };
}

function worldAt(root: string, edit: (config: Config) => void = () => {}): ExchangeWorld {
  const config = loadConfig(join(root, 'bg1c.yaml')).config!;
  edit(config);
  const path = (...parts: string[]): string => join(root, 'exchange', ...parts);
  for (const name of ['inbox', 'outbox', 'receipts']) mkdirSync(path(name), { recursive: true });
  return {
    root,
    config,
    path,
    drop(name, as = name) {
      cpSync(join(root, 'drop1', name), path('inbox', as), { recursive: true, preserveTimestamps: true });
      return path('inbox', as);
    },
    async once({ eachLook = () => {}, ...request } = {}) {
      const log: Ended['log'] = [];
      let looks = 0;
      const clock = request.clock ?? (() => new Date(NOW));
      const { exit, faults } = await watch({
        config,
        once: true,
        signal: new AbortController().signal,
        disk: realDisk,
        clock,
        log: createLog((line) => log.push(JSON.parse(line) as Ended['log'][number]), clock),
        openJournal,
        openBilling: async () => ({ faults: [] }),
        sleep: async () => void (await eachLook(++looks)),
        ...request,
      });
      return { exit, faults: faults.map(({ code }) => code), looks, log };
    },
    names: (name) =>
      existsSync(path(name))
        ? readdirSync(path(name))
            .filter((entry) => !entry.startsWith('.'))
            .sort()
        : [],
    note: (name) =>
      JSON.parse(readFileSync(`${path(name)}.faults.json`, 'utf8')) as ReturnType<ExchangeWorld['note']>,
    async answer(name, change) {
      const receipt = await receiptOf(path('outbox', name), change);
      const file = `${name.slice(0, -4)}-${receipt.receiptId}.json`;
      writeFileSync(path('receipts', file), JSON.stringify(receipt));
      mkdirSync(path('outbox', 'done'), { recursive: true });
      renameSync(path('outbox', name), path('outbox', 'done', name));
      return file;
    },
    build: (name) => build({ config, input: join(root, 'drop1', name), clock: () => new Date(NOW) }),
    journal(work) {
      const { journal } = openJournal(config.journal.path, () => new Date(NOW));
      try {
        return work(journal!);
      } finally {
        journal!.close();
      }
    },
  };
}

/** A disk on which some calls fail. @param fails what a call is to be refused with, or undefined */
export function failingDisk(
  fails: (call: keyof Disk, path: string, to?: string) => NodeJS.ErrnoException['code'] | undefined,
): Disk {
  const wrap = <K extends keyof Disk>(name: K): Disk[K] =>
    ((...args: string[]) => {
      const code = fails(name, args[0]!, args[1]);
      if (code) throw systemError(code, name, args[0]!);
      return (realDisk[name] as (...all: string[]) => unknown)(...args);
    }) as unknown as Disk[K];
  const names = Object.keys(realDisk) as (keyof Disk)[];
  return Object.fromEntries(names.map((name) => [name, wrap(name)])) as unknown as Disk;
}

export function systemError(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path });
}

/** What must be there after everything was mended: one package, one document of each, nothing left over. */
export function expectFinished(world: ExchangeWorld): void {
  expect(world.names('outbox').filter((name) => name.endsWith('.zip'))).toEqual(['one-2026-10-1-1of1.zip']);
  expect(world.names('done')).toEqual(['one.zip', 'one.zip.faults.json', 'one.zip.txt']);
  expect([...world.names('inbox'), ...world.names('inwork'), ...world.names('error')]).toEqual([]);
  expect(readdirSync(world.path('outbox')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  world.journal(({ records: { packages, documents, intake } }) => {
    const [stored, ...others] = packages.list();
    expect(others).toEqual([]);
    expect(documents.of(stored!.id)).toHaveLength(6);
    expect(packages.parts(stored!.id).map(({ state }) => state)).toEqual(['published']);
    expect(intake.unfinished()).toEqual([]);
  });
}
