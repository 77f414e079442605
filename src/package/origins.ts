import type { FieldPath } from '../formats/format.ts';
import type { FieldOrigin } from '../sources/assembly/origins.ts';
import type { RowRefs } from '../sources/assembly/sourced.ts';

/**
 * `origins.jsonl`: the first line says which field of the model stands at which path and which columns feed it; every
 * further line names the source rows of one object and of each of its lines (decisions 19).
 */
export interface OriginsHead {
  origins: 1;
  /** Tables of the export: file and position of each column, from 1. */
  tables: Record<string, { file: string; columns: Record<string, number> }>;
  /** Fields of the model. */
  fields: Record<string, FieldOrigin>;
  /** By element of the message. */
  paths: Record<string, readonly FieldPath[]>;
}

export interface ObjectOrigin {
  uuid: string;
  element: string;
  rows: RowRefs;
  lines?: readonly RowRefs[];
}
