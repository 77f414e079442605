import { dateOfIso } from '../language/date-time.ts';
import { integer } from '../language/decimal.ts';
import type { Value } from '../language/values.ts';
import type { Base } from './base.ts';
import { put } from './create-base.ts';
import type { Reference } from './reference.ts';

/** What a test puts into a base beforehand: hers, typed by hand. */

export const CURRENCY = 'ca000000-0000-4000-8000-000000000643';

export function enumValue(base: Base, enumeration: string, name: string): Value {
  const value = base.enumeration(enumeration, name);
  if (!value) throw new Error(`no ${enumeration}.${name}`);
  return value;
}

export function organization(base: Base, fields: Record<string, Value> = {}): Reference {
  return put(base, 'Справочник.Организации', 'a0000000-0000-4000-8000-000000000001', {
    Наименование: 'Башнет ООО',
    НаименованиеПолное: 'ООО "Башнет"',
    ИНН: '0299000011',
    КПП: '027401001',
    ...fields,
  });
}

export function counterparty(base: Base, number: number, fields: Record<string, Value> = {}): Reference {
  return put(base, 'Справочник.Контрагенты', `b0000000-0000-4000-8000-00000000000${number}`, {
    Код: `00-00000${number}`,
    Наименование: `Покупатель ${number}`,
    НаименованиеПолное: `Покупатель ${number}, ООО`,
    ЮридическоеФизическоеЛицо: enumValue(base, 'ЮридическоеФизическоеЛицо', 'ЮридическоеЛицо'),
    ...fields,
  });
}

export function contract(
  base: Base,
  owner: Reference,
  seller: Reference,
  fields: Record<string, Value> = {},
): Reference {
  return put(base, 'Справочник.ДоговорыКонтрагентов', `d0000000-0000-4000-8000-${owner.uuid.slice(-12)}`, {
    Владелец: owner,
    Организация: seller,
    ВидДоговора: enumValue(base, 'ВидыДоговоровКонтрагентов', 'СПокупателем'),
    ВалютаВзаиморасчетов: base.reference('Справочник.Валюты', CURRENCY),
    Наименование: 'Договор',
    ...fields,
  });
}

export function service(base: Base): Reference {
  return put(base, 'Справочник.Номенклатура', 'e0000000-0000-4000-8000-000000000001', {
    Код: '00-00000001',
    Наименование: 'Услуги связи',
    НаименованиеПолное: 'Услуги связи',
    Услуга: true,
  });
}

/** An act for 1 200 roubles of services, unposted, with number and date as given. */
export function act(
  base: Base,
  parties: { seller: Reference; buyer: Reference; contract?: Reference },
  fields: Record<string, Value> = {},
): Reference {
  const line = {
    Номенклатура: service(base),
    Содержание: 'Услуги связи за октябрь',
    Количество: integer(1),
    Цена: integer(1200),
    Сумма: integer(1200),
    СтавкаНДС: enumValue(base, 'СтавкиНДС', 'НДС20'),
    СуммаНДС: integer(200),
  };
  return put(
    base,
    'Документ.РеализацияТоваровУслуг',
    'f0000000-0000-4000-8000-000000000001',
    {
      Номер: '0000-000001',
      Дата: dateOfIso('2026-10-31T12:00:00')!,
      Организация: parties.seller,
      Контрагент: parties.buyer,
      ...(parties.contract && { ДоговорКонтрагента: parties.contract }),
      ВидОперации: enumValue(base, 'ВидыОперацийРеализацияТоваров', 'Услуги'),
      СпособЗачетаАвансов: enumValue(base, 'СпособыЗачетаАвансов', 'Автоматически'),
      СуммаВключаетНДС: true,
      СуммаДокумента: integer(1200),
      ...fields,
    },
    { Услуги: [line] },
  );
}
