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

/** A table's file; a character that the code page cannot hold is a mistake of the sample. */
export function csvBytes(
  { columns, rows }: ExportTable,
  { encoding, bom = false, newline }: CsvStyle,
): Buffer {
  const text = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(';') + newline)
    .join('');
  const bytes = iconv.encode(text, encoding, { addBOM: bom });
  assert.equal(iconv.decode(bytes, encoding), text);
  return bytes;
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
