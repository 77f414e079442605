import { type Fault, fault } from '../../faults/fault.ts';
import type { Encoding } from '../../support/decode.ts';
import { readRecords } from '../csv-records.ts';
import { drain, type Fingerprint, fingerprinted } from '../fingerprint.ts';
import { openingFault } from '../reading.ts';
import type { ExtraColumns, Source, SourceRow } from '../source.ts';
import type { TableName } from '../tables.ts';
import type { Header } from './header.ts';
import { type Located, locateTables } from './locate.ts';
import { type OpenTable, openTable } from './open.ts';

export interface CsvOptions {
  encoding: 'auto' | Encoding;
  /** Columns to read beside those of `tables.ts`; a file that lacks one is a fault. */
  extra?: ExtraColumns;
  /** Tables that need not be there. */
  spared?: readonly TableName[];
}

/**
 * Opens an export of CSV files: a folder or a zip. Encodings and headers are judged at once, rows when they are read.
 * @returns no source where the path itself cannot be opened. Else a source, also with faults: a refused file gives no
 *   rows. Reading a table to its end gives its fingerprint, whatever is wrong with it.
 */
export async function openCsvSource(
  path: string,
  { encoding, extra = {}, spared = [] }: CsvOptions,
): Promise<{ source?: Source; faults: Fault[] }> {
  let located: Located;
  try {
    located = await locateTables(path, spared);
  } catch (error) {
    return { faults: [openingFault(error, path)] };
  }
  const faults = [...located.faults];
  const tables: OpenTable[] = [];
  for (const file of located.files)
    tables.push(await openTable(file, encoding, extra[file.table] ?? [], (found) => faults.push(found)));
  return { source: createSource(tables, extra, located.close), faults };
}

function createSource(tables: readonly OpenTable[], extra: ExtraColumns, close: () => void): Source {
  const files = tables.map(({ file }): { name: string; table: TableName; fingerprint?: Fingerprint } => ({
    name: file.name,
    table: file.table,
  }));
  const indexOf = (table: TableName): number => files.findIndex((file) => file.table === table);
  return {
    files,
    extra,
    has: (table) => indexOf(table) !== -1,
    column(table, name) {
      const position = tables[indexOf(table)]?.header?.columns.get(name);
      return position === undefined ? undefined : position + 1;
    },
    async *read(table, onFault) {
      const index = indexOf(table);
      if (index === -1) return;
      const { file, header, texts, faultOf } = tables[index]!;
      const state = files[index]!;
      delete state.fingerprint;
      const bytes = () => fingerprinted(file.open(), (fingerprint) => Object.assign(state, { fingerprint }));
      if (header) {
        let found: Fault | undefined;
        try {
          found = yield* readRows(texts(bytes()), header, index, file.name);
        } catch (error) {
          found = faultOf(error);
        }
        if (found) onFault(found);
      }
      // A file that was refused or ended early is a part of the export all the same.
      if (!state.fingerprint) await drain(bytes());
    },
    close: async () => close(),
  };
}

/** @returns the fault that ended the table */
async function* readRows(
  texts: AsyncIterable<string>,
  { line: headerLine, width, positions }: Header,
  file: number,
  name: string,
): AsyncGenerator<readonly SourceRow[], Fault | undefined> {
  for await (const records of readRecords(texts)) {
    const rows: SourceRow[] = [];
    let found: Fault | undefined;
    for (const { line, cells } of records) {
      if (line === headerLine) continue;
      if (cells.length !== width) {
        const values = { file: name, line, found: cells.length, expected: width };
        found = fault('BG1C-SOURCE-ROW-WIDTH', values, { source: { file: name, line } });
        break;
      }
      rows.push({ file, line, cells: positions.map((position) => cells[position] ?? '') });
    }
    if (rows.length > 0) yield rows;
    if (found) return found;
  }
  return undefined;
}
