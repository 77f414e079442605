import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';
import { receiptOf } from '../../tools/soak-world.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { temporaryFolders } from '../support/folders.ts';
import { POPPLER, pagesOf } from './judges.ts';
import { SAMPLE } from './sources.ts';

const folder = temporaryFolders();
const BASE = '11111111-1111-4111-8111-111111111111';
const CONNECTION = 'Srvr="server";Ref="buh";';

/** The sample month with numbers that 1C draws. */
async function drawnMonth(): Promise<{ cwd: string; file: string }> {
  const cwd = folder();
  cpSync(shipped(`${SAMPLE}/in`), join(cwd, 'in'), { recursive: true });
  const settings = readFileSync(shipped(`${SAMPLE}/bg1c.yaml`), 'utf8')
    .replace(/^onec:\n/m, `onec:\n  infobase: { id: '${BASE}', connection: ['${CONNECTION}'] }\n`)
    .replace(/^numbering:\n {2}by: billing\n/m, 'numbering:\n  by: onec\n');
  writeFileSync(join(cwd, 'bg1c.yaml'), settings);
  await bg1c(cwd, 'build', 'in', '--period', '2026-10', '--out', 'out');
  const name = readdirSync(join(cwd, 'out')).find((one) => one.endsWith('.zip'))!;
  return { cwd, file: join('out', name) };
}

describe('numbers that 1C draws', () => {
  it('nothing is printed before they are known; then forms bear them, and the advance invoices of the books', async () => {
    const { cwd, file } = await drawnMonth();
    const before = await bg1c(cwd, 'print', file, '--json');
    expect(jsonOf(before)).toMatchObject({ exit: 1, files: [] });
    expect(new Set(jsonOf(before).faults.map(({ code }) => code))).toContain('BG1C-PRINT-NUMBER');
    let drawn = 0;
    const receipt = await receiptOf(join(cwd, file), (one) => {
      one.infobase = { ...one.infobase, id: BASE, connection: CONNECTION };
      for (const object of one.objects) {
        if (object.sum === undefined) continue;
        object.number = `БАШ-${String(++drawn).padStart(6, '0')}`;
        if (object.kind === 'vat-invoice') object.advanceInvoices = [{ number: 'А-17', date: '2026-10-05' }];
      }
    });
    writeFileSync(join(cwd, 'receipt.json'), JSON.stringify(receipt));
    const taken = await bg1c(cwd, 'receipt', 'receipt.json');
    expect(taken).toMatchObject({ exit: 0 });
    const after = await bg1c(cwd, 'print', file, '--out', 'forms', '--json');
    const { files } = jsonOf(after) as never as { files: { kind: string; number: string; file: string }[] };
    expect(files).toHaveLength(drawn);
    for (const { number } of files) expect(number).toMatch(/^БАШ-\d{6}$/);
    if (!POPPLER) return;
    const invoice = files.find(({ kind }) => kind === 'vat-invoice')!;
    const text = pagesOf(folder(), readFileSync(join(cwd, 'forms', invoice.file))).join();
    expect(text).toContain(`Счет-фактура № ${invoice.number}`);
    expect(text).toMatch(/№ п\/п 1(-\d+)? № БАШ-\d{6} от/);
    expect(text).toContain('№ А-17 от 05.10.2026');
  }, 30_000);
});
