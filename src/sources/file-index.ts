import { type Fault, fault } from '../faults/fault.ts';
import { createColumns, type NamedColumns } from './named-columns.ts';
import { RecordError, type RecordEvents } from './records.ts';
import type { ExtraColumns } from './source.ts';
import { TABLE_NAMES, TABLES, type TableName } from './tables.ts';

/** A table inside the file of an export. */
export interface Section {
  readonly table: TableName;
  /** Line on which it begins. */
  readonly line: number;
  /** Characters of the text before its first row. */
  readonly at: number;
  readonly columns: NamedColumns;
}

/** What the first reading of a file gathers: where its tables are, and what they hold. */
export interface FileIndex {
  readonly events: RecordEvents;
  /** In the order of the file. */
  readonly sections: readonly Section[];
  /** Values of the envelope. */
  readonly envelope: ReadonlyMap<string, string>;
  /** What is wrong with the tables, to be asked for when the file was read to its end. */
  faults(): Fault[];
}

/** BGBilling's queries give it, and nothing here needs it: known, so not reported. */
const UNUSED: readonly string[] = ['payments_deleted'];

const MOST_SECTIONS = 200;

/** @param spared tables that need not be there */
export function createIndex(file: string, extra: ExtraColumns, spared: readonly TableName[]): FileIndex {
  const sections: Section[] = [];
  const envelope = new Map<string, string>();
  const found: Fault[] = [];
  let open: Section | undefined;
  let met = 0;

  const begin = (name: string, line: number, at: number): boolean => {
    met++;
    if (met > MOST_SECTIONS)
      throw new RecordError('format', line, `в файле больше ${MOST_SECTIONS} разделов`);
    const table = TABLE_NAMES.find((one) => one === name);
    open = undefined;
    if (table === undefined) {
      if (!UNUSED.includes(name))
        found.push(fault('BG1C-SOURCE-SECTION-UNKNOWN', { file, section: name }, { source: { file, line } }));
      return false;
    }
    const first = sections.find((section) => section.table === table);
    if (first) {
      const files = `${file}, строки ${first.line} и ${line}`;
      found.push(fault('BG1C-SOURCE-TABLE-TWICE', { table, files }, { source: { file, line } }));
      return false;
    }
    open = { table, line, at, columns: createColumns(table, extra[table] ?? []) };
    sections.push(open);
    return true;
  };

  return {
    events: {
      envelope(name, value, line) {
        if (envelope.has(name)) throw new RecordError('format', line, `«${name}» указано дважды`);
        if (envelope.size < MOST_SECTIONS) envelope.set(name, value);
      },
      section: begin,
      row: (line) => open!.columns.row(line),
      value: (name) => open!.columns.see(name),
      sectionEnd() {
        open = undefined;
      },
    },
    sections,
    envelope,
    faults: () => [
      ...found,
      ...sections.flatMap(({ columns }) => columns.faults(file)),
      ...TABLE_NAMES.filter(
        (table) =>
          TABLES[table].required && !spared.includes(table) && !sections.some((one) => one.table === table),
      ).map((section) => fault('BG1C-SOURCE-SECTION-MISSING', { file, section }, { path: file })),
    ],
  };
}

/** Envelope: version 1, and a month of the calendar where one is named; the reason why it is none of ours, or nothing. */
export function envelopeProblem(
  version: string | undefined,
  year: string | undefined,
  month: string | undefined,
): string | undefined {
  if (version !== '1')
    return version === undefined
      ? 'не указана версия выгрузки'
      : `версия выгрузки «${version}», а читается 1`;
  if (year !== undefined && !/^(19|20)\d{2}$/.test(year)) return `год выгрузки «${year}»`;
  if (month !== undefined && !/^(0?[1-9]|1[0-2])$/.test(month)) return `месяц выгрузки «${month}»`;
  return undefined;
}
