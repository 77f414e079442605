import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/types.ts';
import type { Captured, Channel } from '../../src/delivery/channel.ts';
import type { Task } from '../../src/delivery/desk.ts';
import { LEASE } from '../../src/delivery/retry.ts';
import { temporaryFolders } from '../support/folders.ts';
import { createDeliveryWorld, killable, type World } from './world.ts';

/** What a write of a channel can meet. */
export type Trouble =
  /** Nothing goes out: no connection. */
  | 'unreachable'
  /** The connection breaks before the other side has done it, or after. */
  | 'lost-before'
  | 'lost-after'
  /** Our process dies at that point: the double calls `kill`. */
  | 'killed-before'
  | 'killed-after'
  /** «Not now», with a time to wait. */
  | 'busy'
  /** An error of the other side that says nothing; it was done, or not. */
  | 'broken-before'
  | 'broken-after'
  /** The other side will not have this thing. */
  | 'refused';

/** The other side of a channel: a double that can be looked into. */
export interface Side {
  channel: Channel;
  config: Config;
  /** The nth write from now on (from 1) meets a trouble; `kill` ends our process. */
  meet(nth: number, trouble: Trouble, kill: () => void): void;
  /** Writes so far. */
  writes(): number;
  /** How often the thing is there, finished. */
  copies(key: string): number;
  /** What must be nowhere in the journal. */
  secrets: readonly string[];
  close(): Promise<void>;
}

export interface ChannelUnderTest {
  troubles: readonly Trouble[];
  /** @param folder of its own */
  open(folder: string): Promise<Side>;
}

/** Runs that are tried before a delivery has to be at its end. */
const ROUNDS = 30;
const DAY = 24 * 3_600_000;

