import { openPool, type PoolOptions } from './pool.ts';

export interface BatchOptions extends PoolOptions {
  /** Items handed to a thread at once. */
  batch: number;
  /** Ends the work between two batches, with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Has threads make something of each item and gives item and result in the order of the items. The module's tasks are
 * batches: it takes an array of items and gives an array of results. A few batches are under way at most: whoever takes
 * the results slowly makes the threads wait.
 */
export async function* makeInThreads<Item, Made>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { batch: size, signal, ...pooled }: BatchOptions,
): AsyncGenerator<{ item: Item; made: Made }> {
  const pool = openPool<Item[], Made[]>(pooled);
  const begun: Item[][] = [];
  async function* batches(): AsyncGenerator<Item[]> {
    let batch: Item[] = [];
    for await (const item of items) {
      batch.push(item);
      if (batch.length < size) continue;
      begun.push(batch);
      yield batch;
      batch = [];
    }
    if (batch.length === 0) return;
    begun.push(batch);
    yield batch;
  }
  try {
    for await (const results of pool.map(batches(), signal)) {
      const batch = begun.shift()!;
      for (const [index, made] of results.entries()) yield { item: batch[index]!, made };
    }
  } finally {
    await pool.close();
  }
}
