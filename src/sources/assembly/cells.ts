import { type Fault, type FaultWhere, fault } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';
import { cleanText } from '../../rules/texts.ts';
import { parseDate } from '../../support/dates.ts';
import { parseDecimal } from '../../support/decimal.ts';
import type { Source, SourceRow } from '../source.ts';
import { type ColumnName, columnsOf, TABLE_NAMES, type TableName } from '../tables.ts';

/**
 * Typed reading of one row. A value that does not read is a fault with file, line and column, and gives `undefined`;
 * an empty cell gives `undefined` without a fault, unless it is required.
 */
export interface Cells<T extends TableName> {
  raw(column: ColumnName<T>): string;
  text(column: ColumnName<T>): string;
  /** A column that the configuration names: one of the table's own or of `Source.extra`. */
  extra(column: string): string;
  required(column: ColumnName<T>): string | undefined;
  /** A non-negative integer as text without leading zeros: BGBilling's ids. */
  id(column: ColumnName<T>): string | undefined;
  integer(column: ColumnName<T>): number | undefined;
  /** @param scale digits kept after the comma; more is a fault, never rounded */
  decimal(column: ColumnName<T>, scale: number): number | undefined;
  /** MySQL's zero date is none. */
  date(column: ColumnName<T>): string | undefined;
  requiredDate(column: ColumnName<T>): string | undefined;
  flag(column: ColumnName<T>): boolean | undefined;
  where(column?: ColumnName<T>): FaultWhere;
  /** An error was found in this row. */
  failed(): boolean;
}

/** Where the columns of each table stand in `SourceRow.cells`; those of `Source.extra` follow them. */
const POSITIONS = new Map(
  TABLE_NAMES.map((table) => [
    table,
    new Map<string, number>(columnsOf(table).map(({ name }, at) => [name, at])),
  ]),
);

/** Makes the reader of a table's rows. */
export function cellReader<T extends TableName>(
  source: Source,
  table: T,
  report: (found: Fault, row: SourceRow) => void,
): (row: SourceRow) => Cells<T> {
  const own = POSITIONS.get(table)!;
  const extra: readonly string[] = source.extra[table] ?? [];
  const position = (column: string): number => own.get(column) ?? own.size + extra.indexOf(column);
  return (row) => {
    let failed = false;
    const raw = (column: string): string => row.cells[position(column)] ?? '';
    const called = (column: string): string => source.called?.(table, column) ?? column;
    const where = (column?: string): FaultWhere => {
      const at = column === undefined ? undefined : source.column(table, column);
      const file = source.files[row.file]!.name;
      return {
        source: {
          file,
          line: row.line,
          ...(at !== undefined && { column: at }),
          ...(column !== undefined && { key: called(column) }),
        },
      };
    };
    const say = (found: Fault): void => {
      if (found.severity === 'error') failed = true;
      report(found, row);
    };
    const refuse = (
      code: FaultCode,
      column: string,
      values: Record<string, string | number> = {},
    ): undefined => {
      say(fault(code, { column: called(column), value: raw(column), ...values }, where(column)));
      return undefined;
    };
    const number = (column: string, scale: number): number | undefined => {
      const text = raw(column);
      if (text === '') return undefined;
      const parsed = parseDecimal(text, scale);
      if (parsed.ok) return parsed.value;
      if (parsed.problem === 'excess-digits') return refuse('BG1C-VALUE-DIGITS', column, { scale });
      return refuse(parsed.problem === 'range' ? 'BG1C-VALUE-RANGE' : 'BG1C-VALUE-DECIMAL', column);
    };
    /** `null` where there is none; `undefined` for what is no date, which is said. */
    const day = (column: string): string | null | undefined => {
      const parsed = raw(column) === '' ? null : parseDate(raw(column));
      return parsed === undefined ? refuse('BG1C-VALUE-DATE', column) : parsed;
    };
    return {
      raw,
      where,
      failed: () => failed,
      text: (column) => cleanText(raw(column), column, where(column), say),
      extra: (column) => cleanText(raw(column), column, where(column), say),
      required: (column) =>
        cleanText(raw(column), column, where(column), say) || refuse('BG1C-VALUE-REQUIRED', column),
      id(column) {
        const text = raw(column);
        if (text === '') return refuse('BG1C-VALUE-REQUIRED', column);
        return /^\d{1,15}$/.test(text) ? String(Number(text)) : refuse('BG1C-VALUE-INTEGER', column);
      },
      integer(column) {
        const text = raw(column);
        if (text === '') return undefined;
        return /^-?\d{1,15}$/.test(text) ? Number(text) : refuse('BG1C-VALUE-INTEGER', column);
      },
      decimal: number,
      date: (column) => day(column) ?? undefined,
      requiredDate: (column) => {
        const found = day(column);
        return found === null ? refuse('BG1C-VALUE-REQUIRED', column) : found;
      },
      flag(column) {
        const text = raw(column);
        if (text === '') return undefined;
        if (text === '1' || text === '0') return text === '1';
        return refuse('BG1C-VALUE-CHOICE', column, { allowed: '0, 1' });
      },
    };
  };
}
