import type { SourceRow } from '../source.ts';

/**
 * A row as text, to be put aside and read back: the fields between separators of ASCII. `JSON.parse` would enter every
 * short cell into the table of strings that live on, which then fills the heap.
 */

const SEPARATOR = '\u001f';
/** What does not come back from between separators in UTF-8: these rows go as JSON. */
const UNSAFE = /[\u001f\ud800-\udfff]/;

/** @param table index of the row's table */
export function rowText(table: number, { file, line, cells }: SourceRow): string {
  const fields = [table, file, line, ...cells];
  return UNSAFE.test(cells.join('')) ? JSON.stringify(fields) : fields.join(SEPARATOR);
}

export function rowOfText(text: string): { table: number; row: SourceRow } {
  const fields = text.startsWith('[')
    ? (JSON.parse(text) as (number | string)[])
    : (text.split(SEPARATOR) as (number | string)[]);
  const [table, file, line] = fields.splice(0, 3).map(Number) as [number, number, number];
  return { table, row: { file, line, cells: fields as string[] } };
}
