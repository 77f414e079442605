import fc from 'fast-check';
import { diag, XmlDocument } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileWriter } from '../../src/schema/compile-writer.ts';
import { listProfiles, loadProfile } from '../../src/schema/load.ts';
import type { Profile } from '../../src/schema/profile.ts';
import { createValidator, type Validator } from '../../src/schema/validate.ts';
import { messageXsd, profileXsd } from '../../src/schema/xsd.ts';
import { barest, everyRoot, HEADER_PROFILE, message } from './messages.ts';
import { ACT, BUYER, ROMASHKA, SALE } from './sample-mapping.ts';

const VERSIONS = listProfiles('enterprise-data')
  .map((version) => loadProfile('enterprise-data', version))
  .filter(({ types }) => 'КлючевыеСвойстваСтавкиНДС' in types);
const ED20 = loadProfile('enterprise-data', '1.20');

describe.each(VERSIONS)('the strict XSD of EnterpriseData $version', (profile) => {
  let validator: Validator;
  beforeAll(() => {
    validator = createValidator(messageXsd(profile, HEADER_PROFILE));
  });
  afterAll(() => validator.dispose());

  it('has no open content', () => {
    for (const { text } of messageXsd(profile, HEADER_PROFILE)) expect(text).not.toMatch(/xs:any/);
  });

  it('takes what the writer writes', () => {
    expect(validator.check(message(profile, Object.values(everyRoot(profile))))).toEqual([]);
    expect(validator.check(message(profile, barest(profile)))).toEqual([]);
    expect(validator.check(Buffer.from(message(profile, [])))).toEqual([]);
  });

  it('takes a counterparty of any name, and gives the name back as it was', () => {
    const writer = compileWriter(profile, 'Справочник.Контрагенты', BUYER);
    const character = fc.integer({ min: 0x20, max: 0xd7ff }).map(String.fromCodePoint);
    const name = fc.string({
      unit: fc.oneof(fc.constantFrom('&', '<', '>', '"', "'", ']', '\r', '\n', '\t', ' ', '😀'), character),
    });
    fc.assert(
      fc.property(name, (text) => {
        const xml = message(profile, [writer.write({ ...ROMASHKA, name: text })]);
        expect(validator.check(xml)).toEqual([]);
        const document = XmlDocument.fromString(xml);
        try {
          expect(document.get('//b:Наименование', { b: profile.namespace })?.content).toBe(text);
        } finally {
          document.dispose();
        }
      }),
      { numRuns: 200 },
    );
  });

  /** What is changed, in which root, how, and what the problem says. */
  const defects: Array<[string, string, (xml: string) => string, RegExp]> = [
    [
      'swapped elements',
      'Документ.РеализацияТоваровУслуг',
      swap('Сумма', 'Цена'),
      /'Цена': This element is not expected. Expected is \( Сумма \)/,
    ],
    [
      'date after number in an act',
      'Документ.РеализацияТоваровУслуг',
      swap('Дата', 'Номер'),
      /'Номер': This element is not expected/,
    ],
    [
      'number after date in a VAT invoice',
      'Документ.СчетФактураВыданный',
      swap('Номер', 'Дата'),
      /'Дата': This element is not expected/,
    ],
    [
      'a missing mandatory element',
      'Документ.РеализацияТоваровУслуг',
      without('ВидОперации'),
      /Expected is \( ВидОперации \)/,
    ],
    [
      'a missing last element',
      'Документ.СчетФактураВыданный',
      without('РеализацияТоваровУслугСсылка'),
      /Missing child element/,
    ],
    [
      'an unknown element',
      'Документ.РеализацияТоваровУслуг',
      after('ВидОперации', '<Проведен>true</Проведен>'),
      /'Проведен': This element is not expected/,
    ],
    [
      'an element of another namespace',
      'Справочник.Договоры',
      after('ВидДоговора', '<x:y xmlns:x="urn:x"/>'),
      /'y': This element is not expected/,
    ],
    [
      'an element twice',
      'Справочник.Контрагенты',
      after('ИНН', '<ИНН>0274000002</ИНН>'),
      /'ИНН': This element is not expected/,
    ],
    [
      'an over-long number',
      'Документ.РеализацияТоваровУслуг',
      value('Номер', '1'.repeat(257)),
      /'Номер': \[facet 'maxLength'\]/,
    ],
    [
      'an over-long ИНН',
      'Справочник.Контрагенты',
      value('ИНН', '0274000002123'),
      /'ИНН': \[facet 'maxLength'\]/,
    ],
    [
      'an unknown enumeration value',
      'Документ.РеализацияТоваровУслуг',
      value('ВидСтавки', 'НДС22'),
      /'ВидСтавки': \[facet 'enumeration'\]/,
    ],
    [
      'stray text',
      'Документ.РеализацияТоваровУслуг',
      after('ВидОперации', 'текст'),
      /Character content other than whitespace is not allowed/,
    ],
    [
      'a reference that is no UUID',
      'Справочник.Контрагенты',
      value('Ссылка', '17'),
      /'Ссылка': \[facet 'pattern'\]/,
    ],
    ['an empty reference', 'Справочник.Договоры', value('Ссылка', ''), /'Ссылка': \[facet 'pattern'\]/],
    [
      'a date of no calendar',
      'Справочник.Договоры',
      value('Дата', '2026-02-30'),
      /'Дата': '2026-02-30' is not a valid value of the atomic type 'xs:date'/,
    ],
    [
      'a Russian date',
      'Справочник.Договоры',
      value('Дата', '01.02.2024'),
      /is not a valid value of the atomic type 'xs:date'/,
    ],
    [
      'a day where a time belongs',
      'Документ.РеализацияТоваровУслуг',
      value('Дата', '2026-10-31'),
      /'xs:dateTime'/,
    ],
    [
      'a decimal comma',
      'Документ.РеализацияТоваровУслуг',
      value('Цена', '10,50'),
      /'Цена': '10,50' is not a valid value/,
    ],
    [
      'a third digit of a sum',
      'Документ.РеализацияТоваровУслуг',
      value('Цена', '10.505'),
      /'Цена': \[facet 'fractionDigits'\]/,
    ],
    [
      'a sum too large',
      'Документ.РеализацияТоваровУслуг',
      value('Цена', `1${'0'.repeat(15)}`),
      /'Цена': \[facet 'totalDigits'\]/,
    ],
    [
      'a Russian truth value',
      'Документ.РеализацияТоваровУслуг',
      value('СуммаВключаетНДС', 'да'),
      /'xs:boolean'/,
    ],
    [
      'two owners of an account',
      'Справочник.БанковскиеСчета',
      secondOwner,
      /'ОрганизацииСсылка': This element is not expected/,
    ],
    [
      'no owner of an account',
      'Справочник.БанковскиеСчета',
      (xml) => xml.replace(/<Владелец>.*<\/Владелец>/, '<Владелец/>'),
      /'Владелец': Missing child element/,
    ],
    [
      'an attribute',
      'Справочник.Контрагенты',
      (xml) => xml.replace('<ИНН>', '<ИНН вид="1">'),
      /attribute 'вид' is not allowed/,
    ],
  ];

  it.each(defects)('refuses %s', (_, root, change, problem) => {
    const xml = everyRoot(profile)[root]!;
    const changed = change(xml);
    expect(changed).not.toBe(xml);
    const problems = validator.check(message(profile, [xml, changed, xml]));
    expect(problems.map((one) => one.message).join('\n')).toMatch(problem);
    expect(new Set(problems.map(({ line }) => line))).toEqual(new Set([5]));
  });

  it('refuses an object of another kind, another version and no header', () => {
    const check = (xml: string): string =>
      validator
        .check(xml)
        .map((one) => one.message)
        .join('\n');
    const body = message(profile, ['<Справочник.Организации/>']);
    expect(check(body)).toMatch(/'Справочник.Организации': This element is not expected/);
    expect(
      check(
        body.replace(/<Body xmlns="[^"]*"/, '<Body xmlns="http://v8.1c.ru/edi/edi_stnd/EnterpriseData/1.1"'),
      ),
    ).toMatch(/'Body'/);
    expect(check(message(profile, []).replace(/<msg:Header>.*<\/msg:Header>/, ''))).toMatch(
      /'Body'.*Expected is \( Header \)/,
    );
  });
});

