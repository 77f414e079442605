import { describe, expect, it } from 'vitest';
import { type MakeOptions, makeUpdFiles, type UpdOutcome } from '../../../src/formats/upd/make.ts';
import type { UpdSource } from '../../../src/formats/upd/source.ts';
import { act, line, SETTING, source } from './fixtures.ts';

/** Documents that differ; every seventh has no number, so no file. */
function month(count: number): UpdSource[] {
  return Array.from({ length: count }, (_, index) => {
    const uuid = `00000000-0000-5000-8000-${String(index).padStart(12, '0')}`;
    return source({ ...act([line(122_00)]), uuid, number: index % 7 === 3 ? '' : `А${index}` });
  });
}

async function* each(sources: readonly UpdSource[], taken: (count: number) => void = () => {}) {
  let count = 0;
  for (const one of sources) {
    taken(++count);
    yield one;
  }
}

async function made(sources: readonly UpdSource[], options: MakeOptions): Promise<UpdOutcome[]> {
  const all: UpdOutcome[] = [];
  for await (const one of makeUpdFiles(each(sources), SETTING, options)) all.push(one);
  return all;
}

describe('files of many documents', () => {
  it('are the same in the same order from threads as without them', async () => {
    const sources = month(180);
    const here = await made(sources, { expected: 0 });
    const beside = await made(sources, { expected: 1000, threads: 2 });
    expect(here.filter(({ file }) => file)).toHaveLength(154);
    expect(beside.map(({ source: { document } }) => document.uuid)).toEqual(
      sources.map(({ document }) => document.uuid),
    );
    expect(beside).toEqual(here);
  });

  it('wait for whoever takes them', async () => {
    let taken = 0;
    const sources = each(month(900), (count) => {
      taken = count;
    });
    const files = makeUpdFiles(sources, SETTING, { expected: 900, threads: 2 });
    await files.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(taken).toBeLessThanOrEqual(150);
    await files.return(undefined);
  });

  it.each([1, 2])('end with the reason of the signal, %i threads', async (threads) => {
    const stop = new AbortController();
    const { signal } = stop;
    const files = makeUpdFiles(each(month(600)), SETTING, { expected: 600, threads, signal });
    await files.next();
    stop.abort(new Error('прервано'));
    const rest = async (): Promise<void> => {
      for await (const _ of files);
    };
    await expect(rest()).rejects.toThrow('прервано');
  });
});
