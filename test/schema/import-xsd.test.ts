import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { importXsd, XsdImportProblem } from '../../src/schema/import-xsd.ts';
import type { WrittenTypes } from '../../src/schema/written-types.ts';

const WANTED: WrittenTypes = {
  format: 'upd',
  namespace: '',
  version: '9.99',
  roots: ['Файл'],
  types: ['Адрес'],
  only: {},
};

/** A schema as ФНС writes them, in windows-1251. */
function schema(content: string, types = ''): Buffer {
  return iconv.encode(
    `<?xml version="1.0" encoding="windows-1251"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">` +
      `<xs:element name="Файл"><xs:complexType>${content}</xs:complexType></xs:element>${types}</xs:schema>`,
    'win1251',
  );
}

const read = (content: string, types?: string, wanted = WANTED) =>
  importXsd(schema(content, types), 'a.xsd', wanted);

const TEXT = (max: number): string =>
  `<xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="${max}"/></xs:restriction></xs:simpleType>`;
const ADDRESS = `<xs:complexType name="Адрес"><xs:choice><xs:element name="Город" type="xs:string"/><xs:element name="Село" type="xs:string"/></xs:choice></xs:complexType>`;

describe('a schema of ФНС becomes a profile', () => {
  it('with attributes first, then elements in their order and number', () => {
    const profile = read(
      `<xs:sequence><xs:element name="Б" type="xs:integer"/><xs:element name="А" minOccurs="0" maxOccurs="unbounded" type="xs:string"/></xs:sequence>` +
        `<xs:attribute name="ид" use="required">${TEXT(5)}</xs:attribute><xs:attribute name="вид" type="xs:string"/>`,
    );
    expect(profile).toMatchObject({ format: 'upd', version: '9.99', namespace: '', roots: { Файл: 'Файл' } });
    expect(profile.types.Файл).toEqual({
      kind: 'object',
      content: 'sequence',
      properties: [
        { name: 'ид', type: 'Файл.ид', min: 1, max: 1, attribute: true },
        { name: 'вид', type: 'xs:string', min: 0, max: 1, attribute: true },
        { name: 'Б', type: 'xs:integer', min: 1, max: 1 },
        { name: 'А', type: 'xs:string', min: 0, max: null },
      ],
    });
    expect(profile.types['Файл.ид']).toEqual({
      kind: 'simple',
      base: 'xs:string',
      minLength: 1,
      maxLength: 5,
    });
  });

  it('with choices, whole types and inside a sequence', () => {
    const profile = read(
      `<xs:sequence><xs:choice><xs:element name="А" type="Адрес"/><xs:element name="Б" type="xs:string"/></xs:choice><xs:element name="В" type="xs:string"/></xs:sequence>`,
      ADDRESS,
    );
    expect(profile.types.Файл).toMatchObject({
      content: 'sequence',
      properties: [{ name: 'А', alternative: true }, { name: 'Б', alternative: true }, { name: 'В' }],
    });
    expect(profile.types.Адрес).toMatchObject({
      content: 'choice',
      properties: [{ name: 'Город' }, { name: 'Село' }],
    });
  });

  it('with everything a simple type rests on', () => {
    const code = `<xs:simpleType name="Код"><xs:restriction base="xs:string"><xs:length value="7"/><xs:pattern value="[0-9]{7}"/></xs:restriction></xs:simpleType>`;
    const profile = read(
      `<xs:sequence/><xs:attribute name="КНД"><xs:simpleType><xs:restriction base="Код"><xs:enumeration value="1115131"/></xs:restriction></xs:simpleType></xs:attribute>` +
        `<xs:attribute name="Цена"><xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="26"/><xs:fractionDigits value="11"/><xs:minExclusive value="0"/></xs:restriction></xs:simpleType></xs:attribute>`,
      code,
    );
    expect(profile.types['Файл.КНД']).toEqual({
      kind: 'simple',
      base: 'xs:string',
      minLength: 7,
      maxLength: 7,
      pattern: ['[0-9]{7}'],
      enumeration: ['1115131'],
    });
    expect(profile.types['Файл.Цена']).toMatchObject({
      totalDigits: 26,
      fractionDigits: 11,
      minExclusive: 0,
    });
  });

  it('without what is not wanted, where it may be missing', () => {
    const content = `<xs:sequence><xs:element name="А" type="xs:string"/><xs:element name="Б" minOccurs="0" type="Адрес"/><xs:element name="В" minOccurs="0"><xs:complexType><xs:attribute name="г" type="xs:string"/></xs:complexType></xs:element></xs:sequence>`;
    const names = (wanted: Partial<WrittenTypes>): string[] => {
      const { types } = read(content, ADDRESS, { ...WANTED, ...wanted });
      return types.Файл?.kind === 'object' ? types.Файл.properties.map(({ name }) => name) : [];
    };
    expect(names({})).toEqual(['А', 'Б', 'В']);
    expect(names({ types: [] })).toEqual(['А', 'В']);
    expect(names({ only: { Файл: ['А', 'Б'] } })).toEqual(['А', 'Б']);
    expect(read(content, ADDRESS).types['Файл.В']).toMatchObject({ properties: [{ name: 'г' }] });
    expect(() => names({ only: { Файл: ['Б'] } })).toThrow(/Файл\/А is mandatory/);
    expect(
      read('<xs:sequence><xs:element name="Б" type="Адрес"/></xs:sequence>', ADDRESS, {
        ...WANTED,
        only: { Адрес: ['Село'] },
      }).types.Адрес,
    ).toMatchObject({ properties: [{ name: 'Село' }] });
  });

  it.each([
    ['a type that is not declared', '<xs:sequence><xs:element name="А" type="Нет"/></xs:sequence>'],
    ['a group', '<xs:sequence><xs:group ref="А"/></xs:sequence>'],
    ['a sequence inside a choice', '<xs:sequence><xs:choice><xs:sequence/></xs:choice></xs:sequence>'],
    [
      'an unknown facet',
      '<xs:sequence/><xs:attribute name="а"><xs:simpleType><xs:restriction base="xs:string"><xs:whiteSpace value="collapse"/></xs:restriction></xs:simpleType></xs:attribute>',
    ],
  ])('but not with %s', (_, content) => {
    expect(() => read(content)).toThrow(XsdImportProblem);
  });

  it('and not from another file', () => {
    expect(() => importXsd(Buffer.from('<a/>'), 'a.xsd', WANTED)).toThrow(/no element Файл/);
    expect(() => importXsd(schema('').subarray(0, 5), 'a.xsd', { ...WANTED, version: '' })).toThrow();
  });
});
