import { type Fault, fault } from '../faults/fault.ts';
import { RecordError } from './records.ts';
import { columnsOf, type TableName } from './tables.ts';

/** Columns of a table whose rows name their values, gathered as the rows come. */
export interface NamedColumns {
  /** A row begins. */
  row(line: number): void;
  /** Notes a value. @throws {RecordError} when its name stands twice in the row */
  see(name: string): void;
  /** Index in `SourceRow.cells` of a value with this name, or -1. */
  cell(name: string): number;
  /** Rank of the column among those of the file, from 1, in the order they were met. */
  position(column: string): number | undefined;
  /** Cells of a row. */
  readonly width: number;
  /** Rows seen. */
  readonly rows: number;
  /** What is wrong with the columns as a whole. */
  faults(file: string): Fault[];
}

interface Column {
  readonly name: string;
  readonly cell: number;
  /** Where it was first met. */
  readonly line: number;
  /** Last row that had it. */
  row: number;
}

/** More are no columns but values that took their place. */
const MOST_COLUMNS = 500;

/**
 * Columns that a whole table may lack because all its values are NULL and a writer leaves NULL out: a month of persons
 * has neither ИНН nor КПП.
 */
const MAY_BE_ABSENT: ReadonlySet<string> = new Set(['clients.inn', 'clients.kpp', 'documents.create_dt']);

/** @param extra further columns that the table must have */
export function createColumns(table: TableName, extra: readonly string[]): NamedColumns {
  const wanted = [...columnsOf(table), ...extra.map((name) => ({ name, required: true as const }))];
  const cells = new Map(wanted.map(({ name }, index) => [name, index]));
  const byName = new Map<string, Column>();
  /** By the name as it is written: `CID` is `cid`. */
  const bySpelling = new Map<string, Column>();
  let rows = 0;
  let line = 0;

  const meet = (spelling: string): Column => {
    const name = spelling.toLowerCase();
    const column = byName.get(name) ?? { name, cell: cells.get(name) ?? -1, line, row: 0 };
    if (bySpelling.size === MOST_COLUMNS)
      throw new RecordError(
        'format',
        line,
        `у строк раздела ${table} больше ${MOST_COLUMNS} разных имён значений`,
      );
    byName.set(name, column);
    bySpelling.set(spelling, column);
    return column;
  };

  return {
    row(at) {
      rows++;
      line = at;
    },
    see(spelling) {
      const column = bySpelling.get(spelling) ?? meet(spelling);
      if (column.row === rows) throw new RecordError('twice', line, column.name);
      column.row = rows;
    },
    cell: (spelling) => bySpelling.get(spelling)?.cell ?? -1,
    position(name) {
      const at = [...byName.keys()].indexOf(name);
      return at === -1 ? undefined : at + 1;
    },
    width: wanted.length,
    get rows() {
      return rows;
    },
    faults(file) {
      const found: Fault[] = [];
      for (const column of byName.values()) {
        const source = { file, line: column.line, key: column.name };
        if (column.cell === -1)
          found.push(
            fault('BG1C-SOURCE-COLUMN-UNKNOWN', { file, column: `${table}.${column.name}` }, { source }),
          );
      }
      for (const { name, required } of wanted)
        if (required && rows > 0 && !byName.has(name) && !MAY_BE_ABSENT.has(`${table}.${name}`))
          found.push(
            fault('BG1C-SOURCE-COLUMN-MISSING', { file, column: `${table}.${name}` }, { path: file }),
          );
      return found;
    },
  };
}
