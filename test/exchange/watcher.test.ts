import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../src/exchange/disk.ts';
import { layoutOf } from '../../src/exchange/layout.ts';
import { takeLock } from '../../src/journal/lock.ts';
import { purge } from '../../src/pipeline/journal/purge.ts';
import { shipped } from '../../src/support/root.ts';
import { look } from '../../tools/soak-ticks.ts';
import { bg1c } from '../cli/command.ts';
import { temporaryFolders } from '../support/folders.ts';
import { exchangeWorld, NOW } from './world.ts';

const folder = temporaryFolders();
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** `bg1c watch` in a process of its own. */
function watching(root: string) {
  const child = spawn(process.execPath, ['--import', TSX, shipped('src/cli/main.ts'), 'watch'], {
    cwd: root,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (data: string) => {
      text += data;
    });
  const ended = new Promise<{ exit: number | null; signal: string | null; text: string }>((resolve) => {
    child.on('close', (exit, signal) => resolve({ exit, signal, text }));
  });
  const says = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) {
      if (child.exitCode !== null) throw new Error(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, ended, says };
}

describe('two watchers of one folder', () => {
  it('the second says so, names the first and ends with 2; a killed one leaves the folder free', async () => {
    const world = await exchangeWorld();
    const first = watching(world.root);
    await first.says('watch.started');
    const heartbeat = join(world.root, '.bg1c', 'watch.json');
    while (!existsSync(heartbeat)) await new Promise((resolve) => setTimeout(resolve, 20));
    // The lock is the operating system's: a watcher of this process meets that of the other one.
    const second = await bg1c(world.root, 'watch', '--once');
    expect(second.exit).toBe(2);
    expect(second.err).toContain('BG1C-WATCH-RUNNING');
    expect(second.err).toContain(`(процесс ${first.child.pid})`);
    first.child.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');
    expect((await bg1c(world.root, 'watch', '--once')).exit).toBe(0);
  }, 60_000);

  it('a lock file that nobody holds means nothing', async () => {
    const world = await exchangeWorld();
    takeLock(layoutOf(world.config.exchange.dir).lock)!.release();
    expect((await world.once()).exit).toBe(0);
  });
});

describe('a watcher that is asked to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s ends with 0',
    async (signal) => {
      const world = await exchangeWorld();
      const { child, ended, says } = watching(world.root);
      await says('watch.started');
      child.kill(signal);
      const { exit, text } = await ended;
      expect(exit).toBe(0);
      expect(text).toContain('"event":"watch.stopped"');
    },
    60_000,
  );

  it('in the middle of an export finishes it', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    world.drop('two.zip');
    const stop = new AbortController();
    const disk = {
      ...realDisk,
      rename(from: string, to: string) {
        realDisk.rename(from, to);
        if (from.includes('/inbox/')) stop.abort();
      },
    };
    expect(await world.once({ once: false, disk, signal: stop.signal })).toMatchObject({ exit: 0 });
    expect(world.names('done')).toContain('one.zip');
    expect(world.names('inbox')).toEqual(['two.zip']);
  });
});

describe('a look into the folder', () => {
  it('makes as many calls beside 1 000 finished packages as beside none', async () => {
    const few = await look(join(folder(), 'few'), 30, 0);
    const many = await look(join(folder(), 'many'), 30, 1000);
    expect(Math.max(...many.calls)).toBe(Math.max(...few.calls));
    expect(Math.max(...many.calls)).toBeLessThanOrEqual(10);
  }, 120_000);
});

describe('the heartbeat', () => {
  it('tells who watches, and is renewed when it is due or the clock was set back', async () => {
    const world = await exchangeWorld();
    const beat = (): { pid: number; at: string; ticks: number } =>
      JSON.parse(readFileSync(join(world.root, '.bg1c', 'watch.json'), 'utf8'));
    const seconds = [0, 0, 5, 10, 31, 32, -600, -599];
    const at: string[] = [];
    const stop = new AbortController();
    let now = 0;
    await world.once({
      once: false,
      signal: stop.signal,
      clock: () => new Date(Date.parse(NOW) + now * 1000),
      eachLook(nth) {
        at.push(beat().at.slice(11, 19));
        if (nth === seconds.length) stop.abort();
        now = seconds[nth] ?? 0;
      },
    });
    expect(beat().pid).toBe(process.pid);
    expect(at).toEqual([
      '08:00:00',
      '08:00:00',
      '08:00:00',
      '08:00:00',
      '08:00:31',
      '08:00:31',
      '07:50:00',
      '07:50:00',
    ]);
  });
});

