import type { FormatObject } from '../../src/formats/format.ts';
import type { ContractResult } from '../../src/sources/assembly/sourced.ts';
import { createStopwatch } from '../measure.ts';
import { assembled, type OpenMonth, openMonth } from './month.ts';

export type Batch = readonly ContractResult[];

/** Walks a month as {@link walk} does, with the objects of the message; `watch` times their writing. */
export function walkObjects(
  folder: string,
  visit: (open: OpenMonth) => (objects: readonly FormatObject[], batch: Batch) => void,
  watch = createStopwatch(),
): Promise<number> {
  return walk(folder, (open) => {
    const write = open.format.part();
    const visitor = visit(open);
    return (batch) =>
      visitor(
        watch.time(() => batch.flatMap(write)),
        batch,
      );
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
    for (const contract of batch) documents += contract.documents.length;
    visitor(batch);
  }
  open.month.remove();
  await open.source.close();
  return documents;
}

/** Bytes of a text on a line of its own. */
export function lineBytes(text: string): number {
  return Buffer.byteLength(text) + 1;
}
