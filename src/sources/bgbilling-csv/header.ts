import { type Fault, fault } from '../../faults/fault.ts';
import type { CsvRecord } from '../csv-records.ts';
import { columnsOf, type TableName } from '../tables.ts';

/** What the first row of a table's file says. */
export interface Header {
  readonly line: number;
  /** Columns of the file. */
  readonly width: number;
  /** Where a column stands, from 0, by its name in lower case. */
  readonly columns: ReadonlyMap<string, number>;
  /** For each cell of a `SourceRow` the column it comes from, or -1. */
  readonly positions: readonly number[];
}

/**
 * Finds the table's columns in a header row.
 * @param extra further columns that the file must have
 */
export function headerOf(
  table: TableName,
  file: string,
  { line, cells }: CsvRecord,
  extra: readonly string[],
): { header: Header; faults: Fault[] } {
  const wanted = [...columnsOf(table), ...extra.map((name) => ({ name, required: true as const }))];
  const known = new Set(wanted.map(({ name }) => name));
  const columns = new Map<string, number>();
  const faults: Fault[] = [];
  cells.forEach((cell, index) => {
    const name = cell.toLowerCase();
    const where = { source: { file, line, column: index + 1, key: name } };
    if (!known.has(name))
      faults.push(fault('BG1C-SOURCE-COLUMN-UNKNOWN', { file, column: cell || '(без имени)' }, where));
    else if (columns.has(name)) faults.push(fault('BG1C-SOURCE-COLUMN-TWICE', { file, column: name }, where));
    if (!columns.has(name)) columns.set(name, index);
  });
  for (const { name, required } of wanted)
    if (required && !columns.has(name))
      faults.push(fault('BG1C-SOURCE-COLUMN-MISSING', { file, column: name }, { source: { file, line } }));
  const positions = wanted.map(({ name }) => columns.get(name) ?? -1);
  return { header: { line, width: cells.length, columns, positions }, faults };
}
