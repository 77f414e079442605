import type { FaultCode } from '../../faults/registry.ts';
import { sumText } from '../../model/money.ts';
import { functionOf, type Moment, type UpdDocument, type UpdFunction, type UpdSource } from './source.ts';

/** `upd.json` beside the files: what was made of one part of a package. */
export interface UpdList {
  updListVersion: 1;
  packageId: string;
  part: number;
  parts: number;
  organization: string;
  period: string;
  /** When the files were formed: files made again bear the same moment, so the same bytes. */
  formed: Moment;
  files: UpdRow[];
}

/** One document. Sums in kopecks. */
export interface UpdRow {
  /** Of the document. */
  uuid: string;
  record: UpdDocument['record'];
  function: UpdFunction;
  number: string;
  date: string;
  buyer: { name: string; inn?: string; kpp?: string };
  sum: number;
  vat: number;
  state: 'written' | 'left-out';
  /** Absent where the document was left out. */
  file?: string;
  /** Codes of the findings. */
  codes: FaultCode[];
}

export function updRow(
  { document, counterparty }: UpdSource,
  file: string | undefined,
  codes: readonly FaultCode[],
): UpdRow {
  const { uuid, record, number, date, sum, vat } = document;
  const { name, inn, kpp } = counterparty;
  return {
    uuid,
    record,
    function: functionOf(document),
    number,
    date,
    buyer: { name, ...(inn !== undefined && { inn }), ...(kpp !== undefined && { kpp }) },
    sum,
    vat,
    state: file === undefined ? 'left-out' : 'written',
    ...(file !== undefined && { file }),
    codes: [...new Set(codes)],
  };
}

const STATES: Readonly<Record<UpdRow['state'], string>> = { written: 'записан', 'left-out': 'не составлен' };

const COLUMNS: readonly (readonly [string, (row: UpdRow) => string])[] = [
  ['Номер', ({ number }) => number],
  ['Дата', ({ date }) => date],
  ['Функция', (row) => row.function],
  ['Покупатель', ({ buyer }) => buyer.name],
  ['ИНН', ({ buyer }) => buyer.inn ?? ''],
  ['КПП', ({ buyer }) => buyer.kpp ?? ''],
  ['Сумма', ({ sum }) => sumText(sum).replace('.', ',')],
  ['НДС', ({ vat }) => sumText(vat).replace('.', ',')],
  ['Состояние', ({ state }) => STATES[state]],
  ['Файл', ({ file = '' }) => file],
  ['Замечания', ({ codes }) => codes.join(' ')],
];

/** `upd.csv`, for a spreadsheet: UTF-8 with a byte order mark, semicolons, comma in sums. */
export function listCsv(rows: readonly UpdRow[]): string {
  return `${LIST_MARK}${[listHead(), ...rows.map(listLine)].map((line) => `${line}\r\n`).join('')}`;
}

/** By it a spreadsheet knows UTF-8. */
export const LIST_MARK = '\ufeff';

export function listHead(): string {
  return COLUMNS.map(([title]) => title).join(';');
}

export function listLine(row: UpdRow): string {
  return COLUMNS.map(([, get]) => cell(get(row))).join(';');
}

/** A spreadsheet takes what begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
