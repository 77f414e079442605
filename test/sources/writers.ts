import iconv from 'iconv-lite';
import type { Rows, Tables } from './billing.ts';

/** Small writers of exports; NULL is left out of XML and null in JSON. */

type AnyTables = Partial<Record<string, Rows>>;

export function csvFiles(tables: Tables, columns: (table: string) => string[]): Record<string, Buffer> {
  const quoted = (cell: string): string => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => {
      const names = columns(table);
      const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
      return [
        `${table}.csv`,
        iconv.encode(lines.map((cells) => `${cells.map(quoted).join(';')}\r\n`).join(''), 'win1251'),
      ];
    }),
  );
}

export interface XmlStyle {
  encoding: 'windows-1251' | 'utf-8';
  bom?: boolean;
  /** Attributes on lines of their own. */
  spread?: boolean;
}

export function xmlText(tables: AnyTables, { encoding, spread = false }: XmlStyle): string {
  const gap = spread ? '\r\n    ' : ' ';
  const row = (values: Record<string, string>): string =>
    `<row${Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${gap}${name}="${escaped(value)}"`)
      .join('')}/>`;
  const sections = Object.entries(tables).map(
    ([table, rows]) => ` <${table}>\n${rows!.map((one) => `  ${row(one)}\n`).join('')} </${table}>\n`,
  );
  return `<?xml version="1.0" encoding="${encoding}"?>\n<BGBillingExport version="1" year="2026" month="10" billModuleId="5">\n${sections.join('')}</BGBillingExport>\n`;
}

export function xmlBytes(tables: AnyTables, style: XmlStyle): Buffer {
  const text = xmlText(tables, style);
  return iconv.encode(text, style.encoding, { addBOM: style.bom ?? false });
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}

export function jsonText(tables: AnyTables, indent?: number): string {
  const rows = Object.fromEntries(
    Object.entries(tables).map(([table, list]) => [
      table,
      list!.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === '' ? null : value])),
      ),
    ]),
  );
  return JSON.stringify(
    {
      format: 'bgbilling-export',
      version: 1,
      period: { year: 2026, month: 10 },
      billing: { billModuleId: 5 },
      ...rows,
    },
    undefined,
    indent,
  );
}
