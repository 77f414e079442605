import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { openJsonSource } from '../../src/sources/bgbilling-json/source.ts';
import { temporaryFolders } from '../support/folders.ts';
import { zipOf } from '../support/zips.ts';
import { brief, readAll, readBytes } from './file-faults.ts';

const folder = temporaryFolders();
const cp1251 = (text: string): Buffer => iconv.encode(text, 'win1251');

const GOOD = `{"format": "bgbilling-export", "version": 1,
"clients": [{"cid": "1", "contract_title": "Ю", "fc": "1", "name_short": "Имя"}],
"contracts": [{"cid": "1", "contract_title": "Ю", "scid": "0", "sub_mode": "0"}],
"services": [{"sid": "1", "title": "Услуга"}],
"documents": [{"kind": "bill", "id": "1", "cid": "1", "doc_type_id": "1", "format_number": "1", "create_dt": "", "yy": "2026", "mm": "10", "summ": "1"}]
}`;
const swap = (from: string | RegExp, to: string): string => GOOD.replace(from, to);

test('the sample that all below is made of has no fault', async () => {
  expect((await readBytes('json', folder(), GOOD)).faults).toEqual([]);
});

const CASES: readonly (readonly [name: string, bytes: string | Uint8Array, expected: string])[] = [
  // Truncated and broken.
  ['nothing', '', 'EMPTY'],
  ['blank lines', ' \n \n', 'SYNTAX 3: .*обрывается: ожидается значение'],
  ['cut between rows', GOOD.slice(0, GOOD.indexOf('"services"')), 'SYNTAX 4: .*обрывается'],
  ['cut in a text', GOOD.slice(0, GOOD.indexOf('луга')), 'SYNTAX 4: .*обрывается'],
  ['cut in an escape', `${GOOD.slice(0, GOOD.indexOf('луга'))}\\u04`, 'SYNTAX 4: .*обрывается'],
  ['the last bracket is missing', GOOD.slice(0, -1), 'SYNTAX 6: .*запятая или закрывающая скобка'],
  ['a comma too many', swap('"Имя"}', '"Имя",}'), 'SYNTAX 2: .*стоит «}», а ожидается имя в кавычках'],
  ['a comma too few', swap('"fc": "1",', '"fc": "1"'), 'SYNTAX 2: .*а ожидается запятая'],
  ['a colon too few', swap('"fc":', '"fc"'), 'SYNTAX 2: .*ожидается двоеточие'],
  ['brackets crossed', swap('"Услуга"}]', '"Услуга"]}'), 'SYNTAX 4: .*стоит «]»'],
  ['text behind the end', `${GOOD} {}`, 'SYNTAX 6: .*конец файла'],
  ['two values at once', `${GOOD}\n1 2`, 'SYNTAX 7: .*стоит «1», а ожидается конец файла'],
  ['a name without quotes', swap('"fc"', 'fc'), 'SYNTAX 2: .*неожиданный знак'],
  ['single quotes', swap('"Имя"', "'Имя'"), "SYNTAX 2: .*неожиданный знак «'»"],
  ['a comment', swap('"services"', '/* x */ "services"'), 'SYNTAX 4: .*неожиданный знак «/»'],
  ['a line break in a text', swap('Имя', 'И\nмя'), 'SYNTAX 2: .*управляющий символ'],
  ['a control character in a text', swap('Имя', '\u0001'), 'SYNTAX 2: .*управляющий символ'],
  ['an escape that is none', swap('Имя', '\\x41'), 'SYNTAX 2: .*неожиданный знак'],
  ['NaN', swap('"summ": "1"', '"summ": NaN'), 'SYNTAX 5: .*неожиданный знак'],
  ['Infinity', swap('"summ": "1"', '"summ": -Infinity'), 'SYNTAX 5: .*неожиданный знак'],
  ['a number that is none', swap('"summ": "1"', '"summ": 01'), 'SYNTAX 5'],
  ['a decimal comma', swap('"summ": "1"', '"summ": 1,50'), 'SYNTAX 5: .*имя в кавычках'],
  ['an XML file', '<?xml version="1.0"?>', 'SYNTAX 1: .*неожиданный знак «<»'],
  // Doubled.
  ['a name twice in a row', swap('"cid": "1"', '"cid": "1", "cid": "2"'), 'COLUMN-TWICE 2: .*«cid»'],
  ['a name twice in two spellings', swap('"cid": "1"', '"cid": "1", "Cid": null'), 'COLUMN-TWICE 2: .*«cid»'],
  ['an unknown name twice', swap('"cid": "1"', '"x": "1", "x": "1", "cid": "1"'), 'COLUMN-TWICE 2: .*«x»'],
  ['a table twice', swap(/\}\]\n\}$/, '}],\n"clients": []}'), 'TABLE-TWICE 6: .*строки 2 и 6'],
  [
    'the version twice',
    swap('"version": 1', '"version": 1, "version": 2'),
    'FORMAT 1: .*«version» указано дважды',
  ],
  // Envelope and form.
  ['another format', swap('bgbilling-export', 'splynx'), 'FORMAT 1: .*формат «splynx»'],
  ['no format', swap('"format": "bgbilling-export", ', ''), 'FORMAT 1: .*нет "format"'],
  ['another version', swap('"version": 1', '"version": "1.1"'), 'FORMAT 1: .*версия выгрузки «1.1»'],
  [
    'a month that is none',
    swap('"version": 1', '"version": 1, "period": {"year": 2026, "month": 0}'),
    'FORMAT 1: .*месяц выгрузки «0»',
  ],
  ['a list', `[${GOOD}]`, 'FORMAT 1: .*в начале стоит \\[, а ожидается {'],
  ['a text', '"clients"', 'FORMAT 1: .*одно значение'],
  ['null', 'null', 'FORMAT 1: .*одно значение'],
  ['a table that is missing', swap(/"services".*\n/, ''), 'SECTION-MISSING: .*«services»'],
  [
    'a table as an object',
    swap(/"services".*\n/, '"services": {"20": {"title": "x"}},\n'),
    'SECTION-MISSING: .*«services»',
  ],
  [
    'rows as lists',
    swap('{"sid": "1", "title": "Услуга"}', '["1", "Услуга"]'),
    'FORMAT 4: .*вместо строки { … } стоит \\[',
  ],
  [
    'rows as texts',
    swap('{"sid": "1", "title": "Услуга"}', '"1;Услуга"'),
    'FORMAT 4: .*вместо строки { … } стоит значение',
  ],
  ['a value of values', swap('"Имя"', '{"ru": "Имя"}'), 'FORMAT 2: .*«name_short» само состоит из значений'],
  ['a list as a value', swap('"Имя"', '["Имя"]'), 'FORMAT 2: .*«name_short» само состоит из значений'],
  ['true', swap('"fc": "1"', '"fc": true'), 'FORMAT 2: .*«fc»: true, а ожидается текст, число или null'],
  ['a column that is missing', swap(', "summ": "1"', ''), 'COLUMN-MISSING: .*«documents.summ»'],
  ['deep nesting', `{"x": ${'['.repeat(100_000)}`, 'FORMAT 1: .*глубже 32'],
  [
    'a thousand sections',
    `{${Array.from({ length: 1000 }, (_, index) => `"x${index}": []`).join(',\n')}}`,
    'FORMAT 201: .*больше 200 разделов',
  ],
  // Encodings.
  ['UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), 'ENCODING 1: .*файл записан в UTF-16'],
  [
    'UTF-8 with a line of windows-1251',
    Buffer.concat([Buffer.from(GOOD.slice(0, -2)), cp1251(',"п": 1}')]),
    'ENCODING 5: .*как UTF-8',
  ],
  [
    'windows-1251 with a line of UTF-8',
    Buffer.concat([cp1251(GOOD.slice(0, -2)), Buffer.from(',"Мир": 1}')]),
    'ENCODING 5: .*как windows-1251',
  ],
  // Endless.
  ['an endless text', swap('Имя', 'я'.repeat(3_000_000)), 'FIELD-SIZE 2'],
  ['an endless name', swap('"fc"', `"${'f'.repeat(3_000_000)}"`), 'FIELD-SIZE 2'],
  ['an endless number', swap('"summ": "1"', `"summ": ${'1'.repeat(3_000_000)}`), 'FIELD-SIZE 5'],
  ['an endless blank', swap('"services"', `${' '.repeat(3_000_000)}"services"`), 'FIELD-SIZE 4'],
];

