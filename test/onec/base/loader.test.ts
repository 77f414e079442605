import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act, VatInvoice } from '../../../src/model/types.ts';
import { createHost, type Host } from '../host.ts';
import { buildSample, type SamplePackage } from '../sample-package.ts';
import { organization } from './fixture.ts';
import {
  BUYER,
  cards,
  INVOICE,
  kopecks,
  loadMessage,
  message,
  objectsOf,
  picture,
  records,
  SALE,
  seedBanks,
  stored,
} from './load-message.ts';
import { acceptingFormats, CURRENT_PROFILE, OLD_PROFILE } from './metadata/profiles.ts';

let october: SamplePackage;
let december: SamplePackage;

beforeAll(async () => {
  october = await buildSample({ sample: 'october-2026' });
  december = await buildSample({ sample: 'december-2025' });
});

let host: Host;
beforeEach(() => {
  host = createHost(CURRENT_PROFILE);
  organization(host.base);
});
afterEach(() => host.dispose());

const load = (text: string, on: Host = host): string => loadMessage(on, text);

describe.each([
  ['нынешняя БП, октябрь 2026', () => october, CURRENT_PROFILE],
  ['старая БП, декабрь 2025', () => december, acceptingFormats(OLD_PROFILE, '1.17')],
] as const)('чистая база: %s', (_, sampleOf, profile) => {
  let clean: Host;
  beforeEach(() => {
    clean = createHost(profile);
    organization(clean.base);
    seedBanks(clean, sampleOf());
    load(sampleOf().message, clean);
  });
  afterEach(() => clean.dispose());

  it('все объекты на месте, суммы и НДС до копейки, документы не проведены, файл удалён', () => {
    const sample = sampleOf();
    const acts = records<Act>(sample, 'act');
    for (const { uuid, number, sum, vat, lines } of acts) {
      const { fields, parts } = stored(clean.base, SALE, uuid);
      const rows = parts.get('услуги')!;
      expect(String(fields.get('номер')).trim()).toBe(number);
      expect(kopecks(fields.get('суммадокумента'))).toBe(sum);
      expect(rows.reduce((total, row) => total + kopecks(row.get('сумма')), 0)).toBe(sum);
      expect(rows.reduce((total, row) => total + kopecks(row.get('суммандс')), 0)).toBe(vat);
      expect(rows).toHaveLength(lines.length);
      expect(fields.get('проведен')).toBe(false);
    }
    for (const { uuid, sum, vat } of records<VatInvoice>(sample, 'vat-invoice')) {
      const { fields } = stored(clean.base, INVOICE, uuid);
      expect([kopecks(fields.get('суммадокумента')), kopecks(fields.get('суммандсдокумента'))]).toEqual([
        sum,
        vat,
      ]);
    }
    expect(clean.base.store.all(SALE)).toHaveLength(acts.length);
    expect(clean.base.store.all(BUYER)).toHaveLength(cards(sample).size);
    expect(clean.base.store.all('Справочник.Организации')).toHaveLength(1);
    expect(clean.base.log).toEqual([]);
    expect(clean.base.cut).toEqual([]);
    expect(existsSync(join(clean.folder, 'copy.xml'))).toBe(false);
  });

  it('вторая загрузка не меняет ничего', () => {
    const before = picture(clean.base);
    expect(load(sampleOf().message, clean)).toBe('');
    expect(picture(clean.base)).toBe(before);
  });

  it('услуги, договоры и счета проводятся после загрузки: счета учета заполнены', () => {
    const [first] = records<Act>(sampleOf(), 'act');
    const row = stored(clean.base, SALE, first!.uuid).parts.get('услуги')![0]!;
    expect(clean.text('К.Код', { К: row.get('счетдоходов')! })).toBe('90.01.1');
  });
});

