import { existsSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import type { Config } from '../../config/types.ts';
import { createCollector, type FaultCollector } from '../../faults/collector.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Period } from '../../model/period.ts';
import { openSource } from '../../sources/registry.ts';
import type { Source, SourceRow } from '../../sources/source.ts';
import { columnsOf, TABLE_NAMES, type TableName } from '../../sources/tables.ts';
import { type Appender, openAppender } from '../../support/appender.ts';
import { outsideCp1251 } from '../../support/cp1251.ts';
import { ensureFolder, scratchFolder } from '../../support/files.ts';
import { outputFault } from '../build/build.ts';
import { type ExitCode, exitCodeOf } from '../exit.ts';
import { anonymizer } from './anonymize.ts';
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';

export interface ExportRequest {
  config: Config;
  /** Path of an export, or `FROM_DATABASE`. */
  input: string;
  period?: Period | undefined;
  /** A folder that is not there yet, or an empty one. */
  out: string;
  encoding: ExportEncoding;
  /** Replace what tells who somebody is. */
  anonymize: boolean;
}

export type ExportEncoding = 'utf-8' | 'windows-1251';

export interface ExportResult {
  exit: ExitCode;
  files: ExportedTable[];
  faults: Fault[];
}

interface ExportedTable {
  name: string;
  rows: number;
}

/** Writes the CSV set of a month, with the same columns from whatever source; all of it or nothing. */
export async function exportTables(request: ExportRequest): Promise<ExportResult> {
  const faults = createCollector();
  const files = await attempt(request, faults).catch((error: unknown): ExportedTable[] => {
    const found = outputFault(error, request.out);
    if (!found) throw error;
    faults.add(found);
    return [];
  });
  const list = faults.list();
  return { exit: exitCodeOf(list, files.length > 0, 0), files, faults: list };
}

async function attempt(
  { config, input, period, out, encoding, anonymize }: ExportRequest,
  faults: FaultCollector,
): Promise<ExportedTable[]> {
  if (existsSync(out) && readdirSync(out).length > 0) {
    faults.add(fault('BG1C-EXPORT-EXISTS', { folder: out }));
    return [];
  }
  const { source, faults: found } = await openSource(config, input, period);
  faults.add(found);
  if (!source) return [];
  try {
    if (faults.stopped()) return [];
    return await writeTables(source, out, encoding, anonymize ? createPseudonyms() : undefined, faults);
  } finally {
    await source.close();
  }
}

async function writeTables(
  source: Source,
  out: string,
  encoding: ExportEncoding,
  pseudonyms: Pseudonyms | undefined,
  faults: FaultCollector,
): Promise<ExportedTable[]> {
  ensureFolder(dirname(out));
  const scratch = scratchFolder(dirname(out), basename(out));
  try {
    const files: ExportedTable[] = [];
    for (const table of TABLE_NAMES.filter((name) => source.has(name))) {
      const name = `${table}.csv`;
      files.push({
        name,
        rows: await writeTable(source, table, join(scratch.path, name), encoding, pseudonyms, faults),
      });
      if (faults.stopped()) return [];
    }
    if (existsSync(out)) rmdirSync(out);
    renameSync(scratch.path, out);
    return files;
  } finally {
    scratch.remove();
  }
}

/** @returns the number of rows; after a fault of scope `build` the file is of no use */
async function writeTable(
  source: Source,
  table: TableName,
  path: string,
  encoding: ExportEncoding,
  pseudonyms: Pseudonyms | undefined,
  faults: FaultCollector,
): Promise<number> {
  const columns = columnsOf(table);
  const own = columns.map(({ name }) => name);
  const names = [...own, ...(source.extra[table] ?? [])];
  // A required column is written even where the source makes up its values: else the set could not be read back.
  const written = names.flatMap((name, index) =>
    columns[index]?.required || source.column(table, name) !== undefined ? [index] : [],
  );
  const anonymous = pseudonyms && anonymizer(table, names, new Set(own), pseudonyms);
  const file = openAppender(path);
  let rows = 0;
  try {
    write(file, csvLine(written.map((index) => names[index]!)), encoding, true);
    for await (const batch of source.read(table, (found) => faults.add(found))) {
      const lines = batch.map(({ cells }) => {
        const shown = anonymous ? anonymous(cells) : cells;
        return csvLine(written.map((index) => shown[index] ?? ''));
      });
      rows += batch.length;
      if (write(file, lines.join(''), encoding, false)) continue;
      faults.add(unfit(source, batch));
      break;
    }
    return rows;
  } finally {
    file.close();
  }
}

/** @returns false where the code page cannot hold the text */
function write(file: Appender, text: string, encoding: ExportEncoding, first: boolean): boolean {
  if (encoding === 'utf-8') {
    // Spreadsheets tell UTF-8 by its mark.
    file.write(first ? `\ufeff${text}` : text);
    return true;
  }
  const composed = text.normalize('NFC');
  const bytes = iconv.encode(composed, 'win1251');
  if (iconv.decode(bytes, 'win1251') !== composed) return false;
  file.write(bytes);
  return true;
}

function unfit(source: Source, batch: readonly SourceRow[]): Fault {
  for (const { file, line, cells } of batch)
    for (const cell of cells) {
      const outside = outsideCp1251(cell);
      if (outside)
        return fault('BG1C-EXPORT-CP1251', outside, { source: { file: source.files[file]!.name, line } });
    }
  throw new Error('text that windows-1251 does not hold was not found again');
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`;
}

const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/**
 * A cell that a spreadsheet would take for a formula gets a space in front, which readers of CSV trim; a number, also a
 * negative one, is left alone (design §10).
 */
function csvCell(text: string): string {
  const cell = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? ` ${text}` : text;
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