describe('bad JSON ends in a clear fault and gives no row', () => {
  test.each(CASES)('%s', async (_, bytes, expected) => {
    const { faults, rows } = await readBytes('json', folder(), bytes);
    expect(faults.map(brief).join('\n')).toMatch(new RegExp(`^${expected}`, 'm'));
    expect(faults.some(({ severity }) => severity === 'error')).toBe(true);
    expect(Object.values(rows).flat()).toEqual([]);
  });

  test.each<[string, Buffer, RegExp]>([
    [
      'a name that leads out',
      zipOf([{ name: '..\\..\\a.json', data: GOOD }]),
      /^ARCHIVE: .*недопустимое имя/,
    ],
    [
      'a bomb',
      zipOf([{ name: 'a.json', data: `{"x": [${'0,'.repeat(30_000_000)}0]}` }]),
      /^ARCHIVE: .*бомбу/,
    ],
    [
      'a stated size that is wrong',
      zipOf([{ name: 'a.json', data: GOOD, size: 5 }]),
      /^ARCHIVE: .*повреждён/,
    ],
  ])('a zip: %s', async (_, bytes, expected) => {
    const path = join(folder(), 'month.zip');
    writeFileSync(path, bytes);
    const { faults, rows } = await readAll(openJsonSource, path);
    expect(faults.map(brief).join('\n')).toMatch(expected);
    expect(Object.values(rows).flat()).toEqual([]);
  });
});
