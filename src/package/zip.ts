import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
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
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const done = pipeline(archive, hashed, createWriteStream(path, { mode: FILE_MODE, flags: 'wx' }));
  for (const entry of entries)
    archive.append(contentOf(entry), { name: entry.name, date: ENTRY_DATE, mode: FILE_MODE });
  await Promise.all([archive.finalize(), done]);
  return hash.digest('hex');
}

/** Size and SHA-256 of an entry's content. */
export async function fingerprint(entry: ZipEntry): Promise<FileFingerprint> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of contentOf(entry) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { name: entry.name, size, sha256: hash.digest('hex') };
}

function contentOf({ parts }: ZipEntry): Readable {
  return Readable.from(chunksOf(parts), { objectMode: false });
}

async function* chunksOf(parts: ZipEntry['parts']): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if ('text' in part) {
      if (part.text !== '') yield Buffer.from(part.text, 'utf8');
    } else if ('stream' in part) yield* part.stream();
    else yield* createReadStream(part.file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  }
}
