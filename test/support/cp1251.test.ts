import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { outsideCp1251 } from '../../src/support/cp1251.ts';

test.each([
  ['ООО «Ромашка» № 5 — ёЁ', undefined],
  ['Что? Где?', undefined],
  ['и\u0306', undefined],
  ['500 ₽', { character: '₽', code: 'U+20BD' }],
  ['Хәмит', { character: 'ә', code: 'U+04D9' }],
  ['−5', { character: '−', code: 'U+2212' }],
  ['ok 😀', { character: '😀', code: 'U+1F600' }],
])('%s', (text, found) => {
  expect(outsideCp1251(text)).toEqual(found);
});

test('what it lets pass comes back from windows-1251 unchanged; what it names does not', () => {
  const signs = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'Абв№«»—€ђ?₽ә\u0098\u00a0\u0301') }),
  );
  fc.assert(
    fc.property(signs, (text) => {
      const composed = text.normalize('NFC');
      const back = iconv.decode(iconv.encode(composed, 'win1251'), 'win1251');
      expect(outsideCp1251(text) === undefined).toBe(back === composed);
    }),
  );
});
