import { cut, plural, tidy } from '../../support/text.ts';

/** Pieces of YAML that a proposed configuration is written of. */

/** A setting with what is to be said of it. */
export function noted(setting: string, note: string): string {
  return `${setting.padEnd(38)} # ${note}`;
}

export function documentsText(count: number): string {
  return plural(count, 'документ', 'документа', 'документов');
}

/** A title of the database inside a comment: one line, not endless. */
export function comment(text: string): string {
  return cut(oneLine(text), 80);
}

/** A text as a YAML value in single quotes. */
export function quoted(text: string): string {
  return `'${cut(oneLine(text), 150).replaceAll("'", "''")}'`;
}

/** Nothing of a title may end the line it stands in. */
function oneLine(text: string): string {
  return tidy(text).replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, '');
}
