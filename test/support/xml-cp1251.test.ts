import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeXml, encodeXmlCp1251 } from '../../src/support/cp1251.ts';

describe('XML in windows-1251', () => {
  it.each([
    ['Ёлка «№ 1» — €…', 'Ёлка «№ 1» — €…'],
    ['Ҡурай', '&#1184;урай'],
    ['500 ₽', '500 &#8381;'],
    ['😀', '&#128512;'],
    ['\u0098', '&#152;'],
    ['Что?', 'Что?'],
  ])('%s', (text, written) => {
    expect(iconv.decode(encodeXmlCp1251(text), 'win1251')).toBe(written);
  });

  it('comes back whole, whatever stands in it', () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'Абв№«»—€ђ?₽әҡ😀\u0098\u00a0'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = encodeXmlCp1251(text);
        const back = iconv
          .decode(bytes, 'win1251')
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
        expect(back).toBe(text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))));
      }),
    );
  });
});

describe('an XML file as text', () => {
  const file = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>\n<Ёлка/>`;

  it('is decoded by its declaration, which it leaves behind', () => {
    expect(decodeXml(iconv.encode(file('windows-1251'), 'win1251'))).toEqual({
      text: '\n<Ёлка/>',
      encoding: 'windows-1251',
      bom: false,
    });
    expect(decodeXml(Buffer.from(file('UTF-8')))).toEqual({
      text: '\n<Ёлка/>',
      encoding: 'utf-8',
      bom: false,
    });
    expect(decodeXml(Buffer.from('<Ёлка/>'))).toEqual({ text: '<Ёлка/>', bom: false });
    expect(decodeXml(Buffer.from(`\ufeff${file('utf-8')}`))).toMatchObject({ text: '\n<Ёлка/>', bom: true });
  });

  it('is not, where the bytes are others or the encoding is unknown', () => {
    expect(decodeXml(iconv.encode(file('utf-8'), 'win1251'))).toBeUndefined();
    expect(decodeXml(iconv.encode(file('koi8-r'), 'koi8-r'))).toBeUndefined();
  });
});
