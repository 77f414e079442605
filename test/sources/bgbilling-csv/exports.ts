import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Fault } from '../../../src/faults/fault.ts';
import { type CsvOptions, openCsvSource } from '../../../src/sources/bgbilling-csv/source.ts';
import type { Source, SourceRow } from '../../../src/sources/source.ts';
import { TABLE_NAMES, type TableName } from '../../../src/sources/tables.ts';
import { temporaryFolders } from '../../support/folders.ts';

export type Files = Record<string, string | Uint8Array>;

/** The smallest export without a fault. */
export const SMALL: Files = {
  'clients.csv': 'cid;contract_title;fc;name_short;inn;kpp\r\n101;100245;1;Romashka;0274000002;027401001\r\n',
  'contracts.csv': 'cid;contract_title;scid;sub_mode\r\n101;100245;0;0\r\n',
  'services.csv': 'sid;title\r\n20;Internet\r\n',
  'documents.csv':
    'kind;id;cid;doc_type_id;format_number;create_dt;yy;mm;summ\r\ninvoice;1;101;2;A-1;2026-10-31;2026;10;100,00\r\n',
};

export const SERVICES_HEADER = 'sid;title;mid;module_name;module_title;unit;isusing';

/** Makes export folders of the small export with some files replaced or added. */
export function exportFolders(): (files?: Files) => string {
  const folder = temporaryFolders();
  return (files = {}) => {
    const path = join(folder(), 'export');
    mkdirSync(path);
    for (const [name, content] of Object.entries({ ...SMALL, ...files }))
      writeFileSync(join(path, name), content);
    return path;
  };
}

export async function open(
  path: string,
  options: Partial<CsvOptions> = {},
): Promise<{ source: Source; faults: Fault[] }> {
  const { source, faults } = await openCsvSource(path, { encoding: 'auto', ...options });
  expect(source).toBeDefined();
  return { source: source!, faults };
}

/** The rows of a table and the faults met in reading it. */
export async function readTable(
  source: Source,
  table: TableName,
): Promise<{ rows: SourceRow[]; faults: Fault[] }> {
  const rows: SourceRow[] = [];
  const faults: Fault[] = [];
  for await (const batch of source.read(table, (found) => faults.push(found))) {
    expect(batch.length).toBeGreaterThan(0);
    rows.push(...batch);
  }
  return { rows, faults };
}

/** Everything that is wrong with an export, found by opening it and reading all of it. */
export async function allFaults(path: string, options: Partial<CsvOptions> = {}): Promise<Fault[]> {
  const { source, faults } = await open(path, options);
  const all = [...faults];
  for (const table of TABLE_NAMES) all.push(...(await readTable(source, table)).faults);
  await source.close();
  return all;
}

/** Code, file and line of a fault. */
export function brief({ code, source }: Fault): string {
  return [code.replace('BG1C-SOURCE-', ''), source?.file, source?.line]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Reads `services.csv` made of this text: line and cells, and what was wrong. */
export async function readServices(
  folder: (files: Files) => string,
  content: string | Uint8Array,
  options?: Partial<CsvOptions>,
) {
  const { source, faults } = await open(folder({ 'services.csv': content }), options);
  const read = await readTable(source, 'services');
  await source.close();
  return {
    rows: read.rows.map(({ line, cells }) => [line, ...cells] as const),
    faults: [...faults, ...read.faults].map(brief),
    texts: [...faults, ...read.faults].map(({ message }) => message),
  };
}
