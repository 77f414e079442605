import { describe, expect, it } from 'vitest';
import { textLines } from '../../src/support/lines.ts';
import { inParallel } from '../../src/support/parallel.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('work side by side', () => {
  it('gives results in the order of the items, no more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([30, 1, 10, 1, 5], 2, async (ms, index) => {
      most = Math.max(most, ++running);
      await pause(ms);
      running--;
      return `${index}:${ms}`;
    });
    expect(results).toEqual(['0:30', '1:1', '2:10', '3:1', '4:5']);
    expect(most).toBe(2);
  });

  it('begins nothing after a failure, and ends when all that was begun has ended', async () => {
    const begun: number[] = [];
    let ended = 0;
    const work = inParallel([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await pause(item === 1 ? 1 : 20);
      ended++;
      if (item === 1) throw new Error('второй');
    });
    await expect(work).rejects.toThrow('второй');
    expect(begun).toEqual([0, 1]);
    expect(ended).toBe(2);
  });

  it('of nothing is nothing', async () => {
    expect(await inParallel([], 4, async () => 1)).toEqual([]);
  });
});

describe('lines of chunks', () => {
  const lines = async (...chunks: Uint8Array[]): Promise<string[]> => {
    async function* each(): AsyncGenerator<Uint8Array> {
      yield* chunks;
    }
    const all: string[] = [];
    for await (const line of textLines(each())) all.push(line);
    return all;
  };

  it('are whole wherever the chunks are cut, in a letter too', async () => {
    const bytes = Buffer.from('первая\nвторая\n\nчетвёртая');
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(await lines(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([
        'первая',
        'вторая',
        '',
        'четвёртая',
      ]);
  });

  it('end with the last line break', async () => {
    expect(await lines(Buffer.from('a\nb\n'))).toEqual(['a', 'b']);
    expect(await lines()).toEqual([]);
  });
});
