import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkMessage, isMessage } from '../../../src/pipeline/check/message.ts';
import { createValidator, type Validator } from '../../../src/schema/validate.ts';
import { messageXsd } from '../../../src/schema/xsd.ts';
import { formatOf, HEADER, VERSIONS } from './formats.ts';
import { messageOf } from './month.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bg1c-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function check(text: string | Uint8Array) {
  const file = join(folder, 'message.xml');
  writeFileSync(file, text);
  return checkMessage(file);
}

type Change = (text: string) => string;

const SALE = 'Документ.РеализацияТоваровУслуг';
const ACT_LINE = `${SALE}[00000000-0000-5000-8000-000000000006]/Услуги/Строка[1]`;

/** Changes the object of the act alone. */
function inAct(change: Change): Change {
  return (text) =>
    text.replace(/<Документ\.РеализацияТоваровУслуг>.*?<\/Документ\.РеализацияТоваровУслуг>/, change);
}

/** What is changed, how, the path it is found at, and what is said of it. */
const DEFECTS: ReadonlyArray<readonly [string, Change, string, RegExp]> = [
  [
    'swapped elements',
    inAct((xml) => xml.replace(/(<Сумма>1200\.00<\/Сумма>)(<Цена>[^<]*<\/Цена>)/, '$2$1')),
    `${ACT_LINE}/Цена`,
    /не на своём месте; ожидается «Сумма»/,
  ],
  [
    'a missing mandatory element',
    inAct((xml) => xml.replace('<Количество>1</Количество>', '')),
    `${ACT_LINE}/Сумма`,
    /ожидается «Количество»/,
  ],
  [
    'a number longer than any',
    (text) => text.replaceAll('<Номер>С-1</Номер>', `<Номер>${'9'.repeat(257)}</Номер>`),
    'Документ.ЗаказКлиента[00000000-0000-5000-8000-000000000005]/КлючевыеСвойства/Номер',
    /257 знаков, а допустимо 256/,
  ],
  [
    'an unknown value of an enumeration',
    (text) => text.replace('<ТипНоменклатуры>Услуга<', '<ТипНоменклатуры>Чудо<'),
    'Справочник.Номенклатура[00000000-0000-5000-8000-000000000004]/ТипНоменклатуры',
    /«Чудо» — недопустимое значение; возможно: Товар, Услуга/,
  ],
  [
    'stray text',
    inAct((xml) => xml.replace('<Услуги>', '<Услуги>посторонний текст')),
    `${SALE}[00000000-0000-5000-8000-000000000006]/Услуги`,
    /посторонний текст между элементами/,
  ],
  [
    'a reference that is no UUID',
    (text) => text.replace('<Ссылка>00000000-0000-5000-8000-000000000004<', '<Ссылка>17<'),
    'Справочник.Номенклатура[17]/КлючевыеСвойства/Ссылка',
    /«17» записано не по форме/,
  ],
  [
    'a third digit of kopecks',
    inAct((xml) => xml.replace('<Цена>1200.00<', '<Цена>1200.001<')),
    `${ACT_LINE}/Цена`,
    /после запятой больше 2 знаков/,
  ],
  [
    'a date of another country',
    inAct((xml) => xml.replace('<Дата>2025-12-31T12:00:00<', '<Дата>31.12.2025<')),
    `${SALE}[00000000-0000-5000-8000-000000000006]/КлючевыеСвойства/Дата`,
    /«31\.12\.2025» — недопустимое значение/,
  ],
  [
    'an element twice',
    inAct((xml) => xml.replace('<СуммаВключаетНДС>true</СуммаВключаетНДС>', (one) => one + one)),
    `${SALE}[00000000-0000-5000-8000-000000000006]/СуммаВключаетНДС[2]`,
    /не на своём месте/,
  ],
  [
    'a choice without a choice',
    (text) => text.replace(/<Владелец>.*?<\/Владелец>/, '<Владелец/>'),
    'Справочник.Контрагенты[00000000-0000-5000-8000-000000000001]/ОсновнойБанковскийСчет/Владелец',
    /не хватает одного из: КонтрагентыСсылка, ОрганизацииСсылка/,
  ],
  [
    'a yes that is none',
    inAct((xml) => xml.replace('<СуммаВключаетНДС>true<', '<СуммаВключаетНДС>да<')),
    `${SALE}[00000000-0000-5000-8000-000000000006]/СуммаВключаетНДС`,
    /«да» — недопустимое значение/,
  ],
  [
    'a structure in the place of a value',
    inAct((xml) => xml.replace('<Содержание>Интернет<', '<Содержание><Б>Интернет</Б><')),
    `${ACT_LINE}/Содержание`,
    /внутри не может быть элементов/,
  ],
];

