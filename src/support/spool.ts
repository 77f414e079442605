import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder, FILE_MODE } from './files.ts';

/**
 * Sorting by key what may not fit in memory.
 *
 * Items are encoded as they come and lie as bytes in one block outside the JS heap. When the block is full it is
 * written, sorted, as a run behind the runs before it in one temporary file; in the end the runs are merged. What fits
 * in the block never sees the disk. A record: key (8 bytes), length (4 bytes), text (UTF-8).
 */
export interface Spool<T> {
  /** Keys are finite numbers. A full block is written here; an error of the disk comes as it is. */
  add(key: number, item: T): void;
  /**
   * The items by ascending key, those of one key in the order they were added. To be called once; when it ends, is left
   * or throws, nothing of the spool remains.
   */
  groups(): Generator<{ key: number; items: T[] }>;
  /** Gives back memory and disk; may be called at any time and again. */
  remove(): void;
}

export interface SpoolOptions<T> {
  /** Where the temporary file goes; asked for only when memory does not do. */
  folder(): string;
  /** Size of the block. Some 20 bytes an item come on top. */
  memoryBytes: number;
  /** Text without lone surrogates (JSON escapes them): it is kept as UTF-8. */
  encode(item: T): string;
  decode(text: string): T;
}

/** A sorted sequence of records, read from its first to its last. */
interface Run {
  /** Undefined when it is over. */
  key: number | undefined;
  text(): string;
  next(): void;
}

const HEADER_BYTES = 12;
const WRITE_BYTES = 256 * 1024;
const LARGEST_READ = 64 * 1024;
const SMALLEST_READ = 4 * 1024;

export function createSpool<T>({ folder, memoryBytes, encode, decode }: SpoolOptions<T>): Spool<T> {
  let block = Buffer.alloc(0);
  let used = 0;
  let keys: number[] = [];
  let offsets: number[] = [];
  let file: RunFile | undefined;

  const forget = (): void => {
    used = 0;
    keys = [];
    offsets = [];
  };

  /** Offsets by key; of equal keys the earlier comes first, for later records lie further on. */
  const sorted = (): Uint32Array => {
    const order = Uint32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
    return order.map((index) => offsets[index]!);
  };

  const spill = (): void => {
    file ??= createRunFile(folder());
    file.write(block, sorted());
    forget();
  };

  const remove = (): void => {
    forget();
    block = Buffer.alloc(0);
    file?.remove();
    file = undefined;
  };

  return {
    add(key, item) {
      const text = encode(item);
      const most = HEADER_BYTES + text.length * 3;
      if (used + most > block.length && used > 0) spill();
      // Untouched pages of a fresh block cost nothing, so it has its full size from the start.
      if (most > block.length) block = Buffer.allocUnsafeSlow(Math.max(memoryBytes, most));
      const length = block.write(text, used + HEADER_BYTES);
      block.writeDoubleLE(key, used);
      block.writeUInt32LE(length, used + 8);
      keys.push(key);
      offsets.push(used);
      used += HEADER_BYTES + length;
    },
    *groups() {
      try {
        if (file && used > 0) spill();
        // Merging needs no block: its memory goes to whoever takes the groups.
        if (file) block = Buffer.alloc(0);
        const runs = file ? file.runs(memoryBytes) : [blockRun(block, sorted())];
        for (;;) {
          let key: number | undefined;
          for (const run of runs)
            if (run.key !== undefined && (key === undefined || run.key < key)) key = run.key;
          if (key === undefined) return;
          const items: T[] = [];
          for (const run of runs) for (; run.key === key; run.next()) items.push(decode(run.text()));
          yield { key, items };
        }
      } finally {
        remove();
      }
    },
    remove,
  };
}

function blockRun(block: Buffer, offsets: Uint32Array): Run {
  let index = 0;
  const keyAt = (): number | undefined =>
    index < offsets.length ? block.readDoubleLE(offsets[index]!) : undefined;
  const run: Run = {
    key: keyAt(),
    text: () => textAt(block, offsets[index]!),
    next() {
      index++;
      run.key = keyAt();
    },
  };
  return run;
}

interface RunFile {
  write(block: Buffer, offsets: Uint32Array): void;
  runs(memoryBytes: number): Run[];
  remove(): void;
}

/** One file for all runs: however many there are, one handle is enough. */
function createRunFile(folder: string): RunFile {
  ensureFolder(folder);
  const path = join(folder, `spool.${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(path, 'wx+', FILE_MODE);
  const starts: number[] = [];
  let size = 0;

  const append = (bytes: Buffer): void => {
    for (let done = 0; done < bytes.length; )
      done += writeSync(file, bytes, done, bytes.length - done, size + done);
    size += bytes.length;
  };

  return {
    write(block, offsets) {
      starts.push(size);
      const out = Buffer.allocUnsafe(WRITE_BYTES);
      let filled = 0;
      for (const offset of offsets) {
        const record = recordAt(block, offset);
        if (filled + record.length > out.length) {
          append(out.subarray(0, filled));
          filled = 0;
        }
        if (record.length > out.length) append(record);
        else filled += record.copy(out, filled);
      }
      append(out.subarray(0, filled));
    },
    runs(memoryBytes) {
      const share = Math.floor(memoryBytes / starts.length);
      const readBytes = Math.min(LARGEST_READ, Math.max(SMALLEST_READ, share));
      return starts.map((start, index) => fileRun(file, start, starts[index + 1] ?? size, readBytes));
    },
    remove() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

function fileRun(file: number, start: number, end: number, readBytes: number): Run {
  let buffer = Buffer.allocUnsafe(readBytes);
  let position = start;
  let offset = 0;
  let filled = 0;

  /** Sees to it that so many bytes lie in the buffer from `offset` on. */
  const need = (bytes: number): void => {
    if (filled - offset >= bytes) return;
    const rest = buffer.subarray(offset, filled);
    const next = bytes > buffer.length ? Buffer.allocUnsafe(bytes) : buffer;
    filled = rest.copy(next);
    offset = 0;
    buffer = next;
    while (filled < bytes) {
      const read = readSync(file, buffer, filled, Math.min(buffer.length - filled, end - position), position);
      if (read === 0) throw new Error('temporary file was cut short');
      filled += read;
      position += read;
    }
  };
  const load = (): number | undefined => {
    if (offset === filled && position === end) return undefined;
    need(HEADER_BYTES);
    need(HEADER_BYTES + buffer.readUInt32LE(offset + 8));
    return buffer.readDoubleLE(offset);
  };
  const run: Run = {
    key: load(),
    text: () => textAt(buffer, offset),
    next() {
      offset += recordAt(buffer, offset).length;
      run.key = load();
    },
  };
  return run;
}

function recordAt(bytes: Buffer, offset: number): Buffer {
  return bytes.subarray(offset, offset + HEADER_BYTES + bytes.readUInt32LE(offset + 8));
}

function textAt(bytes: Buffer, offset: number): string {
  const start = offset + HEADER_BYTES;
  return bytes.toString('utf8', start, start + bytes.readUInt32LE(offset + 8));
}
