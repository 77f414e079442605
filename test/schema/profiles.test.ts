import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFormats, describeProfile } from '../../src/schema/describe.ts';
import { importXdtoPackage } from '../../src/schema/import-xdto.ts';
import { listProfiles, loadProfile, loadWrittenTypes } from '../../src/schema/load.ts';
import type { ObjectType, Profile, Property, SchemaFormat, SimpleType } from '../../src/schema/profile.ts';
import { profileText } from '../../src/schema/profile-text.ts';
import { shipped } from '../../src/support/root.ts';
import { NO_REFERENCE, named, REFERENCE } from './reference.ts';

const VERSIONS = listProfiles('enterprise-data').map((version) => loadProfile('enterprise-data', version));
const ED17 = loadProfile('enterprise-data', '1.17');
const ED20 = loadProfile('enterprise-data', '1.20');

function properties(profile: Profile, type: string): Property[] {
  return (profile.types[type] as ObjectType).properties;
}

/** Links to another base stand first in every key from 1.21 on and are never written. */
function names(profile: Profile, type: string): string[] {
  return properties(profile, type)
    .map(({ name }) => name)
    .filter((name) => name !== 'СсылкаВнешняяНавигационная');
}

function property(profile: Profile, type: string, name: string): Property | undefined {
  return properties(profile, type).find((one) => one.name === name);
}

describe.skipIf(NO_REFERENCE)(named('the committed profiles', NO_REFERENCE), () => {
  const origins: Array<[SchemaFormat, string, string]> = [
    ['enterprise-data', '1.8', 'EnterpriseData_1_8_6.xdto.xml'],
    ['enterprise-data', '1.17', 'EnterpriseData_1_17_3.xdto.xml'],
    ['enterprise-data', '1.20', 'EnterpriseData_1_20_2.xdto.xml'],
    ['enterprise-data', '1.22', 'EnterpriseData_1_22_1.xdto.xml'],
    ['exchange-message', '3.1', 'ExchangeMessage.xdto.xml'],
  ];

  it.each(origins)(
    '%s %s is what the importer makes of the package, byte for byte',
    (format, version, file) => {
      const { profile, faults } = importXdtoPackage(
        readFileSync(`${REFERENCE}xdto/${file}`),
        file,
        loadWrittenTypes(format),
      );
      expect(faults).toEqual([]);
      expect(profileText(profile!)).toBe(readFileSync(shipped(`schemas/${format}/${version}.json`), 'utf8'));
    },
  );

  it('a version that is not in the box is imported too', () => {
    const file = 'EnterpriseData_1_6_23.xdto.xml';
    const { profile, faults } = importXdtoPackage(
      readFileSync(`${REFERENCE}xdto/${file}`),
      file,
      loadWrittenTypes('enterprise-data'),
    );
    expect(faults).toEqual([]);
    expect(Object.keys(profile!.roots)).toHaveLength(9);
    expect(JSON.parse(profileText(profile!))).toEqual(profile);
  });
});

describe.each(VERSIONS)('EnterpriseData $version', (profile) => {
  it('has every root, and every type that a property names', () => {
    expect(new Set(Object.keys(profile.roots))).toEqual(new Set(loadWrittenTypes('enterprise-data').roots));
    for (const [name, type] of Object.entries(profile.types))
      if (type.kind === 'object')
        for (const one of type.properties)
          expect(profile.types[one.type]?.kind ?? one.type, `${name}.${one.name}`).toMatch(
            /^(object|simple|xs:.+)$/,
          );
  });

  it('keeps the order that catches people out', () => {
    const act = 'Документ.РеализацияТоваровУслуг';
    expect(names(profile, `${act}.Услуги.Строка`).slice(0, 8)).toEqual([
      'НомерСтрокиДокумента',
      'Номенклатура',
      'Количество',
      'Сумма',
      'Цена',
      'СтавкаНДС',
      'СуммаНДС',
      'Содержание',
    ]);
    expect(names(profile, 'КлючевыеСвойстваРеализацияТоваровУслуг').slice(0, 3)).toEqual([
      'Ссылка',
      'Дата',
      'Номер',
    ]);
    expect(names(profile, 'КлючевыеСвойстваСчетФактураВыданный').slice(0, 3)).toEqual([
      'Ссылка',
      'Номер',
      'Дата',
    ]);
    expect(names(profile, 'КлючевыеСвойстваНоменклатура').indexOf('Наименование')).toBe(4);
    expect(names(profile, 'КлючевыеСвойстваДополнительныеРеквизиты')[0]).toBe('Наименование');
  });

  it('knows what is mandatory', () => {
    const act = 'Документ.РеализацияТоваровУслуг';
    expect(property(profile, act, 'ДанныеВзаиморасчетов')).toMatchObject({ min: 1, max: 1 });
    expect(property(profile, act, 'Услуги')).toMatchObject({ min: 0, max: 1 });
    expect(property(profile, `${act}.Услуги`, 'Строка')).toMatchObject({ min: 0, max: null });
    expect(property(profile, 'Документ.СчетФактураВыданный.ДокументыОснования', 'Строка')).toMatchObject({
      min: 1,
      max: null,
    });
  });

  it('holds one-of structures with the members that we write', () => {
    expect(profile.types['КлючевыеСвойстваБанковскийСчет.Владелец']).toMatchObject({ content: 'choice' });
    expect(names(profile, 'КлючевыеСвойстваБанковскийСчет.Владелец')).toEqual([
      'КонтрагентыСсылка',
      'ОрганизацииСсылка',
    ]);
    expect(names(profile, 'СоставнойДокументРасчетов')).toEqual(['РеализацияТоваровУслугСсылка']);
    expect(names(profile, 'ЛюбаяСсылка.СсылкаНаОбъект')).toHaveLength(8);
  });

  it('tells VAT by a structure, or by an enumeration that does not know the rates of 2026', () => {
    const rate = property(profile, 'Документ.РеализацияТоваровУслуг.Услуги.Строка', 'СтавкаНДС')!;
    if (rate.type === 'КлючевыеСвойстваСтавкиНДС')
      expect(names(profile, rate.type).slice(1, 5)).toEqual([
        'Ставка',
        'РасчетнаяСтавка',
        'НеОблагается',
        'ВидСтавки',
      ]);
    else {
      const { enumeration } = profile.types[rate.type] as SimpleType;
      expect(enumeration).toEqual(expect.arrayContaining(['НДС20', 'НДС10', 'НДС0', 'БезНДС']));
      expect(enumeration).not.toContain('НДС22');
    }
  });
});

