import iconv from 'iconv-lite';
import { BslException, Unsupported } from '../language/errors.ts';
import type { Value } from '../language/values.ts';
import { systemEnum } from './define.ts';

export const textEncoding = systemEnum('КодировкаТекста', ['UTF8', 'UTF16', 'ANSI', 'OEM', 'Системная']);

export interface Encoding {
  name: string;
  /** Written before the text. */
  signature: Buffer;
}

const UTF8: Encoding = { name: 'utf-8', signature: Buffer.from([0xef, 0xbb, 0xbf]) };
const UTF16: Encoding = { name: 'utf-16le', signature: Buffer.from([0xff, 0xfe]) };
const NONE = Buffer.alloc(0);

const BY_NAME: Readonly<Record<string, Encoding>> = {
  'utf-8': UTF8,
  utf8: UTF8,
  'utf-16': UTF16,
  'utf-16le': UTF16,
  'windows-1251': { name: 'win1251', signature: NONE },
  cp866: { name: 'cp866', signature: NONE },
};

/** @param value КодировкаТекста or a name; UTF-8 where absent */
export function encodingOf(value: Value | undefined): Encoding {
  if (value === undefined) return UTF8;
  if (typeof value === 'string') {
    const found = BY_NAME[value.toLowerCase()];
    if (!found) throw new BslException(`Неизвестная кодировка (${value})`);
    return found;
  }
  switch (textEncoding.nameOf(value)) {
    case 'UTF8':
      return UTF8;
    case 'UTF16':
      return UTF16;
    case 'ANSI':
    case 'Системная':
      return BY_NAME['windows-1251']!;
    case 'OEM':
      return BY_NAME.cp866!;
    default:
      throw new Unsupported('кодировка задана не КодировкаТекста и не строкой');
  }
}

export function encode(text: string, { name }: Encoding): Buffer {
  return iconv.encode(text, name);
}

/** Bytes that are no text of this encoding become U+FFFD; a signature is dropped. */
export function decode(bytes: Buffer, { name }: Encoding): string {
  return iconv.decode(bytes, name, { stripBOM: true });
}
