import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { fileChunks } from '../support/file-chunks.ts';
import { FILE_MODE } from '../support/files.ts';
import type { FileFingerprint } from './manifest.ts';

/** An entry made of texts and files one after the other. */
export interface ZipEntry {
  name: string;
  parts: readonly ({ text: string } | { file: string } | { stream: () => AsyncIterable<Buffer> })[];
}

/** Times inside a package never change, so that the same content gives the same bytes. */
const ENTRY_DATE = new Date('2000-01-01T00:00:00Z');

/**
 * Writes a zip with entries in the given order; deterministic for one version of zlib.
 * @param level of compression: 1 fast, 9 small
 * @returns SHA-256 of the file
 */
export async function writeZip(path: string, entries: readonly ZipEntry[], level = 6): Promise<string> {
  const archive = new ZipArchive({ zlib: { level } });
  const hash = createHash('sha256');
  const throughHash = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const done = pipeline(archive, throughHash, createWriteStream(path, { mode: FILE_MODE, flags: 'wx' }));
  for (const entry of entries)
    archive.append(contentOf(entry), { name: entry.name, date: ENTRY_DATE, mode: FILE_MODE });
  await Promise.all([archive.finalize(), done]);
  return hash.digest('hex');
}

/** A zip that gets its entries one by one, as they are made. */
export interface OpenZip {
  /** To be awaited: no more than a few entries wait to be compressed. */
  add(name: string, data: string | Buffer): Promise<void>;
  /** The zip is complete and durable. */
  finish(): Promise<void>;
  /** Gives it up; the file is removed. */
  abandon(): Promise<void>;
}

/** Entries that wait to be compressed. */
const WAITING_ENTRIES = 64;

/** @param path must not exist */
export function openZip(path: string, level = 6): OpenZip {
  const archive = new ZipArchive({ zlib: { level } });
  let waiting = 0;
  let goOn = (): void => {};
  archive.on('entry', () => {
    waiting--;
    goOn();
  });
  const file = createWriteStream(path, { mode: FILE_MODE, flags: 'wx', flush: true });
  const done = pipeline(archive, file);
  done.catch(() => goOn()); // it is asked for below
  return {
    async add(name, data) {
      archive.append(data, { name, date: ENTRY_DATE, mode: FILE_MODE });
      waiting++;
      if (waiting >= WAITING_ENTRIES)
        await Promise.race([done, new Promise<void>((resolve) => (goOn = resolve))]);
    },
    async finish() {
      await Promise.all([archive.finalize(), done]);
    },
    async abandon() {
      archive.abort();
      file.destroy();
      await done.catch(() => {});
      rmSync(path, { force: true });
    },
  };
}

/** Size and SHA-256 of an entry's content. */
export async function fingerprint(entry: ZipEntry): Promise<FileFingerprint> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of chunksOf(entry.parts, hashed)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { name: entry.name, size, sha256: hash.digest('hex') };
}

/** Big pieces: the message of a month is a thousand times as long. */
const PIECE_BYTES = 256 * 1024;

function hashed(path: string): AsyncIterable<Buffer> {
  return fileChunks(path, { size: PIECE_BYTES });
}

/** Whoever compresses holds more than one piece at a time. */
function streamed(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: PIECE_BYTES });
}

function contentOf({ parts }: ZipEntry): Readable {
  return Readable.from(chunksOf(parts, streamed), { objectMode: false });
}

async function* chunksOf(
  parts: ZipEntry['parts'],
  read: (path: string) => AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if ('text' in part) {
      if (part.text !== '') yield Buffer.from(part.text, 'utf8');
    } else if ('stream' in part) yield* part.stream();
    else yield* read(part.file);
  }
}
