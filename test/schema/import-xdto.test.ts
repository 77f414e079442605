import { describe, expect, it } from 'vitest';
import { importXdtoPackage } from '../../src/schema/import-xdto.ts';
import type { ObjectType, Profile } from '../../src/schema/profile.ts';
import type { WrittenTypes } from '../../src/schema/written-types.ts';
import { NAMESPACE, packageText, WANTED } from './xdto.ts';

function importText(text: string | Uint8Array, wanted: WrittenTypes = WANTED) {
  return importXdtoPackage(typeof text === 'string' ? Buffer.from(text) : text, 'Package.bin', wanted);
}

function profileOf(declarations: string, wanted?: WrittenTypes): Profile {
  const { profile, faults } = importText(packageText(declarations), wanted);
  expect(faults).toEqual([]);
  return profile!;
}

/** The properties of `Документ.Акт` declared so. */
function act(
  properties: string,
  declarations = '',
  wanted?: WrittenTypes,
): ObjectType & { profile: Profile } {
  const profile = profileOf(
    `${declarations}<objectType name="Документ.Акт">${properties}</objectType>`,
    wanted,
  );
  return { ...(profile.types['Документ.Акт'] as ObjectType), profile };
}

function reasons(declarations: string): string[] {
  const { profile, faults } = importText(packageText(declarations));
  expect(profile).toBeUndefined();
  expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['BG1C-SCHEMA-IMPORT-TYPE']));
  return faults.map(({ message }) => message);
}

