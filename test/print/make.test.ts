import { describe, expect, it } from 'vitest';
import { type FormOutcome, makeForms } from '../../src/formats/printed-forms/make.ts';
import type { PrintSource } from '../../src/formats/printed-forms/source.ts';
import { CODE, sampleConfig, sampleForms, sampleSources } from './sources.ts';

/** The documents of the sample over and over; every fifth has no number, so no form. */
const sources: PrintSource[] = Array.from({ length: 3 }, () => sampleSources())
  .flat()
  .slice(0, 40)
  .map((source, index) =>
    index % 5 === 2 ? { ...source, document: { ...source.document, number: '' } } : source,
  );

async function made(threads: number): Promise<FormOutcome[]> {
  const forms = sampleForms();
  const all: FormOutcome[] = [];
  for await (const one of makeForms(sources, forms, sampleConfig(), CODE, { expected: 100, threads }))
    all.push(one);
  return all;
}

describe('forms of many documents', () => {
  it('are the same in the same order from threads as without them', async () => {
    const here = await made(1);
    expect(here.map(({ source }) => source)).toEqual(sources);
    expect(here.filter(({ bytes }) => bytes)).toHaveLength(32);
    expect(await made(2)).toEqual(here);
  });

  it('end with the reason of the signal', async () => {
    const stop = new AbortController();
    const options = { expected: 100, threads: 2, signal: stop.signal };
    const forms = makeForms(sources, sampleForms(), sampleConfig(), CODE, options);
    await forms.next();
    stop.abort(new Error('прервано'));
    const rest = async (): Promise<void> => {
      for await (const _ of forms);
    };
    await expect(rest()).rejects.toThrow('прервано');
  });
});
