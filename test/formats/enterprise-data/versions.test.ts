import { afterEach, describe, expect, it } from 'vitest';
import { examineVersion } from '../../../src/formats/enterprise-data/writers.ts';
import { readManifest } from '../../../src/package/read.ts';
import { loadProfile } from '../../../src/schema/load.ts';
import type { ObjectType, Profile } from '../../../src/schema/profile.ts';
import { parseElement, type XmlElement } from '../../../src/schema/read-elements.ts';
import { entriesOf } from '../../golden/sample.ts';
import { buildSample, type SampleBuild } from './builds.ts';
import { formatOf, objectsOf } from './formats.ts';
import { MONTH, messageOf } from './month.ts';

const opened: SampleBuild[] = [];
afterEach(() => {
  for (const built of opened.splice(0)) built.remove();
});

async function sample(...args: Parameters<typeof buildSample>): Promise<SampleBuild> {
  const built = await buildSample(...args);
  opened.push(built);
  return built;
}

function profile(version: string): Profile {
  return loadProfile('enterprise-data', version);
}

/** The texts at a path in every object of a kind: `Услуги/Строка/СтавкаНДС`. */
async function textsAt(version: string, element: string, path: string): Promise<string[]> {
  const objects = await objectsOf(messageOf(formatOf(profile(version))));
  const below = (one: XmlElement, names: readonly string[]): string[] => {
    const [name, ...rest] = names;
    if (name === undefined) return [one.text];
    return one.children.filter((child) => child.name === name).flatMap((child) => below(child, rest));
  };
  return objects.filter(({ name }) => name === element).flatMap((one) => below(one, path.split('/')));
}

const SALE = 'Документ.РеализацияТоваровУслуг';
const BUYER = 'Справочник.Контрагенты';

describe('versions spell', () => {
  it('rates as a value up to 1.16 and as a structure from 1.17 on', async () => {
    expect((await textsAt('1.8', SALE, 'Услуги/Строка/СтавкаНДС')).slice(0, 2)).toEqual(['НДС20', 'БезНДС']);
    expect((await textsAt('1.17', SALE, 'Услуги/Строка/СтавкаНДС/Ставка')).slice(0, 1)).toEqual(['20']);
    expect((await textsAt('1.17', SALE, 'Услуги/Строка/СтавкаНДС/ВидСтавки')).slice(0, 2)).toEqual([
      'Общая',
      'БезНДС',
    ]);
  });

  it('comments in the object up to 1.10 and in a structure from 1.11 on', async () => {
    const comment = 'Лицевой счёт 100245, договор № 17';
    expect(await textsAt('1.8', SALE, 'Комментарий')).toEqual([comment, comment]);
    expect(await textsAt('1.22', SALE, 'ОбщиеСвойстваОбъектовФормата/Комментарий')).toEqual([
      comment,
      comment,
    ]);
  });

  it('contacts as XML below 1.17 and plainly from 1.17 on', async () => {
    const path = 'КонтактнаяИнформация/Строка/ЗначенияПолей';
    const plain = ['450077, г. Уфа, ул. Ленина, д. 1', '+7 347 200-00-00', 'buh@romashka.example'];
    expect(await textsAt('1.17', BUYER, path)).toEqual(plain);
    const spelled = (await textsAt('1.8', BUYER, path)).map((text) => parseElement(text));
    expect(spelled.map(({ attributes }) => attributes.Представление)).toEqual(plain);
    expect(new Set(spelled.map(({ namespace }) => namespace))).toEqual(
      new Set(['http://www.v8.1c.ru/ssl/contactinfo']),
    );
    expect(spelled.map(({ children }) => children[0]!.attributes)).toEqual([
      { type: 'Адрес' },
      { type: 'НомерТелефона', Номер: '+7 347 200-00-00' },
      { type: 'ЭлектроннаяПочта', Значение: 'buh@romashka.example' },
    ]);
    expect(spelled[0]!.children[0]!.children[0]!.text).toBe(plain[0]);
  });

  it('the service of an order line in ДанныеНоменклатуры up to 1.18', async () => {
    const order = 'Документ.ЗаказКлиента';
    const name = 'Доступ в интернет';
    for (const version of ['1.8', '1.17'])
      expect(
        await textsAt(version, order, 'Услуги/Строка/ДанныеНоменклатуры/Номенклатура/Наименование'),
      ).toEqual([name, name]);
    for (const version of ['1.20', '1.22'])
      expect(await textsAt(version, order, 'Услуги/Строка/Номенклатура/Наименование')).toEqual([name, name]);
  });

  it('ОГРН and ИП from 1.17 on, the mark of an УПД from 1.20 on', async () => {
    expect(await textsAt('1.8', BUYER, 'КлючевыеСвойства/РегистрационныйНомер')).toEqual([]);
    expect(await textsAt('1.17', BUYER, 'КлючевыеСвойства/РегистрационныйНомер')).toEqual(['1040299000015']);
    expect(await textsAt('1.17', SALE, 'ЭтоУПД')).toEqual([]);
    expect(await textsAt('1.20', SALE, 'ЭтоУПД')).toEqual(['true']);
  });

  it('flat classifiers before 1.7', async () => {
    const old = withType(profile('1.8'), {
      КлючевыеСвойстваВалюта: ['Код', 'Наименование'],
      КлючевыеСвойстваЕдиницаИзмерения: ['Код'],
      КлючевыеСвойстваБанк: ['БИК'],
    });
    const text = messageOf(formatOf(old));
    expect(text).toContain('<Валюта><Код>643</Код><Наименование>руб.</Наименование></Валюта>');
    expect(text).toContain('<ЕдиницаИзмерения><Код>796</Код></ЕдиницаИзмерения>');
    expect(text).toContain('<Банк><БИК>048073601</БИК></Банк>');
  });

  it('a sale without ВидОперации, as 1.23 has it', () => {
    const next = withType(profile('1.22'), { [SALE]: null });
    expect(examineVersion(next).every(({ misfit }) => misfit === undefined)).toBe(true);
    expect(messageOf(formatOf(next))).not.toContain('ВидОперации');
  });

  /** Types of mandatory texts; `null`: without ВидОперации. */
  function withType(from: Profile, types: Record<string, string[] | null>): Profile {
    const changed = structuredClone(from);
    for (const [name, properties] of Object.entries(types)) {
      const type = changed.types[name] as ObjectType;
      type.properties = properties
        ? properties.map((one) => ({ name: one, type: 'xs:string', min: 1, max: 1 }))
        : type.properties.filter((one) => one.name !== 'ВидОперации');
    }
    return changed;
  }
});

