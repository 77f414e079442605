import type { Origin } from '../schema/mapping.ts';
import type { RowRefs } from '../sources/assembly/sourced.ts';

/** One object of a file of a streamed format: a line of it. */
export interface FormatObject {
  /** Name of the top element. */
  element: string;
  uuid: string;
  xml: string;
  /** Source rows of the object and of each of its lines, for `explain`. */
  rows: RowRefs;
  lines?: readonly RowRefs[] | undefined;
  /** What this version of the format could not carry of it. */
  losses: string[];
}

/** A path of an element and the field of the model it comes from. */
export interface FieldPath {
  path: string;
  from: Origin;
}
