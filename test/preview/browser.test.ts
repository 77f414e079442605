import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { previewPage } from '../../src/formats/preview/page.ts';
import { temporaryFolders } from '../support/folders.ts';
import { type Browser, findChromium, type Page, startChromium } from './chromium.ts';
import { HOSTILE, previewOf } from './pages.ts';

const folder = temporaryFolders();
const program = findChromium();
const title = program === undefined ? ' (SKIPPED: no Chromium on this machine)' : '';
/** Where to leave the pictures for a person to look at; nowhere by default. */
const shots = process.env.PREVIEW_SHOTS;

describe.skipIf(program === undefined)(`preview.html in a browser${title}`, { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(program!, folder());
  });
  afterAll(() => browser?.close());

  const open = async (text: string, width = 1200): Promise<Page> => {
    const file = join(folder(), 'preview.html');
    writeFileSync(file, text);
    return browser.open(pathToFileURL(file).href, width);
  };
  const keep = (name: string, bytes: Buffer): void => {
    if (shots) writeFileSync(join(shots, name), bytes);
  };

  it('opens without a word in the console; what was injected stays text', async () => {
    const page = await open(previewPage(previewOf(60)));
    keep('desktop.png', await page.screenshot());
    expect(page.problems).toEqual([]);
    expect(await page.evaluate('document.title')).toBe('ООО «БашНет»: документы за октябрь 2026');
    expect(await page.evaluate('document.scripts.length + document.images.length')).toBe(0);
    expect(await page.evaluate('document.body.innerText')).toContain(HOSTILE);
  });

  it('would not run a script that got in, nor load or send anything', async () => {
    const evil = `<script>document.title = 'взлом'</script><img src="http://127.0.0.1:9/x.png" onerror="document.title = 'взлом'"><form action="http://127.0.0.1:9/"><button></button></form></body>`;
    const page = await open(previewPage(previewOf(3)).replace('</body>', evil));
    await page.evaluate('document.querySelector("button").click()');
    expect(await page.evaluate('document.title')).not.toBe('взлом');
    expect(page.problems.join('\n')).toContain('Content Security Policy');
    expect(page.problems.filter((text) => !/Content Security Policy/i.test(text))).toEqual([]);
  });

  it.each([390, 320])(
    'fits a phone of %i px: nothing is cut off or has to be scrolled sideways',
    async (width) => {
      const page = await open(previewPage(previewOf(12)), width);
      expect(page.problems).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const wide = `[...document.querySelectorAll('td, th, p, h1, h2, code, a')].filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => one.outerHTML)`;
      expect(await page.evaluate(wide)).toEqual([]);
      const picture = await page.screenshot();
      expect(PNG.sync.read(picture).width).toBe(width);
      keep(`phone-${width}.png`, picture);
    },
  );

  it('prints on paper, every document', async () => {
    const page = await open(previewPage(previewOf(60)));
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(page.problems).toEqual([]);
    keep('print.pdf', pdf);
  });

  it('stays quick with a full part of 2000 documents', async () => {
    const text = previewPage(previewOf(2000));
    expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
    const page = await open(text);
    expect(await page.evaluate(`document.querySelectorAll('.documents tbody tr').length`)).toBe(2000);
    expect(await page.evaluate('performance.now()')).toBeLessThan(10_000);
  });

  it('of a sample is without a word in the console too', async () => {
    const page = await open(readFileSync('samples/october-2026/out/preview.html', 'utf8'), 390);
    expect(page.problems).toEqual([]);
    keep('sample.png', await page.screenshot());
  });
});
