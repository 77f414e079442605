import type { Fault } from '../../faults/fault.ts';
import { makeInThreads } from '../../support/batches.ts';
import { coreCount, moduleBeside } from '../../support/pool.ts';
import type { MadeUpd, MakeData } from './make.worker.ts';
import type { UpdSetting, UpdSource } from './source.ts';
import { createUpdWriter, type UpdFile } from './write.ts';

/** What became of one document. */
export interface UpdOutcome {
  source: UpdSource;
  /** Absent where errors forbid it. */
  file?: UpdFile;
  faults: Fault[];
}

export interface MakeOptions {
  /** Documents to come, about: few of them are not worth a thread. */
  expected: number;
  /** At most; one for each core by default. */
  threads?: number;
  /** False: without the check by the XSD (to measure what it costs). */
  checkSchema?: boolean;
  /** Ends the work between two batches, with its reason. */
  signal?: AbortSignal | undefined;
}

/** Documents handed to a thread at once. */
const BATCH = 25;
/** A thread starts in the time that so many files take. */
const WORTH_THREADS = 300;

/** Makes the files of many documents, on all cores, in the order of the documents. */
export async function* makeUpdFiles(
  sources: AsyncIterable<UpdSource>,
  setting: UpdSetting,
  { expected, threads = coreCount(), checkSchema = true, signal }: MakeOptions,
): AsyncGenerator<UpdOutcome> {
  // A function does not travel to a thread; whoever asks an operator for each buyer sends few documents at a time.
  if (threads === 1 || expected < WORTH_THREADS || setting.receiver) {
    yield* makeHere(sources, setting, checkSchema, signal);
    return;
  }
  const data: MakeData = { setting, checkSchema };
  const module = moduleBeside(import.meta.url, './make.worker');
  const options = { module, data, size: threads, batch: BATCH, signal };
  for await (const { item: source, made } of makeInThreads<UpdSource, MadeUpd>(sources, options)) {
    const { file, faults } = made;
    yield { source, faults, ...(file && { file: { ...file, bytes: Buffer.from(file.bytes) } }) };
  }
}

async function* makeHere(
  sources: AsyncIterable<UpdSource>,
  setting: UpdSetting,
  checkSchema: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<UpdOutcome> {
  const writer = createUpdWriter({ checkSchema });
  try {
    for await (const source of sources) {
      signal?.throwIfAborted();
      yield { source, ...writer.write(source, setting) };
    }
  } finally {
    writer.dispose();
  }
}
