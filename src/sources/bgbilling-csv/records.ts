import { CsvError, Parser } from 'csv-parse';
import { LONGEST_ROW } from '../limits.ts';

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
 * CSV text → rows, one batch for each piece of text. `;` between values, `"` around them, doubled inside; blank lines
 * are skipped. Rows may differ in width.
 * @throws {RowError} after the rows before it
 */
export async function* readRecords(
  texts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<readonly CsvRecord[]> {
  let batch: CsvRecord[] = [];
  let line = 1;
  let blank = 0;
  const parser = new Parser({
    delimiter: ';',
    record_delimiter: ['\r\n', '\n'],
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
  });
  // Rows are taken where the parser puts them out: no turn of the event loop for each, and no context object, which
  // `on_record` would build at a fifth of the whole time.
  parser.push = (cells: string[] | null): boolean => {
    if (cells === null) return false;
    const { empty_lines } = parser.info;
    line += empty_lines - blank;
    blank = empty_lines;
    batch.push({ line, cells: cells.map((cell) => cell.trim()) });
    line += 1 + countBreaks(cells);
    return true;
  };
  parser.on('error', () => {}); // handled where it is written to
  const failure = (error: Error): Error => {
    const problem = error instanceof CsvError ? PROBLEMS[error.code] : undefined;
    return problem ? new RowError(line + parser.info.empty_lines - blank, problem) : error;
  };

  let lineLength = 0;
  for await (const text of texts) {
    const error = await settled((done) => parser.write(text, done));
    if (batch.length > 0) yield batch;
    batch = [];
    if (error) throw failure(error);
    // The parser limits the values of a row, not their number: a line of nothing but semicolons is stopped here.
    const lastBreak = text.lastIndexOf('\n');
    lineLength = lastBreak === -1 ? lineLength + text.length : text.length - lastBreak - 1;
    if (lineLength > LONGEST_ROW) throw new RowError(line + parser.info.empty_lines - blank, 'too-long');
  }
  const error = await settled((done) => parser.end(done));
  if (batch.length > 0) yield batch;
  if (error) throw failure(error);
}

function settled(run: (done: (error?: Error | null) => void) => void): Promise<Error | undefined> {
  return new Promise((resolve) => run((error) => resolve(error ?? undefined)));
}

/** csv-parse counts lines too, but CRLF inside quotes as two. */
function countBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks++;
  return breaks;
}