describe('housekeeping', () => {
  it('once a day copies the journal and keeps the latest copies', async () => {
    const world = await exchangeWorld((config) => {
      config.retention.backups = 3;
    });
    for (const day of ['01', '02', '02', '03', '04', '05'])
      await world.once({ clock: () => new Date(`2026-11-${day}T08:00:00Z`) });
    const copies = realDisk.list(join(world.root, '.bg1c', 'backup')).map(({ name }) => name);
    expect(copies).toEqual(['journal-2026-11-03.db', 'journal-2026-11-04.db', 'journal-2026-11-05.db']);
  });

  it('removes what was finished longer ago than the retention, by the time it was moved', async () => {
    const world = await exchangeWorld((config) => {
      config.retention.exchange = 30;
      config.retention.journal = 30;
    });
    // An old file is not old in `done`.
    utimesSync(world.drop('one.zip'), new Date('2001-01-01'), new Date('2001-01-01'));
    const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
    await world.once({ clock: () => days(0) });
    await world.once({ clock: () => days(29) });
    expect(world.names('done')).toContain('one.zip');
    await world.once({ clock: () => days(32) });
    expect(world.names('done')).toEqual([]);
    expect(realDisk.list(join(world.root, '.bg1c', 'sources'))).toEqual([]);
    expect(world.names('outbox')).toContain('one-2026-10-1-1of1.zip');
  });
});

describe('bg1c purge', () => {
  it('removes personal data of what is finished, and nothing that keeps documents from being doubled', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    await world.answer('one-2026-10-1-1of1.zip');
    await world.once();
    world.drop('two.zip');
    writeFileSync(world.path('receipts', 'not-yet.tmp'), '');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { result } = purge(world.config, tomorrow, realDisk, () => new Date(NOW));
    expect(result).toMatchObject({ receipts: 1, packages: 1, snapshots: 1 });
    expect(result!.files).toBe(5);
    expect([...world.names('done'), ...world.names('outbox/done'), ...world.names('receipts/done')]).toEqual(
      [],
    );
    expect(world.names('inbox')).toEqual(['two.zip']);
    const bytes = readFileSync(world.config.journal.path, 'latin1');
    world.journal(({ records: { documents, receipts, packages } }) => {
      const [stored] = packages.list();
      expect(stored!.origin).toBeUndefined();
      expect(documents.of(stored!.id).every(({ inn, kpp, number }) => !inn && !kpp && number !== '')).toBe(
        true,
      );
      expect(receipts.of(stored!.id)).toHaveLength(1);
    });
    expect(bytes).toContain('one-2026-10-1-1of1.zip');
    world.drop('one.zip');
    await world.once();
    expect(world.note('done/one.zip').faults).toMatchObject([{ code: 'BG1C-INBOX-REPEATED' }]);
  });
});

describe('folders and files of the exchange', () => {
  it('are for their owner alone', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    mkdirSync(world.path('inwork'), { recursive: true });
    const mode = (...parts: string[]): number => statSync(join(world.root, ...parts)).mode & 0o777;
    expect(mode('exchange', 'done', 'one.zip.txt')).toBe(0o600);
    expect(mode('exchange', 'outbox', 'one-2026-10-1-1of1.zip')).toBe(0o600);
    expect(mode('exchange', '.bg1c.lock')).toBe(0o600);
    expect(mode('.bg1c', 'journal.db')).toBe(0o600);
    expect(mode('.bg1c', 'watch.json')).toBe(0o600);
    expect([
      mode('.bg1c'),
      mode('.bg1c', 'sources'),
      mode('.bg1c', 'backup'),
      mode('exchange', 'done'),
    ]).toEqual([0o700, 0o700, 0o700, 0o700]);
  });
});
