import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/faults/fault.ts';
import { createUpdChecker, looksLikeUpd } from '../../../src/formats/upd/read.ts';
import { createUpdWriter } from '../../../src/formats/upd/write.ts';
import { line, SETTING, source, upd, vatInvoice, xmlOf } from './fixtures.ts';
import { replace } from './rule-cases.ts';

const checker = createUpdChecker();
const writer = createUpdWriter();
afterAll(() => {
  checker.dispose();
  writer.dispose();
});

const { file } = writer.write(source(upd([line(122_00), line(105_00, 5)])), SETTING);
const { name } = file!;
const XML = xmlOf(file?.bytes);

const cp1251 = (xml: string): Buffer => iconv.encode(xml, 'win1251');
const codes = (faults: readonly Fault[]): string[] => faults.map(({ code }) => code);

describe('a file of any origin', () => {
  it('of our own has nothing against it', () => {
    expect(checker.check(cp1251(XML), name)).toEqual({
      version: '5.03',
      function: 'СЧФДОП',
      number: '1045',
      faults: [],
    });
  });

  it.each([
    [
      'a byte order mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8(XML)]),
      ['BG1C-UPD-ENCODING', 'BG1C-UPD-ENCODING'],
    ],
    ['UTF-8', utf8(XML), ['BG1C-UPD-ENCODING']],
    ['no declaration', utf8(XML.replace(/^<\?.*?\?>/, '')), ['BG1C-UPD-ENCODING']],
    ['UTF-8 under the name of windows-1251', Buffer.from(XML), ['BG1C-UPD-ENCODING']],
    ['windows-1251 under the name of UTF-8', cp1251(XML.replace('windows-1251', 'UTF-8')), ['BG1C-UPD-READ']],
    ['an unknown encoding', cp1251(XML.replace('windows-1251', 'koi8-r')), ['BG1C-UPD-READ']],
    ['an end too early', cp1251(XML.slice(0, -20)), ['BG1C-UPD-READ']],
    ['a DTD', cp1251(XML.replace('<Файл ', '<!DOCTYPE Файл>\n<Файл ')), ['BG1C-UPD-READ']],
    ['another version', cp1251(XML.replace('ВерсФорм="5.03"', 'ВерсФорм="5.02"')), ['BG1C-UPD-VERSION']],
  ])('with %s is named', (_, bytes, expected) => {
    expect(codes(checker.check(bytes, name).faults)).toEqual(expected);
  });

  it.each([
    ['a rate that the format lacks', replace('НалСт="22%"', 'НалСт="23%"'), '@НалСт', '«23%»'],
    ['a quantity of nothing', replace('КолТов="1"', 'КолТов="0"'), '@КолТов', ''],
    [
      'a date that is none',
      replace('ДатаДок="31.10.2026"', 'ДатаДок="31.11.2026"'),
      '@ДатаДок',
      '31.11.2026',
    ],
    ['a missing attribute', replace(' ВремИнфПр="11.00.00"', ''), 'Документ', 'ВремИнфПр'],
    [
      'two bases that exclude each other',
      replace('</СвПер>', '<БезДокОснПер>1</БезДокОснПер></СвПер>'),
      'БезДокОснПер',
      '',
    ],
  ])('with %s is refused at its place', (_, edit, place, reason) => {
    const faults = checker
      .check(cp1251(edit(XML)), name)
      .faults.filter(({ code }) => code === 'BG1C-UPD-INVALID');
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]!.message).toContain(place);
    expect(faults.map(({ message }) => message).join()).toContain(reason);
  });

  it('says which parts it has not checked', () => {
    const xml = XML.replace('<Контакт', '')
      .replace('</СвПокуп>', '<Контакт><Тлф>1</Тлф></Контакт></СвПокуп>')
      .replace('<СвПокуп>', '<СвПокуп ОКПО="1">');
    const { faults } = checker.check(cp1251(xml), name);
    expect(codes(faults)).toEqual(['BG1C-UPD-UNCHECKED']);
    expect(faults[0]!.message).toContain(
      'Документ/СвСчФакт/СвПокуп/@ОКПО, Документ/СвСчФакт/СвПокуп/Контакт',
    );
  });
});

describe('amounts that do not add up', () => {
  const amounts = (edit: (xml: string) => string): string[] =>
    checker
      .check(cp1251(edit(XML)), name)
      .faults.map(({ code, message }) => `${code} ${message.slice(name.length + 2)}`);

  it.each([
    [
      'a line',
      replace('СтТовУчНал="122.00"', 'СтТовУчНал="122.01"'),
      ['СведТов: стоимость без налога и налог', 'ВсегоОпл: стоимость с налогом всего'],
    ],
    [
      'a line with another tax',
      replace('<СумНал>22.00<', '<СумНал>22.02<'),
      [
        'СведТов: стоимость без налога и налог',
        'СведТов: налог по ставке 22%',
        'ВсегоОпл: сумма налога всего',
      ],
    ],
    [
      'the total cost',
      replace('СтТовБезНДСВсего="200.00"', 'СтТовБезНДСВсего="200.01"'),
      ['ВсегоОпл: стоимость без налога и налог', 'ВсегоОпл: стоимость без налога всего'],
    ],
    [
      'the total tax',
      replace('<СумНал>27.00<', '<СумНал>26.00<'),
      ['ВсегоОпл: стоимость без налога и налог', 'ВсегоОпл: сумма налога всего'],
    ],
    [
      'tax where the rate has none',
      replace('НалСт="22%"', 'НалСт="без НДС"'),
      ['СведТов: ставка «без НДС», а сумма налога указана'],
    ],
  ])('%s', (_, edit, expected) => {
    const found = amounts(edit);
    expect(found).toHaveLength(expected.length);
    for (const text of expected) expect(found.join('\n')).toContain(text);
  });

  it('but a kopeck of rounding, calculated rates and tax agents do', () => {
    expect(
      amounts(replace(/СтТовБезНДС="100.00" НалСт="22%"/, 'СтТовБезНДС="100.00" НалСт="22/122"')),
    ).toEqual([]);
    const rounded = both(
      replace('СтТовБезНДС="100.00" НалСт="22%"', 'СтТовБезНДС="100.01" НалСт="22%"'),
      replace('<СумНал>22.00<', '<СумНал>21.99<'),
      replace('СтТовБезНДСВсего="200.00"', 'СтТовБезНДСВсего="200.01"'),
      replace('<СумНал>27.00<', '<СумНал>26.99<'),
    );
    expect(amounts(rounded)).toEqual([]);
    expect(amounts(replace('НалСт="22%"', 'НалСт="НДС исчисляется налоговым агентом"'))).toEqual([]);
  });
});

describe('what looks like an УПД', () => {
  it('is told by its КНД, in any encoding', () => {
    expect(looksLikeUpd(cp1251(XML).subarray(0, 4096))).toBe(true);
    expect(looksLikeUpd(utf8(XML).subarray(0, 300))).toBe(true);
    expect(looksLikeUpd(cp1251('<Файл><Документ КНД="1115132"/></Файл>'))).toBe(false);
    expect(looksLikeUpd(Buffer.from('<Message><Body a="1115131"/></Message>'))).toBe(false);
    expect(writer.write(source(vatInvoice([line(1_00)])), SETTING).file?.bytes.subarray(0, 4096)).toSatisfy(
      looksLikeUpd,
    );
  });
});

function utf8(xml: string): Buffer {
  return Buffer.from(xml.replace('windows-1251', 'UTF-8'));
}

function both(...edits: ((xml: string) => string)[]): (xml: string) => string {
  return (xml) => edits.reduce((text, edit) => edit(text), xml);
}
