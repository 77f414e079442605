import { BOOLEAN, text } from '../../library/type-spec.ts';
import { CHART_OF_ACCOUNTS, catalogs } from './catalogs.ts';
import { documents } from './documents.ts';
import { type Configuration, type EnumerationMeta, field, type ObjectMeta, refs } from './types.ts';

/** What one configuration of БП does that another does not. */
export interface BaseProfile {
  /** For the names of tests. */
  title: string;
  configuration: Configuration;
  /** EnterpriseData versions that the loader takes. */
  formatVersions: readonly string[];
  /** Elements of documents that the loader takes as a bill. */
  billElements: readonly string[];
  /** БСП 3.1 throws on errors of a load, 2.3 tells the user. */
  loadThrows: boolean;
  /** Stubs made of key properties stay (БСП 3) or go after the load (БСП 2). */
  keepsStubs: boolean;
  /** How the loader finds nomenclature: by which sets of fields. */
  nomenclatureSearch: readonly (readonly string[])[];
  /** ОбработкаОшибок is there: platform 8.3.17. */
  errorProcessing: boolean;
  /** Modules of БСП that this version has not. */
  missingModules: readonly string[];
  /** ВыгрузкаЗагрузкаEnterpriseData is there. */
  loader: boolean;
}

export const RATES_2018 = [
  'НДС18',
  'НДС18_118',
  'НДС10',
  'НДС10_110',
  'НДС0',
  'БезНДС',
  'НДС20',
  'НДС20_120',
];
export const RATES_2026 = [...RATES_2018, 'НДС22', 'НДС22_122', 'НДС5', 'НДС5_105', 'НДС7', 'НДС7_107'];

function enumerations(rates: readonly string[]): EnumerationMeta[] {
  const all: Record<string, readonly string[]> = {
    СтавкиНДС: rates,
    ЮридическоеФизическоеЛицо: ['ЮридическоеЛицо', 'ФизическоеЛицо'],
    ВидыДоговоровКонтрагентов: [
      'СПоставщиком',
      'СПокупателем',
      'СКомитентом',
      'СКомиссионером',
      'СКомитентомНаЗакупку',
      'СКомиссионеромНаЗакупку',
      'Прочее',
    ],
    ВидСчетаФактурыВыставленного: [
      'НаРеализацию',
      'НаАванс',
      'НаСуммовуюРазницу',
      'НалоговыйАгент',
      'Корректировочный',
      'НаАвансКомитента',
      'НаАвансКомитентаНаЗакупку',
    ],
    ВидыОперацийРеализацияТоваров: [
      'Товары',
      'Услуги',
      'ПродажаКомиссия',
      'ОтгрузкаБезПереходаПраваСобственности',
      'Оборудование',
    ],
    СпособыЗачетаАвансов: ['Автоматически', 'ПоДокументу', 'НеЗачитывать'],
    ТипыКонтактнойИнформации: [
      'Телефон',
      'АдресЭлектроннойПочты',
      'ВебСтраница',
      'Адрес',
      'Факс',
      'Другое',
      'Skype',
    ],
  };
  return Object.entries(all).map(([name, values]) => ({ name, values }));
}

interface ConfigurationOptions {
  version: string;
  bsp: string;
  newer: boolean;
  upd: boolean;
  rates: readonly string[];
}

function configuration({ version, bsp, newer, upd, rates }: ConfigurationOptions): Configuration {
  return {
    name: 'БухгалтерияПредприятия',
    synonym: 'Бухгалтерия предприятия, редакция 3.0',
    version,
    bsp,
    objects: [...catalogs(newer), ...documents(upd), CHART_OF_ACCOUNTS],
    enumerations: enumerations(rates),
    constants: [
      { name: 'ЗаголовокСистемы', type: text() },
      { name: 'ИдентификаторИнформационнойБазы', type: text(36) },
      { name: 'ВалютаРегламентированногоУчета', type: refs('Справочник.Валюты') },
      { name: 'ВестиУчетПоДоговорам', type: BOOLEAN },
      { name: 'ИспользоватьДополнительныеРеквизитыИСведения', type: BOOLEAN },
    ],
    registers: newer
      ? [
          {
            name: 'ОсновныеДоговорыКонтрагента',
            dimensions: [
              field('Организация', refs('Справочник.Организации')),
              field('Контрагент', refs('Справочник.Контрагенты')),
              field('ВидДоговора', refs('Перечисление.ВидыДоговоровКонтрагентов')),
            ],
            resources: [field('Договор', refs('Справочник.ДоговорыКонтрагентов'))],
          },
        ]
      : [],
  };
}

/** БП 3.0.51 of 2017 on БСП 2.3. */
export const OLD_PROFILE: BaseProfile = {
  title: 'БП 3.0.51 (2017)',
  configuration: configuration({
    version: '3.0.51.21',
    bsp: '2.3.5.81',
    newer: false,
    upd: false,
    rates: RATES_2018,
  }),
  formatVersions: ['1.2', '1.3', '1.4', '1.5', '1.6'],
  billElements: ['Документ.ЗаказКлиента'],
  loadThrows: false,
  keepsStubs: false,
  nomenclatureSearch: [['Код'], ['Артикул'], ['НаименованиеПолное'], ['Наименование']],
  errorProcessing: false,
  missingModules: ['ФайловаяСистема'],
  loader: true,
};

/** БП 3.0 of 2026 on БСП 3.1; what its rules do beyond those of 2019 nobody has published. */
export const CURRENT_PROFILE: BaseProfile = {
  title: 'БП 3.0 (2026)',
  configuration: configuration({
    version: '3.0.180.25',
    bsp: '3.1.12.238',
    newer: true,
    upd: true,
    rates: RATES_2026,
  }),
  formatVersions: ['1.6', '1.8', '1.17', '1.20', '1.22'],
  billElements: ['Документ.ЗаказКлиента'],
  loadThrows: true,
  keepsStubs: true,
  nomenclatureSearch: [
    ['НаименованиеПолное', 'Родитель'],
    ['Артикул', 'Родитель'],
    ['Наименование', 'Родитель'],
  ],
  errorProcessing: true,
  missingModules: [],
  loader: true,
};

/** An old БП as no vendor shipped it, that takes the versions our packages come in: its other habits are the old ones. */
export function acceptingFormats(profile: BaseProfile, ...versions: string[]): BaseProfile {
  return { ...profile, formatVersions: [...profile.formatVersions, ...versions] };
}

/** A configuration that knows these rates of VAT and no others. */
export function knowingRates(profile: BaseProfile, rates: readonly string[]): BaseProfile {
  const replaced = profile.configuration.enumerations.map((one) =>
    one.name === 'СтавкиНДС' ? { ...one, values: rates } : one,
  );
  return { ...profile, configuration: { ...profile.configuration, enumerations: replaced } };
}

/** A configuration in which an object is described in another way. */
export function withObject(profile: BaseProfile, name: string, change: Partial<ObjectMeta>): BaseProfile {
  const objects = profile.configuration.objects.map((one) =>
    one.name === name ? { ...one, ...change } : one,
  );
  return { ...profile, configuration: { ...profile.configuration, objects } };
}