describe('problems', () => {
  it('tell line, element and path', () => {
    const validator = createValidator(messageXsd(ED20, HEADER_PROFILE));
    const act = compileWriter(ED20, 'Документ.РеализацияТоваровУслуг', ACT).write(SALE);
    const [found] = validator.check(message(ED20, [act, act, without('Номер')(act)]));
    validator.dispose();
    expect(found).toEqual({
      line: 6,
      message: "Element 'Организация': This element is not expected. Expected is ( Номер ).",
      element: 'Организация',
      xpath: '/Message/*[2]/*[3]/*[1]/*[3]',
    });
  });

  it.each([
    ['not well-formed', '<a><b></a>'],
    ['empty', ''],
    ['no XML', Buffer.from([0, 1, 2])],
    ['cut off', message(ED20, []).slice(0, -12)],
  ])('are found in what is %s', (_, xml) => {
    const validator = createValidator(messageXsd(ED20, HEADER_PROFILE));
    expect(validator.check(xml)).not.toEqual([]);
    expect(validator.check(message(ED20, []))).toEqual([]);
    validator.dispose();
  });

  it('of a schema itself are thrown', () => {
    const wrong: Profile = { ...ED20, roots: { Р: 'НетТакого' } };
    expect(() => createValidator([{ name: 'wrong.xsd', text: profileXsd(wrong) }])).toThrow(/НетТакого/);
  });
});

