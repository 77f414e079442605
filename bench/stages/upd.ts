import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createUpdCollector } from '../../src/formats/upd/collect.ts';
import { makeUpdFiles } from '../../src/formats/upd/make.ts';
import type { UpdSetting, UpdSource } from '../../src/formats/upd/source.ts';
import type { CanonicalRecord } from '../../src/model/types.ts';
import { openZip } from '../../src/package/zip.ts';
import { textLines } from '../../src/support/lines.ts';
import { createStopwatch, type StageResult } from '../measure.ts';
import { readStaged, stagedFolder } from './staged.ts';

/** Files are made of so many documents at most; the rest of a big month says nothing new. */
const MOST = 10_000;
/** Made beforehand: threads start, code is compiled. */
const WARM_UP = 400;

const SETTING: UpdSetting = {
  signer: { position: 'Директор', authority: 1, name: { last: 'Иванов', first: 'Иван', middle: 'Иванович' } },
  formed: { date: '2026-11-03', time: '12.00.00' },
};

export interface UpdOptions {
  threads: number;
  checkSchema: boolean;
  /** Straight into an archive. */
  zip?: boolean;
}

/** УПД files of the documents that `stage` has left. */
export async function updFiles(folder: string, { zip, ...options }: UpdOptions): Promise<StageResult> {
  const sources = await sourcesOf(folder);
  const watch = createStopwatch();
  const path = join(stagedFolder(folder), 'upd.zip');
  const archive = zip ? openZip(path) : undefined;
  const made = makeUpdFiles(each(sources), SETTING, { expected: sources.length, ...options });
  let bytes = 0;
  const take = async (most: number): Promise<number> => {
    let count = 0;
    while (count < most) {
      const next = await made.next();
      if (next.done) break;
      const { file } = next.value;
      if (!file) continue;
      count++;
      bytes += file.bytes.length;
      await archive?.add(file.name, file.bytes);
    }
    return count;
  };
  await take(WARM_UP);
  bytes = 0;
  const files = await watch.time(async () => {
    const count = await take(Number.POSITIVE_INFINITY);
    await archive?.finish();
    return count;
  });
  rmSync(path, { force: true });
  return { ...watch.read(), amounts: { files, bytes } };
}

async function* each(sources: readonly UpdSource[]): AsyncGenerator<UpdSource> {
  yield* sources;
}

async function sourcesOf(folder: string): Promise<UpdSource[]> {
  const sources: UpdSource[] = [];
  for (const { documentsFile } of readStaged(folder).parts) {
    const collector = createUpdCollector();
    for await (const line of textLines(createReadStream(documentsFile))) {
      const source = collector.add(JSON.parse(line) as CanonicalRecord);
      if (source) sources.push(source);
      if (sources.length === MOST + WARM_UP) return sources;
    }
  }
  return sources;
}
