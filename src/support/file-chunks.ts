import { open } from 'node:fs/promises';

/** Text of so many bytes is a string that the young part of the JS heap takes. */
const TEXT_BYTES = 32 * 1024;

/**
 * The bytes of a file, piece by piece, through one buffer: a piece holds only until the next is asked for, so whoever
 * takes it must be done with it by then. A stream allots a buffer for each piece; over a month that memory makes the
 * whole heap be looked through again and again.
 * @param options `start`: bytes left out at the beginning; `size`: of a piece, by default one that suits text
 * @throws system errors
 */
export async function* fileChunks(
  path: string,
  { start = 0, size = TEXT_BYTES }: { start?: number; size?: number } = {},
): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(size);
    for (let position = start; ; ) {
      const { bytesRead } = await file.read(buffer, 0, size, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
