import { createHmac } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/faults/fault.ts';
import { type OpenJournal, openJournal } from '../../src/journal/journal.ts';
import { PATIENCE } from '../../src/pipeline/exchange/tick.ts';
import { createWaits } from '../../src/pipeline/exchange/waits.ts';
import { type ExchangeWorld, exchangeWorld, failingDisk } from './world.ts';

const PACKAGE = 'one-2026-10-1-1of1.zip';

/** Looks so often, with a call of the disk that fails as long as it is wanted. */
async function looks(
  world: ExchangeWorld,
  count: number,
  request: Parameters<ExchangeWorld['once']>[0] = {},
): ReturnType<ExchangeWorld['once']> {
  const stop = new AbortController();
  return world.once({
    once: false,
    signal: stop.signal,
    ...request,
    eachLook(nth) {
      request.eachLook?.(nth);
      if (nth === count) stop.abort();
    },
  });
}

describe('one thing that fails', () => {
  it('in the inbox does not keep the others', async () => {
    const world = await exchangeWorld();
    world.drop('two.zip', 'a.zip');
    world.drop('one.zip');
    const disk = failingDisk((call, path) =>
      call === 'readStream' && path.endsWith('a.zip') ? 'EACCES' : undefined,
    );
    const { exit, faults } = await world.once({ disk });
    expect([exit, faults]).toEqual([1, ['BG1C-OUTPUT-WRITE']]);
    expect(world.names('done')).toContain('one.zip');
    expect(world.names('inbox')).toEqual(['a.zip']);
    await world.once();
    expect(world.names('done')).toContain('a.zip');
  });

  it.each([
    ['a receipt that is not readable', 'read', 'foreign.json'],
    ['a receipt that cannot be moved', 'rename', 'foreign.json'],
    ['a passport that is not readable', 'read', 'base.json'],
  ] as const)('%s keeps neither receipts nor exports', async (_, call, name) => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    await world.answer(PACKAGE);
    writeFileSync(world.path('receipts', 'foreign.json'), '{}');
    writeFileSync(world.path('base.json'), '{}');
    world.drop('two.zip');
    const disk = failingDisk((made, path) => (made === call && path.endsWith(name) ? 'EACCES' : undefined));
    expect((await world.once({ disk })).exit).toBe(1);
    expect(world.names('done')).toContain('two.zip');
    expect(world.journal(({ records: { receipts } }) => receipts.newest())).toBe(1);
    await world.once();
    expect(world.names('receipts')).toEqual(['done', 'error']);
  });

  it('is said at its first failure and then ever more rarely', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    const disk = failingDisk((call) => (call === 'readStream' ? 'EIO' : undefined));
    const { log } = await looks(world, 40, { disk });
    const said = log.filter(({ event }) => event === 'waiting') as unknown as {
      looks: number;
      what: string;
    }[];
    expect(said.map((one) => one.looks)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(new Set(said.map(({ what }) => what))).toEqual(new Set(['inbox']));
  });

  it('that went away is forgotten', () => {
    const waits = createWaits();
    for (let nth = 0; nth < 3; nth++) waits.later('a');
    waits.sweep();
    expect(waits.due('a')).toBe(false);
    waits.sweep();
    waits.sweep();
    expect(waits.due('a')).toBe(true);
  });
});

describe('what keeps a closed month from being taken', () => {
  it('makes a single run end with 1 and says why; the inbox goes on', async () => {
    const world = await exchangeWorld((config) => {
      config.watch.source = 'db';
    });
    world.drop('one.zip');
    const away = [fault('BG1C-SOURCE-READ', { file: 'bgbilling', reason: 'нет связи' })];
    const ended = await world.once({ openBilling: async () => ({ faults: away }) });
    expect(ended).toMatchObject({ exit: 1, faults: ['BG1C-SOURCE-READ'] });
    expect(world.names('done')).toContain('one.zip');
  });
});

describe('a receipt whose signature comes later', () => {
  const KEY = 'ключ\n';

  async function signed(): Promise<{ world: ExchangeWorld; name: string; sign(): void }> {
    const world = await exchangeWorld((config) => {
      config.exchange.receiptKeyFile = join(config.folder, 'receipt.key');
    });
    writeFileSync(join(world.root, 'receipt.key'), KEY);
    world.drop('one.zip');
    await world.once();
    const name = await world.answer(PACKAGE);
    const sign = (): void => {
      const bytes = readFileSync(world.path('receipts', name));
      const text = createHmac('sha256', KEY).update(bytes).digest('hex');
      writeFileSync(world.path('receipts', `${name}.sig`), text);
    };
    return { world, name, sign };
  }

  it('waits for it', async () => {
    const { world, name, sign } = await signed();
    const ended = await world.once({ eachLook: (nth) => nth === PATIENCE - 4 && sign() });
    expect(ended.exit).toBe(0);
    expect(world.names('receipts/done')).toEqual([name, `${name}.sig`]);
  });

  it('is refused when it does not come', async () => {
    const { world, name } = await signed();
    expect((await world.once()).exit).toBe(1);
    expect(world.note(`receipts/error/${name}`).faults).toMatchObject([{ code: 'BG1C-RECEIPT-SIGNATURE' }]);
  });
});

describe('a journal that cannot be opened at a start', () => {
  const refused =
    (code: 'BG1C-JOURNAL-WRITE' | 'BG1C-JOURNAL-DAMAGED'): OpenJournal =>
    (path) => ({ fault: fault(code, { file: path, reason: 'проба' }) });

  it('because of the disk ends with 1: a service is started again', async () => {
    const world = await exchangeWorld();
    expect(await world.once({ openJournal: refused('BG1C-JOURNAL-WRITE') })).toMatchObject({ exit: 1 });
  });

  it('nor folders made ends with 1 and says so', async () => {
    const world = await exchangeWorld();
    const disk = failingDisk((call, path) =>
      call === 'ensureFolder' && path.endsWith('done') ? 'EACCES' : undefined,
    );
    expect(await world.once({ disk })).toMatchObject({ exit: 1, faults: ['BG1C-OUTPUT-WRITE'] });
  });

  it('nor copied is still worked with', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    const full: OpenJournal = (path, at) => {
      const { journal } = openJournal(path, at);
      const backup = (): never => {
        throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
      };
      return { journal: Object.create(journal!, { backup: { value: backup } }) };
    };
    const { exit, log } = await looks(world, 30, { openJournal: full });
    expect(exit).toBe(0);
    expect(world.names('done')).toContain('one.zip');
    expect(log.filter(({ event }) => event === 'waiting').map(({ codes }) => codes)).toEqual(
      Array.from({ length: 5 }, () => ['BG1C-JOURNAL-WRITE']),
    );
  });

  it('because it is damaged ends with 2: a person has to look', async () => {
    const world = await exchangeWorld();
    expect(await world.once({ openJournal: refused('BG1C-JOURNAL-DAMAGED') })).toMatchObject({ exit: 2 });
  });

  it.skipIf(process.getuid?.() === 0)('in a folder without rights is no damage', async () => {
    const world = await exchangeWorld();
    const folder = dirname(world.config.journal.path);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o500);
    const { faults } = await world.once();
    chmodSync(folder, 0o700);
    expect(faults).toEqual(['BG1C-JOURNAL-WRITE']);
  });
});
