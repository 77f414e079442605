import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { openXmlSource } from '../../src/sources/bgbilling-xml/source.ts';
import { temporaryFolders } from '../support/folders.ts';
import { type ZipPart, zipOf } from '../support/zips.ts';
import { brief, readAll, readBytes } from './file-faults.ts';

const folder = temporaryFolders();
const cp1251 = (text: string): Buffer => iconv.encode(text, 'win1251');

const ROW =
  '<row kind="bill" id="1" cid="1" doc_type_id="1" format_number="1" create_dt="" yy="2026" mm="10" summ="1"/>';
const GOOD = `<?xml version="1.0" encoding="utf-8"?>
<BGBillingExport version="1">
<clients><row cid="1" contract_title="Ю" fc="1" name_short="Имя"/></clients>
<contracts><row cid="1" contract_title="Ю" scid="0" sub_mode="0"/></contracts>
<services><row sid="1" title="Услуга"/></services>
<documents>${ROW}</documents>
</BGBillingExport>`;
const swap = (from: string | RegExp, to: string): string => GOOD.replace(from, to);

test('the sample that all below is made of has no fault', async () => {
  expect((await readBytes('xml', folder(), GOOD)).faults).toEqual([]);
});

const CASES: readonly (readonly [name: string, bytes: string | Uint8Array, expected: string])[] = [
  // Truncated and broken.
  ['nothing', '', 'EMPTY'],
  ['blank lines', ' \n \n', 'SYNTAX 1: .*нет ни одного элемента'],
  [
    'cut between rows',
    GOOD.slice(0, GOOD.indexOf('<services>')),
    'SYNTAX 4: .*файл обрывается: элемент <BGBillingExport> не закрыт',
  ],
  [
    'cut in a value',
    GOOD.slice(0, GOOD.indexOf('Услуга')),
    'SYNTAX 5: .*файл обрывается: элемент <services> не закрыт',
  ],
  ['the last tag is missing', swap('</BGBillingExport>', ''), 'SYNTAX 6: .*обрывается'],
  [
    'a tag that was not opened',
    swap('</documents>', '</documents></services>'),
    'SYNTAX 6: .*закрыты не в том порядке',
  ],
  [
    'tags crossed',
    swap('<services><row sid="1" title="Услуга"/></services>', '<services><row></services></row>'),
    'SYNTAX 5',
  ],
  ['two roots', `${GOOD}<BGBillingExport version="1"/>`, 'SYNTAX 7: .*идёт ещё один'],
  ['text after the end', `${GOOD} x`, 'SYNTAX 7: .*вне элементов'],
  ['an attribute without quotes', swap('fc="1"', 'fc=1'), 'SYNTAX 3: .*не в кавычках'],
  ['an attribute without value', swap('fc="1"', 'fc'), 'SYNTAX 3: .*не в кавычках'],
  ['a bare ampersand', swap('Имя', 'А & Б'), 'SYNTAX 3: .*знаки &'],
  ['a bare < in a value', swap('Имя', 'a<b'), 'SYNTAX 3'],
  ['a broken declaration', swap('version="1.0" ', ''), 'SYNTAX 1: .*объявление'],
  ['a JSON file', '{"format": "bgbilling-export"}', 'SYNTAX 1: .*вне элементов'],
  ['a page of an error', '<!DOCTYPE html>\n<html><body>502</body></html>', 'SYNTAX 1: .*DOCTYPE'],
  // Doubled.
  ['an attribute twice', swap('cid="1"', 'cid="1" cid="2"'), 'SYNTAX 3: .*атрибут «cid» повторяется'],
  ['an attribute twice in two spellings', swap('cid="1"', 'cid="1" CID="2"'), 'COLUMN-TWICE 3: .*«cid»'],
  ['a table twice', swap('</documents>', '</documents>\n<clients/>'), 'TABLE-TWICE 7: .*строки 3 и 7'],
  // Envelope and form.
  [
    'another root',
    GOOD.replaceAll('BGBillingExport', 'data'),
    'FORMAT 2: .*<data>, а ожидается <BGBillingExport>',
  ],
  ['another version', swap('version="1">', 'version="2">'), 'FORMAT 1: .*версия выгрузки «2»'],
  ['no version', swap(' version="1">', '>'), 'FORMAT 1: .*не указана версия'],
  [
    'a month that is none',
    swap('version="1">', 'version="1" year="2026" month="13">'),
    'FORMAT 1: .*месяц выгрузки «13»',
  ],
  ['a year that is none', swap('version="1">', 'version="1" year="26">'), 'FORMAT 1: .*год выгрузки «26»'],
  ['a table that is missing', swap(/<services>.*<\/services>/, ''), 'SECTION-MISSING: .*«services»'],
  [
    'values as elements',
    swap(ROW, '<row><kind>bill</kind></row>'),
    'FORMAT 6: .*<kind>: значения должны быть атрибутами',
  ],
  ['values as text', swap(ROW, '<row>1</row>'), 'FORMAT 6: .*текст «1»'],
  ['values in CDATA', swap(ROW, '<row><![CDATA[1]]></row>'), 'FORMAT 6: .*текст «1»'],
  ['rows of another name', swap(ROW, '<document id="1"/>'), 'FORMAT 6: .*вместо <row> стоит <document>'],
  ['a column that is missing', GOOD.replace(' summ="1"', ''), 'COLUMN-MISSING: .*«documents.summ»'],
  [
    'a thousand names of columns',
    swap(ROW, Array.from({ length: 1000 }, (_, index) => `<row a${index}="1"/>`).join('\n')),
    'FORMAT 506: .*больше 500 разных имён',
  ],
  [
    'a thousand sections',
    swap('</documents>', `</documents>${'<x/>'.repeat(1000)}`),
    'FORMAT 6: .*больше 200 разделов',
  ],
  [
    'deep nesting',
    swap('</documents>', `</documents><x>${'<a>'.repeat(100_000)}`),
    'FORMAT 6: .*вложены глубже 32',
  ],
  // Entities.
  [
    'an entity of its own',
    `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]>\n${GOOD.slice(GOOD.indexOf('<BG'))}`,
    'SYNTAX 2: .*DOCTYPE',
  ],
  [
    'an entity bomb',
    `<!DOCTYPE a [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, index) => `<!ENTITY a${index + 1} "&a${index};&a${index};">`).join('')}]>\n<BGBillingExport>&a30;</BGBillingExport>`,
    'SYNTAX 1: .*DOCTYPE',
  ],
  [
    'a file of the machine as an entity',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<BGBillingExport>&x;</BGBillingExport>',
    'SYNTAX 1: .*DOCTYPE',
  ],
  ['an entity nobody declared', swap('Имя', '&nbsp;'), 'SYNTAX 3: .*неизвестная сущность'],
  ['a control character by its code', swap('Имя', '&#1;'), 'SYNTAX 3: .*недопустимый код символа'],
  ['a control character', swap('Имя', '\u0001'), 'SYNTAX 3: .*не может стоять в XML'],
  // Encodings.
  ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), 'ENCODING 1: .*файл записан в UTF-16'],
  ['an encoding that is not read', swap('utf-8', 'koi8-r'), 'ENCODING 1: .*«koi8-r»'],
  ['windows-1251, declared UTF-8', cp1251(GOOD), 'ENCODING 3: .*как UTF-8'],
  ['UTF-8, declared windows-1251', swap('utf-8', 'windows-1251'), 'ENCODING 3: .*как windows-1251'],
  [
    'a mark of UTF-8, declared windows-1251',
    `\ufeff${swap('utf-8', 'windows-1251')}`,
    'ENCODING 1: .*как windows-1251',
  ],
  [
    'UTF-8 with a line of windows-1251',
    Buffer.concat([Buffer.from(GOOD.slice(0, -18)), cp1251('<!-- я -->\n'), Buffer.from(GOOD.slice(-18))]),
    'ENCODING 7: .*как UTF-8',
  ],
  [
    'windows-1251 with a line of UTF-8',
    Buffer.concat([
      cp1251(swap('utf-8', 'windows-1251').slice(0, -18)),
      Buffer.from('<!-- Мир -->\n'),
      Buffer.from(GOOD.slice(-18)),
    ]),
    'ENCODING 7',
  ],
  [
    'a byte that windows-1251 has not',
    Buffer.concat([
      cp1251(swap('utf-8', 'windows-1251').slice(0, -18)),
      Buffer.from([0x98]),
      Buffer.from(GOOD.slice(-18)),
    ]),
    'ENCODING 7',
  ],
  // Endless.
  ['an endless value', swap('Имя', 'я'.repeat(3_000_000)), 'FIELD-SIZE 3'],
  ['an endless name of an attribute', swap('fc=', `${'f'.repeat(3_000_000)}=`), 'FIELD-SIZE 3'],
  [
    'an endless tag of many values',
    swap('fc=', `${Array.from({ length: 300_000 }, (_, index) => `a${index}="1"`).join(' ')} fc=`),
    'FIELD-SIZE 3',
  ],
  ['an endless comment', swap('<services>', `<!--${'x\n'.repeat(1_000_000)}--><services>`), 'FIELD-SIZE'],
  ['an endless blank', swap('<services>', `${' '.repeat(3_000_000)}<services>`), 'FIELD-SIZE 5'],
  [
    'an endless declaration of types',
    `<!DOCTYPE a [${'<!-- x -->'.repeat(300_000)}]>${GOOD}`,
    'FIELD-SIZE 1',
  ],
];

