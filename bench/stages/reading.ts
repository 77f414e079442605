import { TABLE_NAMES } from '../../src/sources/tables.ts';
import { createStopwatch, type StageResult } from '../measure.ts';
import { openExport, openMonth } from './month.ts';

/** Rows of all tables: bytes, hash, text, values. */
export async function rows(folder: string): Promise<StageResult> {
  const { source } = await openExport(folder);
  const watch = createStopwatch();
  let count = 0;
  await watch.time(async () => {
    for (const table of TABLE_NAMES)
      for await (const batch of source.read(table, refuse)) count += batch.length;
  });
  const bytes = source.files.reduce((sum, { fingerprint }) => sum + fingerprint!.size, 0);
  await source.close();
  return { ...watch.read(), amounts: { rows: count, bytes } };
}

/** Reading and joining: everything up to the rows of each contract. */
export async function joinTables(folder: string): Promise<StageResult> {
  const watch = createStopwatch();
  const { month, source } = await watch.time(() => openMonth(folder));
  let count = 0;
  watch.time(() => {
    for (const { documents, document_lines, accruals } of month.contracts())
      count += documents.length + document_lines.length + accruals.length;
  });
  month.remove();
  await source.close();
  return { ...watch.read(), amounts: { documents: month.documents, rows: count } };
}

function refuse(found: unknown): never {
  throw new Error(JSON.stringify(found));
}
