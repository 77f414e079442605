import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { openForms } from '../../src/formats/printed-forms/forms.ts';
import { makeForms } from '../../src/formats/printed-forms/make.ts';
import type { PrintSource } from '../../src/formats/printed-forms/source.ts';
import { createSourceCollector } from '../../src/model/document-source.ts';
import type { CanonicalRecord } from '../../src/model/types.ts';
import { textLines } from '../../src/support/lines.ts';
import { createStopwatch, type StageResult } from '../measure.ts';
import { readStaged } from './staged.ts';

/** Bills that are printed; the rest of a big month says nothing new. */
const MOST = 600;
/** Printed beforehand: threads start, fonts are read, templates are compiled. */
const WARM_UP = 60;

/** Bills of one page with a QR code, out of the documents that `stage` has left. */
export async function bills(folder: string, threads: number): Promise<StageResult> {
  const { config } = loadConfig(join(folder, 'bg1c.yaml'));
  const { code } = config!.organizations[0]!;
  const { forms } = openForms(config!, code);
  const sources = await billsOf(folder);
  const made = makeForms(sources, forms!, config!, code, { expected: sources.length, threads });
  const watch = createStopwatch();
  let bytes = 0;
  const take = async (most: number): Promise<number> => {
    for (let count = 0; ; count++) {
      const next = count < most ? await made.next() : undefined;
      if (!next || next.done) return count;
      bytes += next.value.bytes!.length;
    }
  };
  await take(WARM_UP);
  bytes = 0;
  const files = await watch.time(() => take(Number.POSITIVE_INFINITY));
  return { ...watch.read(), amounts: { files, bytes } };
}

async function billsOf(folder: string): Promise<PrintSource[]> {
  const collect = createSourceCollector();
  const sources: PrintSource[] = [];
  for await (const line of textLines(createReadStream(readStaged(folder).parts[0]!.documentsFile))) {
    const source = collect(JSON.parse(line) as CanonicalRecord);
    if (source?.document.record === 'bill') sources.push(source);
    if (sources.length === MOST + WARM_UP) break;
  }
  return sources;
}
