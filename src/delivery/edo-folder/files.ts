import { appendFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  ensureFolder,
  FILE_MODE,
  probeFolder,
  syncFile,
  syncFolder,
  writeFileAtomic,
} from '../../support/files.ts';

/** What the channel does on the disk; injected, so that tests break it off anywhere. */
export interface Files {
  /** @throws system errors where files cannot be written, or the folder cannot be made */
  probe(folder: string): void;
  exists(path: string): boolean;
  read(path: string): Buffer;
  write(path: string, bytes: Uint8Array): void;
  append(path: string, text: string): void;
  rename(from: string, to: string): void;
}

export const realFiles: Files = {
  probe: probeFolder,
  exists: existsSync,
  read: (path) => readFileSync(path),
  write: writeFileAtomic,
  append(path, text) {
    ensureFolder(dirname(path));
    appendFileSync(path, text, { mode: FILE_MODE });
    syncFile(path);
  },
  rename(from, to) {
    renameSync(from, to);
    syncFolder(dirname(to));
  },
};
