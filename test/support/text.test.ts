import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { codePoint, cut, forbiddenInXml, plural, tidy, withoutForbidden } from '../../src/support/text.ts';

/** UTF-16 units in any order, so lone surrogates too. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0xd83d, 0xde00, 0xfffe, 1)))
  .map((units) => String.fromCharCode(...units));

describe('what XML forbids', () => {
  test.each([
    ['\u0001', 'U+0001'],
    ['a\u0000b', 'U+0000'],
    ['\u000b', 'U+000B'],
    ['\ufffe', 'U+FFFE'],
    ['\uffff', 'U+FFFF'],
    ['x\ud83dy', 'U+D83D'],
    ['\ude00', 'U+DE00'],
  ])('%j is found', (text, code) => {
    expect(forbiddenInXml(text)).toBe(code);
  });

  test('tab, line breaks, pairs and all other signs are not', () => {
    expect(forbiddenInXml('\t\r\n Ёё₽ 😀 \u007f\u0085\ufffd')).toBeUndefined();
  });

  test('removing it leaves XML that holds everything else', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = withoutForbidden(text);
        expect(forbiddenInXml(clean)).toBeUndefined();
        expect(forbiddenInXml(text) === undefined).toBe(clean === text);
        expect(XMLValidator.validate(`<a>${clean.replace(/[<&>]/g, '')}</a>`)).toBe(true);
      }),
    );
  });
});

test('a tidy text has single spaces, none at its ends, in composed form, and stays as it is', () => {
  expect(tidy(' ООО\r\n\u00a0«Ромашка» \t')).toBe('ООО «Ромашка»');
  expect(tidy('и\u0306')).toBe('й');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tidied = tidy(text);
      expect(tidy(tidied)).toBe(tidied);
      expect(tidied).not.toMatch(/^\s|\s$|\s\s|[\r\n\t]/);
    }),
  );
});

test('a cut text is a beginning, not longer than asked, with no pair split', () => {
  expect(cut('абв', 2)).toBe('аб');
  expect(cut('аб😀', 3)).toBe('аб');
  expect(cut('аб😀', 4)).toBe('аб😀');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, length) => {
      const short = cut(text, length);
      expect(text.startsWith(short)).toBe(true);
      expect(short.length).toBeLessThanOrEqual(length);
      expect(short.length).toBeGreaterThanOrEqual(Math.min(text.length, length) - 1);
      expect(forbiddenInXml(short)).toBe(forbiddenInXml(text.slice(0, short.length)));
    }),
  );
});

test('a code point is written as Unicode does', () => {
  expect([codePoint('ә'), codePoint('😀'), codePoint('\u0001')]).toEqual(['U+04D9', 'U+1F600', 'U+0001']);
});

test.each([
  [0, '0 актов'],
  [1, '1 акт'],
  [2, '2 акта'],
  [4, '4 акта'],
  [5, '5 актов'],
  [11, '11 актов'],
  [12, '12 актов'],
  [14, '14 актов'],
  [21, '21 акт'],
  [22, '22 акта'],
  [100, '100 актов'],
  [101, '101 акт'],
  [111, '111 актов'],
  [112, '112 актов'],
])('plural of %i', (count, text) => {
  expect(plural(count, 'акт', 'акта', 'актов')).toBe(text);
});
