import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { FILE_MODE } from './files.ts';

/** Appends text to a new file through one buffer; synchronous, so that a writer never runs ahead of the disk. */
export interface Appender {
  write(text: string): void;
  /** Bytes so far. */
  size(): number;
  close(): void;
}

const BUFFER = 256 * 1024;

export function openAppender(path: string): Appender {
  const file = openSync(path, 'wx', FILE_MODE);
  let waiting: string[] = [];
  let characters = 0;
  let written = 0;
  const flush = (): void => {
    const bytes = Buffer.from(waiting.join(''), 'utf8');
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    written += bytes.length;
    waiting = [];
    characters = 0;
  };
  return {
    write(text) {
      waiting.push(text);
      characters += text.length;
      if (characters >= BUFFER) flush();
    },
    size() {
      flush();
      return written;
    },
    close() {
      flush();
      fsyncSync(file);
      closeSync(file);
    },
  };
}
