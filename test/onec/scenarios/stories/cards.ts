import { expect } from 'vitest';
import type { Service } from '../../../../src/model/types.ts';
import type { Reference } from '../../base/reference.ts';
import { dateOfIso } from '../../language/date-time.ts';
import type { Value } from '../../language/values.ts';
import { edit, herCard, herContract, herService, pictures } from '../hers.ts';
import { ends, type Scenario } from '../scenario.ts';
import { cell, load, loadFolder, read, rowWith } from '../steps.ts';
import type { World } from '../world.ts';
import {
  BUYER,
  buyer,
  contractOf,
  documentsOf,
  FIRST,
  HEAD,
  leftOut,
  renameInPackage,
  SECOND,
  SHIFA,
  YUSUPOVA,
} from './parties.ts';

/** Cards of buyers that the base has already. */

/** Old configurations have no ИсторияКПП. */
function hasHistory({ base }: World): boolean {
  return base.meta(BUYER).parts.some(({ name }) => name === 'ИсторияКПП');
}

export const CARDS: readonly Scenario[] = [
  {
    title: 'её карточки с тем же ИНН и КПП, переименованные: найдены и целы',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      herCard(world, shifa, { Наименование: 'Шифа аптека', НаименованиеПолное: 'Аптека на Победы' });
      const head = buyer(world, HEAD);
      herCard(world, head, { Наименование: 'Сабантуй (основной)', НаименованиеПолное: 'Сабантуй' });
      return { ends: ends([shifa, head], { state: 'found' }) };
    },
  },
  {
    title: 'предприниматели без КПП узнаны по одному ИНН, карточка с КПП — не их',
    given: (world) => {
      const [one, other] = [buyer(world, YUSUPOVA), buyer(world, 'ИП Фёдоров К. А.')];
      herCard(world, one, { Наименование: 'Юсупова', НаименованиеПолное: 'Юсупова Регина' });
      herCard(world, other, {
        Наименование: 'Чужая карточка',
        НаименованиеПолное: 'Чужая карточка',
        КПП: '027401001',
      });
      return {
        ends: [
          ...ends([one], { state: 'found' }),
          ...ends([other], { state: 'created', message: /в базе есть тот же ИНН с другим КПП/ }),
        ],
      };
    },
  },
  {
    title: 'двойники: две карточки с одним ИНН и КПП — выбор бухгалтера',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      herCard(world, shifa);
      herCard(world, shifa, { Наименование: 'Шифа (дубль)' });
      return {
        ends: [
          ...ends([shifa], { state: 'conflict', message: /несколько карточек с этим ИНН/ }),
          ...leftOut(world, shifa, /сначала выберите контрагента/),
        ],
      };
    },
  },
  {
    title: 'двойники: бухгалтер выбрала карточку в форме',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      herCard(world, shifa);
      herCard(world, shifa, { Наименование: 'Шифа (дубль)' });
      return { ends: ends([shifa], { state: 'found' }) };
    },
    steps: (world) => {
      const form = read(world);
      expect(form.item('Страницы').page?.item.name).toBe('СтраницаКонтрагенты');
      const row = rowWith(form, 'КонтрагентыПакета', 'Идентификатор', buyer(world, SHIFA).uuid);
      expect(cell(form, 'КонтрагентыПакета', row, 'Состояние')).toMatch(/^выберите .*Шифа \(дубль\)/);
      const chosen = world.base.store
        .all(BUYER)
        .find(({ fields }) => fields.get('наименование') === 'Шифа (дубль)')!;
      form.changeCell(
        'КонтрагентыПакета',
        row,
        'НайденныйКонтрагент',
        world.base.reference(BUYER, chosen.uuid),
      );
      load(form);
    },
  },
  {
    title: 'из двойников один помечен на удаление: берётся другой',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      herCard(world, shifa, { ПометкаУдаления: true });
      herCard(world, shifa, { Наименование: 'Шифа живая' });
      return { ends: ends([shifa], { state: 'found' }) };
    },
  },
  {
    title: 'её карточка помечена на удаление: расхождение, вторая не создаётся',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      herCard(world, shifa, { ПометкаУдаления: true });
      return {
        ends: [
          ...ends([shifa], { state: 'conflict', message: /помечен на удаление/ }),
          ...leftOut(world, shifa),
        ],
      };
    },
  },
  {
    title: 'в базе только головная организация: филиал создаётся рядом',
    given: (world) => {
      herCard(world, buyer(world, HEAD));
      return { ends: ends([buyer(world, HEAD)], { state: 'found' }) };
    },
  },
  {
    title: 'у её карточки КПП сменился: помнит история, где она есть',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      const card = herCard(world, shifa, {
        КПП: '027401999',
        Наименование: 'Шифа',
        НаименованиеПолное: 'Шифа',
      });
      if (!hasHistory(world)) return { ends: ends([shifa], { state: 'created', message: /другим КПП/ }) };
      remember(world, card, shifa.kpp!);
      return {
        ends: [
          ...ends([shifa], { state: 'found' }),
          // The books have another КПП than the package.
          ...ends(documentsOf(world, shifa), { state: 'created', standing: 'differs' }),
        ],
      };
    },
  },
  {
    title: 'тёзки с другим ИНН и группа с тем же названием не склеиваются с нашими',
    given: (world) => {
      herCard(world, buyer(world, YUSUPOVA), { ИНН: '027400000001', Наименование: 'Та Юсупова' });
      herCard(world, buyer(world, SHIFA), { ИНН: '0299000999', КПП: '' });
      herCard(world, buyer(world, HEAD), { ЭтоГруппа: true, ИНН: '', КПП: '' });
      return {};
    },
  },
  {
    title: 'человек без ИНН, которого зовут как её контрагента: спрашиваем',
    given: (world) => {
      const [first, second] = [buyer(world, FIRST), buyer(world, SECOND)];
      herCard(world, first, { Наименование: 'Иванова М. П.' });
      return {
        ends: [first, second].flatMap((one) => [
          ...ends([one], { state: 'conflict', message: /то же название, ИНН нет/ }),
          ...leftOut(world, one),
        ]),
      };
    },
  },
  {
    title: 'тёзки: одна — её карточка, другую бухгалтер велит создать',
    given: (world) => {
      herCard(world, buyer(world, FIRST), { Наименование: 'Иванова М. П.' });
      return { ends: ends([buyer(world, FIRST)], { state: 'found' }) };
    },
    steps: (world) => {
      const form = read(world);
      const [first, second] = [FIRST, SECOND].map((name) =>
        rowWith(form, 'КонтрагентыПакета', 'Идентификатор', buyer(world, name).uuid),
      );
      const hers = world.base.store
        .all(BUYER)
        .find(({ fields }) => fields.get('наименование') === 'Иванова М. П.')!;
      form.changeCell(
        'КонтрагентыПакета',
        first!,
        'НайденныйКонтрагент',
        world.base.reference(BUYER, hers.uuid),
      );
      form.changeCell('КонтрагентыПакета', second!, 'Загрузить', true);
      form.command('Прочитать');
      load(form);
    },
  },
  {
    title: 'бухгалтер не велит создавать контрагента: ничего его не загружено',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      return {
        ends: [
          ...ends([shifa], { state: 'skipped' }),
          ...leftOut(world, shifa, /создание контрагента не отмечено/),
        ],
        once: true,
      };
    },
    steps: (world) => {
      const form = read(world);
      const row = rowWith(form, 'КонтрагентыПакета', 'Идентификатор', buyer(world, SHIFA).uuid);
      form.changeCell('КонтрагентыПакета', row, 'Загрузить', false);
      load(form);
    },
  },
  {
    title: 'она переименовала карточку, которую мы создали: остаётся её название',
    given: () => ({ others: 'found' }),
    steps: (world) => {
      loadFolder(world);
      edit(world.base, BUYER, buyer(world, SHIFA).uuid, {
        Наименование: 'Шифа',
        НаименованиеПолное: 'Шифа на Победы',
      });
      edit(world.base, 'Справочник.ДоговорыКонтрагентов', contractOf(world, buyer(world, SHIFA)).uuid, {
        Наименование: 'Основной',
      });
      const before = pictures(world.base);
      world.drop(world.month.files[0]!);
      loadFolder(world);
      expect([...pictures(world.base)]).toEqual([...before]);
    },
  },
  {
    title: '«обновлять карточки»: её карточки становятся как в пакете, другие целы',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      const agreed = contractOf(world, shifa);
      const card = herCard(world, shifa, { Наименование: 'Шифа', НаименованиеПолное: 'Шифа' });
      const contract = herContract(world, card, agreed);
      const sold = world.find<Service>('service', 'Подключение');
      const service = herService(world, sold, { НаименованиеПолное: 'Подключение к сети' });
      herCard(world, shifa, {
        Наименование: 'Посторонняя',
        НаименованиеПолное: 'Посторонняя',
        ИНН: '0299000998',
      });
      return { ends: ends([shifa, agreed, sold], { state: 'updated' }), changed: [card, contract, service] };
    },
    steps: (world) => {
      const form = read(world);
      form.change('ОбновлятьКарточки', true);
      load(form, 'Да');
      expect(form.ui.questions).toEqual([
        'Найденные карточки будут перезаписаны данными пакета.\nПродолжить?',
      ]);
    },
  },
  {
    title: 'правка карточки из CRM: меняется только названное поле',
    given: (world) => {
      const shifa = buyer(world, SHIFA);
      const card = herCard(world, shifa);
      renameInPackage(world, shifa, 'ООО «Аптека Шифа плюс»');
      return {
        ends: ends([shifa], { state: 'updated', message: /правки из CRM: .*→ «ООО «Аптека Шифа плюс»»/ }),
        changed: [card],
        check: () => {
          const { fields } = world.base.store.find(BUYER, card.uuid)!;
          expect(fields.get('наименование')).toBe('ООО «Аптека Шифа плюс»');
          expect(fields.get('наименованиеполное')).toBe(shifa.fullName);
          expect(fields.get('комментарий')).toBe('заведена вручную');
        },
      };
    },
  },
  {
    title: 'карточка пакета помечена на удаление после загрузки: документы целы',
    given: (world) => ({ others: 'found', ends: ends([buyer(world, SHIFA)], { state: 'conflict' }) }),
    steps: (world) => {
      loadFolder(world);
      edit(world.base, BUYER, buyer(world, SHIFA).uuid, { ПометкаУдаления: true });
      world.drop(world.month.files[0]!);
      loadFolder(world);
    },
  },
];

/** ИсторияКПП of a card. */
function remember({ base }: World, card: Reference, kpp: string): void {
  const stored = base.store.find(BUYER, card.uuid)!;
  const row = new Map<string, Value>([
    ['период', dateOfIso('2020-01-01T00:00:00')!],
    ['кпп', kpp],
  ]);
  base.store.put(BUYER, { ...stored, parts: new Map(stored.parts).set('историякпп', [row]) });
}
