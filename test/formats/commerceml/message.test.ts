import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommerceMl } from '../../../src/formats/commerceml/message.ts';
import type { Counterparty } from '../../../src/model/types.ts';
import { VAT_RATES } from '../../../src/model/vat.ts';
import { parseElement, type XmlElement } from '../../../src/schema/read-elements.ts';
import { createValidator, type Validator } from '../../../src/schema/validate.ts';
import { profileXsd } from '../../../src/schema/xsd.ts';
import type { ContractResult } from '../../../src/sources/assembly/sourced.ts';
import { entriesOf } from '../../golden/sample.ts';
import { NO_REFERENCE, NO_XMLLINT, named, REFERENCE } from '../../schema/reference.ts';
import { buildSample } from '../enterprise-data/builds.ts';
import { formatOf, VERSIONS } from '../enterprise-data/formats.ts';
import { BUYER, MONTH } from '../enterprise-data/month.ts';
import { contractResult } from '../enterprise-data/records.ts';
import { xmllint } from '../xmllint.ts';

const SCHEMAS = ['2.08', '2.10'].map((version) => `${REFERENCE}../commerceml/commerceml-${version}.xsd`);

const { organization } = formatOf(VERSIONS[0]!);
const format = createCommerceMl(organization, '2026-10');

function fileOf(...results: readonly ContractResult[]): string {
  return `${format.head}${results.flatMap((one) => format.bills(one)).join('\n')}\n${format.tail}`;
}

function catalogOf(result: ContractResult): string {
  return format.catalog(result.services.map(({ record }) => record));
}

/** The month with another buyer. */
function boughtBy(buyer: Partial<Counterparty>): ContractResult {
  return { ...MONTH, counterparty: { record: { ...BUYER, ...buyer }, rows: {} } };
}

let validator: Validator;
let folder: string;
beforeAll(() => {
  validator = createValidator([{ name: 'commerceml.xsd', text: profileXsd(format.profile) }]);
  folder = mkdtempSync(join(tmpdir(), 'bg1c-'));
});
afterAll(() => {
  validator.dispose();
  rmSync(folder, { recursive: true });
});

function texts(element: XmlElement, ...names: readonly string[]): string[] {
  const [name, ...rest] = names;
  if (name === undefined) return [element.text];
  return element.children.filter((child) => child.name === name).flatMap((child) => texts(child, ...rest));
}

