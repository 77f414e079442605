import { CsvError, Parser } from 'csv-parse';
import { LONGEST_ROW } from './limits.ts';

/** A row as it stands in the file; cells are trimmed, line breaks in them are kept. */
export interface CsvRecord {
  /** Line on which the row begins, from 1; lines end with LF or CRLF. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type RowProblem = 'quote-inside' | 'text-after-quote' | 'quote-open' | 'too-long';

/** A row that cannot be read; `line` is where it begins. */
export class RowError extends Error {
  readonly line: number;
  readonly problem: RowProblem;

  constructor(line: number, problem: RowProblem) {
    super(`${problem} in the row at line ${line}`);
    this.line = line;
    this.problem = problem;
  }
}

const PROBLEMS: Record<string, RowProblem> = {
  INVALID_OPENING_QUOTE: 'quote-inside',
  CSV_INVALID_CLOSING_QUOTE: 'text-after-quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text-after-quote',
  CSV_QUOTE_NOT_CLOSED: 'quote-open',
  CSV_MAX_RECORD_SIZE: 'too-long',
};

/**
 * CSV text → rows, one batch for each piece of text. The delimiter between values, `"` around them, doubled inside; blank lines
 * are skipped. Rows may differ in width.
 *
 * Most lines of an export hold no quotation mark: such a line is a row, and cutting it at the delimiters gives what
 * csv-parse gives, in a quarter of the time. From the first mark in a piece of text on, csv-parse reads.
 * @throws {RowError} after the rows before it
 */
export async function* readRecords(
  texts: AsyncIterable<string> | Iterable<string>,
  delimiter = ';',
): AsyncGenerator<readonly CsvRecord[]> {
  let line = 1;
  let rest = '';
  let quoted: QuotedReader | undefined;
  let batch: CsvRecord[] = [];
  /** @returns the error that ends the table */
  const take = async (text: string, last: boolean): Promise<Error | undefined> => {
    let from = 0;
    if (!quoted) {
      const mark = text.indexOf('"');
      from = mark === -1 ? text.length : text.lastIndexOf('\n', mark) + 1;
      line = cutLines(text.slice(0, from), line, delimiter, batch);
    }
    if (from === text.length && !(quoted && last)) return undefined;
    quoted ??= createQuotedReader(line, delimiter);
    const error = await quoted.read(text.slice(from), last);
    batch.push(...quoted.rows.splice(0));
    line = quoted.line();
    if (!error && quoted.ended()) quoted = undefined;
    return error;
  };

  for await (const text of texts) {
    const joined = rest + text;
    const end = joined.lastIndexOf('\n') + 1;
    rest = joined.slice(end);
    const error =
      (await take(joined.slice(0, end), false)) ??
      (rest.length > LONGEST_ROW ? new RowError(line, 'too-long') : undefined);
    if (batch.length > 0) yield batch;
    batch = [];
    if (error) throw error;
  }
  const error = await take(rest, true);
  if (batch.length > 0) yield batch;
  if (error) throw error;
}

/** Rows of whole lines without quotation marks. @returns the line after them */
function cutLines(text: string, first: number, delimiter: string, rows: CsvRecord[]): number {
  let line = first;
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at);
    const row = text.slice(at, end === -1 ? text.length : end);
    at += row.length + 1;
    if (row.trim() === '') continue;
    rows.push({ line, cells: row.split(delimiter).map((cell) => cell.trim()) });
  }
  return line;
}

/** Reads lines of which some hold quotation marks; begins outside of them. */
interface QuotedReader {
  /** Read, and not taken yet. */
  readonly rows: CsvRecord[];
  /** @returns what is wrong with the row after those that were read */
  read(text: string, last: boolean): Promise<Error | undefined>;
  /** Line of the row to come. */
  line(): number;
  /** The last line ended outside of quotation marks, so that another reader may go on. */
  ended(): boolean;
}

function createQuotedReader(first: number, delimiter: string): QuotedReader {
  const rows: CsvRecord[] = [];
  let line = first;
  let next = first;
  let blank = 0;
  let marks = 0;
  const parser = new Parser({
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
  });
  const ended = (): boolean => marks % 2 === 0;
  const skipBlank = (): void => {
    line += parser.info.empty_lines - blank;
    blank = parser.info.empty_lines;
  };
  // Rows are taken where the parser puts them out: no turn of the event loop for each, and no context object, which
  // `on_record` would build at a fifth of the whole time.
  parser.push = (cells: string[] | null): boolean => {
    if (cells === null) return false;
    skipBlank();
    rows.push({ line, cells: cells.map((cell) => cell.trim()) });
    line += 1;
    // csv-parse counts lines too, but CRLF inside quotes as two.
    for (const cell of cells) line += countOf('\n', cell);
    return true;
  };
  parser.on('error', () => {}); // handled where it is written to
  return {
    rows,
    async read(text, last) {
      marks += countOf('"', text);
      next += countOf('\n', text);
      const written = await settled((done) => parser.write(text, done));
      const error = written ?? (last || ended() ? await settled((done) => parser.end(done)) : undefined);
      if (!error) return undefined;
      skipBlank();
      const problem = error instanceof CsvError ? PROBLEMS[error.code] : undefined;
      return problem ? new RowError(line, problem) : error;
    },
    // The parser takes the end of a text for a blank line more.
    line: () => (ended() ? next : line),
    ended,
  };
}

function settled(run: (done: (error?: Error | null) => void) => void): Promise<Error | undefined> {
  return new Promise((resolve) => run((error) => resolve(error ?? undefined)));
}

function countOf(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count++;
  return count;
}
