import iconv from 'iconv-lite';
import { codePoint } from './text.ts';

/**
 * The first character that windows-1251 cannot hold («ә», «₽», emoji), with its code point; undefined when all fit.
 * The text is judged after NFC, for «й» typed as и + breve does fit.
 */
export function outsideCp1251(text: string): { character: string; code: string } | undefined {
  for (const character of text.normalize('NFC')) {
    if (character.codePointAt(0)! < 0x80) continue;
    if (iconv.encode(character, 'win1251')[0] === 0x3f) return { character, code: codePoint(character) };
  }
  return undefined;
}

/** The upper half of windows-1251; position 0x98 is not in use. */
const UPPER = iconv
  .decode(Buffer.from(Array.from({ length: 0x80 }, (_, index) => 0x80 + index)), 'win1251')
  .replace('\ufffd', '');
const OUTSIDE = new RegExp(`[^\\u0000-\\u007f${UPPER}]`, 'u');
const EVERY_OUTSIDE = new RegExp(OUTSIDE, 'gu');

/**
 * XML in windows-1251: a character that the code page lacks becomes a numeric reference («₽» → `&#8381;`), never «?».
 * @param xml names of elements and attributes must fit: they cannot hold references
 */
export function encodeXmlCp1251(xml: string): Buffer {
  const text = OUTSIDE.test(xml)
    ? xml.replace(EVERY_OUTSIDE, (character) => `&#${character.codePointAt(0)};`)
    : xml;
  return iconv.encode(text, 'win1251');
}

/** An XML file as text. */
export interface DecodedXml {
  /** Without byte order mark and declaration; its line ends are kept, so that lines count as in the file. */
  text: string;
  /** As declared, in small letters; undefined where the file declares none. */
  encoding?: string;
  /** The file begins with a byte order mark. */
  bom: boolean;
}

const DECLARATION = /^<\?xml\s[^>]*?\?>/;

/**
 * Decodes an XML file by its own declaration: windows-1251 or UTF-8 (also where none is declared).
 * @returns undefined where the encoding is another one, or the bytes are not UTF-8 although they should be
 */
export function decodeXml(bytes: Uint8Array): DecodedXml | undefined {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const declaration = DECLARATION.exec(Buffer.from(body.subarray(0, 200)).toString('latin1'))?.[0] ?? '';
  const encoding = /\sencoding\s*=\s*["']([^"']+)["']/.exec(declaration)?.[1]?.toLowerCase();
  const text = decodeAs(encoding ?? 'utf-8', body)?.slice(declaration.length);
  return text === undefined ? undefined : { text, ...(encoding !== undefined && { encoding }), bom };
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  if (encoding === 'windows-1251') return iconv.decode(Buffer.from(bytes), 'win1251');
  if (encoding !== 'utf-8') return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