/** What every channel promises, whatever happens to its writes. */
export function channelContract(name: string, under: ChannelUnderTest): void {
  const folders = temporaryFolders();

  const opened = async (work: (side: Side, world: World, folder: string) => Promise<void>): Promise<void> => {
    const folder = folders();
    const side = await under.open(join(folder, 'side'));
    try {
      await work(side, createDeliveryWorld(folder), folder);
    } finally {
      await side.close();
    }
  };

  /** Runs until the delivery is at its end; what only a person can decide is decided by what is really there. */
  const finish = async (side: Side, world: World, task: Task): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      const row = world.row(task);
      if (row?.status === 'done') return;
      if (row?.status === 'dead') {
        expect(row.outcome, 'what is given up was surely not sent, or is in doubt').not.toBe('ok');
        world.journal.records.deliveries.decide(row.id, side.copies(task.delivery.key) > 0);
        if (side.copies(task.delivery.key) > 0) return;
      }
      world.pass(row?.status === 'running' ? LEASE + 1 : row ? untilDue(row.notBefore, world) : 0);
      await world.run(side.channel, side.config, [task]);
    }
    expect.fail(`not at its end after ${ROUNDS} runs`);
  };

  const stepsOf = async (): Promise<number> => {
    let steps = 0;
    await opened(async (side, world) => {
      await world.run(side.channel, side.config, world.tasks(side.channel, 1));
      steps = side.writes();
    });
    return steps;
  };

  describe(`channel ${name}`, () => {
    it('sends a thing once, however often it is asked to', () =>
      opened(async (side, world) => {
        const tasks = world.tasks(side.channel, 3);
        expect((await world.run(side.channel, side.config, tasks)).sent).toBe(3);
        const writes = side.writes();
        const again = await world.run(side.channel, side.config, tasks);
        expect(again).toMatchObject({ sent: 0, before: 3, faults: [] });
        expect(side.writes()).toBe(writes);
        for (const task of tasks) {
          expect(side.copies(task.delivery.key)).toBe(1);
          expect(world.row(task)).toMatchObject({ status: 'done', outcome: 'ok', attempts: 1 });
        }
      }));

    it.each(under.troubles.filter((trouble) => trouble !== 'refused'))(
      'a write that meets «%s», whichever it is: there exactly once',
      async (trouble) => {
        for (let nth = 1, steps = await stepsOf(); nth <= steps; nth++)
          await opened(async (side, world) => {
            const [task] = world.tasks(side.channel, 1);
            const { journal, kill } = killable(world.journal);
            side.meet(nth, trouble, kill);
            await world
              .run(side.channel, side.config, [task!], { journal })
              .catch((error: Error) => expect(error.message).toBe('killed'));
            await finish(side, world, task!);
            expect(side.copies(task!.delivery.key), `write ${nth}`).toBe(1);
            expect(world.row(task!)).toMatchObject({ outcome: 'ok' });
          });
      },
    );

    it.runIf(under.troubles.includes('busy'))('waits as long as it is told to', () =>
      opened(async (side, world) => {
        const [task] = world.tasks(side.channel, 1);
        side.meet(1, 'busy', () => undefined);
        await world.run(side.channel, side.config, [task!]);
        const due = Date.parse(world.row(task!)!.notBefore);
        expect(due - world.clock().getTime()).toBeGreaterThanOrEqual(7000);
        await world.run(side.channel, side.config, [task!]);
        expect(world.row(task!)).toMatchObject({ status: 'waiting', attempts: 1 });
      }),
    );

    it.runIf(under.troubles.includes('refused'))(
      'does not repeat what is refused, until a person says so',
      () =>
        opened(async (side, world) => {
          const [task] = world.tasks(side.channel, 1);
          side.meet(1, 'refused', () => undefined);
          const summary = await world.run(side.channel, side.config, [task!]);
          expect(summary).toMatchObject({ rejected: 1, sent: 0 });
          expect(summary.faults.map(({ code }) => code)).toContain('BG1C-SEND-REJECTED');
          expect(world.row(task!)).toMatchObject({ status: 'done', outcome: 'rejected' });
          expect(side.copies(task!.delivery.key)).toBe(0);
          world.pass(DAY);
          expect((await world.run(side.channel, side.config, [task!])).before).toBe(1);
          world.journal.records.deliveries.decide(world.row(task!)!.id, false);
          expect((await world.run(side.channel, side.config, [task!])).sent).toBe(1);
          expect(side.copies(task!.delivery.key)).toBe(1);
        }),
    );

    it('two processes at once: each thing goes out in one of them', () =>
      opened(async (side, world) => {
        const tasks = world.tasks(side.channel, 12);
        const other = world.another();
        const runs = await Promise.all([
          world.run(side.channel, side.config, tasks),
          other.run(side.channel, side.config, tasks),
        ]);
        expect(runs[0].sent + runs[1].sent).toBe(tasks.length);
        for (const { delivery } of tasks) expect(side.copies(delivery.key)).toBe(1);
        other.journal.close();
      }));

    it('a run that is stopped finishes what is under way and begins nothing', () =>
      opened(async (side, world) => {
        const stop = new AbortController();
        stop.abort();
        const tasks = world.tasks(side.channel, 3);
        const summary = await world.run(side.channel, side.config, tasks, { signal: stop.signal });
        expect(summary).toMatchObject({ sent: 0, broken: true });
        expect(side.writes()).toBe(0);
      }));

    it('a dry run hands over what would go out, and nothing goes', () =>
      opened(async (side, world) => {
        const captured: Captured[] = [];
        const tasks = world.tasks(side.channel, 2);
        const summary = await world.run(side.channel, side.config, tasks, { captured });
        expect(summary.sent).toBe(2);
        expect(side.writes()).toBe(0);
        expect(captured.map(({ key }) => key).sort()).toEqual(
          tasks.map(({ delivery }) => delivery.key).sort(),
        );
        for (const { body, to } of captured) {
          expect(body.length).toBeGreaterThan(0);
          for (const secret of side.secrets) expect(`${to} ${String(body)}`).not.toContain(secret);
        }
      }));

    it('no secret gets into the journal or into what is told', () =>
      opened(async (side, world, folder) => {
        const tasks = world.tasks(side.channel, under.troubles.length);
        const told: unknown[] = [];
        for (const [index, trouble] of under.troubles.entries()) {
          const { journal, kill } = killable(world.journal);
          side.meet(1, trouble, kill);
          await world.run(side.channel, side.config, [tasks[index]!], { journal }).then(
            ({ faults }) => told.push(faults),
            (error: Error) => told.push(error.stack),
          );
        }
        world.journal.close();
        const written = ['journal.db', 'journal.db-wal']
          .map((file) => readIfThere(join(folder, file)))
          .join('');
        expect(written.length).toBeGreaterThan(0);
        for (const secret of side.secrets) {
          expect(written.includes(secret)).toBe(false);
          expect(JSON.stringify(told)).not.toContain(secret);
        }
      }));
  });
}

function untilDue(notBefore: string, world: World): number {
  return Math.max(0, Date.parse(notBefore) - world.clock().getTime());
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