describe('bad XML ends in a clear fault and gives no row', () => {
  test.each(CASES)('%s', async (_, bytes, expected) => {
    const { faults, rows } = await readBytes('xml', folder(), bytes);
    expect(faults.map(brief).join('\n')).toMatch(new RegExp(`^${expected}`, 'm'));
    expect(faults.some(({ severity }) => severity === 'error')).toBe(true);
    expect(Object.values(rows).flat()).toEqual([]);
  });
});

describe('bad places of XML', () => {
  const zip = async (parts: ZipPart[] | Buffer): Promise<string[]> => {
    const path = join(folder(), 'month.zip');
    writeFileSync(path, Buffer.isBuffer(parts) ? parts : zipOf(parts));
    return (await readAll(openXmlSource, path)).faults.map(brief);
  };

  test.each<[string, ZipPart[] | Buffer, RegExp]>([
    ['no zip at all', Buffer.from('PK nothing'), /^ARCHIVE: .*не zip-архив/],
    ['half a zip', zipOf([{ name: 'a.xml', data: GOOD }]).subarray(0, 200), /^ARCHIVE: .*не zip-архив/],
    [
      'no XML in it',
      [{ name: 'clients.csv', data: 'cid' }],
      /^FILE: В «month.zip» ожидается один файл .xml, а найдено: ни одного/,
    ],
    [
      'two of them',
      [
        { name: 'a.xml', data: GOOD },
        { name: 'b.xml', data: GOOD },
      ],
      /^FILE: .*a.xml, b.xml/,
    ],
    [
      'a name that leads out',
      [{ name: '../a.xml', data: GOOD }],
      /^ARCHIVE: .*недопустимое имя файла «\.\.\/a\.xml»/,
    ],
    ['an absolute name', [{ name: '/etc/a.xml', data: GOOD }], /^ARCHIVE: .*недопустимое имя/],
    [
      'a bomb',
      [{ name: 'a.xml', data: `<BGBillingExport>${'<a/>'.repeat(20_000_000)}` }],
      /^(ARCHIVE: .*бомбу|FORMAT)/,
    ],
    ['an encrypted one', [{ name: 'a.xml', data: GOOD, flags: 0x801 }], /^ARCHIVE: .*зашифрован/],
    [
      'a damaged one',
      [{ name: 'a.xml', data: GOOD, crc: 1 }],
      /^ARCHIVE 0?.*повреждён|^ARCHIVE: .*повреждён/,
    ],
  ])('a zip: %s', async (_, parts, expected) => {
    expect((await zip(parts)).join('\n')).toMatch(expected);
  });

  test('no such file, a folder without one', async () => {
    const path = folder();
    expect((await readAll(openXmlSource, join(path, 'none.xml'))).faults.map(({ code }) => code)).toEqual([
      'BG1C-SOURCE-NOT-FOUND',
    ]);
    expect((await readAll(openXmlSource, path)).faults.map(({ code }) => code)).toEqual(['BG1C-SOURCE-FILE']);
  });
});
