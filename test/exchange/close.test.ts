import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fault } from '../../src/faults/fault.ts';
import { closeMonth, lastClosed, type OpenBilling, stillOpen } from '../../src/pipeline/exchange/close.ts';
import { type ExchangeWorld, exchangeWorld, NOW } from './world.ts';

const clock = (): Date => new Date(NOW);

/** A billing that gives the same export for every month. */
function billing(
  world: ExchangeWorld,
  closed: () => string | undefined,
): { open: OpenBilling; written: string[] } {
  const written: string[] = [];
  const open: OpenBilling = async () => ({
    faults: [],
    billing: {
      closedDate: async () => closed(),
      async writeMonth(period, folder) {
        written.push(period);
        cpSync(join(world.root, 'drop1', 'one'), folder, { recursive: true });
        return [];
      },
      close: async () => {},
    },
  });
  return { open, written };
}

describe('the latest closed month', () => {
  it.each([
    [undefined, undefined],
    ['2026-10-31', '2026-10'],
    ['2026-10-30', '2026-09'],
    ['2026-01-15', '2025-12'],
    ['2024-02-29', '2024-02'],
    ['2023-02-28', '2023-02'],
  ])('by the date %s is %s', (closed, month) => {
    expect(lastClosed(closed)).toBe(month);
  });

  it('is the last that may be taken', () => {
    expect(stillOpen('2026-10', '2026-10-31')).toBeUndefined();
    expect(stillOpen('2026-08', '2026-10-31')).toBeUndefined();
    expect(stillOpen('2026-11', '2026-10-31')).toMatchObject({ code: 'BG1C-CLOSE-OPEN' });
    expect(stillOpen('2026-10', undefined)).toMatchObject({ code: 'BG1C-CLOSE-OPEN' });
  });
});

describe('a watcher that takes closed months from the database', () => {
  const fromDatabase = () =>
    exchangeWorld((config) => {
      config.watch.source = 'db';
    });

  it('takes the latest at first, then each one after it, each once', async () => {
    const world = await fromDatabase();
    let closed: string | undefined;
    const { open, written } = billing(world, () => closed);
    const run = (): Promise<unknown> => world.once({ openBilling: open });
    await run();
    expect(written).toEqual([]);
    closed = '2026-10-31';
    await run();
    await run();
    expect(written).toEqual(['2026-10']);
    expect(world.names('outbox')).toContain('one-2026-10-1-1of1.zip');
    closed = '2026-12-31';
    await run();
    expect(written).toEqual(['2026-10', '2026-11', '2026-12']);
    closed = '2026-11-30';
    await run();
    expect(written).toHaveLength(3);
  });

  it('takes a month again that was broken off, and makes no second package of it', async () => {
    const world = await fromDatabase();
    const { open, written } = billing(world, () => '2026-10-31');
    await world.once({ openBilling: open });
    world.journal((journal) => journal.atomically(() => journal.move('closing', ['2026-10'], 'exporting')));
    await world.once({ openBilling: open });
    expect(written).toEqual(['2026-10', '2026-10']);
    expect(world.journal((journal) => journal.packages())).toHaveLength(1);
    expect(world.names('done').filter((name) => !/\.(txt|json)$/.test(name))).toEqual([
      'bgbilling-2026-10',
      'bgbilling-2026-10.2',
    ]);
  });

  it('leaves nothing half-written in the inbox where the billing fails, and asks again', async () => {
    const world = await fromDatabase();
    const { open, written } = billing(world, () => '2026-10-31');
    const failing: OpenBilling = async (config) => {
      const opened = await open(config);
      const found = fault('BG1C-SOURCE-READ', { file: 'bgbilling', reason: 'связь прервана' });
      return { ...opened, billing: { ...opened.billing!, writeMonth: async () => [found] } };
    };
    await world.once({ openBilling: failing });
    expect(world.names('inbox')).toEqual([]);
    await world.once({
      openBilling: async () => ({ faults: [fault('BG1C-SOURCE-READ', { file: 'b', reason: 'нет связи' })] }),
    });
    await world.once({ openBilling: open });
    expect(written).toEqual(['2026-10']);
  });
});

describe('bg1c close', () => {
  it('builds the latest closed month, or the one that was asked for', async () => {
    const world = await exchangeWorld();
    const { open, written } = billing(world, () => '2026-10-31');
    const made = await closeMonth({ config: world.config, clock, openBilling: open });
    expect(made).toMatchObject({ period: '2026-10', result: { exit: 0 } });
    await closeMonth({ config: world.config, period: '2026-10', clock, openBilling: open });
    expect(written).toEqual(['2026-10', '2026-10']);
    expect(world.journal((journal) => journal.packages())).toHaveLength(1);
    world.config.watch.source = 'db';
    await world.once({ openBilling: open });
    expect(written).toHaveLength(2);
  });

  it('refuses a month that is open', async () => {
    const world = await exchangeWorld();
    const { open, written } = billing(world, () => '2026-10-31');
    const { faults } = await closeMonth({
      config: world.config,
      period: '2026-11',
      clock,
      openBilling: open,
    });
    expect(faults).toMatchObject([{ code: 'BG1C-CLOSE-OPEN' }]);
    expect(written).toEqual([]);
  });
});
