import type { FormatObject } from '../../src/formats/format.ts';
import { DOCUMENTS_PER_PART } from '../../src/package/stage.ts';
import type { ContractResult } from '../../src/sources/assembly/sourced.ts';
import { createStopwatch } from '../measure.ts';
import { assembled, type OpenMonth, openMonth } from './month.ts';

export type Batch = readonly ContractResult[];

/**
 * Walks a month as {@link walk} does, with the objects of the message; `watch` times their writing and encoding.
 * @param visit called for each part
 */
export function walkObjects(
  folder: string,
  visit: (open: OpenMonth) => (objects: readonly FormatObject[], batch: Batch, bytes: number) => void,
  watch = createStopwatch(),
): Promise<number> {
  const encode = createEncoder();
  return walkParts(folder, (open) => {
    const write = open.format.part();
    const visitor = visit(open);
    return (batch) => {
      let bytes = 0;
      const objects = watch.time(() => {
        const written = batch.flatMap(write);
        bytes = encode(written.map(({ xml }) => xml));
        return written;
      });
      visitor(objects, batch, bytes);
    };
  });
}

/** @param visit called for each part, as a package has them: within one, a catalogue object is written once */
export function walkParts(
  folder: string,
  visit: (open: OpenMonth) => (batch: Batch) => void,
): Promise<number> {
  return walk(folder, (open) => {
    let visitor = visit(open);
    let documents = 0;
    return (batch) => {
      if (documents > DOCUMENTS_PER_PART) {
        visitor = visit(open);
        documents = 0;
      }
      documents += countDocuments(batch);
      visitor(batch);
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
  visit: (open: OpenMonth) => (batch: Batch) => void | Promise<void>,
  watch = createStopwatch(),
): Promise<number> {
  const visitor = visit(open);
  let documents = 0;
  for (const batch of assembled(open, watch)) {
    documents += countDocuments(batch);
    await visitor(batch);
  }
  open.month.remove();
  await open.source.close();
  return documents;
}

function countDocuments(batch: Batch): number {
  return batch.reduce((sum, { documents }) => sum + documents.length, 0);
}

/**
 * Encodes texts as a writer to a file does, over and over into one block. A text that was put together of pieces is only
 * made one by this, so it belongs to the time of whoever wrote it.
 * @returns bytes, a line break behind each text included
 */
export function createEncoder(): (texts: readonly string[]) => number {
  let block = Buffer.allocUnsafeSlow(64 * 1024);
  return (texts) => {
    let bytes = 0;
    for (const text of texts) {
      if (text.length * 3 > block.length) block = Buffer.allocUnsafeSlow(text.length * 3);
      bytes += block.write(text) + 1;
    }
    return bytes;
  };
}
