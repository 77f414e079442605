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
