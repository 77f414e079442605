import type { FormatObject } from '../../src/formats/format.ts';
import { DOCUMENTS_PER_PART } from '../../src/package/stage.ts';
import type { ContractResult } from '../../src/sources/assembly/sourced.ts';
import { createStopwatch } from '../measure.ts';
import { assembled, type OpenMonth, openMonth } from './month.ts';

export type Batch = readonly ContractResult[];

/**
 * Walks a month as {@link walk} does, with the objects of the message; `watch` times their writing.
 * @param visit called for each part, as a package has them: within one, a catalogue object is written once
 */
export function walkObjects(
  folder: string,
  visit: (open: OpenMonth) => (objects: readonly FormatObject[], batch: Batch) => void,
  watch = createStopwatch(),
): Promise<number> {
  return walk(folder, (open) => {
    let write = open.format.part();
    let visitor = visit(open);
    let documents = 0;
    return (batch) => {
      if (documents > DOCUMENTS_PER_PART) {
        write = open.format.part();
        visitor = visit(open);
        documents = 0;
      }
      documents += countDocuments(batch);
      visitor(
        watch.time(() => batch.flatMap(write)),
        batch,
      );
    };
  });
}

/**
 * Reads a month and assembles it in batches; `watch` times the assembly.
 * @returns the number of documents
 */
export async function walk(
  folder: string,
  visit: (open: OpenMonth) => (batch: Batch) => void,
  watch = createStopwatch(),
): Promise<number> {
  return walkOpen(await openMonth(folder), visit, watch);
}

export async function walkOpen(
  open: OpenMonth,
  visit: (open: OpenMonth) => (batch: Batch) => void,
  watch = createStopwatch(),
): Promise<number> {
  const visitor = visit(open);
  let documents = 0;
  for (const batch of assembled(open, watch)) {
    documents += countDocuments(batch);
    visitor(batch);
  }
  open.month.remove();
  await open.source.close();
  return documents;
}

function countDocuments(batch: Batch): number {
  return batch.reduce((sum, { documents }) => sum + documents.length, 0);
}

/** Bytes of a text on a line of its own. */
export function lineBytes(text: string): number {
  return Buffer.byteLength(text) + 1;
}
