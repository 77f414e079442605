import { chmodSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { ensureFolder, FILE_MODE, publishFile, temporaryName } from '../support/files.ts';
import { type Connection, one } from './database.ts';
import { createSettings } from './settings.ts';

/**
 * Writes a whole and consistent copy of the journal, also while others read and write. The copy knows that it is one:
 * put in the journal's place, it says so (design §10: nothing goes out before it is reconciled).
 */
export function writeBackup(connection: Connection, path: string): void {
  ensureFolder(dirname(path));
  const temporary = temporaryName(path);
  try {
    writeCopy(connection, temporary);
    const copy = new Database(temporary);
    try {
      // No statement is prepared: one would keep the file open after `close`.
      copy.exec(`INSERT OR REPLACE INTO setting (name, value) VALUES ('origin', 'backup')`);
    } finally {
      copy.close();
    }
    publishFile(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a copy that does not know that it is one: to try something without touching the journal. */
export function writeCopy(connection: Connection, path: string): void {
  connection.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
  chmodSync(path, FILE_MODE);
}

/** What is wrong with a file that is to become the journal, or undefined. */
export function backupProblem(path: string): string | undefined {
  try {
    const copy = new Database(path);
    try {
      const found = integrityOf(copy);
      if (found !== 'ok') return found;
      return createSettings(copy).get('origin') === 'backup'
        ? undefined
        : 'это не резервная копия журнала bg1c';
    } finally {
      copy.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

/** `ok`, or what the database finds wrong with itself. */
export function integrityOf(connection: Connection): string {
  return one<{ integrity_check: string }>(connection.prepare('PRAGMA integrity_check'))!.integrity_check;
}
