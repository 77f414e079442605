import type { Act, Contract, Counterparty, Service } from '../../../src/model/types.ts';
import type { Base } from '../base/base.ts';
import { put } from '../base/create-base.ts';
import { CURRENCY, enumValue } from '../base/fixture.ts';
import { fullName } from '../base/metadata/types.ts';
import type { Reference } from '../base/reference.ts';
import { dateOfIso } from '../language/date-time.ts';
import { Decimal } from '../language/decimal.ts';
import { keyOf } from '../language/type-of.ts';
import type { Value } from '../language/values.ts';
import type { World } from './world.ts';

/** What the accountant has in her base: the same things as in the package, typed by hand. */

let drawn = 0;

function newUuid(start: string): string {
  return `${start.padEnd(8, '0')}-0000-4000-8000-${String(++drawn).padStart(12, '0')}`;
}

export function roubles(kopecks: number): Decimal {
  return new Decimal(BigInt(kopecks), 2);
}

/** Her card of a buyer. @param fields what is another in it */
export function herCard({ base }: World, of: Counterparty, fields: Record<string, Value> = {}): Reference {
  const legal = of.kind === 'legal-entity' ? 'ЮридическоеЛицо' : 'ФизическоеЛицо';
  return put(base, 'Справочник.Контрагенты', newUuid('bbbb'), {
    Код: `00-${String(900000 + drawn)}`,
    Наименование: of.name,
    НаименованиеПолное: of.fullName,
    ИНН: of.inn ?? '',
    КПП: of.kpp ?? '',
    ЮридическоеФизическоеЛицо: enumValue(base, 'ЮридическоеФизическоеЛицо', legal),
    Комментарий: 'заведена вручную',
    ...fields,
  });
}

export function herContract(
  { base, seller }: World,
  owner: Reference,
  of: Contract,
  fields: Record<string, Value> = {},
): Reference {
  return put(base, 'Справочник.ДоговорыКонтрагентов', newUuid('dddd'), {
    Код: `00-${String(900000 + drawn)}`,
    Владелец: owner,
    Организация: seller,
    ВидДоговора: enumValue(base, 'ВидыДоговоровКонтрагентов', 'СПокупателем'),
    ВалютаВзаиморасчетов: base.reference('Справочник.Валюты', CURRENCY),
    Наименование: `Договор ${of.number}`,
    Номер: of.number,
    ...(of.date !== undefined && { Дата: dateOfIso(`${of.date}T00:00:00`)! }),
    ...fields,
  });
}

export function herService({ base }: World, of: Service, fields: Record<string, Value> = {}): Reference {
  return put(base, 'Справочник.Номенклатура', newUuid('eeee'), {
    Код: `00-${String(90000000 + drawn)}`,
    Наименование: of.name,
    НаименованиеПолное: of.fullName,
    Услуга: true,
    ...fields,
  });
}

/** Her act for the same services, posted, under a number of hers. */
export function herAct(
  { base, seller }: World,
  of: Act,
  parties: { buyer: Reference; contract?: Reference; service: Reference },
  fields: Record<string, Value> = {},
): Reference {
  const lines = of.lines.map(({ content, sum, vat }) => ({
    Номенклатура: parties.service,
    Содержание: content,
    Количество: new Decimal(1n),
    Цена: roubles(sum),
    Сумма: roubles(sum),
    СтавкаНДС: enumValue(base, 'СтавкиНДС', 'НДС20'),
    СуммаНДС: roubles(vat),
  }));
  return put(
    base,
    'Документ.РеализацияТоваровУслуг',
    newUuid('ffff'),
    {
      Номер: `0000-${String(drawn).padStart(6, '0')}`,
      Дата: dateOfIso(`${of.date}T10:00:00`)!,
      Организация: seller,
      Контрагент: parties.buyer,
      ...(parties.contract && { ДоговорКонтрагента: parties.contract }),
      ВидОперации: enumValue(base, 'ВидыОперацийРеализацияТоваров', 'Услуги'),
      СпособЗачетаАвансов: enumValue(base, 'СпособыЗачетаАвансов', 'Автоматически'),
      СуммаВключаетНДС: true,
      СуммаДокумента: roubles(of.sum),
      Проведен: true,
      Комментарий: 'набран вручную',
      ...fields,
    },
    { Услуги: lines },
  );
}

/** Her VAT invoice for an act of hers. */
export function herInvoice(
  { base, seller }: World,
  of: Act,
  parties: { buyer: Reference; act: Reference },
  fields: Record<string, Value> = {},
  parts: Record<string, readonly Record<string, Value>[]> = {},
): Reference {
  return put(
    base,
    'Документ.СчетФактураВыданный',
    newUuid('facc'),
    {
      Номер: `0000-0${String(drawn).padStart(6, '0')}`,
      Дата: dateOfIso(`${of.date}T10:00:01`)!,
      Организация: seller,
      Контрагент: parties.buyer,
      ВидСчетаФактуры: enumValue(base, 'ВидСчетаФактурыВыставленного', 'НаРеализацию'),
      ДокументОснование: parties.act,
      КодВидаОперации: '01',
      СуммаДокумента: roubles(of.sum),
      СуммаНДСДокумента: roubles(of.vat),
      Проведен: true,
      ...fields,
    },
    { ДокументыОснования: [{ ДокументОснование: parties.act }], ...parts },
  );
}

/** What she does with an object of the base afterwards, past all handlers. */
export function edit(base: Base, name: string, uuid: string, fields: Record<string, Value>): void {
  const stored = base.store.find(name, uuid);
  if (!stored) throw new Error(`no ${name} ${uuid}`);
  const changed = new Map(stored.fields);
  for (const [key, value] of Object.entries(fields)) {
    if (!changed.has(key.toLowerCase())) throw new Error(`${name} has no ${key}`);
    changed.set(key.toLowerCase(), value);
  }
  base.store.put(name, { ...stored, fields: changed });
}

/** Everything that lies in the base, a text an object. */
export function pictures({ store, profile }: Base): Map<string, string> {
  const row = (fields: ReadonlyMap<string, Value>): string =>
    [...fields].map(([name, value]) => `${name}=${keyOf(value)}`).join('\n  ');
  const found = new Map<string, string>();
  for (const meta of profile.configuration.objects)
    for (const { uuid, fields, parts } of store.all(fullName(meta))) {
      const tables = [...parts].map(([name, rows]) => `${name}: ${rows.map(row).join('\n  ;')}`);
      found.set(`${fullName(meta)} ${uuid}`, [row(fields), ...tables].join('\n  '));
    }
  for (const { name } of profile.configuration.registers)
    found.set(`Регистр ${name}`, store.rows(name).map(row).join('\n;'));
  return found;
}
