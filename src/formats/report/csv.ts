import { KIND_NAMES } from '../../model/document-name.ts';
import { sumText } from '../../model/money.ts';
import type { MonthReport, ReportDocument } from './report.ts';

const COLUMNS: readonly (readonly [string, (one: ReportDocument) => string])[] = [
  ['Документ', ({ kind }) => KIND_NAMES[kind]],
  ['Номер', ({ number }) => number],
  ['Дата', ({ date }) => date],
  ['Контрагент', ({ buyer }) => buyer],
  ['ИНН', ({ inn }) => inn],
  ['Лицевой счёт', ({ account }) => account],
  ['Сумма', ({ sum }) => sumText(sum).replace('.', ',')],
  ['НДС', ({ vat }) => sumText(vat).replace('.', ',')],
  ['В 1С', ({ booked }) => booked.text],
  ['Доставка', ({ deliveries }) => deliveries.map(({ channel, text }) => `${channel}: ${text}`).join('; ')],
];

/** The documents of a report for a spreadsheet: UTF-8 with a byte order mark, semicolons, comma in sums. */
export function reportCsv({ documents }: MonthReport): string {
  const head = COLUMNS.map(([title]) => title).join(';');
  const lines = documents.map((one) => COLUMNS.map(([, get]) => cell(get(one))).join(';'));
  return `\ufeff${[head, ...lines].map((line) => `${line}\r\n`).join('')}`;
}

/** A spreadsheet takes what begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
