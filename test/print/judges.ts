import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';

/** The package is CommonJS: its types know no default of it. */
const decode = jsqr as unknown as typeof jsqr.default;

/** Poppler, the judge of what we print: a reader that we have not written. */
export const POPPLER = spawnSync('pdftotext', ['-v']).error === undefined;
if (!POPPLER) console.warn('SKIPPED: pdftotext and pdftoppm are not installed, printed forms are not judged');

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

function filed(folder: string, pdf: Buffer): string {
  const path = join(folder, 'form.pdf');
  writeFileSync(path, pdf);
  return path;
}

/** Text of the pages as a reader sees it, one text a page; runs of blanks are one space. */
export function pagesOf(folder: string, pdf: Buffer): string[] {
  const pages = run('pdftotext', ['-layout', filed(folder, pdf), '-']).split('\f');
  return pages.slice(0, -1).map((page) => page.replace(/[ \u00a0]+/g, ' '));
}

/** Lines of `pdffonts` without its head. */
export function fontsOf(folder: string, pdf: Buffer): string[] {
  return run('pdffonts', [filed(folder, pdf)])
    .trim()
    .split('\n')
    .slice(2);
}

export function infoOf(folder: string, pdf: Buffer): string {
  return run('pdfinfo', ['-isodates', filed(folder, pdf)]);
}

/** Bytes of the QR code of a page, rendered at 200 dpi; undefined where no decoder finds one. */
export function codeOf(folder: string, pdf: Buffer, page: number): Buffer | undefined {
  const target = join(folder, 'page');
  run('pdftoppm', ['-r', '200', '-png', '-singlefile', '-f', String(page), filed(folder, pdf), target]);
  const { data, width, height } = PNG.sync.read(readFileSync(`${target}.png`));
  const found = decode(new Uint8ClampedArray(data), width, height);
  return found ? Buffer.from(found.binaryData) : undefined;
}
