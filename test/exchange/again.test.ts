import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../src/exchange/disk.ts';
import { type OpenJournal, openJournal } from '../../src/journal/journal.ts';
import { STAGED_NAME } from '../../src/package/write.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { removeUncommitted } from '../../src/pipeline/build/publish.ts';
import { rebuild } from '../../src/pipeline/build/rebuild.ts';
import { createWorld } from '../../tools/soak-world.ts';
import { type ExchangeWorld, exchangeWorld, failingDisk, NOW, preparedWorld } from './world.ts';

const PACKAGE = 'one-2026-10-1-1of1.zip';
const clock = (): Date => new Date(NOW);

/** A world whose package 1C has taken. */
async function taken(): Promise<{ world: ExchangeWorld; bytes: Buffer }> {
  const world = await answered();
  expect(world.names('outbox')).toEqual(['done']);
  return { world, bytes: readFileSync(world.path('outbox', 'done', PACKAGE)) };
}

const answered = preparedWorld(async (world) => {
  await world.build('one.zip');
  await world.answer(PACKAGE);
});

/** A journal beside which, right after each commit, another build begins: it clears away what is staged and not known. */
function besieged(world: ExchangeWorld): OpenJournal {
  return (path, at) => {
    const { journal, fault } = openJournal(path, at);
    if (!journal) return { fault: fault! };
    const commit = (): void => {
      journal.commit();
      const other = openJournal(path, at).journal!;
      expect(other.begin()).toBeUndefined();
      removeUncommitted(other, realDisk, world.path('outbox'));
      other.rollback();
      other.close();
    };
    return { journal: Object.create(journal, { commit: { value: commit } }) };
  };
}

describe('a package that is given out again', () => {
  it('by a build is there, whoever begins to build in the same moment', async () => {
    const { world, bytes } = await taken();
    const input = join(world.root, 'drop1', 'one.zip');
    const made = await build({ config: world.config, input, clock, openJournal: besieged(world) });
    expect(made.packages[0]!.files).toEqual([world.path('outbox', PACKAGE)]);
    expect(readFileSync(world.path('outbox', PACKAGE))).toEqual(bytes);
  });

  it('by a rebuild likewise', async () => {
    const { world, bytes } = await taken();
    const request = { config: world.config, wanted: '2026-10', verify: false, clock };
    const { faults } = await rebuild({ ...request, openJournal: besieged(world) });
    expect(faults).toEqual([]);
    expect(readFileSync(world.path('outbox', PACKAGE))).toEqual(bytes);
  });

  it('and cannot be moved to its name leaves nothing behind that the next build does not clear away', async () => {
    const { world, bytes } = await taken();
    const input = join(world.root, 'drop1', 'one.zip');
    const disk = failingDisk((call, path) =>
      call === 'rename' && path.endsWith('.tmp') ? 'EIO' : undefined,
    );
    const made = await build({ config: world.config, input, clock, disk });
    expect([made.exit, made.faults[0]!.code]).toEqual([1, 'BG1C-OUTPUT-WRITE']);
    expect(world.journal((journal) => journal.records.packages.unpublished())).toEqual([]);
    expect((await world.build('one.zip')).exit).toBe(0);
    expect(readFileSync(world.path('outbox', PACKAGE))).toEqual(bytes);
    expect(readdirSync(world.path('outbox')).filter((name) => STAGED_NAME.test(name))).toEqual([]);
  });
});

describe('a package that two builds make at once', () => {
  it('for the first time is published once, by whoever comes first', async () => {
    const world = await exchangeWorld();
    const input = join(world.root, 'drop1', 'one.zip');
    let other: Promise<unknown> | undefined;
    // Between the commit of the first and its publishing the second begins, finds the package staged, and publishes it.
    const open: OpenJournal = (path, at) => {
      const { journal, fault } = openJournal(path, at);
      if (!journal) return { fault: fault! };
      const commit = (): void => {
        journal.commit();
        const second = openJournal(path, at).journal!;
        for (const part of second.records.packages.unpublished()) {
          second.move('part', [part.package, part.part], 'publishing');
          renameSync(join(part.folder, part.staged), join(part.folder, part.file));
          second.move('part', [part.package, part.part], 'published');
        }
        second.close();
        other = world.build('one.zip');
      };
      return { journal: Object.create(journal, { commit: { value: commit } }) };
    };
    const first = await build({ config: world.config, input, clock, openJournal: open });
    expect([first.exit, ((await other) as typeof first).exit]).toEqual([0, 0]);
    expect(readdirSync(world.path('outbox'))).toEqual([PACKAGE]);
    world.journal(({ records: { packages, documents } }) => {
      const [stored, ...others] = packages.list();
      expect(others).toEqual([]);
      expect(documents.of(stored!.id)).toHaveLength(6);
      expect(packages.parts(stored!.id).map(({ state }) => state)).toEqual(['published']);
    });
  });

  it('has staged names of its own for each', async () => {
    const world = await exchangeWorld();
    const staged = new Set<string>();
    const disk = failingDisk((call, from) => {
      if (call === 'rename' && from.endsWith('.tmp')) staged.add(from);
      return undefined;
    });
    const input = join(world.root, 'drop1', 'one.zip');
    for (let nth = 0; nth < 3; nth++) await build({ config: world.config, input, clock, disk });
    expect(staged.size).toBe(3);
  });
});

