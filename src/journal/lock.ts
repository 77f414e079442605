import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { ensureFolder, FILE_MODE } from '../support/files.ts';

/** A lock that is held until it is released or its process ends, however it ends. */
export interface Lock {
  release(): void;
}

/**
 * Takes a lock that only one process can have: the operating system's own lock on the file, held through the database
 * engine. Nothing has to be cleaned up after a crash or judged stale; the file stays and means nothing by itself.
 * @returns undefined when another process has it; other errors (no right, no such medium) are thrown
 */
export function takeLock(path: string): Lock | undefined {
  ensureFolder(dirname(path));
  const connection = new Database(path, { timeout: 0 });
  try {
    // Nothing is ever written, so that a full disk does not matter.
    connection.exec('PRAGMA journal_mode = OFF');
    connection.exec('BEGIN EXCLUSIVE');
    chmodSync(path, FILE_MODE);
  } catch (error) {
    connection.close();
    if (String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
  return {
    release() {
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}
