import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { type Fault, fault } from '../faults/fault.ts';
import { UNITS } from '../model/units.ts';
import { parseVatRate, rateText, VAT_RATES } from '../model/vat.ts';
import type { MappedService } from './formation.ts';

const COLUMNS = ['sid', 'name', 'fullName', 'group', 'unit', 'vat'] as const;
type Column = (typeof COLUMNS)[number];
/** Lengths of 1C's fields. */
const LIMITS: Partial<Record<Column, number>> = { name: 100, fullName: 1000, group: 100 };

/** Services of a file of `services.file`; what is wrong with it is said with line and value. */
export function readServicesFile(path: string): { map: Record<string, MappedService>; faults: Fault[] } {
  const file = basename(path);
  const faults: Fault[] = [];
  const refuse = (line: number, reason: string): void => {
    faults.push(fault('BG1C-SERVICES-FILE', { file, line, reason }, { source: { file, line } }));
  };
  const map: Record<string, MappedService> = {};
  let rows: Row[];
  try {
    rows = rowsOf(decoded(readFileSync(path)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof CsvError) refuse(Number(error.lines), 'кавычки или число значений не сходятся');
    else if (code === undefined) throw error;
    else refuse(1, `файл не читается: ${code === 'ENOENT' ? 'его нет' : message}`);
    return { map, faults };
  }
  const [head, ...body] = rows;
  const columns = head?.cells.map((name) =>
    COLUMNS.find((column) => column.toLowerCase() === name.toLowerCase()),
  );
  if (!head || !columns?.includes('sid')) {
    refuse(1, `нет столбца sid; ожидаются ${COLUMNS.join(';')}`);
    return { map, faults };
  }
  head.cells.forEach((name, at) => {
    if (columns[at] === undefined)
      refuse(1, `неизвестный столбец «${name}»; ожидаются ${COLUMNS.join(', ')}`);
  });
  for (const { cells, line } of body) {
    const values: Partial<Record<Column, string>> = {};
    columns.forEach((column, at) => {
      if (column !== undefined && cells[at]) values[column] = cells[at];
    });
    const { sid } = values;
    const found =
      sid === undefined
        ? 'не указан sid'
        : Object.hasOwn(map, sid)
          ? `услуга ${sid} уже описана выше`
          : rowProblem(values);
    if (found !== undefined) refuse(line, found);
    else map[sid!] = serviceOf(values);
  }
  return { map, faults };
}

interface Row {
  cells: string[];
  line: number;
}

function rowsOf(text: string): Row[] {
  const options = { delimiter: ';', bom: true, trim: true, skip_empty_lines: true, info: true } as const;
  const rows = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
  return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
}

function decoded(bytes: Buffer): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1251').decode(bytes);
}

function rowProblem(values: Partial<Record<Column, string>>): string | undefined {
  for (const [column, limit] of Object.entries(LIMITS) as [Column, number][]) {
    const text = values[column] ?? '';
    if (text.length > limit) return `${column} длиннее ${limit} знаков: «${text}»`;
  }
  const { unit, vat } = values;
  if (unit !== undefined && !Object.hasOwn(UNITS, unit))
    return `единица измерения «${unit}»; возможно: ${Object.keys(UNITS).join(', ')}`;
  if (vat !== undefined && parseVatRate(vat) === undefined)
    return `ставка НДС «${vat}»; возможно: ${VAT_RATES.map(rateText).join(', ')}`;
  return undefined;
}

function serviceOf({ name, fullName, group, unit, vat }: Partial<Record<Column, string>>): MappedService {
  const rate = vat === undefined ? undefined : parseVatRate(vat);
  return {
    ...(name && { name }),
    ...(fullName && { fullName }),
    ...(group && { group }),
    ...(unit && { unit }),
    ...(rate !== undefined && { vat: rate }),
  };
}
