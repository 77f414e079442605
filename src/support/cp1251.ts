import iconv from 'iconv-lite';
import { codePoint } from './text.ts';

/** The byte of each UTF-16 unit; -1 where windows-1251 has none. */
const BYTES = new Int16Array(0x10000).fill(-1);
for (let byte = 0; byte < 0x100; byte++) {
  const character = iconv.decode(Buffer.of(byte), 'win1251');
  if (character !== '\ufffd') BYTES[character.charCodeAt(0)] = byte;
}

/**
 * The first character that windows-1251 cannot hold («ә», «₽», emoji), with its code point; undefined when all fit.
 * The text is judged after NFC, for «й» typed as и + breve does fit.
 */
export function outsideCp1251(text: string): { character: string; code: string } | undefined {
  for (const character of text.normalize('NFC'))
    if (BYTES[character.charCodeAt(0)] === -1) return { character, code: codePoint(character) };
  return undefined;
}

/**
 * XML in windows-1251: a character that the code page lacks becomes a numeric reference («₽» → `&#8381;`), never «?».
 * @param xml names of elements and attributes must fit: they cannot hold references
 */
export function encodeXmlCp1251(xml: string): Buffer {
  // Memory of its own: a piece of the shared one would be copied to another thread with all that lies around it.
  const bytes = Buffer.allocUnsafeSlow(xml.length);
  for (let at = 0; at < xml.length; at++) {
    const byte = BYTES[xml.charCodeAt(at)]!;
    if (byte === -1) return encodeXmlCp1251(withReferences(xml));
    bytes[at] = byte;
  }
  return bytes;
}

function withReferences(xml: string): string {
  let text = '';
  for (const character of xml)
    text += BYTES[character.charCodeAt(0)] === -1 ? `&#${character.codePointAt(0)};` : character;
  return text;
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