describe.each(VERSIONS)('a message of EnterpriseData $version', (profile) => {
  const message = messageOf(formatOf(profile));
  let validator: Validator;
  beforeAll(() => {
    validator = createValidator(messageXsd(profile, HEADER));
  });
  afterAll(() => validator.dispose());

  it('of ours has nothing wrong, and the strict schema says the same', async () => {
    const { version, objects, faults } = await check(message);
    expect(faults).toEqual([]);
    expect(version).toBe(profile.version);
    expect(objects).toEqual({
      'Справочник.Контрагенты': 1,
      'Справочник.БанковскиеСчета': 1,
      'Справочник.Договоры': 1,
      'Справочник.Номенклатура': 1,
      'Документ.ЗаказКлиента': 1,
      [SALE]: 2,
      'Документ.СчетФактураВыданный': 2,
    });
    expect(validator.check(message)).toEqual([]);
  });

  it.each(DEFECTS)('with %s is refused, here and by the strict schema', async (_, change, path, reason) => {
    const changed = change(message);
    expect(changed).not.toBe(message);
    expect(validator.check(changed)).not.toEqual([]);
    const { faults } = await check(changed);
    const found = faults.find(({ code }) => code === 'BG1C-MESSAGE-STRUCTURE');
    expect(found?.target?.xpath).toBe(path);
    expect(found?.message).toMatch(reason);
    expect(found?.paths[0]).toMatch(/^message\.xml:\d+ /);
  });
});