describe('a bill in CommerceML', () => {
  const root = parseElement(fileOf(MONTH));
  const [bill] = root.children.filter(({ name }) => name === 'Документ');

  it('is the only kind of document that goes there', () => {
    expect(root.children.map(({ name }) => name)).toEqual(['Классификатор', 'Документ']);
    expect(root.attributes).toEqual({ ВерсияСхемы: '2.10', ДатаФормирования: '2026-11-01T00:00:00' });
    expect(root.namespace).toBe('urn:1C.ru:commerceml_2');
  });

  it('says what it is, whose, and how much', () => {
    const of = (...names: string[]): string => texts(bill!, ...names).join('|');
    expect(of('ХозОперация')).toBe('Счет на оплату');
    expect(of('Роль')).toBe('Продавец');
    expect([of('Номер'), of('Дата'), of('Валюта'), of('Сумма')]).toEqual([
      'С-1',
      '2025-12-31',
      'RUB',
      '1300.00',
    ]);
    expect(of('Налоги', 'Налог', 'Сумма')).toBe('200.00');
    expect(of('Комментарий')).toBe('Лицевой счёт 100245, договор № 17');
  });

  it('names the buyer with requisites', () => {
    const of = (...names: string[]): string => texts(bill!, 'Контрагенты', 'Контрагент', ...names).join('|');
    expect(of('Роль')).toBe('Покупатель');
    expect(of('ОфициальноеНаименование')).toBe(BUYER.fullName);
    expect([of('Ид'), of('ИНН'), of('КПП')]).toEqual([BUYER.uuid, BUYER.inn, BUYER.kpp]);
    expect(of('ЮридическийАдрес', 'Представление')).toBe(BUYER.address);
    expect(of('Контакты', 'Контакт', 'Значение')).toBe('+7 347 200-00-00|buh@romashka.example');
    expect(of('РасчетныйСчет', 'НомерСчета')).toBe(BUYER.bank!.account);
    expect(of('РасчетныйСчет', 'Банк', 'БИК')).toBe(BUYER.bank!.bik);
  });

  it('a sole trader or a person goes by a full name', () => {
    const person = parseElement(fileOf(boughtBy({ kind: 'sole-trader', fullName: 'Иванов Иван Иванович' })));
    const of = (...names: string[]): string =>
      texts(person, 'Документ', 'Контрагенты', 'Контрагент', ...names).join('|');
    expect(of('ПолноеНаименование')).toBe('Иванов Иван Иванович');
    expect(of('ОфициальноеНаименование')).toBe('');
    expect(of('АдресРегистрации', 'Представление')).toBe(BUYER.address);
  });

  it('sells services as goods that are services', () => {
    const of = (...names: string[]): string[] => texts(bill!, 'Товары', 'Товар', ...names);
    expect(of('Наименование')).toEqual(['Доступ в интернет', 'Доступ в интернет']);
    expect(of('Описание')).toEqual(['Интернет', 'Аренда']);
    expect(of('ЗначенияРеквизитов', 'ЗначениеРеквизита', 'Наименование').slice(0, 2)).toEqual([
      'ВидНоменклатуры',
      'ТипНоменклатуры',
    ]);
    expect(new Set(of('ЗначенияРеквизитов', 'ЗначениеРеквизита', 'Значение'))).toEqual(new Set(['Услуга']));
    expect(of('СтавкиНалогов', 'СтавкаНалога', 'Ставка')).toEqual(['20', 'Без НДС']);
    expect(of('Налоги', 'Налог', 'Сумма')).toEqual(['200.00']);
    expect([of('Количество'), of('ЦенаЗаЕдиницу'), of('Сумма')]).toEqual([
      ['1', '2'],
      ['1200.00', '50.00'],
      ['1200.00', '100.00'],
    ]);
  });

  it('texts longer than the schema allows are cut', () => {
    const long = boughtBy({ address: 'я'.repeat(400), phones: ['1'.repeat(300)] });
    expect(validator.check(fileOf(long))).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('is a file of its own with the classifier of the bills', () => {
    const root = parseElement(catalogOf(MONTH));
    expect(root.children.map(({ name }) => name)).toEqual(['Классификатор', 'Каталог']);
    expect(texts(root, 'Каталог', 'ИдКлассификатора')).toEqual(texts(root, 'Классификатор', 'Ид'));
    expect(texts(root, 'Каталог', 'Товары', 'Товар', 'Группы', 'Ид')).toEqual(
      texts(root, 'Классификатор', 'Группы', 'Группа', 'Ид'),
    );
    expect(texts(root, 'Каталог', 'Владелец', 'ИНН')).toEqual([organization.inn]);
  });
});

describe('any month', () => {
  it('passes the strict schema', () => {
    fc.assert(
      fc.property(contractResult(VAT_RATES), (result) => {
        expect(validator.check(fileOf(result))).toEqual([]);
        expect(validator.check(catalogOf(result))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it.skipIf(NO_XMLLINT)(named('passes the official schemas of 2.08 and 2.10', NO_XMLLINT), () => {
    const months = fc.sample(contractResult(VAT_RATES), { numRuns: 60, seed: 12 });
    const files = months.flatMap((result, index) => {
      const pair = [`bills-${index}.xml`, `catalog-${index}.xml`].map((name) => join(folder, name));
      writeFileSync(pair[0]!, fileOf(result, MONTH));
      writeFileSync(pair[1]!, catalogOf(result));
      return pair;
    });
    for (const schema of SCHEMAS) expect(xmllint(schema, ...files)).toBe('');
  });

  it.skipIf(NO_XMLLINT)(named('and the judges are awake', NO_XMLLINT), () => {
    const file = join(folder, 'broken.xml');
    writeFileSync(file, fileOf(MONTH).replace('Счет на оплату', 'Акт'));
    for (const schema of SCHEMAS) expect(xmllint(schema, file)).toMatch(/ХозОперация/);
  });
});

describe('a package', () => {
  it('holds CommerceML where the configuration wants it', async () => {
    const built = await buildSample('october-2026', { commerceml: true });
    const plain = await buildSample('october-2026', {});
    try {
      const entries = await entriesOf(built.files[0]!);
      const bills = parseElement(entries.get('commerceml.xml')!);
      const documents = bills.children.filter(({ name }) => name === 'Документ');
      expect(documents).toHaveLength(built.packages[0]!.documents.bill.count);
      const catalog = parseElement(entries.get('commerceml-catalog.xml')!);
      const sold = new Set(documents.flatMap((one) => texts(one, 'Товары', 'Товар', 'Ид')));
      expect(new Set(texts(catalog, 'Каталог', 'Товары', 'Товар', 'Ид'))).toEqual(sold);
      const manifest = JSON.parse(entries.get('manifest.json')!) as { entries: { name: string }[] };
      expect(manifest.entries.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['commerceml.xml', 'commerceml-catalog.xml']),
      );
      expect([...(await entriesOf(plain.files[0]!)).keys()].join()).not.toContain('commerceml');
      if (NO_REFERENCE === undefined && NO_XMLLINT === undefined)
        for (const name of ['commerceml.xml', 'commerceml-catalog.xml']) {
          writeFileSync(join(folder, name), entries.get(name)!);
          for (const schema of SCHEMAS) expect(xmllint(schema, join(folder, name))).toBe('');
        }
    } finally {
      built.remove();
      plain.remove();
    }
  });
});
