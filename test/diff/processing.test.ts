import { expect, it } from 'vitest';
import type { ReceiptObject } from '../../src/journal/receipt.ts';
import { CURRENT_PROFILE } from '../onec/base/metadata/profiles.ts';
import { openTemplate } from '../onec/processing/template.ts';
import { INFOBASE } from '../onec/scenarios/months.ts';
import { readPackage } from '../onec/scenarios/package-files.ts';
import { load } from '../onec/scenarios/steps.ts';
import { createWorld, type World } from '../onec/scenarios/world.ts';
import { acceptedWorld } from './world.ts';

const MONTH = { 1: { sum: 122_00 }, 2: { sum: 244_00 } };

function lastReceipt(world: World): string[] {
  const documents = (objects: ReceiptObject[]): ReceiptObject[] =>
    objects.filter(({ kind }) => ['act', 'vat-invoice', 'bill'].includes(kind));
  return documents(world.receipts().at(-1)!.objects)
    .map(({ kind, state, date, sum }) => `${kind} ${state} ${date} ${sum}`)
    .sort();
}

it('the processing loads a correction beside the VAT invoice, together with its changed act alone', async () => {
  const base = { ...INFOBASE, connection: INFOBASE.connection[0]! };
  const { root, build, export: exported } = acceptedWorld(undefined, base);
  const first = await build(MONTH);
  const files = [readPackage(first.packages[0]!.files[0]!)];
  const month = { period: '2026-10', folder: root, files };
  const world = createWorld({ month, template: openTemplate(), profile: CURRENT_PROFILE });
  try {
    world.command('ЗагрузитьПапку');
    for (const { file } of world.receipts()) expect((await world.bg1c('receipt', file)).exit).toBe(0);
    const second = await world.bg1c('build', exported({ ...MONTH, 1: { sum: 61_00 } }), '--corrections');
    expect(second.exit).toBe(0);

    // By the schedule nothing of it is loaded: the act that the books have waits for the accountant's tick.
    const [name] = (second as unknown as { packages: { files: string[] }[] }).packages[0]!.files;
    const corrections = readPackage(name!);
    world.command('ЗагрузитьПапку');
    expect(lastReceipt(world)).toEqual([
      'act found 2026-10-31 12200',
      'act found 2026-10-31 24400',
      'bill found 2026-10-31 12200',
      'bill found 2026-10-31 24400',
      'vat-invoice found 2026-10-31 24400',
      'vat-invoice skipped undefined undefined',
    ]);

    world.drop(corrections);
    const form = world.open();
    form.ui.answers.push(0);
    form.command('Прочитать');
    const { rows } = form.table('ДокументыПакета');
    const waiting = rows.flatMap(({ values }, row) => (values.get('кодсостояния') === 'found' ? [] : [row]));
    for (const row of waiting) form.changeCell('ДокументыПакета', row, 'Загрузить', true);
    load(form, 'Да');
    expect(lastReceipt(world)).toEqual([
      'act found 2026-10-31 24400',
      'act updated 2026-10-31 6100',
      'bill found 2026-10-31 24400',
      'bill updated 2026-10-31 6100',
      'vat-invoice created 2026-11-03 6100',
      'vat-invoice found 2026-10-31 24400',
    ]);
  } finally {
    world.dispose();
  }
});
