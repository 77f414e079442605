import { basename } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import { ArchiveError } from '../support/archive.ts';
import type { Encoding } from '../support/decode.ts';

/** Faults of opening and reading files, the same for every kind of export. */

/** Encodings as people know them. */
export const ENCODING_NAMES: Record<Encoding, string> = { 'windows-1251': 'windows-1251', 'utf-8': 'UTF-8' };

const SYSTEM_REASONS: Record<string, string> = {
  ENOENT: 'файла больше нет',
  EACCES: 'нет прав на чтение',
  EPERM: 'нет прав на чтение',
  EBUSY: 'файл занят другой программой',
  EMFILE: 'открыто слишком много файлов',
  EIO: 'ошибка диска или сети',
};

/** The fault of an export that cannot be opened. */
export function openingFault(error: unknown, path: string): Fault {
  if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR')
    return fault('BG1C-SOURCE-NOT-FOUND', { path });
  const name = basename(path);
  return systemFault(error, name, name);
}

export function encodingFault(file: string, line: number, encoding: string): Fault {
  return fault('BG1C-SOURCE-ENCODING', { file, line, encoding }, { source: { file, line } });
}

/**
 * The fault of an error of the disk or of the archive.
 * @throws the error itself where it is none of these: then it is a defect of the program
 */
export function systemFault(error: unknown, file: string, archive: string): Fault {
  if (error instanceof ArchiveError)
    return fault('BG1C-SOURCE-ARCHIVE', { file: archive, reason: error.message }, { source: { file } });
  const code = systemCode(error);
  if (code === undefined) throw error;
  return fault('BG1C-SOURCE-READ', { file, reason: SYSTEM_REASONS[code] ?? code }, { source: { file } });
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}
