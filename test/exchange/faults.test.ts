import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Disk } from '../../src/exchange/disk.ts';
import { layoutOf } from '../../src/exchange/layout.ts';
import { type Journal, type OpenJournal, openJournal } from '../../src/journal/journal.ts';
import { takeLock } from '../../src/journal/lock.ts';
import { exchangeWorld, expectFinished, failingDisk } from './world.ts';

/** A call of the disk that fails. */
interface DiskCase {
  title: string;
  code: string;
  fails(call: keyof Disk, path: string, to?: string): boolean;
}

const DISK_CASES: DiskCase[] = [
  {
    title: 'no right to move out of the inbox',
    code: 'EACCES',
    fails: (call, from) => call === 'rename' && from.includes('/inbox/'),
  },
  {
    title: 'no room for a folder in inwork',
    code: 'ENOSPC',
    fails: (call, path) => call === 'ensureFolder' && path.includes('/inwork/'),
  },
  {
    title: 'an error of the disk at the renaming of a package',
    code: 'EIO',
    fails: (call, from) => call === 'rename' && from.endsWith('.tmp'),
  },
  {
    title: 'no room for the notes',
    code: 'ENOSPC',
    fails: (call, path) => call === 'write' && path.endsWith('.txt'),
  },
  {
    title: 'an error of the disk at the move to done',
    code: 'EIO',
    fails: (call, _, to) => call === 'rename' && (to ?? '').includes('/done/'),
  },
  {
    title: 'an error at the removal of the work folder',
    code: 'EBUSY',
    fails: (call, path) => call === 'remove' && path.includes('/inwork/'),
  },
  {
    title: 'no room for a copy of the journal',
    code: 'ENOSPC',
    fails: (call, path) => call === 'ensureFolder' && path.endsWith('backup'),
  },
  {
    title: 'no room for the heartbeat',
    code: 'ENOSPC',
    fails: (call, path) => call === 'write' && path.endsWith('watch.json'),
  },
  {
    title: 'an unreadable inbox',
    code: 'EACCES',
    fails: (call, path) => call === 'list' && path.endsWith('inbox'),
  },
  {
    title: 'an unreadable export',
    code: 'EIO',
    fails: (call, path) => call === 'readStream' && path.endsWith('one.zip'),
  },
];

describe('a disk that fails', () => {
  it.each(DISK_CASES)(
    '$title: everything stays, and is finished when it is mended',
    async ({ code, fails }) => {
      const world = await exchangeWorld();
      world.drop('one.zip');
      let failed = 0;
      const disk = failingDisk((call, path, to) =>
        fails(call, path, to) && ++failed > 0 ? code : undefined,
      );
      const { exit, log } = await world.once({ disk });
      expect(failed).toBeGreaterThan(0);
      expect(exit).toBe(1);
      expect(JSON.stringify(log)).toContain('BG1C-OUTPUT-WRITE');
      await world.once();
      expectFinished(world);
    },
  );

  it.each(DISK_CASES)('$title, once: the watcher itself goes on', async ({ code, fails }) => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    let failed = false;
    const disk = failingDisk((call, path, to) => {
      if (failed || !fails(call, path, to)) return undefined;
      failed = true;
      return code;
    });
    const stop = new AbortController();
    const eachLook = (nth: number): void => {
      if (nth === 12) stop.abort();
    };
    expect(await world.once({ disk, once: false, signal: stop.signal, eachLook })).toMatchObject({ exit: 0 });
    expect(failed).toBe(true);
    expectFinished(world);
  });
});

/** A journal whose commits fail while `broken()` says so. */
function failingJournal(broken: () => string | undefined): OpenJournal {
  const check = (): void => {
    const code = broken();
    if (code) throw Object.assign(new Error(code), { code, name: 'SqliteError' });
  };
  return (path, clock) => {
    const { journal, fault } = openJournal(path, clock);
    if (!journal) return { fault: fault! };
    const wrapped = Object.create(journal, {
      commit: {
        value() {
          check();
          journal.commit();
        },
      },
      atomically: {
        value: <T>(work: () => T) =>
          journal.atomically(() => {
            const result = work();
            check();
            return result;
          }),
      },
    }) as Journal;
    return { journal: wrapped };
  };
}

