import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { bg1c } from '../cli/command.ts';
import { exchangeWorld, expectFinished, NOW } from './world.ts';

vi.mock('libsql', async (original) => (await import('../support/impatient-database.ts')).impatient(original));

const clock = (): Date => new Date(NOW);

describe('a journal that another program holds', () => {
  it('is waited for by the watcher, which says so once', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    const { journal } = openJournal(world.config.journal.path, clock);
    journal!.begin();
    const stop = new AbortController();
    const ended = await world.once({
      once: false,
      signal: stop.signal,
      eachLook(nth) {
        if (nth === 2) journal!.rollback();
        if (nth === 6) stop.abort();
      },
    });
    journal!.close();
    expect(ended.log.filter(({ event }) => event === 'watch.hindered')).toHaveLength(1);
    expectFinished(world);
  });

  it('ends receipt and purge with 2, not as a defect; status can be asked', async () => {
    const world = await exchangeWorld();
    await world.build('one.zip');
    const name = await world.answer('one-2026-10-1-1of1.zip');
    const { journal } = openJournal(world.config.journal.path, clock);
    expect(journal!.begin()).toBeUndefined();
    for (const args of [
      ['receipt', join('exchange', 'receipts', name)],
      ['purge', '--before', '2026-01-01'],
    ]) {
      const { exit, out, err } = await bg1c(world.root, ...args);
      expect([exit, `${out}${err}`.includes('BG1C-JOURNAL-LOCKED')], args[0]).toEqual([2, true]);
    }
    expect((await bg1c(world.root, 'status')).exit).toBe(0);
    journal!.close();
  });
});
