import { type Fault, fault } from '../faults/fault.ts';

/**
 * What a file that holds all tables (XML, JSON) says while it is read: the envelope, then tables, one after another,
 * with rows that name their values.
 */
export interface RecordEvents {
  /** A value of the envelope: `version`, `month`. */
  envelope(name: string, value: string, line: number): void;
  /**
   * A table begins.
   * @param at characters of the text before the first row
   * @returns whether its rows are wanted; those of others are only checked for form
   */
  section(name: string, line: number, at: number): boolean;
  row(line: number): void;
  value(name: string, value: string): void;
  sectionEnd(): void;
}

/** Text in, events out; the text may be cut anywhere. */
export interface RecordReader {
  /** @throws {RecordError} */
  write(text: string): void;
  /** @throws {RecordError} where the text ends too early */
  end(): void;
}

/**
 * Makes a reader.
 * @param before text put in front, that is not in the file: a way into the middle of it
 * @param line the line on which the file's own text begins
 */
export type CreateReader = (events: RecordEvents, from?: { before: string; line: number }) => RecordReader;

/** `syntax`: no XML or JSON; `format`: not the export's own form; `twice`: a name twice in one row; `size`: endless. */
export type RecordProblem = 'syntax' | 'format' | 'twice' | 'size';

/** Text that is no export; `detail` is the reason in Russian, or the name that stands twice. */
export class RecordError extends Error {
  readonly problem: RecordProblem;
  readonly line: number;
  readonly detail: string;

  constructor(problem: RecordProblem, line: number, detail = '') {
    super(`${problem} at line ${line}: ${detail}`);
    this.problem = problem;
    this.line = line;
    this.detail = detail;
  }

  fault(file: string): Fault {
    const { line, detail } = this;
    const where = { source: { file, line } };
    switch (this.problem) {
      case 'syntax':
        return fault('BG1C-SOURCE-SYNTAX', { file, line, reason: detail }, where);
      case 'format':
        return fault('BG1C-SOURCE-FORMAT', { file, line, reason: detail }, where);
      case 'twice':
        return fault('BG1C-SOURCE-COLUMN-TWICE', { file, column: detail }, where);
      case 'size':
        return fault('BG1C-SOURCE-FIELD-SIZE', { file, line, limit: '1 МиБ' }, where);
    }
  }
}

/** Elements or brackets inside each other; an export has three or four. */
export const DEEPEST = 32;
