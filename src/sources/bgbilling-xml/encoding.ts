import type { Encoding } from '../../support/decode.ts';
import type { DetectedEncoding } from '../file-source.ts';
import type { ExportFile } from '../locate-file.ts';

const DECLARATION = /^(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([^"'<>]*)["'][^>]*\?>/;
const LONGEST_DECLARATION = 1024;
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  'windows-1251': 'windows-1251',
  cp1251: 'windows-1251',
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
};

/** The encoding that a file declares; without a declaration XML is UTF-8 (XML 1.0 §4.3.3). */
export async function declaredEncoding(file: ExportFile): Promise<DetectedEncoding> {
  const head = await firstBytes(file);
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0)
    return { refused: 'файл записан в UTF-16' };
  const name = DECLARATION.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
  const encoding = ENCODINGS[name.toLowerCase()];
  return encoding ? { encoding } : { refused: `в объявлении XML указана кодировка «${name}»` };
}

async function firstBytes(file: ExportFile): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of file.open()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= LONGEST_DECLARATION) break;
  }
  return head.subarray(0, LONGEST_DECLARATION);
}
