import { BOOLEAN, DATE, text } from '../../library/type-spec.ts';
import { EMPTY_STORAGE } from '../value-storage.ts';
import { field, type ObjectMeta, REQUIRED, refs } from './types.ts';

/** Справочники of БП 3.0 that a package touches (facts: bp30 §2, §3). */

const CONTACT_INFORMATION = {
  name: 'КонтактнаяИнформация',
  fields: [
    field('Тип', refs('Перечисление.ТипыКонтактнойИнформации')),
    field('Вид', refs('Справочник.ВидыКонтактнойИнформации')),
    field('Представление', text(500)),
    field('ЗначенияПолей', text()),
  ],
};

const KPP_HISTORY = { name: 'ИсторияКПП', fields: [field('Период', DATE), field('КПП', text(9))] };

/** @param newer БП of 2019 and later */
export function catalogs(newer: boolean): ObjectMeta[] {
  return [
    catalog('Контрагенты', 'Контрагенты', {
      hierarchical: true,
      code: { length: 9, auto: true },
      nameLength: 100,
      fields: [
        field('НаименованиеПолное', text(250)),
        field('ИНН', text(50)),
        field('КПП', text(9)),
        field('ЮридическоеФизическоеЛицо', refs('Перечисление.ЮридическоеФизическоеЛицо'), REQUIRED),
        field('ОбособленноеПодразделение', BOOLEAN),
        field('ГоловнойКонтрагент', refs('Справочник.Контрагенты')),
        field('РегистрационныйНомер', text(50)),
        field('КодПоОКПО', text(10)),
        field('ОсновнойБанковскийСчет', refs('Справочник.БанковскиеСчета')),
        field('Комментарий', text()),
        field('ДополнительнаяИнформация', text()),
      ],
      parts: newer ? [CONTACT_INFORMATION, KPP_HISTORY] : [CONTACT_INFORMATION],
    }),
    catalog('ДоговорыКонтрагентов', 'Договоры', {
      hierarchical: true,
      owners: ['Справочник.Контрагенты'],
      code: { length: 9, auto: true },
      nameLength: 100,
      fields: [
        field('Организация', refs('Справочник.Организации'), REQUIRED),
        field('ВидДоговора', refs('Перечисление.ВидыДоговоровКонтрагентов'), REQUIRED),
        field('ВалютаВзаиморасчетов', refs('Справочник.Валюты'), REQUIRED),
        field('Дата', DATE),
        field('Номер', text(newer ? 50 : 20)),
        field('РасчетыВУсловныхЕдиницах', BOOLEAN),
        field('Комментарий', text()),
      ],
    }),
    catalog('Номенклатура', 'Номенклатура', {
      hierarchical: true,
      code: { length: 11, auto: true },
      nameLength: 100,
      fields: [
        field('Артикул', text(25)),
        field('ВидНоменклатуры', refs('Справочник.ВидыНоменклатуры')),
        field('ЕдиницаИзмерения', refs('Справочник.КлассификаторЕдиницИзмерения')),
        field('НаименованиеПолное', text(1000)),
        field('Услуга', BOOLEAN),
        field('НоменклатурнаяГруппа', refs('Справочник.НоменклатурныеГруппы')),
        field('Комментарий', text()),
      ],
    }),
    catalog('ВидыНоменклатуры', 'Виды номенклатуры', { nameLength: 50, fields: [field('Услуга', BOOLEAN)] }),
    catalog('НоменклатурныеГруппы', 'Номенклатурные группы', {
      hierarchical: true,
      code: { length: 9, auto: true },
      nameLength: 100,
      fields: [],
    }),
    catalog('КлассификаторЕдиницИзмерения', 'Единицы измерения', {
      code: { length: 4, auto: false },
      nameLength: 25,
      fields: [field('НаименованиеПолное', text(100))],
    }),
    catalog('Валюты', 'Валюты', { code: { length: 3, auto: false }, nameLength: 10, fields: [] }),
    catalog('Организации', 'Организации', {
      code: { length: 9, auto: true },
      nameLength: 150,
      fields: [
        field('ИНН', text(12)),
        field('КПП', text(9)),
        field('ОГРН', text(15)),
        field('НаименованиеПолное', text(250)),
        field('НаименованиеСокращенное', text(250)),
        field('Префикс', text(2)),
        field('ЮридическоеФизическоеЛицо', refs('Перечисление.ЮридическоеФизическоеЛицо')),
        field('ГоловнаяОрганизация', refs('Справочник.Организации')),
        field('ОсновнойБанковскийСчет', refs('Справочник.БанковскиеСчета')),
      ],
    }),
    catalog('БанковскиеСчета', 'Банковские счета', {
      owners: ['Справочник.Контрагенты', 'Справочник.Организации'],
      code: { length: 9, auto: true },
      nameLength: 100,
      fields: [
        field('НомерСчета', text(34)),
        field('Банк', refs('Справочник.Банки'), REQUIRED),
        field('ВалютаДенежныхСредств', refs('Справочник.Валюты'), REQUIRED),
        field('ВидСчета', text(15)),
      ],
    }),
    catalog('Банки', 'Банки', {
      hierarchical: true,
      code: { length: 9, auto: false },
      nameLength: 100,
      fields: [field('КоррСчет', text(20))],
    }),
    catalog('ВидыКонтактнойИнформации', 'Виды контактной информации', {
      nameLength: 150,
      fields: [field('Тип', refs('Перечисление.ТипыКонтактнойИнформации'))],
      predefined: [
        contactKind('ЮрАдресКонтрагента', 'Юридический адрес', 'Адрес'),
        contactKind('ФактАдресКонтрагента', 'Фактический адрес', 'Адрес'),
        contactKind('ПочтовыйАдресКонтрагента', 'Почтовый адрес', 'Адрес'),
        contactKind('ТелефонКонтрагента', 'Телефон', 'Телефон'),
        contactKind('ФаксКонтрагенты', 'Факс', 'Факс'),
        contactKind('EmailКонтрагенты', 'Email', 'АдресЭлектроннойПочты'),
      ],
    }),
    catalog('Пользователи', 'Пользователи', { nameLength: 150, fields: [] }),
    catalog('ДополнительныеОтчетыИОбработки', 'Дополнительные отчеты и обработки', {
      nameLength: 150,
      fields: [field('ХранилищеНастроек', { types: ['ХранилищеЗначения'], empty: EMPTY_STORAGE })],
    }),
  ];
}

function contactKind(
  name: string,
  title: string,
  type: string,
): { name: string; title: string; values: Record<string, string> } {
  return { name, title, values: { Тип: `Перечисление.ТипыКонтактнойИнформации.${type}` } };
}

function catalog(
  name: string,
  synonym: string,
  rest: Omit<ObjectMeta, 'kind' | 'name' | 'synonym' | 'parts'> & Partial<Pick<ObjectMeta, 'parts'>>,
): ObjectMeta {
  return { kind: 'Справочник', name, synonym, parts: [], ...rest };
}

export const CHART_OF_ACCOUNTS: ObjectMeta = {
  kind: 'ПланСчетов',
  name: 'Хозрасчетный',
  synonym: 'План счетов бухгалтерского учета',
  code: { length: 8, auto: false },
  nameLength: 120,
  fields: [],
  parts: [],
};
