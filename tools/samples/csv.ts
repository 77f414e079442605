import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import type { ExportTable } from './tables.ts';

export interface CsvStyle {
  encoding: 'windows-1251' | 'utf-8';
  bom?: boolean;
  newline: '\r\n' | '\n';
}

/** As BGBilling's SELECTs are saved in Russia. */
export const BILLING_STYLE: CsvStyle = { encoding: 'windows-1251', newline: '\r\n' };

export function csvText({ columns, rows }: ExportTable, newline: string): string {
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(';') + newline)
    .join('');
}

/** Encodes; a character that the code page cannot hold is a mistake of the sample. */
export function encoded(text: string, { encoding, bom = false }: CsvStyle): Buffer {
  const bytes = iconv.encode(text, encoding, { addBOM: bom });
  assert.equal(iconv.decode(bytes, encoding), text);
  return bytes;
}

export function csvBytes(table: ExportTable, style: CsvStyle): Buffer {
  return encoded(csvText(table, style.newline), style);
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