describe('what a package says', () => {
  it('takes version, namespace, origin and roots; a root of another version is absent', () => {
    const profile = profileOf('<objectType name="Документ.Акт"/>');
    expect(profile).toMatchObject({ format: 'enterprise-data', version: '9.1', namespace: NAMESPACE });
    expect(profile.origin).toEqual({ file: 'Package.bin', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(profile.roots).toEqual({ 'Документ.Акт': 'Документ.Акт' });
  });

  it('reads cardinality and nillable', () => {
    const { properties } = act(`
      <property name="Дата" type="xs:date"/>
      <property name="Строка" type="xs:string" lowerBound="0" upperBound="-1"/>
      <property name="Трижды" type="xs:string" lowerBound="2" upperBound="3" nillable="true"/>
      <property name="НеNil" type="xs:int" nillable="false"/>`);
    expect(properties).toEqual([
      { name: 'Дата', type: 'xs:date', min: 1, max: 1 },
      { name: 'Строка', type: 'xs:string', min: 0, max: null },
      { name: 'Трижды', type: 'xs:string', min: 2, max: 3, nillable: true },
      { name: 'НеNil', type: 'xs:int', min: 1, max: 1 },
    ]);
  });

  it('reads attributes', () => {
    const { properties } = act('<property name="Код" type="xs:string" lowerBound="0" form="Attribute"/>');
    expect(properties).toEqual([{ name: 'Код', type: 'xs:string', min: 0, max: 1, attribute: true }]);
  });

  it('resolves a prefix by the declaration nearest to it, whatever it is called', () => {
    const { properties } = act(
      `<property xmlns:q="${NAMESPACE}" name="Сумма" type="q:Сумма"/>
       <property xmlns:q="http://www.w3.org/2001/XMLSchema" name="Текст" type="q:string"/>`,
      '<valueType name="Сумма" base="xs:decimal"/>',
    );
    expect(properties.map(({ type }) => type)).toEqual(['Сумма', 'xs:string']);
  });

  it('reads facets, also through a base; a fixed length is both limits', () => {
    const { profile } = act(
      `<property name="Цена" type="e:Цена"/>
       <property name="Счет"><typeDef xsi:type="ValueType" base="xs:string" length="20" variety="Atomic"/></property>`,
      `<valueType name="Сумма" base="xs:decimal" totalDigits="15" fractionDigits="2"/>
       <valueType name="Цена" base="e:Сумма" fractionDigits="4"/>`,
    );
    expect(profile.types).toMatchObject({
      Цена: { kind: 'simple', base: 'xs:decimal', totalDigits: 15, fractionDigits: 4 },
      'Документ.Акт.Счет': { kind: 'simple', base: 'xs:string', minLength: 20, maxLength: 20 },
    });
    expect(profile.types).not.toHaveProperty('Сумма');
  });

  it('reads enumerations and patterns with their entities', () => {
    const { profile } = act(
      '<property name="Вид" type="e:Вид"/><property name="Код" type="e:Код"/>',
      `<valueType name="Вид" base="xs:string"><enumeration xsi:type="xs:string">А &amp; Б</enumeration><enumeration>007</enumeration></valueType>
       <valueType name="Код" base="xs:string"><pattern>[&lt;\\d]+</pattern></valueType>`,
    );
    expect(profile.types).toMatchObject({
      Вид: { enumeration: ['А & Б', '007'] },
      Код: { pattern: ['[<\\d]+'] },
    });
  });

  it('makes a union of values and patterns a set of patterns', () => {
    const { profile } = act(
      `<property name="Дата"><typeDef xsi:type="ValueType" variety="Union" memberTypes="{${NAMESPACE}}День e:Ноль"/></property>`,
      `<valueType name="День" base="xs:string"><pattern>\\d\\d</pattern></valueType>
       <valueType name="Ноль" base="xs:string"><enumeration>0.0</enumeration></valueType>`,
    );
    expect(profile.types['Документ.Акт.Дата']).toEqual({
      kind: 'simple',
      base: 'xs:string',
      pattern: ['\\d\\d', '0\\.0'],
    });
  });

  it('makes a reference a UUID', () => {
    const { profile } = act(
      '<property name="Ссылка" type="e:Ссылка"/>',
      '<valueType name="Ссылка" base="m:Ref"/>',
    );
    const [pattern] = (profile.types.Ссылка as { pattern: string[] }).pattern;
    expect('44444444-4444-5444-8444-444444444444').toMatch(new RegExp(`^${pattern}$`));
    expect('123').not.toMatch(new RegExp(`^${pattern}$`));
  });

  it('puts the properties of a base first and drops those of the envelope', () => {
    const derived = profileOf(
      `<objectType name="Общее" base="m:Object"><property name="А" type="xs:string"/></objectType>
       <objectType name="Документ.Акт" base="e:Общее"><property name="Б" type="xs:string"/></objectType>`,
    );
    expect((derived.types['Документ.Акт'] as ObjectType).properties.map(({ name }) => name)).toEqual([
      'А',
      'Б',
    ]);
  });

  it('lets a type contain itself', () => {
    const { profile } = act(
      '<property name="Ключи" type="e:Ключи"/>',
      '<objectType name="Ключи"><property name="Головная" type="e:Ключи" lowerBound="0"/></objectType>',
    );
    expect(profile.types).toHaveProperty('Ключи');
  });
});

describe('one of', () => {
  const members = `<property name="А" type="xs:string" lowerBound="0"/><property name="Б" type="xs:string" lowerBound="0"/>`;

  it('is a type in place with optional properties alone, of which each is then mandatory for itself', () => {
    const { profile } = act(
      `<property name="Владелец"><typeDef xsi:type="ObjectType" ordered="false">${members}</typeDef></property>`,
    );
    expect(profile.types['Документ.Акт.Владелец']).toEqual({
      kind: 'object',
      content: 'choice',
      properties: [
        { name: 'А', type: 'xs:string', min: 1, max: 1 },
        { name: 'Б', type: 'xs:string', min: 1, max: 1 },
      ],
    });
  });

  it('is a named type marked ordered; other named types of optional properties are sequences', () => {
    const reference = '<property name="Вид" type="e:Составной"/>';
    const marked = act(reference, `<objectType name="Составной" ordered="true">${members}</objectType>`);
    const unmarked = act(reference, `<objectType name="Составной">${members}</objectType>`);
    expect(marked.profile.types.Составной).toMatchObject({ content: 'choice' });
    expect(unmarked.profile.types.Составной).toMatchObject({ content: 'sequence' });
  });

  it('is none where a property is mandatory or repeats', () => {
    for (const bounds of ['', 'lowerBound="0" upperBound="-1"']) {
      const inner = `${members}<property name="В" type="xs:string" ${bounds}/>`;
      const { profile } = act(
        `<property name="Х"><typeDef xsi:type="ObjectType" ordered="false">${inner}</typeDef></property>`,
      );
      expect(profile.types['Документ.Акт.Х']).toMatchObject({ content: 'sequence' });
    }
  });

  it('keeps the members that we write', () => {
    const wanted = { ...WANTED, only: { 'Документ.Акт.Х': ['Б'] } };
    const { profile } = act(
      `<property name="Х"><typeDef xsi:type="ObjectType">${members}</typeDef></property>`,
      '',
      wanted,
    );
    expect((profile.types['Документ.Акт.Х'] as ObjectType).properties.map(({ name }) => name)).toEqual(['Б']);
  });
});

describe('what is not written', () => {
  const other = '<objectType name="Чужой"><property name="А" type="xs:string"/></objectType>';

  it('is dropped where it is optional', () => {
    const { properties, profile } = act(
      `<property name="Чужой" type="e:Чужой" lowerBound="0"/>
       <property name="Файл" type="xs:base64Binary" lowerBound="0"/>
       <property name="ЧтоУгодно" lowerBound="0"/>
       <property name="Выбор" lowerBound="0"><typeDef xsi:type="ObjectType"><property name="Ч" type="e:Чужой" lowerBound="0"/></typeDef></property>
       <property name="Номер" type="xs:string"/>`,
      other,
    );
    expect(properties.map(({ name }) => name)).toEqual(['Номер']);
    expect(profile.types).not.toHaveProperty('Чужой');
  });

  it.each([
    ['a structure', '<property name="Чужой" type="e:Чужой"/>'],
    ['binary data', '<property name="Чужой" type="xs:base64Binary"/>'],
    ['a property without type', '<property name="Чужой"/>'],
    ['a type of another package', '<property xmlns:z="urn:z" name="Чужой" type="z:Т"/>'],
    ['own text', '<property name="Чужой" type="xs:string" form="Text"/>'],
    [
      'a list',
      '<property name="Чужой"><typeDef xsi:type="ValueType" base="xs:string" variety="List"/></property>',
    ],
  ])('is a fault where it is mandatory: %s', (_, property) => {
    const [message] = reasons(`${other}<objectType name="Документ.Акт">${property}</objectType>`);
    expect(message).toMatch(/Документ\.Акт.*«Чужой»/);
  });
});

describe('a damaged package is a fault', () => {
  it('also where an optional property names a type that is not there', () => {
    const [message] = reasons(
      '<objectType name="Документ.Акт"><property name="Х" type="e:Нет" lowerBound="0"/></objectType>',
    );
    expect(message).toContain('тип «Нет» в файле не описан');
  });

  const good = packageText('<objectType name="Документ.Акт"/>');
  const broken = (declarations: string): string =>
    packageText(`<objectType name="Документ.Акт"/>${declarations}`);
  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no XML', 'Package.bin'],
    ['cut off', good.slice(0, -20)],
    ['bytes', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0])],
    ['windows-1251', Buffer.from('<package xmlns="http://v8.1c.ru/8.1/xdto"/>\xd2', 'latin1')],
    ['another root', '<root/>'],
    ['another namespace of the root', good.replace('http://v8.1c.ru/8.1/xdto', 'urn:x')],
    ['a document type', `<!DOCTYPE package [<!ENTITY x "y">]>${good.slice(1)}`],
    ['another format', good.replaceAll('EnterpriseData/9.1', 'CommerceML/2')],
    ['no version', good.replaceAll('EnterpriseData/9.1', 'EnterpriseData/last')],
    ['no target namespace', good.replace(/targetNamespace="[^"]*"/, '')],
    ['none of our types', packageText('<objectType name="Другое"/>')],
    ['a type twice', broken('<valueType name="Документ.Акт" base="xs:string"/>')],
    ['a name that is none', broken('<objectType name="А Б"/>')],
    ['a prefix that is not declared', broken('<valueType name="А" base="zz:string"/>')],
    ['a limit that is no number', broken('<valueType name="А" base="xs:string" maxLength="много"/>')],
    [
      'an unknown kind of type',
      broken('<objectType name="А"><property name="Б"><typeDef/></property></objectType>'),
    ],
    ['a base that is not there', packageText('<objectType name="Документ.Акт" base="e:Нет"/>')],
    ['a circle of bases', packageText('<objectType name="Документ.Акт" base="e:Документ.Акт"/>')],
  ])('%s', (_, text) => {
    const { profile, faults } = importText(text);
    expect(profile).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-SCHEMA-IMPORT']);
  });

  it('where a property is declared twice, also over a base', () => {
    const own = '<property name="А" type="xs:string"/>';
    expect(reasons(`<objectType name="Документ.Акт">${own}${own}</objectType>`)).toEqual([
      'Файл Package.bin, тип «Документ.Акт»: свойство «А» описано дважды',
    ]);
    const base = `<objectType name="Основа">${own}</objectType>`;
    expect(
      reasons(`${base}<objectType name="Документ.Акт" base="e:Основа">${own}</objectType>`),
    ).toHaveLength(1);
  });

  it('wherever it is cut', () => {
    const text = Buffer.from(
      packageText(`<valueType name="Вид" base="xs:string"><enumeration>А</enumeration></valueType>
        <objectType name="Документ.Акт"><property name="Вид" type="e:Вид"/></objectType>`),
    );
    for (let length = 0; length < text.length; length += 7)
      expect(importText(text.subarray(0, length)).faults, `cut at ${length}`).not.toEqual([]);
  });
});