describe('a message of others', () => {
  const profile = VERSIONS.find(({ version }) => version === '1.20')!;
  const message = messageOf(formatOf(profile));
  const codes = async (text: string | Uint8Array): Promise<string[]> =>
    (await check(text)).faults.map(({ code }) => code);

  it('may hold what we never write: it is told and the rest is checked', async () => {
    const goods = '<Товары><Строка><Сумма>5.00</Сумма></Строка></Товары>';
    const text = message
      .replace('<Услуги>', `${goods}<Услуги>`)
      .replace('<Body', '<Body xmlns:x="urn:other"')
      .replace('</Документ.ЗаказКлиента>', '<x:Чужое/></Документ.ЗаказКлиента>')
      .replace('</Body>', '<Документ.Неизвестный/></Body>');
    const { faults } = await check(text);
    expect(faults.map(({ code, message: said }) => [code, said.split(' — ')[0]])).toEqual([
      ['BG1C-MESSAGE-UNCHECKED', 'Не проверено: Документ.ЗаказКлиента/Товары'],
      ['BG1C-MESSAGE-UNCHECKED', 'Не проверено: Документ.ЗаказКлиента/Чужое'],
      ['BG1C-MESSAGE-UNCHECKED', 'Не проверено: Документ.Неизвестный'],
    ]);
  });

  it('may name an owner that we never name: then only that is not checked', async () => {
    const owner = '<Владелец><ФизическиеЛицаСсылка/></Владелец>';
    const text = message.replace(/<Владелец><КонтрагентыСсылка>.*?<\/Владелец>/, owner);
    expect(await codes(text)).toEqual(['BG1C-MESSAGE-UNCHECKED']);
  });

  it('may have prefixes, capitals in UUIDs, comments and other line ends', async () => {
    const text = message
      .replace(/<(\/?)([А-Яа-я])/g, '<$1e:$2')
      .replace('<Body xmlns=', '<e:Body xmlns:e=')
      .replace('</Body>', '</e:Body>')
      .replace(/<e:Ссылка>[^<]*/g, (uuid) => uuid.replace(/[^>]*$/, (id) => id.toUpperCase()))
      .replaceAll('><', '>\r\n\t<!-- т -->\r\n<');
    expect(await codes(text)).toEqual([]);
  });

  it.each<[string, Change, string, RegExp]>([
    [
      'an ИНН with a mistake',
      (t) => t.replaceAll('0274000002', '0274000003'),
      'BG1C-MESSAGE-INN',
      /«0274000003»/,
    ],
    [
      'lines that do not add up',
      inAct((xml) => xml.replace('<Сумма>100.00<', '<Сумма>99.99<')),
      'BG1C-MESSAGE-TOTAL',
      /№ А-1: сумма 1\u00a0300,00, сумма строк \(2 строки\) 1\u00a0299,99, разница 0,01/,
    ],
    [
      'a VAT invoice unlike its act',
      (t) => t.replace(/(<Номер>Ф-1<.*?<Сумма>)1300\.00/, '$11300.01'),
      'BG1C-MESSAGE-TOTAL',
      /№ Ф-1: сумма 1\u00a0300,01, сумма акта № А-1 1\u00a0300,00/,
    ],
    [
      'a service that is not there',
      (t) => t.replace(/<Справочник\.Номенклатура>.*?<\/Справочник\.Номенклатура>\n/, ''),
      'BG1C-MESSAGE-REFERENCE',
      /Справочник\.Номенклатура 00000000-0000-5000-8000-000000000004/,
    ],
    [
      'a version that nobody knows',
      (t) => t.replaceAll('EnterpriseData/1.20', 'EnterpriseData/1.99'),
      'BG1C-MESSAGE-VERSION',
      /1\.99/,
    ],
    [
      'objects of another version than its header',
      (t) =>
        t.replace(/<Body xmlns="[^"]*"/, '<Body xmlns="http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.8"'),
      'BG1C-MESSAGE-STRUCTURE',
      /1С молча пропустит объект/,
    ],
    [
      'a header that is out of order',
      (t) => t.replace(/(<msg:Format>.*?<\/msg:Format>)(<msg:CreationDate>.*?<\/msg:CreationDate>)/, '$2$1'),
      'BG1C-MESSAGE-STRUCTURE',
      /^Header, CreationDate: не на своём месте; ожидается «Format»/,
    ],
  ])('with %s is told so', async (_, change, code, text) => {
    const changed = change(message);
    expect(changed).not.toBe(message);
    const { faults } = await check(changed);
    expect(faults.map((found) => found.code)).toContain(code);
    expect(faults.find((found) => found.code === code)!.message).toMatch(text);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['cut off', message.slice(0, -30), /ошибка XML/],
    ['empty', '', /ошибка XML/],
    ['of another encoding', iconv.encode(message, 'win1251'), /не в кодировке UTF-8/],
    ['of a declared other encoding', message.replace('UTF-8', 'windows-1251'), /кодировка windows-1251/],
    ['of another root', '<Data/>', /корневой элемент — Data/],
    ['without a header', message.replace(/<msg:Header>.*<\/msg:Header>/, ''), /а нужен Header/],
    ['of another format', message.replace('edi_stnd/EnterpriseData', 'edi_stnd/Other'), /а нужен http/],
    ['with a DTD', message.replace('<Message', '<!DOCTYPE Message [<!ENTITY a "b">]>\n<Message'), /DTD/],
    ['with an entity', message.replace('Ромашка', '&who;'), /ошибка XML/],
    ['too deep', message.replace('<Услуги>', '<А>'.repeat(100)), /слишком много вложенных/],
  ])('%s is no message', async (_, text, reason) => {
    const { faults } = await check(text);
    const found = faults.find(({ code }) => code === 'BG1C-MESSAGE-READ');
    expect(found?.message).toMatch(reason);
  });

  it('is told from an export in XML by its root', () => {
    const file = join(folder, 'export.xml');
    writeFileSync(file, '<?xml version="1.0"?>\n<bgbilling><Message/></bgbilling>');
    expect(isMessage(file)).toBe(false);
    writeFileSync(file, '<?xml version="1.0"?>\n<!-- <b> -->\n<m:Message xmlns:m="urn:m"/>');
    expect(isMessage(file)).toBe(true);
    writeFileSync(file, `\uFEFF${message}`);
    expect(isMessage(file)).toBe(true);
    expect(isMessage(join(folder, 'absent.xml'))).toBe(false);
    expect(isMessage(folder)).toBe(false);
  });
});
