import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../../src/model/types.ts';
import { createHost, type Host } from '../host.ts';
import { dateOfIso } from '../language/date-time.ts';
import { keyOf } from '../language/type-of.ts';
import type { Value } from '../language/values.ts';
import { buildSample, type SamplePackage } from '../sample-package.ts';
import { put } from './create-base.ts';
import { counterparty, enumValue, act as handTypedAct, organization } from './fixture.ts';
import { BUYER, cards, loadMessage, message, objectsOf, records, SALE, stored } from './load-message.ts';
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

describe('как загрузчик узнаёт своих', () => {
  const person = (): string =>
    objectsOf(october, BUYER).find((one) => one.includes('ФизическоеЛицо') && !one.includes('<ИНН>'))!;
  const company = (): string => objectsOf(october, BUYER)[0]!;
  const nameOf = (text: string): string =>
    /<Наименование>([^<]*)/.exec(text)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

  it('тёзки без КПП склеиваются: берётся первая карточка с тем же названием', () => {
    const namesake = counterparty(host.base, 5, { Наименование: nameOf(person()), ИНН: '027400000001' });
    load(message(october, () => [person()]));
    expect(host.base.store.all(BUYER)).toHaveLength(1);
    expect(host.text('К.ИНН', { К: namesake })).toBe('');
  });

  it('полные названия равны, хотя краткие различаются: две тёзки пакета становятся одной карточкой', () => {
    const namesakes = objectsOf(october, BUYER).filter((one) =>
      one.includes('<НаименованиеПолное>Иванова Мария Петровна<'),
    );
    expect(namesakes.map(nameOf)).toEqual([
      'Иванова Мария Петровна (л/с 100232)',
      'Иванова Мария Петровна (л/с 100233)',
    ]);
    load(message(october, () => namesakes));
    expect(host.base.store.all(BUYER)).toHaveLength(1);
  });

  it('карточка с UUID пакета спасает от склейки', () => {
    counterparty(host.base, 5, { Наименование: nameOf(person()) });
    const uuid = /<Ссылка>([^<]*)/.exec(person())![1]!;
    put(host.base, BUYER, uuid, { Код: '00-000009', Наименование: nameOf(person()) });
    load(message(october, () => [person()]));
    expect(host.base.store.all(BUYER)).toHaveLength(2);
  });

  it('ИНН и КПП совпали: перезаписывается её карточка, наш UUID не появляется', () => {
    const hers = counterparty(host.base, 5, {
      Наименование: 'Тулпар наш любимый',
      ИНН: '0299000050',
      КПП: '027401001',
      КодПоОКПО: '123',
    });
    load(message(october, () => [company()]));
    expect(host.base.store.all(BUYER)).toHaveLength(1);
    expect(host.text('К.Наименование + "/" + К.КодПоОКПО', { К: hers })).toBe('ООО «Тулпар»/');
  });

  it('пустой КПП: поиск по ИНН не работает, появляется вторая карточка', () => {
    counterparty(host.base, 5, { Наименование: 'ИП Сафин', ИНН: '029900010106' });
    load(message(october, () => objectsOf(october, BUYER).filter((one) => one.includes('029900010106'))));
    expect(host.base.store.all(BUYER)).toHaveLength(2);
  });

  it('полная загрузка снимает пометку удаления', () => {
    const uuid = /<Ссылка>([^<]*)/.exec(company())![1]!;
    put(host.base, BUYER, uuid, { Код: '00-000009', Наименование: 'Старая', ПометкаУдаления: true });
    load(message(october, () => [company()]));
    expect(stored(host.base, BUYER, uuid).fields.get('пометкаудаления')).toBe(false);
  });

  it('организация по ключевым свойствам не меняется, целиком — перезаписывается', () => {
    host.run(
      'Г = О.ПолучитьОбъект(); Г.Префикс = "БН"; Г.НаименованиеСокращенное = "Башнет"; Г.Записать();',
      {
        О: host.base.reference('Справочник.Организации', 'a0000000-0000-4000-8000-000000000001'),
      },
    );
    load(message(october, () => objectsOf(october, SALE).slice(0, 1)));
    const own = (): string =>
      host.text('О.Наименование + "/" + О.Префикс', {
        О: host.base.reference('Справочник.Организации', 'a0000000-0000-4000-8000-000000000001'),
      });
    expect(own()).toBe('Башнет ООО/БН');
    const keys =
      '<КлючевыеСвойства><Наименование>ООО «Башнет»</Наименование><ИНН>0299000011</ИНН><КПП>027401001</КПП><ЮридическоеФизическоеЛицо>ЮридическоеЛицо</ЮридическоеФизическоеЛицо></КлючевыеСвойства>';
    load(message(october, () => [`<Справочник.Организации>${keys}</Справочник.Организации>`]));
    expect(own()).toBe('ООО «Башнет»/');
  });

  it('организации нет в базе: загрузчик её создаёт — потому обработка проверяет сама', () => {
    const empty = createHost(CURRENT_PROFILE);
    load(
      message(october, () => objectsOf(october, SALE).slice(0, 1)),
      empty,
    );
    expect(empty.base.store.all('Справочник.Организации')).toHaveLength(1);
    empty.dispose();
  });

  it('тот же номер в том же году: перезаписывается её документ, хотя день и время другие', () => {
    const [sale] = objectsOf(october, SALE);
    const number = /<Номер>([^<]*)/.exec(sale!)![1]!;
    const seller = host.base.reference('Справочник.Организации', 'a0000000-0000-4000-8000-000000000001');
    const hers = handTypedAct(
      host.base,
      { seller, buyer: counterparty(host.base, 5) },
      { Номер: number, Дата: dateOfIso('2026-02-01T00:00:00')! },
    );
    load(message(october, () => [sale!]));
    expect(host.base.store.all(SALE)).toHaveLength(1);
    expect(host.text('С.Дата', { С: hers })).toBe('31.10.2026 12:00:00');
  });

  it('пустой номер: 1С даёт свой, а повторная загрузка — ещё один', () => {
    const [sale] = objectsOf(october, SALE);
    const empty = message(october, () => [sale!.replace(/<Номер>[^<]*/, '<Номер>')]);
    const number = (): string => String(host.base.store.all(SALE)[0]!.fields.get('номер')).trim();
    load(empty);
    expect(number()).toBe('0000-000001');
    load(empty);
    expect(number()).toBe('0000-000002');
  });
});

