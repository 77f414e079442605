import { isAscii, isUtf8 } from 'node:buffer';

/**
 * Bytes of a text file → text, with the line of the first byte that does not read.
 * windows-1251 and UTF-8 tell themselves apart: a Russian word in the one is invalid in the other.
 */

export type Encoding = 'windows-1251' | 'utf-8';

/** What the bytes show by themselves; `line` is where they show it. */
export interface Evidence {
  readonly encoding: Encoding | 'ascii' | 'utf-16';
  readonly line: number;
}

/** Bytes that do not read in the encoding expected of them. */
export class EncodingError extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`undecodable bytes in line ${line}`);
    this.line = line;
  }
}

type Bytes = AsyncIterable<Buffer>;

const NEWLINE = 10;
const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** So many two-byte letters in a row are no accident of windows-1251: one or two may be («В»», «Г№»). */
const SURE_LETTERS = 3;

/**
 * Text read as windows-1251 that cannot be: byte 0x98, which the table leaves undefined, or a word of UTF-8
 * (a capital letter from 0xC2 on, then a sign from 0x80–0xBF, again and again: «РўРµСЃС‚»).
 */
const UNDEFINED_BYTE = '\u0098';
const UTF8_WORD = (() => {
  const signs = new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 64 }, (_, i) => 0x80 + i));
  return `(?:[В-Я][${signs}]){${SURE_LETTERS}}`;
})();
const LONGEST_CUT_WORD = SURE_LETTERS * 2 - 1;

/**
 * Tells the encoding from the first bytes that decide: a byte order mark, three letters that read as UTF-8, or a line
 * that does not. Usually the first chunk is enough; only a file without a single Russian letter is read to its end
 * (at the speed of the disk, nothing is decoded).
 */
export async function detectEncoding(chunks: Bytes): Promise<Evidence> {
  const join = createJoiner();
  let letters = 0;
  let line = 1;
  let first = true;
  for await (const chunk of chunks) {
    const mark = first ? byteOrderMark(chunk) : undefined;
    if (mark) return { encoding: mark, line: 1 };
    first = false;
    const bytes = join.next(chunk);
    if (!isAscii(bytes)) {
      const bad = firstBadLine(bytes);
      letters += countLetters(bad ? bytes.subarray(0, bad.offset) : bytes);
      if (letters >= SURE_LETTERS) {
        const offset = bytes.findIndex((byte) => byte >= 0x80);
        return { encoding: 'utf-8', line: line + countNewlines(bytes.subarray(0, offset)) };
      }
      if (bad) return { encoding: 'windows-1251', line: line + bad.lines };
    }
    line += countNewlines(bytes);
  }
  if (join.rest().length > 0) return { encoding: 'windows-1251', line };
  return { encoding: letters > 0 ? 'utf-8' : 'ascii', line };
}

/**
 * Decodes chunk by chunk; a UTF-8 byte order mark is dropped.
 * @param refuseMixed in windows-1251, take a word of UTF-8 for what it most likely is: a file of two encodings
 * @throws {EncodingError} after the text of the chunks before the bad one
 */
export function decodeText(
  chunks: Bytes,
  encoding: Encoding,
  { refuseMixed }: { refuseMixed: boolean },
): AsyncGenerator<string> {
  if (encoding === 'utf-8') return decodeUtf8(chunks);
  return decodeCp1251(chunks, new RegExp(refuseMixed ? `${UNDEFINED_BYTE}|${UTF8_WORD}` : UNDEFINED_BYTE));
}

async function* decodeUtf8(chunks: Bytes): AsyncGenerator<string> {
  const join = createJoiner();
  let line = 1;
  let start = true;
  for await (const chunk of chunks) {
    const bytes = join.next(chunk);
    const bad = firstBadLine(bytes);
    if (bad) throw new EncodingError(line + bad.lines);
    if (bytes.length === 0) continue;
    line += countNewlines(bytes);
    const skip = start && bytes.subarray(0, UTF8_BOM.length).equals(UTF8_BOM) ? UTF8_BOM.length : 0;
    start = false;
    yield bytes.toString('utf8', skip);
  }
  if (join.rest().length > 0) throw new EncodingError(line);
}

async function* decodeCp1251(chunks: Bytes, unreadable: RegExp): AsyncGenerator<string> {
  const decoder = new TextDecoder('windows-1251');
  let line = 1;
  let before = '';
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk);
    // A word may lie across two chunks, so the end of the text before is looked at again.
    const joined = before + text;
    const found = unreadable.exec(joined);
    if (found) {
      const offset = Math.max(0, found.index - before.length);
      throw new EncodingError(line + countNewlines(chunk.subarray(0, offset)));
    }
    before = joined.slice(-LONGEST_CUT_WORD);
    line += countNewlines(chunk);
    yield text;
  }
}

/** UTF-16 also without a mark: the first character of a text file is an ASCII one, so one of its bytes is zero. */
function byteOrderMark(chunk: Buffer): 'utf-8' | 'utf-16' | undefined {
  if (chunk.subarray(0, UTF8_BOM.length).equals(UTF8_BOM)) return 'utf-8';
  const [a, b] = chunk;
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0
    ? 'utf-16'
    : undefined;
}

/** Cuts chunks where no UTF-8 sequence is cut; what is left over opens the next one. */
function createJoiner() {
  let rest = Buffer.alloc(0);
  return {
    next(chunk: Buffer): Buffer {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = bytes.length - unfinished(bytes);
      rest = Buffer.from(bytes.subarray(end));
      return bytes.subarray(0, end);
    },
    rest: (): Buffer => rest,
  };
}

/** Number of bytes at the end that begin a UTF-8 sequence without finishing it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/** The first line that is no UTF-8: its offset and the number of lines before it. */
function firstBadLine(bytes: Buffer): { offset: number; lines: number } | undefined {
  if (isUtf8(bytes)) return undefined;
  let lines = 0;
  let offset = 0;
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, offset);
    const end = newline === -1 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(offset, end))) return { offset, lines };
    offset = end;
    lines++;
  }
}

/** Letters outside ASCII in valid UTF-8. */
function countLetters(bytes: Buffer): number {
  let letters = 0;
  for (const byte of bytes) if (byte >= 0xc0) letters++;
  return letters;
}

function countNewlines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
