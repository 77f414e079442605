import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PNG } from 'pngjs';
import { findChromium, startChromium } from '../../test/preview/chromium.ts';

export interface Camera {
  /**
   * A picture of a page.
   * @param size width of the window, and the most that is kept of the height, in CSS pixels
   * @returns PNG
   */
  take(html: string, size: { width: number; height: number }): Promise<Buffer>;
  close(): Promise<void>;
}

/** @param folder empty, for the browser's own files */
export async function startCamera(folder: string): Promise<Camera> {
  const program = findChromium();
  if (program === undefined) throw new Error('there is no Chromium on this machine');
  const browser = await startChromium(program, folder);
  return {
    async take(html, { width, height }) {
      const file = join(folder, 'page.html');
      writeFileSync(file, html);
      const page = await browser.open(pathToFileURL(file).href, width, 200);
      if (page.problems.length > 0) throw new Error(page.problems.join('\n'));
      const end = await page.evaluate<number>(`(${betweenBlocks})(${height})`);
      return cutBelow(await page.screenshot(), end, 2);
    },
    close: browser.close,
  };
}

/**
 * Runs in the page. `most` is in CSS pixels; what is taller than a card of the page may be cut.
 * @returns where to cut so that no line and no card is cut through: `most`, or somewhat above
 */
const betweenBlocks = `(most) => {
  const blocks = [...document.body.querySelectorAll('*')]
    .filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect())
    .filter(({ height }) => height > 0 && height < 250);
  for (let end = most; ; ) {
    const cut = blocks.filter(({ top, bottom }) => top < end && bottom > end);
    if (cut.length === 0) return Math.floor(end);
    end = Math.min(...cut.map(({ top }) => top)) - 1;
  }
}`;

/** The top of a picture; `colorType` 0 is grey, 2 colour. */
function cutBelow(bytes: Buffer, height: number, colorType: 0 | 2): Buffer {
  const whole = PNG.sync.read(bytes);
  const kept = new PNG({ width: whole.width, height: Math.min(height, whole.height) });
  PNG.bitblt(whole, kept, 0, 0, kept.width, kept.height, 0, 0);
  return PNG.sync.write(kept, { colorType, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
}

/**
 * The first sheet of a PDF, or its upper part, in grey: forms know no colour.
 * @param part of the sheet's height, up to 1
 */
export function pictureOfSheet(pdf: string, part: number): Buffer {
  const target = `${pdf}.picture`;
  const args = ['-gray', '-png', '-singlefile', '-r', '90', pdf, target];
  const { status, stderr } = spawnSync('pdftoppm', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`pdftoppm (poppler): ${stderr}`);
  const bytes = readFileSync(`${target}.png`);
  rmSync(`${target}.png`);
  const sheet = PNG.sync.read(bytes);
  return cutBelow(bytes, Math.round(sheet.height * part), 0);
}