describe('что остаётся после загрузки', () => {
  it('ссылки без полных объектов: нынешняя БСП оставляет пустые карточки, старая убирает всё, кроме договоров', () => {
    const [sale] = objectsOf(december, SALE);
    const count = (on: Host): number[] =>
      [BUYER, 'Справочник.ДоговорыКонтрагентов', 'Справочник.Номенклатура'].map(
        (name) => on.base.store.all(name).length,
      );
    const current = createHost(acceptingFormats(CURRENT_PROFILE, '1.17'));
    const old = createHost(acceptingFormats(OLD_PROFILE, '1.17'));
    for (const on of [current, old]) {
      organization(on.base);
      load(
        message(december, () => [sale!]),
        on,
      );
    }
    expect(count(current).every((one) => one > 0)).toBe(true);
    expect(count(old)).toEqual([0, 1, 0]);
    current.dispose();
    old.dispose();
  });

  it('полный объект занимает место ссылки, в каком порядке ни пришёл', () => {
    load(message(october, (objects) => [...objects].reverse()));
    expect(host.base.store.all(BUYER)).toHaveLength(cards(october).size);
    expect(host.base.store.all(BUYER).every(({ fields }) => fields.get('наименование') !== '')).toBe(true);
  });

  describe('проведённый документ, который пришёл снова', () => {
    const post = 'Д = С.ПолучитьОбъект(); Д.Записать(РежимЗаписиДокумента.Проведение);';
    beforeEach(() => {
      load(october.message);
    });
    const first = (): Value => host.base.reference(SALE, records<Act>(october, 'act')[0]!.uuid);
    const firstXml = (): string => objectsOf(october, SALE)[0]!;

    it('проводится заново, хотя период закрыт', () => {
      host.run(post, { С: first() });
      host.base.settings.closedUntil = dateOfIso('2026-12-31');
      load(message(october, () => [firstXml()]));
      expect(host.text('С.Проведен', { С: first() })).toBe('Да');
    });

    it('остаётся непроведённым, если в той же загрузке упал другой объект', () => {
      host.run(post, { С: first() });
      const bad = objectsOf(october, SALE)[1]!.replace(/<Номер>[^<]*/, '<Номер>слишком длинный');
      load(message(october, () => [firstXml(), bad]));
      expect(host.text('С.Проведен', { С: first() })).toBe('Нет');
    });

    it('её правка перезаписана, а счёт, выбранный руками, остался', () => {
      const other = put(host.base, 'ПланСчетов.Хозрасчетный', 'ac000000-0000-4000-8000-000000009101', {
        Код: '91.01',
      });
      host.run('Д = С.ПолучитьОбъект(); Д.Услуги[0].Сумма = 1; Д.Услуги[0].СчетДоходов = Сч; Д.Записать();', {
        С: first(),
        Сч: other,
      });
      load(message(october, () => [firstXml()]));
      expect(
        host.text(
          '"" + (Об.Услуги[0].Сумма = 1) + Об.Услуги[0].СчетДоходов.Код'.replaceAll(
            'Об.',
            'С.ПолучитьОбъект().',
          ),
          { С: first() },
        ),
      ).toBe('Нет91.01');
    });
  });

  it('УдалениеОбъекта помечает и снимает проведение', () => {
    load(october.message);
    const [{ uuid }] = records<Act>(october, 'act') as [Act];
    const deletion = `<УдалениеОбъекта><СсылкаНаОбъект><СсылкаНаОбъект><РеализацияТоваровУслугСсылка>${uuid}</РеализацияТоваровУслугСсылка></СсылкаНаОбъект></СсылкаНаОбъект></УдалениеОбъекта>`;
    expect(load(message(october, () => [deletion]))).toBe('');
    expect(stored(host.base, SALE, uuid).fields.get('пометкаудаления')).toBe(true);
  });

  it('контактная информация контрагента заменяется целиком', () => {
    const uuid = /<Ссылка>([^<]*)/.exec(objectsOf(october, BUYER)[0]!)![1]!;
    load(message(october, () => objectsOf(october, BUYER).slice(0, 1)));
    const rows = stored(host.base, BUYER, uuid).parts.get('контактнаяинформация')!;
    expect(rows.map((row) => row.get('представление'))).toContain('+7 347 200-50-05');
    expect(keyOf(rows[0]!.get('тип')!)).toBe(
      keyOf(enumValue(host.base, 'ТипыКонтактнойИнформации', 'Адрес')),
    );
  });
});
