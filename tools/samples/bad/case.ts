import assert from 'node:assert/strict';
import type { FaultCode } from '../../../src/faults/registry.ts';
import type { Month } from '../month.ts';
import type { ExportTables, Row } from '../tables.ts';

/** One way in which a month is bad, and what `bg1c build` must make of it. */
export interface BadCase {
  name: string;
  /** What is wrong, for people. */
  title: string;
  exit: 0 | 1 | 2 | 3;
  /** Every error code that appears, and the warnings that matter. */
  faults: readonly FaultCode[];
  /** Documents that are built nevertheless: each bill, act, VAT invoice and УПД is one. */
  documents: number;
  /** Without `--period`. */
  anyPeriod?: true;
  /** What is handed to `build`, by default the folder `in`. */
  export?: string;
  /** By default the base. */
  month?: Month;
  config?: (text: string) => string;
  /** What stands in the line of bg1c.yaml that the message must name. */
  configLine?: string;
  /** Spoils the tables; the place that the message must name. */
  tables?: (tables: ExportTables) => string | undefined;
  /** Spoils the files after they were written; the place likewise. */
  files?: (files: Map<string, Buffer>) => string | undefined | Promise<string | undefined>;
}

type TableKey = keyof ExportTables;

/** The one row with these cells. */
export function rowOf(tables: ExportTables, table: TableKey, which: Row): Row {
  const found = tables[table].rows.filter((row) =>
    Object.entries(which).every(([column, cell]) => row[column] === cell),
  );
  assert.equal(found.length, 1, `${table} ${JSON.stringify(which)}`);
  return found[0]!;
}

/** Changes cells of one row; where the row stands. */
export function set(tables: ExportTables, table: TableKey, which: Row, cells: Row): string {
  const row = rowOf(tables, table, which);
  Object.assign(row, cells);
  return placeOf(tables, table, row);
}

/** Takes rows out. */
export function remove(tables: ExportTables, table: TableKey, which: Row): void {
  const { rows } = tables[table];
  const kept = rows.filter((row) => !Object.entries(which).every(([column, cell]) => row[column] === cell));
  assert(kept.length < rows.length, `${table} ${JSON.stringify(which)}`);
  tables[table].rows = kept;
}

/** `documents.csv:3`; the base has no value of several lines. */
export function placeOf(tables: ExportTables, table: TableKey, row: Row): string {
  return `${table}.csv:${tables[table].rows.indexOf(row) + 2}`;
}

/** Replaces a text that must be there. */
export function swap(text: string, from: string, to: string): string {
  assert(text.includes(from), from);
  return text.replace(from, () => to);
}

/** The file of an export that must be there. */
export function fileOf(files: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const found = files.get(name);
  assert(found, name);
  return found;
}

/** The last digit moved by one: no check agrees with it. */
export function wrongDigit(text: string): string {
  return text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10);
}
