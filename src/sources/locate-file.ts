import { readdir, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { type Fault, fault } from '../faults/fault.ts';
import { openArchive } from '../support/archive.ts';
import { fileChunks } from '../support/file-chunks.ts';
import { EXPORT_ARCHIVE } from './limits.ts';

/** The one file that holds all tables of an export; it can be opened again and again. */
export interface ExportFile {
  readonly name: string;
  /** The archive it lies in. */
  readonly archive?: string;
  /**
   * A chunk holds until the next is asked for.
   * @param start bytes left out at the beginning
   */
  open(start?: number): AsyncIterable<Buffer>;
  /** Size and time of what lies on the disk: another text means that it was changed meanwhile. */
  stamp(): Promise<string>;
}

export interface LocatedFile {
  readonly file?: ExportFile;
  readonly faults: readonly Fault[];
  close(): void;
}

/**
 * Finds the file: the path itself, or the only one with this ending in a folder or an archive.
 * @param ending `.xml`, `.json`
 * @throws system errors and {@link ArchiveError}
 */
export async function locateFile(path: string, ending: string): Promise<LocatedFile> {
  if ((await stat(path)).isDirectory()) return inFolder(path, ending);
  return hasEnding(path, ending)
    ? { file: onDisk(path), faults: [], close: () => {} }
    : inArchive(path, ending);
}

async function inFolder(path: string, ending: string): Promise<LocatedFile> {
  const names: string[] = [];
  for (const name of await readdir(path))
    if (hasEnding(name, ending) && (await stat(join(path, name))).isFile()) names.push(name);
  const found = onlyOne(names.sort(), basename(path), ending);
  return typeof found === 'string'
    ? { file: onDisk(join(path, found)), faults: [], close: () => {} }
    : { faults: [found], close: () => {} };
}

function onDisk(path: string): ExportFile {
  return {
    name: basename(path),
    open: (start = 0) => fileChunks(path, { start }),
    stamp: () => stampOf(path),
  };
}

async function inArchive(path: string, ending: string): Promise<LocatedFile> {
  const zip = await openArchive(path, EXPORT_ARCHIVE);
  const archive = basename(path);
  const names = zip.entries.map(({ name }) => name).filter((name) => hasEnding(name, ending));
  const found = onlyOne(names, archive, ending);
  if (typeof found !== 'string') return { faults: [found], close: zip.close };
  const file: ExportFile = {
    name: posix.basename(found),
    archive,
    open: (start = 0) => without(zip.read(found), start),
    stamp: () => stampOf(path),
  };
  return { file, faults: [], close: zip.close };
}

function hasEnding(name: string, ending: string): boolean {
  return name.toLowerCase().endsWith(ending);
}

function onlyOne(names: readonly string[], place: string, ending: string): string | Fault {
  const found = names.length === 0 ? 'ни одного' : names.join(', ');
  return names.length === 1 ? names[0]! : fault('BG1C-SOURCE-FILE', { place, ending, found });
}

/** What is packed cannot be entered in the middle: it is unpacked from its beginning and dropped. */
async function* without(bytes: Readable, start: number): AsyncGenerator<Buffer> {
  let skip = start;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    if (chunk.length > skip) yield skip === 0 ? chunk : chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

async function stampOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${mtimeMs}`;
}
