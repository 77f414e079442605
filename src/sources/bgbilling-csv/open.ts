import { type Fault, fault, stopsBuild } from '../../faults/fault.ts';
import { decodeText, detectEncoding, type Encoding } from '../../support/decode.ts';
import { readingFault } from '../csv-faults.ts';
import { RowError, readRecords } from '../csv-records.ts';
import { LONGEST_ROW } from '../limits.ts';
import { ENCODING_NAMES, encodingFault } from '../reading.ts';
import { type Header, headerOf } from './header.ts';
import type { TableFile } from './locate.ts';

/** A table that was found. */
export interface OpenTable {
  readonly file: TableFile;
  /** Undefined where the file was refused: it gives no rows. */
  readonly header?: Header;
  /** The file as text, from its beginning. */
  texts(bytes: AsyncIterable<Buffer>): AsyncIterable<string>;
  /** The fault of an error met in reading it. */
  faultOf(error: unknown): Fault;
}

/**
 * Finds out how a table's file is encoded and what columns it has.
 * @param extra columns to read beside the table's own
 */
export async function openTable(
  file: TableFile,
  wanted: 'auto' | Encoding,
  extra: readonly string[],
  report: (found: Fault) => void,
): Promise<OpenTable> {
  let encoding: Encoding = wanted === 'auto' ? 'windows-1251' : wanted;
  const faultOf = (error: unknown): Fault => readingFault(error, file, ENCODING_NAMES[encoding]);
  // A file that is declared windows-1251 may hold what looks like UTF-8: someone has looked at it.
  const texts = (bytes: AsyncIterable<Buffer>): AsyncIterable<string> =>
    decodeText(bytes, encoding, { refuseMixed: wanted === 'auto' });
  const refused: OpenTable = { file, texts, faultOf };
  try {
    const evidence = await detectEncoding(file.open());
    if (evidence.encoding === 'utf-16') {
      report(encodingFault(file.name, evidence.line, 'windows-1251 или UTF-8: файл записан в UTF-16'));
      return refused;
    }
    if (wanted === 'auto') encoding = evidence.encoding === 'windows-1251' ? 'windows-1251' : 'utf-8';
    else if (evidence.encoding !== 'ascii' && evidence.encoding !== wanted) {
      report(encodingFault(file.name, evidence.line, ENCODING_NAMES[wanted]));
      return refused;
    }
    const header = await readHeader(file, texts(file.open()), extra, report);
    return header ? { ...refused, header } : refused;
  } catch (error) {
    report(faultOf(error));
    return refused;
  }
}

/** @returns nothing when a fault was reported that makes the file useless */
async function readHeader(
  { table, name: file }: TableFile,
  texts: AsyncIterable<string>,
  extra: readonly string[],
  report: (found: Fault) => void,
): Promise<Header | undefined> {
  const head = await readHead(texts);
  if (head.trim() === '') {
    report(fault('BG1C-SOURCE-EMPTY', { file }, { source: { file } }));
    return undefined;
  }
  const delimiter = head.includes(';') ? undefined : /[,\t]/.exec(head.trim())?.[0];
  if (delimiter !== undefined) {
    const found = delimiter === ',' ? 'запятая' : 'табуляция';
    report(fault('BG1C-SOURCE-DELIMITER', { file, found }, { source: { file } }));
    return undefined;
  }
  for await (const [record] of readRecords([head])) {
    const { header, faults } = headerOf(table, file, record!, extra);
    faults.forEach(report);
    return faults.some(stopsBuild) ? undefined : header;
  }
  return undefined;
}

/** The text up to the end of the first line that is not blank. */
async function readHead(texts: AsyncIterable<string>): Promise<string> {
  let head = '';
  for await (const text of texts) {
    head += text;
    const start = head.search(/\S/);
    const end = start === -1 ? -1 : head.indexOf('\n', start);
    if (end !== -1) return head.slice(0, end + 1);
    if (head.length > LONGEST_ROW) throw new RowError(1, 'too-long');
  }
  return head;
}
