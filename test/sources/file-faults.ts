import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../src/faults/fault.ts';
import { openJsonSource } from '../../src/sources/bgbilling-json/source.ts';
import { openXmlSource } from '../../src/sources/bgbilling-xml/source.ts';
import type { FileOptions } from '../../src/sources/file-source.ts';
import type { SourceRow } from '../../src/sources/source.ts';
import { TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';

type Open = typeof openXmlSource;
export const OPEN: Record<'xml' | 'json', Open> = { xml: openXmlSource, json: openJsonSource };

export interface ReadFile {
  faults: Fault[];
  rows: Partial<Record<TableName, SourceRow[]>>;
}

/** Opens an export and reads all of it. */
export async function readAll(
  open: Open,
  path: string,
  options: Partial<FileOptions> = {},
): Promise<ReadFile> {
  const { source, faults } = await open(path, { encoding: 'auto', ...options });
  const read: ReadFile = { faults: [...faults], rows: {} };
  if (!source) return read;
  for (const table of TABLE_NAMES) {
    const rows: SourceRow[] = [];
    for await (const batch of source.read(table, (found) => read.faults.push(found))) rows.push(...batch);
    if (source.has(table)) read.rows[table] = rows;
  }
  await source.close();
  return read;
}

/** Writes the bytes as `export.xml` or `export.json` and reads them. */
export function readBytes(
  kind: 'xml' | 'json',
  folder: string,
  bytes: string | Uint8Array,
  options?: Partial<FileOptions>,
): Promise<ReadFile> {
  const path = join(folder, `export.${kind}`);
  writeFileSync(path, bytes);
  return readAll(OPEN[kind], path, options);
}

/** `SYNTAX 4: файл обрывается …` */
export function brief({ code, source, message }: Fault): string {
  const line = source?.line === undefined ? '' : ` ${source.line}`;
  return `${code.replace(/^BG1C-(SOURCE-)?/, '')}${line}: ${message}`;
}
