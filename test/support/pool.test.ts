import { afterEach, describe, expect, it } from 'vitest';
import { moduleBeside, openPool, type Pool } from '../../src/support/pool.ts';
import type { TestTask } from './pool.worker.ts';

interface Waited {
  value: number;
  thread: number;
  prepared: number;
}

const open: Pool<TestTask, unknown>[] = [];
const pool = <Result>(size: number): Pool<TestTask, Result> => {
  const opened = openPool<TestTask, Result>({
    module: moduleBeside(import.meta.url, './pool.worker'),
    data: { base: 100 },
    size,
  });
  open.push(opened);
  return opened;
};

afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

const wait = (value: number, ms: number): TestTask => ({ do: 'wait', ms, value });

describe('a pool of threads', () => {
  it('gives results in the order of the tasks, whichever is done first', async () => {
    const results: Waited[] = [];
    const tasks = [40, 1, 20, 1, 1, 10].map((ms, index) => wait(index, ms));
    for await (const result of pool<Waited>(2).map(tasks)) results.push(result);
    expect(results.map(({ value }) => value)).toEqual([100, 101, 102, 103, 104, 105]);
    expect(new Set(results.map(({ thread }) => thread)).size).toBe(2);
  });

  it('prepares a thread once, and starts no more threads than there is work for', async () => {
    const one = pool<Waited>(4);
    const results = [await one.run(wait(1, 0)), await one.run(wait(2, 0)), await one.run(wait(3, 0))];
    expect(new Set(results.map(({ thread }) => thread)).size).toBe(1);
    expect(results.at(-1)!.prepared).toBe(1);
  });

  it('takes no more tasks than its threads can begin soon', async () => {
    let taken = 0;
    function* tasks(): Generator<TestTask> {
      for (; taken < 100; taken++) yield wait(taken, 0);
    }
    const results = pool<Waited>(2).map(tasks());
    await results.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(taken).toBeLessThanOrEqual(4);
    await results.return(undefined);
    expect(taken).toBeLessThanOrEqual(4);
  });

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const all = async (): Promise<void> => {
      const tasks = Array.from({ length: 50 }, (_, index) => wait(index, 1));
      for await (const { value } of pool<Waited>(2).map(tasks, stop.signal)) {
        seen.push(value);
        if (seen.length === 3) stop.abort(new Error('довольно'));
      }
    };
    await expect(all()).rejects.toThrow('довольно');
    expect(seen).toEqual([100, 101, 102]);
  });

  it('brings an error of a task with the fields of a system error, and goes on', async () => {
    const one = pool<Waited>(1);
    const failed = one.run({ do: 'fail' });
    const after = one.run(wait(7, 0));
    await expect(failed).rejects.toMatchObject({ code: 'ENOSPC', syscall: 'write', path: '/x' });
    await expect(after).resolves.toMatchObject({ value: 107 });
  });

  it('fails, and does not fall silent, when a thread stops by itself', async () => {
    const one = pool<Waited>(1);
    const lost = [one.run({ do: 'exit' }), one.run(wait(1, 0)), one.run(wait(2, 0))];
    for (const result of lost) await expect(result).rejects.toThrow(/ended with code 3/);
    await expect(one.run(wait(3, 0))).rejects.toThrow(/ended with code 3/);
  });

  it('moves buffers there and back without copying', async () => {
    const buffer = Uint8Array.from([1, 2, 3]).buffer;
    const moved = pool<{ buffer: ArrayBuffer }>(1).run({ do: 'add', buffer }, [buffer]);
    expect(buffer.byteLength).toBe(0);
    expect([...new Uint8Array((await moved).buffer)]).toEqual([2, 3, 4]);
  });

  it('gives up what is not done when it is closed', async () => {
    const one = pool<Waited>(1);
    const slow = one.run(wait(1, 5000));
    const closed = one.close();
    await expect(slow).rejects.toThrow(/closed/);
    await closed;
  });
});
