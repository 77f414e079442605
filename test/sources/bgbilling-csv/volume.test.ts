import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { exportFolders, open } from './exports.ts';

const folder = exportFolders();
const ROWS = 200_000;

/** Writes `document_lines.csv` in windows-1251 and returns its hash. */
function writeLines(path: string): string {
  const file = openSync(join(path, 'document_lines.csv'), 'w');
  const hash = createHash('sha256');
  const put = (text: string): void => {
    const bytes = iconv.encode(text, 'win1251');
    hash.update(bytes);
    writeSync(file, bytes);
  };
  put('kind;doc_id;line_no;sid;service_title;qty;unit;line_summ\r\n');
  for (let from = 0; from < ROWS; from += 1000)
    put(
      Array.from({ length: 1000 }, (_, index) => {
        const n = from + index;
        return `invoice;${n};1;20;"Услуги ""Интернет""; тариф ${n % 7}";1;усл.;${n},50\r\n`;
      }).join(''),
    );
  closeSync(file);
  return hash.digest('hex');
}

test(`a table of ${ROWS} rows comes in batches, none of them large, and whole`, async () => {
  const path = folder();
  mkdirSync(path, { recursive: true });
  const sha256 = writeLines(path);
  const { source, faults } = await open(path);
  expect(faults).toEqual([]);
  let rows = 0;
  let largest = 0;
  for await (const batch of source.read('document_lines', () => expect.unreachable())) {
    largest = Math.max(largest, batch.length);
    for (const { line, cells } of batch) {
      const n = rows++;
      if (
        line !== n + 2 ||
        cells[1] !== String(n) ||
        cells[5] !== `Услуги "Интернет"; тариф ${n % 7}` ||
        cells[9] !== `${n},50`
      )
        expect({ line, cells }).toEqual({ line: n + 2, n });
    }
  }
  expect(rows).toBe(ROWS);
  expect(largest).toBeLessThan(5000);
  expect(source.files.find(({ table }) => table === 'document_lines')!.fingerprint!.sha256).toBe(sha256);
  await source.close();
});