describe('versions differ', () => {
  it('in the service of an order line', () => {
    const lines = 'Документ.ЗаказКлиента.Услуги.Строка';
    expect(property(ED17, lines, 'ДанныеНоменклатуры')).toMatchObject({
      type: 'ОбщиеСвойстваДанныеНоменклатуры',
      min: 1,
    });
    expect(property(ED17, lines, 'Номенклатура')).toBeUndefined();
    expect(property(ED20, lines, 'Номенклатура')).toMatchObject({
      type: 'КлючевыеСвойстваНоменклатура',
      min: 1,
    });
    expect(property(ED20, lines, 'ДанныеНоменклатуры')).toBeUndefined();
  });

  it('in the mark of an УПД, which stands after the common properties', () => {
    const act = 'Документ.РеализацияТоваровУслуг';
    expect(names(ED17, act)).not.toContain('ЭтоУПД');
    const order = names(ED20, act);
    expect(order.indexOf('ЭтоУПД')).toBe(order.indexOf('ОбщиеСвойстваОбъектовФормата') + 1);
  });

  it('in the unit of a service and the number of an account', () => {
    expect(property(ED17, 'Справочник.Номенклатура', 'ЕдиницаИзмерения')?.min).toBe(1);
    expect(property(ED20, 'Справочник.Номенклатура', 'ЕдиницаИзмерения')?.min).toBe(0);
    expect(property(ED17, 'КлючевыеСвойстваБанковскийСчет', 'НомерСчета')?.min).toBe(1);
    expect(property(ED20, 'КлючевыеСвойстваБанковскийСчет', 'НомерСчета')?.min).toBe(0);
  });

  it('in the links to another base, which stand first from 1.21 on', () => {
    const [first] = properties(loadProfile('enterprise-data', '1.22'), 'КлючевыеСвойстваКонтрагент');
    expect(first).toEqual({
      name: 'СсылкаВнешняяНавигационная',
      type: 'ТипСсылкаВнешняяНавигационная',
      min: 0,
      max: 1,
    });
    expect(properties(ED20, 'КлючевыеСвойстваКонтрагент')[0]!.name).toBe('Ссылка');
  });
});

describe('a folder of own profiles', () => {
  it('stands before the box', () => {
    const own = mkdtempSync(join(tmpdir(), 'bg1c-'));
    try {
      mkdirSync(join(own, 'enterprise-data'));
      const changed = { ...ED20, origin: { file: 'own.xml', sha256: '0' } };
      writeFileSync(join(own, 'enterprise-data', '1.20.json'), profileText(changed));
      writeFileSync(join(own, 'enterprise-data', '1.9.json'), profileText({ ...changed, version: '1.9' }));
      const known = listProfiles('enterprise-data', own);
      expect(known.filter((version) => ['1.9', '1.17', '1.20'].includes(version))).toEqual([
        '1.9',
        '1.17',
        '1.20',
      ]);
      expect(loadProfile('enterprise-data', '1.20', own).origin.file).toBe('own.xml');
      expect(loadProfile('enterprise-data', '1.17', own)).toEqual(ED17);
      expect(loadProfile('enterprise-data', '1.20')).toEqual(ED20);
    } finally {
      rmSync(own, { recursive: true });
    }
  });

  it('an unknown version throws', () => {
    expect(() => loadProfile('enterprise-data', '9.9')).toThrow('no profile of enterprise-data 9.9');
  });
});

describe('descriptions', () => {
  it('list the versions with their origins', () => {
    const [enterpriseData] = describeFormats();
    expect(enterpriseData!.format).toBe('enterprise-data');
    expect(enterpriseData!.versions).toContainEqual({ version: '1.20', origin: ED20.origin });
    expect(ED20.origin.file).toBe('EnterpriseData_1_20_2.xdto.xml');
  });

  it('show structures with cardinality, limits and values', () => {
    const { roots, types } = describeProfile(ED20);
    expect(roots).toContainEqual({ element: 'Справочник.Контрагенты', type: 'Справочник.Контрагенты' });
    const of = (type: string, name: string) =>
      types.find((one) => one.name === type)!.properties.find((one) => one.name === name)!;
    expect(of('КлючевыеСвойстваКонтрагент', 'ИНН')).toMatchObject({
      cardinality: '0..1',
      base: 'xs:string',
      limits: { maxLength: 12 },
    });
    expect(of('КлючевыеСвойстваКонтрагент', 'ЮридическоеФизическоеЛицо')).toMatchObject({
      cardinality: '1',
      values: ['ЮридическоеЛицо', 'ФизическоеЛицо'],
    });
    expect(of('Документ.РеализацияТоваровУслуг.Услуги', 'Строка').cardinality).toBe('0..*');
    expect(types.map(({ name }) => name)).not.toContain('ТипСумма');
  });
});
