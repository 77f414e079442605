import {
  accessSync,
  closeSync,
  createReadStream,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ensureFolder, syncFolder, writeFileAtomic } from '../support/files.ts';

/** What lies in a folder. Links and devices are `other`: nobody follows them. */
export interface DiskEntry {
  name: string;
  kind: 'file' | 'folder' | 'other';
}

export interface DiskStat {
  kind: 'file' | 'folder' | 'other';
  size: number;
  mtimeMs: number;
  /** Last change of content, name or place. */
  changedMs: number;
}

/**
 * The file system as the exchange folder uses it: few calls, each whole or not at all. Injected, so that every failure
 * can be tried out. Errors are those of the system, with `code` and `path`.
 */
export interface Disk {
  /** Sorted by name. */
  list(folder: string): DiskEntry[];
  /** Undefined where there is nothing. */
  stat(path: string): DiskStat | undefined;
  read(path: string): Buffer;
  readStream(path: string): AsyncIterable<Buffer>;
  /** Opens and closes a file for reading: throws while somebody keeps it to himself. */
  probe(path: string): void;
  /** Writes a file, durably, in the place of an earlier one; never a folder: a share that vanished is an error. */
  write(path: string, data: string): void;
  /** Moves a file or a folder, durably. A file of that name is replaced: whoever must not, looks before. */
  rename(from: string, to: string): void;
  /** A file or a folder with all it holds; nothing there is no error. */
  remove(path: string): void;
  ensureFolder(path: string): void;
}

export const realDisk: Disk = {
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  stat(path) {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found) return undefined;
    const { size, mtimeMs, ctimeMs } = found;
    return { kind: kindOf(found), size, mtimeMs, changedMs: Math.max(mtimeMs, ctimeMs) };
  },
  read: (path) => readFileSync(path),
  readStream: (path) => createReadStream(path, { highWaterMark: 256 * 1024 }),
  probe: (path) => closeSync(openSync(path, 'r')),
  write(path, data) {
    accessSync(dirname(path));
    writeFileAtomic(path, data);
  },
  rename(from, to) {
    renameSync(from, to);
    syncFolder(dirname(to));
    if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
  },
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  ensureFolder,
};

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): DiskEntry['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
}
