import { open } from 'node:fs/promises';

const CHUNK_BYTES = 64 * 1024;

/**
 * The bytes of a file, piece by piece, through one buffer: a piece holds only until the next is asked for, so whoever
 * takes it must be done with it by then. A stream allots a buffer for each piece; over a month that memory makes the
 * whole heap be looked through again and again.
 * @param start bytes left out at the beginning
 * @throws system errors
 */
export async function* fileChunks(path: string, start = 0): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let position = start; ; ) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
