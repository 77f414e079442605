import { closeSync, openSync, writeSync } from 'node:fs';
import { FILE_MODE } from './files.ts';

/** Appends to a new file through one buffer; synchronous, so that a writer never runs ahead of the disk. */
export interface Appender {
  /** Text is written as UTF-8. */
  write(data: string | Uint8Array): void;
  /** Bytes so far. */
  size(): number;
  close(): void;
  /** Closes without writing what waits: for a file that is given up. May come after `close`, and again. */
  abandon(): void;
}

const BUFFER = 256 * 1024;

export function openAppender(path: string): Appender {
  const file = openSync(path, 'wx', FILE_MODE);
  // Bytes outside the JS heap: texts that wait here would outlive the young generation and swell the old one.
  const buffer = Buffer.allocUnsafeSlow(BUFFER);
  let used = 0;
  let written = 0;
  const put = (bytes: Uint8Array): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    written += bytes.length;
  };
  const flush = (): void => {
    put(buffer.subarray(0, used));
    used = 0;
  };
  let open = true;
  const abandon = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  return {
    write(data) {
      const most = typeof data === 'string' ? data.length * 3 : data.length;
      if (used + most > BUFFER) flush();
      if (most > BUFFER) put(typeof data === 'string' ? Buffer.from(data, 'utf8') : data);
      else if (typeof data === 'string') used += buffer.write(data, used);
      else {
        buffer.set(data, used);
        used += data.length;
      }
    },
    size() {
      flush();
      return written;
    },
    close() {
      try {
        flush();
      } finally {
        abandon();
      }
    },
    abandon,
  };
}
