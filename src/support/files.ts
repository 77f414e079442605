import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inParallel } from './parallel.ts';

/** Personal data lies in our files: nobody but the owner reads them. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;
/** Threads that Node writes files by. */
const FILES_AT_ONCE = 4;

export function ensureFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
}

/**
 * Sees whether files can be read and written in a folder, or whether it can be made; makes nothing.
 * @throws the system's error, with the path that refuses: no right, or a file where a folder should be
 */
export function probeFolder(path: string): void {
  let nearest = path;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  // With the slash the system says so itself if it is no folder.
  accessSync(`${nearest}/`, constants.R_OK | constants.W_OK);
}

/** A name beside `path` that no reader takes for a finished file. */
export function temporaryName(path: string): string {
  return `${path}.${randomBytes(4).toString('hex')}.tmp`;
}

/** Moves a finished file to its name and makes the move durable. */
export function publishFile(temporary: string, path: string): void {
  syncFile(temporary);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Makes what was written to a file durable. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes a file so that it exists whole or not at all. */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  ensureFolder(dirname(path));
  const temporary = temporaryName(path);
  try {
    const file = openSync(temporary, 'wx', FILE_MODE);
    try {
      const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/**
 * Writes many files of one folder, each so that it exists whole or not at all. All are durable when it is done, at the
 * cost of one sync of the folder; the disk gathers what is synced side by side.
 */
export async function writeFilesAtomic(
  folder: string,
  files: readonly { name: string; bytes: Uint8Array }[],
): Promise<void> {
  if (files.length === 0) return;
  ensureFolder(folder);
  await inParallel(files, FILES_AT_ONCE, async ({ name, bytes }) => {
    const path = join(folder, name);
    const temporary = temporaryName(path);
    try {
      await writeFile(temporary, bytes, { flag: 'wx', mode: FILE_MODE, flush: true });
      await rename(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
  syncFolder(folder);
}

/** A rename is durable only after its folder is synced; Windows and some network shares have no such call. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  } finally {
    closeSync(folder);
  }
}

/** A private folder inside `parent`, removed by the returned function. */
export function scratchFolder(parent: string, name: string): { path: string; remove: () => void } {
  const path = join(parent, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
  ensureFolder(path);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
