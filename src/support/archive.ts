import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, validateFileName, type ZipFile } from 'yauzl';

/**
 * Reading zips that others made: nothing in them is believed before it is checked, and nothing is unpacked to disk.
 * (yauzl reads the structure; the checksum, the caps and the refusals are here.)
 */

export interface ArchiveLimits {
  /** Entries of the archive, folders too. */
  readonly entries: number;
  /** Bytes of one entry, unpacked. */
  readonly entryBytes: number;
  /** Bytes unpacked for each byte packed; the first mebibyte of an entry is free. */
  readonly ratio: number;
}

export interface ArchiveEntry {
  /** Path inside the archive, with `/`. */
  readonly name: string;
  /** Unpacked size as the archive states it; reading proves it. */
  readonly size: number;
}

export interface Archive {
  /** Files in the order of the archive; folders are not listed. */
  readonly entries: readonly ArchiveEntry[];
  /** Unpacked bytes; the stream ends with an {@link ArchiveError} where they are not what the archive promised. */
  read(name: string): Readable;
  /** A small entry as UTF-8 text. */
  readText(name: string): Promise<string>;
  close(): void;
}

/** The archive is not accepted; the message is the reason, in Russian. System errors (no file, no right) stay as they are. */
export class ArchiveError extends Error {}

const FREE_BYTES = 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

/**
 * Opens an archive and checks its table of contents.
 * @throws {ArchiveError} no zip, truncated, too many entries, an encrypted entry or one packed in an unusual way,
 *   a name that leads out of the archive, a name twice
 */
export async function openArchive(path: string, limits: ArchiveLimits): Promise<Archive> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((error: unknown) => {
    throw asArchiveError(error, 'это не zip-архив, или он обрезан');
  });
  let entries: Map<string, Entry>;
  try {
    entries = await readContents(zip, limits);
  } catch (error) {
    zip.close();
    throw asArchiveError(error, 'оглавление архива повреждено');
  }
  const read = (name: string): Readable => {
    const entry = entries.get(name);
    if (!entry) throw new ArchiveError(`в архиве нет «${name}»`);
    return Readable.from(unpack(zip, entry, name, limits), { objectMode: false });
  };
  return {
    entries: [...entries].map(([name, { uncompressedSize }]) => ({ name, size: uncompressedSize })),
    read,
    async readText(name) {
      const bytes = Buffer.concat(await read(name).toArray());
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      } catch {
        throw new ArchiveError(`«${name}» — не текст UTF-8`);
      }
    },
    close: () => zip.close(),
  };
}

async function readContents(zip: ZipFile, limits: ArchiveLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries)
    throw new ArchiveError(`в нём ${zip.entryCount} файлов, допускается не больше ${limits.entries}`);
  const names = new Set<string>();
  const files = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    if (validateFileName(name) !== null) throw new ArchiveError(`недопустимое имя файла «${name}»`);
    if (names.has(name)) throw new ArchiveError(`файл «${name}» лежит в нём дважды`);
    names.add(name);
    if (entry.isEncrypted()) throw new ArchiveError(`файл «${name}» зашифрован`);
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
      throw new ArchiveError(
        `файл «${name}» сжат способом ${entry.compressionMethod}, а читается только обычный zip`,
      );
    if (!name.endsWith('/')) files.set(name, entry);
  }
  return files;
}

async function* unpack(
  zip: ZipFile,
  entry: Entry,
  name: string,
  limits: ArchiveLimits,
): AsyncGenerator<Buffer> {
  const damaged = `файл «${name}» повреждён`;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const inflate = entry.compressionMethod === DEFLATED ? createInflateRaw() : undefined;
    // The callback is there because an error is handled where the bytes are read.
    const bytes = inflate ? pipeline(packed, inflate, () => {}) : packed;
    let size = 0;
    let checksum = 0;
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length;
      checksum = crc32(chunk, checksum);
      if (size > limits.entryBytes)
        throw new ArchiveError(`файл «${name}» больше допустимого (${limits.entryBytes} байт)`);
      if (inflate && size > FREE_BYTES && size > inflate.bytesWritten * limits.ratio)
        throw new ArchiveError(
          `файл «${name}» сжат более чем в ${limits.ratio} раз: похоже на архивную бомбу`,
        );
      yield chunk;
    }
    if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw new ArchiveError(damaged);
  } catch (error) {
    throw asArchiveError(error, damaged);
  }
}

/** Errors of yauzl and zlib become a reason; errors of the system keep their code. */
function asArchiveError(error: unknown, reason: string): unknown {
  if (error instanceof ArchiveError || (error instanceof Error && 'syscall' in error)) return error;
  return new ArchiveError(reason, { cause: error });
}