describe('files under temporary names', () => {
  it('of the journal, the snapshots and the outbox are gone after a build, and none of a failed one stays', async () => {
    const world = await exchangeWorld();
    await world.build('one.zip');
    const left = (folder: string): string[] => readdirSync(folder).filter((name) => /\.tmp$/.test(name));
    const folders = [join(world.root, '.bg1c'), join(world.root, '.bg1c', 'sources'), world.path('outbox')];
    expect(folders.flatMap(left)).toEqual([]);
    rmSync(join(world.root, '.bg1c'), { recursive: true });
    expect((await world.build('two.zip')).faults.map(({ code }) => code)).toContain('BG1C-OUTPUT-EXISTS');
    expect(folders.flatMap(left)).toEqual([]);
    expect(statSync(world.path('outbox', PACKAGE)).mode & 0o777).toBe(0o600);
  });
});

describe('an export that is built once more in a month of which 1C has taken something', () => {
  const numbersOf = (world: ExchangeWorld): number[] =>
    world.journal(({ records: { packages } }) =>
      packages
        .list()
        .filter(({ organization }) => organization === 'one')
        .map(({ seq }) => seq),
    );

  it('makes no second package, however many documents the books hold', async () => {
    const world = await exchangeWorld();
    // More documents in two receipts than are asked for at once.
    const wide = (name: string, first: number) => ({ name, first, contracts: 60, series: 0, zip: false });
    await createWorld(world.root, { before: [wide('a', 100), wide('b', 160)], after: [], again: {} });
    for (const name of ['a', 'b']) {
      world.drop(name);
      await world.once();
    }
    for (const seq of [1, 2]) await world.answer(`one-2026-10-${seq}-1of1.zip`);
    await world.once();
    // A disk of its own: such a build is not answered from what was kept of the one before.
    const again = () =>
      build({
        config: world.config,
        input: join(world.root, 'drop1', 'later.zip'),
        clock,
        disk: realDisk,
      });
    const first = await again();
    const second = await again();
    expect(second.packages.map(({ packageId }) => packageId)).toEqual(
      first.packages.map(({ packageId }) => packageId),
    );
    expect(numbersOf(world)).toEqual([1, 2, 3]);
  });

  it('after a crash makes no second package, though 1C has taken another meanwhile', async () => {
    const world = await exchangeWorld();
    world.drop('two.zip');
    await world.once();
    world.drop('later.zip');
    const disk = failingDisk((call, path) =>
      call === 'write' && path.endsWith('.txt') ? 'ENOSPC' : undefined,
    );
    expect((await world.once({ disk })).exit).toBe(1);
    expect(numbersOf(world)).toEqual([1, 2]);
    await world.answer(PACKAGE);
    expect((await world.once()).exit).toBe(0);
    expect(numbersOf(world)).toEqual([1, 2]);
    expect(world.names('done')).toContain('later.zip');
  });

  it('is not built once more while its notes cannot be written, though 1C has taken another meanwhile', async () => {
    const world = await exchangeWorld();
    world.drop('two.zip');
    await world.once();
    world.drop('later.zip');
    let failures = 0;
    const disk = failingDisk((call, path) =>
      call === 'write' && path.endsWith('.txt') && failures < 3 && ++failures > 0 ? 'ENOSPC' : undefined,
    );
    const stop = new AbortController();
    let told: string | undefined;
    await world.once({
      disk,
      once: false,
      signal: stop.signal,
      async eachLook(nth) {
        if (failures > 0) told ??= await world.answer(PACKAGE);
        if (nth === 25) stop.abort();
      },
    });
    expect(world.names('receipts/done')).toEqual([told]);
    expect(numbersOf(world)).toEqual([1, 2]);
    expect(world.names('done')).toContain('later.zip');
  });
});