describe('what a version cannot carry', () => {
  it('22 % in 1.8 is refused, document by document, and never written otherwise', async () => {
    const built = await sample('october-2026', { format: '1.8' });
    expect(built.exit).toBe(3);
    const refused = built.faults.filter(({ code }) => code === 'BG1C-RATE-FORMAT');
    expect(refused[0]?.message).toMatch(/ставку 22 % нельзя передать в EnterpriseData 1\.8/);
    expect(refused[0]?.paths[0]).toMatch(/^documents\.csv:\d+/);
    expect(built.leftOut.every(({ codes }) => codes.includes('BG1C-RATE-FORMAT'))).toBe(true);
    const entries = await entriesOf(built.files[0]!);
    const message = [...entries].find(([name]) => name.startsWith('Message_'))![1];
    expect(new Set(message.match(/<СтавкаНДС>[^<]*/g))).toEqual(new Set(['<СтавкаНДС>БезНДС']));
    const { manifest } = await readManifest(built.files[0]!);
    expect(manifest?.leftOut.count).toBe(built.leftOut.length);
  });

  it('is counted in the manifest, once an object', async () => {
    const built = await sample('december-2025', { format: '1.8', bill: 'СчетПокупателю' });
    const { manifest } = await readManifest(built.files[0]!);
    expect(manifest?.losses).toEqual([
      { name: 'counterparty.ogrn', count: 8 },
      { name: 'counterparty.sole-trader', count: 2 },
      { name: 'document.comment', count: 8 },
    ]);
  });

  it('writes nothing with --fail-on-loss', async () => {
    const built = await sample(
      'december-2025',
      { format: '1.8', bill: 'ЗаказКлиента' },
      { failOnLoss: true },
    );
    expect(built.exit).toBe(1);
    expect(built.packages).toEqual([]);
    const losses = built.faults.filter(({ code }) => code === 'BG1C-FORMAT-LOSS');
    expect(losses.map(({ message }) => message)).toEqual([
      'EnterpriseData 1.8 не передаёт: ОГРН или ОГРНИП контрагента (8)',
      'EnterpriseData 1.8 не передаёт: признак индивидуального предпринимателя (2)',
    ]);
    const complete = await sample('december-2025', { format: '1.20' }, { failOnLoss: true });
    expect(complete.exit).toBe(0);
  });

  it('is told by the writer for each object', () => {
    const losses = (version: string) =>
      Object.fromEntries(
        formatOf(profile(version), 'СчетПокупателю')
          .part()(MONTH)
          .filter((one) => one.losses.length > 0)
          .map((one) => [one.uuid.slice(-1), one.losses]),
      );
    expect(losses('1.8')).toEqual({ 1: ['counterparty.ogrn'], 5: ['document.comment'], 8: ['document.upd'] });
    expect(losses('1.17')).toEqual({ 8: ['document.upd'] });
    expect(losses('1.20')).toEqual({});
  });
});