describe('a journal that cannot be written', () => {
  it.each([
    ['SQLITE_FULL', 'BG1C-JOURNAL-WRITE', 1],
    ['SQLITE_BUSY', 'BG1C-JOURNAL-LOCKED', 1],
    // What they are called is all that tells these from a full disk.
    ['SQLITE_IOERR_WRITE', 'BG1C-JOURNAL-WRITE', 4],
    ['SQLITE_READONLY', 'BG1C-JOURNAL-WRITE', 4],
  ])(
    '%s, %s at every commit in turn (step %d): nothing is lost, nothing twice',
    async (code, fault, step) => {
      const commits = await countCommits();
      expect(commits).toBeGreaterThan(7);
      for (let nth = 1; nth <= commits; nth += step) {
        const world = await exchangeWorld();
        world.drop('one.zip');
        let at = 0;
        const { log } = await world.once({
          openJournal: failingJournal(() => (++at === nth ? code : undefined)),
        });
        expect(JSON.stringify(log), `commit ${nth}`).toContain(fault);
        await world.once();
        expectFinished(world);
      }
    },
    120_000,
  );

  async function countCommits(): Promise<number> {
    const world = await exchangeWorld();
    world.drop('one.zip');
    let commits = 0;
    await world.once({
      openJournal: failingJournal(() => {
        commits++;
        return undefined;
      }),
    });
    expectFinished(world);
    return commits;
  }

  it('that is damaged stops the watcher with what to do', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    for (const ending of ['-wal', '-shm']) rmSync(world.config.journal.path + ending, { force: true });
    writeFileSync(world.config.journal.path, 'это не база данных, а что-то другое. '.repeat(200));
    expect(await world.once()).toMatchObject({ exit: 2, faults: ['BG1C-JOURNAL-DAMAGED'] });
    world.drop('two.zip');
    expect(await world.once()).toMatchObject({ exit: 2 });
    expect(world.names('inbox')).toEqual(['two.zip']);
  });
});

describe('an exchange folder that vanishes', () => {
  it('is waited for; no folders are made in its place, and everything goes on when it is back', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    const away = `${world.path()}.away`;
    const stop = new AbortController();
    const ended = await world.once({
      once: false,
      signal: stop.signal,
      eachLook(nth) {
        if (nth === 1) renameSync(world.path(), away);
        if (nth === 4) {
          expect(existsSync(world.path())).toBe(false);
          renameSync(away, world.path());
        }
        if (nth === 8) stop.abort();
      },
    });
    expect(ended.exit).toBe(0);
    expect(ended.log.filter(({ event }) => event === 'exchange.away')).toHaveLength(1);
    expectFinished(world);
  });

  it('and is not there at a start is not taken for a new one', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    renameSync(world.path(), `${world.path()}.away`);
    expect(await world.once()).toMatchObject({ exit: 1, faults: ['BG1C-EXCHANGE-AWAY'] });
    expect(existsSync(world.path())).toBe(false);
    renameSync(`${world.path()}.away`, world.path());
    expect(await world.once()).toMatchObject({ exit: 0 });
  });

  it('and comes back with another watcher in it ends this one', async () => {
    const world = await exchangeWorld();
    const away = `${world.path()}.away`;
    const other = { release: () => {} };
    const ended = await world.once({
      once: false,
      eachLook(nth) {
        if (nth === 1) renameSync(world.path(), away);
        if (nth === 2) {
          // A new share in the same place, locked by the watcher of another machine.
          for (const name of ['inbox', 'receipts', 'inwork', 'outbox'])
            mkdirSync(world.path(name), { recursive: true });
          Object.assign(other, takeLock(layoutOf(world.config.exchange.dir).lock));
        }
      },
    });
    other.release();
    expect(ended).toMatchObject({ exit: 2, faults: ['BG1C-WATCH-RUNNING'] });
  });
});

describe('a clock that jumps back', () => {
  it('neither loses nor doubles nor removes anything', async () => {
    const world = await exchangeWorld((config) => {
      config.retention.exchange = 1;
    });
    world.drop('one.zip');
    await world.once({ clock: () => new Date() });
    world.drop('two.zip');
    let day = 0;
    await world.once({ clock: () => new Date(Date.parse('2020-01-01T00:00:00Z') - 86_400_000 * day++) });
    expect(world.names('done')).toEqual(expect.arrayContaining(['one.zip', 'two.zip']));
    world.journal((journal) => {
      expect(journal.packages().map(({ organization, seq }) => `${organization} ${seq}`)).toEqual([
        'one 1',
        'one 2',
        'two 1',
      ]);
      expect(journal.records.intake.unfinished()).toEqual([]);
    });
  });
});
