import { expect } from 'vitest';
import type { Act, Bill, Counterparty, VatInvoice } from '../../../../src/model/types.ts';
import type { Reference } from '../../base/reference.ts';
import { dateOfIso } from '../../language/date-time.ts';
import type { Value } from '../../language/values.ts';
import { edit, herInvoice, pictures, roubles } from '../hers.ts';
import { ends, type Scenario } from '../scenario.ts';
import { cell, load, loadFolder, read, rowWith } from '../steps.ts';
import type { World } from '../world.ts';

/** What she did with our documents after they had been loaded. */

const SALE = 'Документ.РеализацияТоваровУслуг';
const INVOICE = 'Документ.СчетФактураВыданный';

export const CHANGED: readonly Scenario[] = [
  {
    title: 'она правит загруженное: вторая загрузка ничего не возвращает назад',
    given: (world) => {
      const act = world.find<Act>('act', 'А12/871');
      const quiet = world.find<Act>('act', 'А12/872');
      const bill = world.find<Bill>('bill', '980/12');
      return {
        others: 'found',
        ends: [
          ...ends([act], {
            state: 'found',
            standing: 'differs',
            message: /в базе отличается: номер, дата, сумма/,
          }),
          ...ends([bill], { state: 'found', standing: 'differs', message: /в базе отличается: контрагент/ }),
        ],
        check: () => {
          const { fields } = world.base.store.find(SALE, act.uuid)!;
          expect(String(fields.get('номер')).trim()).toBe('0000-000077');
          expect(world.base.store.find(SALE, quiet.uuid)!.fields.get('комментарий')).toBe(
            'оплачено наличными',
          );
        },
      };
    },
    steps: (world) => {
      loadFolder(world);
      const at = (name: string): string => world.find<Act>('act', name).uuid;
      const { base } = world;
      edit(base, SALE, at('А12/871'), {
        Номер: '0000-000077',
        Дата: dateOfIso('2025-12-30T10:00:00')!,
        СуммаДокумента: roubles(700000),
      });
      edit(base, SALE, at('А12/872'), { Комментарий: 'оплачено наличными' });
      const other = base.reference(
        'Справочник.Контрагенты',
        world.find<Counterparty>('counterparty', 'ООО «Кафе Шихан»').uuid,
      );
      edit(base, 'Документ.СчетНаОплатуПокупателю', world.find<Bill>('bill', '980/12').uuid, {
        Контрагент: other,
      });
      again(world);
    },
  },
  {
    title: 'она велит перезаписать изменённый акт: он снова как в пакете и проведён',
    given: (world) => ({
      others: 'found',
      ends: ends([world.find<Act>('act', 'А12/871')], { state: 'updated' }),
    }),
    steps: (world) => {
      loadFolder(world);
      edit(world.base, SALE, world.find<Act>('act', 'А12/871').uuid, { СуммаДокумента: roubles(700000) });
      world.drop(world.month.files[0]!);
      const form = read(world);
      const row = rowWith(form, 'ДокументыПакета', 'Идентификатор', world.find<Act>('act', 'А12/871').uuid);
      expect(cell(form, 'ДокументыПакета', row, 'Состояние')).toBe('изменён в 1С');
      form.changeCell('ДокументыПакета', row, 'Загрузить', true);
      load(form, 'Да');
      expect(form.ui.questions).toEqual([
        'Документы, которые уже есть в базе, будут перезаписаны: 1.\nПродолжить?',
      ]);
    },
  },
  {
    title: 'она пометила наши акт и счёт-фактуру на удаление: загрузка пометки не снимает',
    given: (world) => {
      const marked = [world.find<Act>('act', 'А12/871'), world.find<VatInvoice>('vat-invoice', '871')];
      return { others: 'found', ends: ends(marked, { state: 'conflict', message: /помечен на удаление/ }) };
    },
    steps: (world) => {
      loadFolder(world);
      edit(world.base, SALE, world.find<Act>('act', 'А12/871').uuid, {
        ПометкаУдаления: true,
        Проведен: false,
      });
      edit(world.base, INVOICE, world.find<VatInvoice>('vat-invoice', '871').uuid, {
        ПометкаУдаления: true,
        Проведен: false,
      });
      again(world);
    },
  },
  {
    title: 'авансовые счета-фактуры с тем же платежом попадают в квитанцию',
    given: (world) => {
      const invoice = world.find<VatInvoice>('vat-invoice', '878');
      const { base } = world;
      const parties = {
        buyer: base.reference('Справочник.Контрагенты', invoice.counterparty),
        act: base.reference(SALE, invoice.act),
      };
      const type = { ВидСчетаФактуры: base.enumeration('ВидСчетаФактурыВыставленного', 'НаАванс')! };
      const advance = (number: string, paid: string, posted = true): Reference =>
        herInvoice(
          world,
          world.find<Act>('act', 'А12/878'),
          parties,
          { ...type, Номер: number, Дата: dateOfIso('2025-12-05T10:00:00')!, Проведен: posted },
          { ДокументыОснования: [], ПлатежноРасчетныеДокументы: [payment(paid)] },
        );
      advance('0000-А000012', '120');
      advance('0000-А000013', '121');
      advance('0000-А000014', '120', false);
      return {
        others: 'found',
        check: (receipts) => {
          const object = receipts.at(-1)!.objects.find(({ uuid }) => uuid === invoice.uuid)!;
          expect(object.advanceInvoices).toEqual([{ number: '0000-А000012', date: '2025-12-05' }]);
        },
      };
    },
    steps: (world) => {
      loadFolder(world);
      const { store } = world.base;
      const stored = store.find(INVOICE, world.find<VatInvoice>('vat-invoice', '878').uuid)!;
      const row = new Map(Object.entries(payment('120')).map(([name, value]) => [name.toLowerCase(), value]));
      store.put(INVOICE, {
        ...stored,
        parts: new Map(stored.parts).set('платежнорасчетныедокументы', [row]),
      });
      again(world);
    },
  },
];

function payment(number: string): Record<string, Value> {
  return { ДатаДокумента: dateOfIso('2025-12-05T00:00:00')!, НомерДокумента: number };
}

/** The same package once more; what she did in between stays. */
function again(world: World): void {
  const before = pictures(world.base);
  for (const file of world.month.files) world.drop(file);
  loadFolder(world);
  expect([...pictures(world.base)], 'её правки').toEqual([...before]);
}
