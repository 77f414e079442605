import { readdir, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { type Fault, fault } from '../../faults/fault.ts';
import { openArchive } from '../../support/archive.ts';
import { fileChunks } from '../../support/file-chunks.ts';
import { EXPORT_ARCHIVE } from '../limits.ts';
import { TABLE_NAMES, TABLES, type TableName } from '../tables.ts';

/** A table's file in a folder or an archive; it can be opened again and again. */
export interface TableFile {
  readonly table: TableName;
  readonly name: string;
  /** The archive it lies in. */
  readonly archive?: string;
  /** A chunk holds until the next is asked for. */
  open(): AsyncIterable<Buffer>;
}

export interface Located {
  readonly files: readonly TableFile[];
  readonly faults: readonly Fault[];
  close(): void;
}

/**
 * Finds the tables of an export: `<table>.csv` in any case, right in a folder, or in an archive, there also all inside
 * one folder. Other files are passed over.
 * @param spared tables that need not be there
 * @throws system errors and {@link ArchiveError}
 */
export async function locateTables(path: string, spared: readonly TableName[]): Promise<Located> {
  return (await stat(path)).isDirectory() ? inFolder(path, spared) : inArchive(path, spared);
}

async function inFolder(path: string, spared: readonly TableName[]): Promise<Located> {
  const files: TableFile[] = [];
  for (const name of await readdir(path)) {
    const table = tableOf(name);
    const file = join(path, name);
    if (table && (await stat(file)).isFile()) files.push({ table, name, open: () => fileChunks(file) });
  }
  return { ...judge(files, basename(path), spared), close: () => {} };
}

async function inArchive(path: string, spared: readonly TableName[]): Promise<Located> {
  const zip = await openArchive(path, EXPORT_ARCHIVE);
  const archive = basename(path);
  const files: TableFile[] = [];
  const folders = new Set<string>();
  for (const { name } of zip.entries) {
    const table = tableOf(posix.basename(name));
    if (!table) continue;
    folders.add(posix.dirname(posix.normalize(name)));
    files.push({ table, name: posix.basename(name), archive, open: () => zip.read(name) });
  }
  if (folders.size <= 1) return { ...judge(files, archive, spared), close: zip.close };
  const reason = `таблицы лежат в нём в разных папках: ${[...folders].sort().join(', ')}`;
  return { files: [], faults: [fault('BG1C-SOURCE-ARCHIVE', { file: archive, reason })], close: zip.close };
}

function tableOf(name: string): TableName | undefined {
  return TABLE_NAMES.find((table) => `${table}.csv` === name.toLowerCase());
}

/** Puts the files into the order of the tables; a table that is there twice is not read at all. */
function judge(
  found: readonly TableFile[],
  place: string,
  spared: readonly TableName[],
): Omit<Located, 'close'> {
  const files: TableFile[] = [];
  const faults: Fault[] = [];
  for (const table of TABLE_NAMES) {
    const [file, ...doubles] = found.filter((one) => one.table === table);
    if (!file) {
      if (TABLES[table].required && !spared.includes(table))
        faults.push(fault('BG1C-SOURCE-TABLE-MISSING', { file: `${table}.csv` }, { path: place }));
    } else if (doubles.length === 0) files.push(file);
    else {
      const names = [file, ...doubles].map(({ name }) => name).sort();
      faults.push(fault('BG1C-SOURCE-TABLE-TWICE', { table, files: names.join(', ') }, { path: place }));
    }
  }
  return { files, faults };
}
