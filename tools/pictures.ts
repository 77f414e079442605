import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { shipped } from '../src/support/root.ts';
import { demoMonth, letterOf, loadedMonth, printedForm, updMonth } from './pictures/months.ts';
import { startCamera } from './pictures/picture.ts';
import { formPage } from './pictures/processing.ts';

/**
 * Makes the pictures of the guides from the product itself: pages in a headless Chromium, printed forms through
 * poppler, the form of the processing from its description. To be run, and looked at, after a change of a page or a form.
 *
 *     npx tsx tools/pictures.ts [--out docs/img]
 */
const { values: options } = parseArgs({ options: { out: { type: 'string', default: shipped('docs/img') } } });

/** What a guide shows of a page of the processing: file name → name of the page in `description.yaml`. */
const PROCESSING = {
  'epf-documents': 'СтраницаДокументы',
  'epf-counterparties': 'СтраницаКонтрагенты',
  'epf-conflicts': 'СтраницаРасхождения',
  'epf-protocol': 'СтраницаПротокол',
  'epf-settings': 'СтраницаНастройки',
};
/** A guide is read beside its text, often over a slow line. */
const LARGEST = 200 * 1024;

const out = resolve(options.out);
mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'bg1c-pictures-'));
const folder = (name: string): string => {
  const path = join(scratch, name);
  mkdirSync(path);
  return path;
};
const camera = await startCamera(folder('browser'));
try {
  const demo = await demoMonth(folder('demo'));
  const preview = readFileSync(demo.preview, 'utf8');
  await keep('preview', camera.take(preview, { width: 1100, height: 1250 }));
  await keep('preview-phone', camera.take(preview, { width: 390, height: 925 }));
  await keep('bill', printedForm(demo, 'Счёт № 501-10 от 01.10.2026', 0.62));
  await keep('act', printedForm(demo, 'Акт № А10-1045 от 31.10.2026', 0.62));
  await keep('letter', camera.take(await letterOf(demo), { width: 760, height: 700 }));
  const upd = await updMonth(folder('upd'));
  const [first] = readdirSync(upd.print).filter((name) => name.startsWith('УПД'));
  await keep('upd', printedForm(upd, first!.replace(/\.pdf$/, ''), 0.86));
  const report = await loadedMonth(folder('loaded'));
  await keep('report', camera.take(report, { width: 1100, height: 1150 }));
  for (const [name, page] of Object.entries(PROCESSING))
    await keep(name, camera.take(formPage(page), { width: 1240, height: 700 }));
} finally {
  await camera.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function keep(name: string, picture: Buffer | Promise<Buffer>): Promise<void> {
  const bytes = await picture;
  writeFileSync(join(out, `${name}.png`), bytes);
  console.log(`${name}.png: ${Math.ceil(bytes.length / 1024)} KiB`);
  if (bytes.length <= LARGEST) return;
  console.error(`${name}.png is larger than ${LARGEST / 1024} KiB`);
  process.exitCode = 1;
}
