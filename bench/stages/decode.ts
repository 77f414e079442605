import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createStopwatch, type StageResult } from '../measure.ts';

/** Floor: the bytes of all tables from the disk, turned into text. */
export async function decode(folder: string): Promise<StageResult> {
  const watch = createStopwatch();
  let bytes = 0;
  const input = join(folder, 'in');
  await watch.time(async () => {
    for (const name of readdirSync(input)) {
      const decoder = new TextDecoder('windows-1251');
      for await (const chunk of createReadStream(join(input, name)) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        decoder.decode(chunk, { stream: true });
      }
    }
  });
  return { ...watch.read(), amounts: { bytes } };
}