describe('memory', () => {
  it('of each document and schema is given back', () => {
    diag.configure({ enabled: true });
    try {
      const validator = createValidator(messageXsd(ED20, HEADER_PROFILE));
      const good = message(ED20, []);
      const bad = good.replace('<Body', '<Тело').replace('</Body', '</Тело');
      for (let i = 0; i < 200; i++) {
        expect(validator.check(good)).toHaveLength(0);
        expect(validator.check(bad)).not.toHaveLength(0);
        expect(validator.check('<a>')).not.toHaveLength(0);
      }
      validator.dispose();
      expect(() => createValidator([{ name: 'x.xsd', text: '<a/>' }])).toThrow();
      expect(diag.report()).toEqual({});
    } finally {
      diag.configure({ enabled: false });
    }
  });
});

describe('profiles with attributes and without namespace', () => {
  const profile: Profile = {
    format: 'upd',
    version: '1',
    origin: { file: 'test', sha256: '' },
    namespace: '',
    roots: { Файл: 'Файл' },
    types: {
      Код: { kind: 'simple', base: 'xs:string', enumeration: ['а & "б"'] },
      Сумма: {
        kind: 'object',
        content: 'sequence',
        properties: [
          { name: 'Вал', type: 'Код', min: 1, max: 1, attribute: true },
          { name: '#text', type: 'xs:decimal', min: 1, max: 1 },
        ],
      },
      Файл: {
        kind: 'object',
        content: 'sequence',
        properties: [
          { name: 'ИдФайл', type: 'xs:string', min: 0, max: 1, attribute: true },
          { name: 'Сумма', type: 'Сумма', min: 0, max: 2 },
        ],
      },
    },
  };

  it('are checked', () => {
    const validator = createValidator([{ name: 'file.xsd', text: profileXsd(profile) }]);
    const sum = (text: string): string =>
      `<Файл ИдФайл="1"><Сумма Вал="а &amp; &quot;б&quot;">${text}</Сумма></Файл>`;
    expect(validator.check(sum('1.5'))).toEqual([]);
    expect(validator.check('<Файл/>')).toEqual([]);
    expect(validator.check(sum('x'))).toHaveLength(1);
    expect(validator.check('<Файл Чужой="1"/>')).toHaveLength(1);
    expect(validator.check('<Файл><Сумма>1</Сумма></Файл>')).toHaveLength(1);
    expect(validator.check(sum('1').replace(/<Сумма.*<\/Сумма>/, (one) => one.repeat(3)))).toHaveLength(1);
    validator.dispose();
  });
});

/** Exchanges the first two of these elements that follow each other. */
function swap(first: string, second: string): (xml: string) => string {
  return (xml) =>
    xml.replace(new RegExp(`(<${first}>[^<]*</${first}>)(<${second}>[^<]*</${second}>)`), '$2$1');
}

function without(name: string): (xml: string) => string {
  return (xml) => xml.replace(new RegExp(`<${name}>.*?</${name}>`), '');
}

function after(name: string, addition: string): (xml: string) => string {
  return (xml) => xml.replace(`</${name}>`, `</${name}>${addition}`);
}

function value(name: string, text: string): (xml: string) => string {
  return (xml) => xml.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${text}</${name}>`);
}

function secondOwner(xml: string): string {
  return xml.replace(/<КонтрагентыСсылка>(.*)<\/КонтрагентыСсылка>/, (buyer, keys) => {
    return `${buyer}<ОрганизацииСсылка>${keys}</ОрганизацииСсылка>`;
  });
}
