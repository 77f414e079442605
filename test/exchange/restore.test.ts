import { copyFileSync, cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/exchange/layout.ts';
import { takeLock } from '../../src/journal/lock.ts';
import { status } from '../../src/pipeline/books/status.ts';
import { reconcile, restore } from '../../src/pipeline/journal/restore.ts';
import { type ExchangeWorld, exchangeWorld, failingDisk, NOW, preparedWorld } from './world.ts';

const PACKAGES = ['one-2026-10-1-1of1.zip', 'one-2026-10-2-1of1.zip'] as const;
const clock = (): Date => new Date(NOW);

/** A journal whose copy knows one package; then came its receipt, another package and its receipt. */
async function damaged(): Promise<{ world: ExchangeWorld; copy: string }> {
  const world = await spoilt();
  return { world, copy: join(world.root, 'copy.db') };
}

const spoilt = preparedWorld(async (world) => {
  world.drop('one.zip');
  await world.once();
  world.journal((journal) => journal.backup(join(world.root, 'copy.db')));
  await world.answer(PACKAGES[0]);
  await world.once();
  world.drop('later.zip');
  await world.once();
  await world.answer(PACKAGES[1]);
  await world.once();
  for (const ending of ['-wal', '-shm']) rmSync(world.config.journal.path + ending, { force: true });
  writeFileSync(world.config.journal.path, 'повреждён '.repeat(500));
});

const counts = ({ config }: ExchangeWorld) => status({ config, clock }).status!.counts;

describe('a copy in the place of a damaged journal', () => {
  it('keeps the damaged one, and nothing is built before the two are reconciled', async () => {
    const { world, copy } = await damaged();
    const { kept, fault } = restore(world.config, copy, clock);
    expect(fault).toBeUndefined();
    expect(existsSync(kept!)).toBe(true);
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-JOURNAL-RESTORED'] });
    world.drop('two.zip');
    const { exit, faults } = await world.build('two.zip');
    expect([exit, faults.map(({ code }) => code)]).toEqual([2, ['BG1C-JOURNAL-RESTORED']]);
    expect(status({ config: world.config, clock }).faults).toMatchObject([{ code: 'BG1C-JOURNAL-RESTORED' }]);
  });

  it('put there by hand is found out as well', async () => {
    const { world, copy } = await damaged();
    rmSync(world.config.journal.path);
    copyFileSync(copy, world.config.journal.path);
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-JOURNAL-RESTORED'] });
  });

  it('takes packages and receipts from the exchange folder; then numbers go on', async () => {
    const { world, copy } = await damaged();
    restore(world.config, copy, clock);
    expect(await reconcile(world.config, clock)).toEqual({ parts: 1, receipts: 2, faults: [] });
    expect(counts(world)).toEqual({ posted: 12 });
    world.drop('two.zip');
    expect((await world.once()).exit).toBe(0);
    expect(world.names('outbox').filter((name) => name.endsWith('.zip'))).toEqual([
      'one-2026-10-3-1of1.zip',
      'two-2026-10-1-1of1.zip',
    ]);
    // What was built after the copy is known again: no second package of it.
    world.drop('later.zip');
    await world.once();
    expect(world.journal((journal) => journal.packages().length)).toBe(4);
  });

  it('may be reconciled twice', async () => {
    const { world, copy } = await damaged();
    restore(world.config, copy, clock);
    await reconcile(world.config, clock);
    expect(await reconcile(world.config, clock)).toEqual({ parts: 0, receipts: 0, faults: [] });
  });

  it('is refused where it is no copy, and while a watcher works', async () => {
    const { world, copy } = await damaged();
    const bad = join(world.root, 'bad.db');
    writeFileSync(bad, 'не журнал');
    expect(restore(world.config, bad, clock).fault).toMatchObject({ code: 'BG1C-BACKUP-READ' });
    expect(restore(world.config, join(world.root, 'none.db'), clock).fault).toMatchObject({
      code: 'BG1C-BACKUP-READ',
    });
    const lock = takeLock(layoutOf(world.config.exchange.dir).lock)!;
    expect(restore(world.config, copy, clock).fault).toMatchObject({ code: 'BG1C-WATCH-RUNNING' });
    expect((await reconcile(world.config, clock)).faults).toMatchObject([{ code: 'BG1C-WATCH-RUNNING' }]);
    lock.release();
  });
});

describe('a machine that was put back from a snapshot', () => {
  /** The journal as it was after the first package; the exchange folder is on another machine, and as it is now. */
  async function putBack(world: ExchangeWorld): Promise<void> {
    const snapshot = join(world.root, 'snapshot');
    world.drop('one.zip');
    await world.once();
    cpSync(join(world.root, '.bg1c'), snapshot, { recursive: true });
    world.drop('later.zip');
    await world.once();
    await world.answer(PACKAGES[1]);
    await world.once();
    rmSync(join(world.root, '.bg1c'), { recursive: true });
    renameSync(snapshot, join(world.root, '.bg1c'));
  }

  it('has a journal that is older than the exchange folder: nothing before the two are reconciled', async () => {
    const world = await exchangeWorld();
    await putBack(world);
    world.drop('two.zip');
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-JOURNAL-BEHIND'] });
    expect((await world.build('two.zip')).faults).toMatchObject([{ code: 'BG1C-JOURNAL-RESTORED' }]);
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-JOURNAL-RESTORED'] });
    expect(world.names('inbox')).toEqual(['two.zip']);
    expect(await reconcile(world.config, clock)).toEqual({ parts: 1, receipts: 1, faults: [] });
    expect((await world.once()).exit).toBe(0);
    expect(world.names('outbox').filter((name) => name.endsWith('.zip'))).toEqual([
      PACKAGES[0],
      'one-2026-10-3-1of1.zip',
      'two-2026-10-1-1of1.zip',
    ]);
  });

  it('is not told by packages of others, nor by what only has such a name', async () => {
    const world = await exchangeWorld();
    await putBack(world);
    world.config.installation = 'another';
    writeFileSync(world.path('outbox', 'one-2026-10-9-1of1.zip'), 'не пакет');
    expect((await world.once()).exit).toBe(0);
  });
});

describe('a journal that was lost altogether', () => {
  it('does not give a number twice, and is filled again from the exchange folder', async () => {
    const { world } = await damaged();
    rmSync(join(world.config.folder, '.bg1c'), { recursive: true });
    // Without a watcher that looks before it begins.
    const { faults } = await world.build('two.zip');
    expect(faults.map(({ code }) => code)).toContain('BG1C-OUTPUT-EXISTS');
    world.drop('two.zip');
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-JOURNAL-BEHIND'] });
    expect(await reconcile(world.config, clock)).toMatchObject({ parts: 2, faults: [] });
    expect(counts(world)).toEqual({ posted: 12 });
    expect((await world.once()).exit).toBe(0);
    expect(world.names('outbox')).toContain('one-2026-10-3-1of1.zip');
  });

  it('knows the numbers that were given here again, so that none is given twice', async () => {
    const { world } = await damaged();
    rmSync(join(world.config.folder, '.bg1c'), { recursive: true });
    world.config.numbering.by = 'own';
    await reconcile(world.config, clock);
    world.journal(({ records: { packages, documents, numbers } }) => {
      const rows = packages.list().flatMap(({ id }) => documents.of(id));
      expect(rows).toHaveLength(12);
      for (const { uuid, kind, date, number } of rows) {
        expect(numbers.of(uuid)).toBe(number);
        expect(numbers.given(kind as 'act', date.slice(0, 4), number)).toBe(true);
      }
    });
  });

  it('leaves what it was working on to be taken anew', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    const disk = failingDisk((call, path) =>
      call === 'rename' && path.endsWith('.tmp') ? 'EIO' : undefined,
    );
    await world.once({ disk });
    rmSync(world.path('outbox'), { recursive: true });
    expect(world.names('inwork')).toEqual(['1']);
    rmSync(join(world.config.folder, '.bg1c'), { recursive: true });
    await world.once();
    expect(world.names('done')).toContain('one.zip');
    expect(readdirSync(world.path('inwork'))).toEqual([]);
  });
});