describe('что загрузчик не принимает и что пропускает', () => {
  it('чужую версию формата не берёт вовсе, файл остаётся', () => {
    const old = createHost(OLD_PROFILE);
    expect(load(october.message, old)).toContain('Не поддерживается версия формата обмена: <1.20>');
    expect(old.base.store.all(BUYER)).toEqual([]);
    expect(existsSync(join(old.folder, 'copy.xml'))).toBe(true);
    old.dispose();
  });

  it('БСП 2.3 об ошибке сообщает, БСП 3.1 бросает исключение', () => {
    const old = createHost(OLD_PROFILE);
    expect(load(october.message, old)).not.toContain('исключение');
    expect(load(october.message.replaceAll('EnterpriseData/1.20', 'EnterpriseData/1.99'))).toContain(
      'исключение: Не поддерживается',
    );
    old.dispose();
  });

  it('один негодный объект обрывает всю загрузку: что до него — в базе, что после — нет', () => {
    const broken = message(october, (objects) => {
      const at = objects.findIndex((one) => one.startsWith(`<${SALE}>`));
      return objects.map((one, index) => (index === at ? one.replace(/<Валюта>.*?<\/Валюта>/, '') : one));
    });
    expect(load(broken)).toContain("отсутствует обязательное свойство 'Валюта'");
    expect(host.base.store.all(BUYER).length).toBeGreaterThan(0);
    expect(host.base.store.all(SALE)).toEqual([]);
    expect(existsSync(join(host.folder, 'copy.xml'))).toBe(true);
  });

  it.each([
    ['порядок свойств', (one: string) => one.replace(/(<Сумма>[^<]*<\/Сумма>)(<Цена>[^<]*<\/Цена>)/, '$2$1')],
    ['не число', (one: string) => one.replace(/<Количество>[^<]*/, '<Количество>одна')],
    ['чужое значение перечисления', (one: string) => one.replace('РеализацияКлиенту', 'Подарок')],
    ['ссылка — не UUID', (one: string) => one.replace(/<Ссылка>[^<]*/, '<Ссылка>не-uuid')],
  ])('негодный объект: %s', (_, spoil) => {
    const [sale] = objectsOf(october, SALE);
    expect(load(message(october, () => [spoil(sale!)]))).toContain('XDTO');
  });

  it('обрыв файла: прочитанное до него остаётся', () => {
    const cut = october.message.indexOf(`<${SALE}>`);
    expect(load(october.message.slice(0, cut + 200))).toContain('Ошибка разбора XML');
    expect(host.base.store.all(BUYER).length).toBeGreaterThan(0);
  });

  it('незнакомый тип и тип без правила пропускаются молча', () => {
    const unknown = '<Документ.ОтчетОЧемУгодно><Что>1</Что></Документ.ОтчетОЧемУгодно>';
    const [bill] = objectsOf(october, 'Документ.ЗаказКлиента');
    const customer = bill!.replaceAll('Документ.ЗаказКлиента', 'Документ.СчетПокупателю');
    const bills = (): number => host.base.store.all('Документ.СчетНаОплатуПокупателю').length;
    expect(load(message(october, () => [unknown, customer]))).toBe('');
    expect([bills(), host.base.log]).toEqual([0, []]);
    load(message(october, () => [bill!]));
    expect(bills()).toBe(1);
  });

  it('номер длиннее поля: этот документ не загружен, остальные — да, но счета учета не заполнены', () => {
    const [first, second] = objectsOf(october, SALE);
    const long = first!.replace(/<Номер>[^<]*/, '<Номер>100245-2026-10');
    expect(load(message(october, () => [long, second!]))).toContain(
      'Поле Номер полученного объекта имеет некорректное значение',
    );
    const [only] = host.base.store.all(SALE);
    expect(host.base.store.all(SALE)).toHaveLength(1);
    expect(host.text('Счет.Пустая()', { Счет: only!.parts.get('услуги')![0]!.get('счетдоходов')! })).toBe(
      'Да',
    );
    expect(host.base.log).toHaveLength(1);
  });

  it('СпособВыставления читается без проверки', () => {
    const [invoice] = objectsOf(october, INVOICE);
    expect(
      load(message(october, () => [invoice!.replace(/<СпособВыставления>[^<]*<\/СпособВыставления>/, '')])),
    ).toContain('СпособВыставления');
  });

  it('ставку 22 % старая база не знает', () => {
    const old = createHost(acceptingFormats(OLD_PROFILE, '1.20'));
    organization(old.base);
    expect(
      load(
        message(october, () => objectsOf(october, SALE).slice(0, 1)),
        old,
      ),
    ).toContain('СтавкиНДС.НДС22 в базе неизвестно');
    expect(old.base.store.all(SALE)).toEqual([]);
    old.dispose();
  });
});
