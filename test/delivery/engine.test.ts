import { describe, expect, it } from 'vitest';
import { FAILURES_IN_A_ROW, PAUSES, pauseAfter } from '../../src/delivery/retry.ts';
import { temporaryFolders } from '../support/folders.ts';
import { channelContract } from './contract.ts';
import { MEMORY_TROUBLES, openMemory } from './memory.ts';
import { createDeliveryWorld } from './world.ts';

const folder = temporaryFolders();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

channelContract('that can be asked', { troubles: MEMORY_TROUBLES, open: async () => openMemory() });
channelContract('that cannot be asked', {
  troubles: MEMORY_TROUBLES,
  open: async () => openMemory({ asks: false }),
});

describe('pauses', () => {
  it('grow, spread by a fifth, and end', () => {
    for (const failure of ['before', 'unknown'] as const) {
      const list = PAUSES[failure];
      expect([...list].sort((a, b) => a - b)).toEqual(list);
      expect(pauseAfter(failure, 1, () => 0)).toBe(list[0] * 800);
      expect(pauseAfter(failure, 1, () => 0.999_999)).toBe(list[0] * 1200);
      expect(pauseAfter(failure, list.length + 1, () => 0)).toBeUndefined();
    }
  });

  it('are never shorter than the other side asks for', () => {
    expect(pauseAfter('before', 1, () => 0.5, 90_000)).toBe(90_000);
  });
});

describe('a run', () => {
  it('tries again by itself as long as the pauses are short, and leaves the rest', async () => {
    const side = openMemory();
    const world = createDeliveryWorld(folder());
    const tasks = world.tasks(side.channel, 1);
    side.always('unreachable');
    const summary = await world.run(side.channel, side.config, tasks, { patience: 90_000 });
    expect(summary).toMatchObject({ sent: 0, later: 1 });
    expect(world.row(tasks[0]!)!.attempts).toBe(4);
    side.always(undefined);
    world.pass(DAY);
    expect((await world.run(side.channel, side.config, tasks)).sent).toBe(1);
  });

  it('gives up after the last pause: surely not sent, and a person may begin anew', async () => {
    const side = openMemory();
    const world = createDeliveryWorld(folder());
    const tasks = world.tasks(side.channel, 1);
    side.always('busy');
    let summary = await world.run(side.channel, side.config, tasks);
    for (let run = 0; run < 20 && summary.givenUp === 0; run++) {
      world.pass(DAY);
      summary = await world.run(side.channel, side.config, tasks);
    }
    expect(summary.faults.map(({ code }) => code)).toContain('BG1C-SEND-GIVEN-UP');
    expect(world.row(tasks[0]!)).toMatchObject({ status: 'dead', outcome: null, failureCode: 'memory-busy' });
    side.always(undefined);
    expect((await world.run(side.channel, side.config, tasks)).sent).toBe(0);
    world.journal.records.deliveries.decide(world.row(tasks[0]!)!.id, false);
    expect((await world.run(side.channel, side.config, tasks)).sent).toBe(1);
  });

  it('ends when failure follows failure, and says so', async () => {
    const side = openMemory({ limits: { concurrency: 1 } });
    const world = createDeliveryWorld(folder());
    side.always('unreachable');
    const summary = await world.run(side.channel, side.config, world.tasks(side.channel, 50));
    expect(side.writes()).toBe(FAILURES_IN_A_ROW);
    expect(summary).toMatchObject({ broken: true, later: FAILURES_IN_A_ROW });
    expect(summary.faults.map(({ code }) => code)).toEqual(['BG1C-SEND-FAILING']);
  });

  it('keeps the limit of a minute by waiting', async () => {
    const side = openMemory({ limits: { perMinute: 10, concurrency: 3 } });
    const world = createDeliveryWorld(folder());
    const began = world.clock().getTime();
    const tasks = world.tasks(side.channel, 35);
    expect((await world.run(side.channel, side.config, tasks, { patience: 2 * MINUTE })).sent).toBe(35);
    expect(world.clock().getTime() - began).toBe(3 * MINUTE);
  });

  it('keeps the limit of a day over runs and processes', async () => {
    const side = openMemory({ limits: { perDay: 20, concurrency: 2 } });
    const world = createDeliveryWorld(folder());
    const tasks = world.tasks(side.channel, 30);
    const other = world.another();
    const first = await world.run(side.channel, side.config, tasks.slice(0, 12), { patience: MINUTE });
    const second = await other.run(side.channel, side.config, tasks.slice(12), { patience: MINUTE });
    expect([first.sent, second.sent]).toEqual([12, 8]);
    expect(second.broken).toBe(true);
    expect(second.next!.getTime() - world.clock().getTime()).toBe(DAY);
    world.pass(DAY);
    expect((await other.run(side.channel, side.config, tasks, { patience: MINUTE })).sent).toBe(10);
    other.journal.close();
  });

  it('goes on with what is in doubt even when it is not to be sent any more', async () => {
    const side = openMemory();
    const world = createDeliveryWorld(folder());
    const tasks = world.tasks(side.channel, 1);
    side.always('lost-after');
    await world.run(side.channel, side.config, tasks);
    side.always(undefined);
    world.pass(MINUTE);
    expect(await world.run(side.channel, side.config, [])).toMatchObject({ found: 1, inDoubt: 0 });
    expect(world.row(tasks[0]!)).toMatchObject({ status: 'done', outcome: 'ok' });
  });

  it('leaves a delivery to the process that has it, until its lease runs out', async () => {
    const side = openMemory();
    const world = createDeliveryWorld(folder());
    const [task] = world.tasks(side.channel, 1);
    const until = new Date(world.clock().getTime() + MINUTE).toISOString();
    world.journal.records.deliveries.begin(task!.delivery, 'c', { owner: 'another', until });
    expect(await world.run(side.channel, side.config, [task!])).toMatchObject({ sent: 0, elsewhere: 1 });
    world.pass(2 * MINUTE);
    expect(await world.run(side.channel, side.config, [task!])).toMatchObject({ sent: 1 });
    expect(world.journal.records.deliveries.settle(1, 'another', { is: 'sent' })).toBe(false);
  });
});
