import type { Fault } from '../faults/fault.ts';
import type { TableName } from './tables.ts';

/**
 * The contract of a source: whatever the export is made of, it is read as the tables of `tables.ts`.
 * Reading is streaming; a value is found again by file, line and column (`place`).
 */
export interface Source {
  /** Files, archives or tables that were found, in a fixed order; `SourceRow.file` is an index into it. */
  readonly files: readonly SourceFile[];
  has(table: TableName): boolean;
  /** Columns asked for beside those of `tables.ts`: their cells follow the table's own, in this order. */
  readonly extra: ExtraColumns;
  /**
   * Rows in batches, in the order of the source. A fault of scope `build` ends the table after the batches before it.
   * A table that is not there gives nothing.
   */
  read(table: TableName, onFault: (found: Fault) => void): AsyncIterable<readonly SourceRow[]>;
  /** Where a column of a table stands in its file, from 1; undefined when the file has no such column. */
  column(table: TableName, name: string): number | undefined;
  /** What people see at the head of that column; absent where the file has our names. */
  called?(table: TableName, name: string): string | undefined;
  close(): Promise<void>;
}

export interface SourceFile {
  /** File name alone, as people know it. */
  readonly name: string;
  readonly table: TableName;
  /** Known after the file was read to its end. */
  readonly fingerprint?: { readonly size: number; readonly sha256: string };
}

/** A row: cells in the order of the table's columns in `tables.ts`, '' where there is nothing. */
export interface SourceRow {
  readonly file: number;
  /** Line on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type ExtraColumns = Partial<Record<TableName, readonly string[]>>;
