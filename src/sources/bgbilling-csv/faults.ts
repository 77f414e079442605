import { basename } from 'node:path';
import { type Fault, fault } from '../../faults/fault.ts';
import { ArchiveError } from '../../support/archive.ts';
import { EncodingError } from '../../support/decode.ts';
import type { TableFile } from './locate.ts';
import { RowError, type RowProblem } from './records.ts';

const QUOTE_REASONS: Record<Exclude<RowProblem, 'too-long'>, string> = {
  'quote-inside': 'кавычка стоит внутри значения, которое начато без кавычек',
  'text-after-quote': 'после закрывающей кавычки идёт текст',
  'quote-open': 'кавычка открыта и не закрыта до конца файла',
};

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
  return commonFault(error, name, name);
}

/**
 * The fault of a file that does not read.
 * @param encoding what its bytes were read as, for people
 */
export function readingFault(error: unknown, { name: file, archive }: TableFile, encoding: string): Fault {
  if (error instanceof EncodingError) return encodingFault(file, error.line, encoding);
  if (!(error instanceof RowError)) return commonFault(error, file, archive ?? file);
  const { line, problem } = error;
  const where = { source: { file, line } };
  return problem === 'too-long'
    ? fault('BG1C-SOURCE-FIELD-SIZE', { file, line, limit: '1 МиБ' }, where)
    : fault('BG1C-SOURCE-QUOTES', { file, line, reason: QUOTE_REASONS[problem] }, where);
}

export function encodingFault(file: string, line: number, encoding: string): Fault {
  return fault('BG1C-SOURCE-ENCODING', { file, line, encoding }, { source: { file, line } });
}

/** @throws the error itself where it is none of reading: then it is a defect of the program */
function commonFault(error: unknown, file: string, archive: string): Fault {
  if (error instanceof ArchiveError)
    return fault('BG1C-SOURCE-ARCHIVE', { file: archive, reason: error.message }, { source: { file } });
  const code = systemCode(error);
  if (code === undefined) throw error;
  return fault('BG1C-SOURCE-READ', { file, reason: SYSTEM_REASONS[code] ?? code }, { source: { file } });
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}
