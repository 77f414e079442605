import { createHash } from 'node:crypto';
import type { SourceFile } from './source.ts';

export type Fingerprint = NonNullable<SourceFile['fingerprint']>;

/** Passes the bytes of a file on and tells their hash when the file was read to its end. */
export async function* fingerprinted(
  chunks: AsyncIterable<Buffer>,
  done: (fingerprint: Fingerprint) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    size += chunk.length;
    yield chunk;
  }
  done({ size, sha256: hash.digest('hex') });
}

/** Reads what is left of a file that has its fault already. */
export async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const _ of chunks);
  } catch {
    // The file has its fault already.
  }
}
