import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../../config/types.ts';
import type { Fault } from '../../faults/fault.ts';
import { makeInThreads } from '../../support/batches.ts';
import { coreCount, moduleBeside } from '../../support/pool.ts';
import type { Forms } from './forms.ts';
import type { MadeForm, MakeData } from './make.worker.ts';
import type { PrintSource } from './source.ts';

/** What became of one document. */
export interface FormOutcome {
  source: PrintSource;
  /** Absent where faults forbid it. */
  bytes?: Buffer;
  faults: Fault[];
}

export interface MakeFormsOptions {
  /** Documents to come: few of them are not worth a thread. */
  expected: number;
  /** At most; one for each core by default. */
  threads?: number;
  /** Ends the work between two batches, with its reason. */
  signal?: AbortSignal | undefined;
}

/** Documents handed to a thread at once. */
const BATCH = 8;
/** A thread reads fonts and templates in the time that so many forms take. */
const WORTH_THREADS = 60;

/**
 * Prints many documents of one organisation, on all cores, in the order of the documents.
 * @param forms those of the organisation, as this thread has opened them
 */
export async function* makeForms(
  sources: readonly PrintSource[],
  forms: Forms,
  config: Config,
  organization: string,
  { expected, threads = coreCount(), signal }: MakeFormsOptions,
): AsyncGenerator<FormOutcome> {
  if (threads === 1 || expected < WORTH_THREADS) {
    for (const [index, source] of sources.entries()) {
      signal?.throwIfAborted();
      yield { source, ...forms.make(source) };
      // What the compiler holds outside of JavaScript is given back between two turns of the event loop only.
      if (index % BATCH === BATCH - 1) await nextTurn();
    }
    return;
  }
  const data: MakeData = { config, organization };
  const module = moduleBeside(import.meta.url, './make.worker');
  const options = { module, data, size: threads, batch: BATCH, signal };
  for await (const { item: source, made } of makeInThreads<PrintSource, MadeForm>(sources, options)) {
    const { bytes, faults } = made;
    yield { source, faults, ...(bytes && { bytes: Buffer.from(bytes) }) };
  }
}
