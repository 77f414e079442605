import type { Act, Bill, Contract, Counterparty, Service, VatInvoice } from '../../../../src/model/types.ts';
import { put } from '../../base/create-base.ts';
import { counterparty } from '../../base/fixture.ts';
import type { Reference } from '../../base/reference.ts';
import { dateOfIso } from '../../language/date-time.ts';
import { herAct, herCard, herContract, herInvoice, herService, roubles } from '../hers.ts';
import { repack, rewritten } from '../package-files.ts';
import { ends, type ObjectEnd, type Scenario } from '../scenario.ts';
import { load, read, rowWith } from '../steps.ts';
import type { World } from '../world.ts';

/** Documents that she typed herself. */

interface Typed {
  card: Reference;
  contract: Reference;
  service: Reference;
  act: Reference;
}

/** Her card and contract of the buyer, and an act typed by hand for what the package has. */
export function typed(world: World, number: string, fields: Parameters<typeof herAct>[3] = {}): Typed {
  const ours = world.find<Act>('act', number);
  const buyer = world.records.find(({ uuid }) => uuid === ours.counterparty) as Counterparty;
  const agreed = world.records.find(({ uuid }) => uuid === ours.contract) as Contract;
  const sold = world.records.find(({ uuid }) => uuid === ours.lines[0]!.service) as Service;
  const card = herCard(world, buyer);
  const contract = herContract(world, card, agreed);
  const service = herService(world, sold);
  const act = herAct(world, ours, { buyer: card, contract, service }, fields);
  return { card, contract, service, act };
}

/** Cards that the base has already. */
export function known(world: World, number: string): ObjectEnd[] {
  const { counterparty, contract, lines } = world.find<Act>('act', number);
  return ends([counterparty, contract, lines[0]!.service], { state: 'found' });
}

export const HERS: readonly Scenario[] = [
  {
    title: 'её акт с тем же номером: расхождение, счёт-фактура без акта не загружается',
    given: (world) => {
      const stranger = counterparty(world.base, 7, { ИНН: '0299000999', КПП: '027701001' });
      const ours = world.find<Act>('act', 'А12/871');
      const service = herService(world, world.find<Service>('service', 'Подключение'), {
        Наименование: 'Прочее',
        НаименованиеПолное: 'Прочее',
      });
      herAct(
        world,
        ours,
        { buyer: stranger, service },
        { Номер: 'А12/871', Дата: dateOfIso('2025-03-31T10:00:00')!, СуммаДокумента: roubles(100) },
      );
      return {
        ends: [
          ...ends([ours], { state: 'conflict', message: /этот номер в году уже занят/ }),
          ...ends([world.find<VatInvoice>('vat-invoice', '871')], {
            state: 'skipped',
            message: /акт этой счёт-фактуры не загружается/,
          }),
        ],
      };
    },
  },
  {
    title: 'её акт с другим номером: тот же покупатель, месяц и сумма',
    given: (world) => {
      typed(world, 'А12/871');
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([world.find<Act>('act', 'А12/871')], {
            state: 'conflict',
            message: /тот же покупатель, месяц и сумма/,
          }),
          ...ends([world.find<VatInvoice>('vat-invoice', '871')], { state: 'skipped' }),
        ],
      };
    },
  },
  {
    title: 'её акт и счёт выписаны на головную организацию, а в пакете филиал',
    given: (world) => {
      const head = herCard(world, world.find<Counterparty>('counterparty', 'ООО «Сабантуй-Трейд»'));
      const ours = world.find<Act>('act', 'А12/872');
      const service = herService(
        world,
        world.records.find(({ uuid }) => uuid === ours.lines[0]!.service) as Service,
      );
      herAct(world, ours, { buyer: head, service });
      return {
        ends: [
          ...ends(
            [world.find<Counterparty>('counterparty', 'ООО «Сабантуй-Трейд»'), ours.lines[0]!.service],
            { state: 'found' },
          ),
          ...ends([ours], { state: 'conflict' }),
          ...ends([world.find<VatInvoice>('vat-invoice', '872')], { state: 'skipped' }),
        ],
      };
    },
  },
  {
    title: 'одинаковых актов два, её один: спорны оба',
    given: (world) => {
      typed(world, 'А12/873');
      return {
        ends: [
          ...known(world, 'А12/873'),
          ...ends(
            ['А12/873', 'А12/874'].map((name) => world.find<Act>('act', name)),
            { state: 'conflict' },
          ),
          ...ends(
            ['873', '874'].map((name) => world.find<VatInvoice>('vat-invoice', name)),
            { state: 'skipped' },
          ),
        ],
      };
    },
  },
  {
    title: 'человек без ИНН: карточку выбрала бухгалтер, и её акт этому человеку — расхождение',
    given: (world) => {
      const ours = world.find<Act>('act', 'А12/880');
      const person = world.find<Counterparty>('counterparty', 'Зайнуллин Тимур Ильдусович');
      const card = herCard(world, person, { Наименование: 'Зайнуллин Т. И.' });
      const service = herService(world, world.find<Service>('service', 'Подключение'));
      herAct(world, ours, { buyer: card, service });
      return {
        ends: [
          ...ends([person, world.find<Service>('service', 'Подключение')], { state: 'found' }),
          // The contract is not needed: nothing of his is loaded.
          ...ends([ours.contract], { state: 'skipped' }),
          ...ends([ours], { state: 'conflict', message: /тот же покупатель, месяц и сумма/ }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      const { uuid } = world.find<Counterparty>('counterparty', 'Зайнуллин Тимур Ильдусович');
      const row = rowWith(form, 'КонтрагентыПакета', 'Идентификатор', uuid);
      const card = world.base.store
        .all('Справочник.Контрагенты')
        .find(({ fields }) => fields.get('наименование') === 'Зайнуллин Т. И.')!;
      const chosen = world.base.reference('Справочник.Контрагенты', card.uuid);
      form.changeCell('КонтрагентыПакета', row, 'НайденныйКонтрагент', chosen);
      load(form);
    },
  },
  {
    title: 'похожи, но не те: другая копейка, месяц, организация, помеченный',
    given: (world) => {
      const { card, contract, service } = typed(world, 'А12/871', { СуммаДокумента: roubles(720001) });
      const ours = world.find<Act>('act', 'А12/871');
      const parties = { buyer: card, contract, service };
      herAct(world, ours, parties, { Дата: dateOfIso('2025-11-30T23:59:59')! });
      herAct(world, ours, parties, { Дата: dateOfIso('2026-01-01T00:00:00')! });
      herAct(world, ours, parties, { ПометкаУдаления: true, Проведен: false });
      const other = put(world.base, 'Справочник.Организации', 'a0000000-0000-4000-8000-000000000002', {
        Наименование: 'Вторая',
        ИНН: '0299000012',
        КПП: '027401001',
      });
      herAct(world, ours, parties, { Организация: other });
      // Numbers repeat from year to year.
      herAct(world, ours, parties, { Номер: 'А12/872', Дата: dateOfIso('2024-12-31T10:00:00')! });
      return { ends: known(world, 'А12/871') };
    },
  },
  {
    title: 'номер её счёта-фактуры занят: акт загружается, счёт-фактура ждёт решения',
    given: (world) => {
      const { card, act } = typed(world, 'А12/871', { СуммаДокумента: roubles(500000) });
      herInvoice(
        world,
        world.find<Act>('act', 'А12/871'),
        { buyer: card, act },
        { Номер: '872', СуммаДокумента: roubles(500000) },
      );
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([world.find<VatInvoice>('vat-invoice', '872')], { state: 'conflict', message: /номер/ }),
        ],
      };
    },
  },
  {
    title: 'её счёт на оплату на ту же сумму',
    given: (world) => {
      const { card, contract, service } = typed(world, 'А12/875', { СуммаДокумента: roubles(1) });
      const ours = world.find<Bill>('bill', '983/12');
      put(
        world.base,
        'Документ.СчетНаОплатуПокупателю',
        'b1110000-0000-4000-8000-000000000001',
        {
          Номер: '0000-000009',
          Дата: dateOfIso('2025-12-03T09:00:00')!,
          Организация: world.seller,
          Контрагент: card,
          ДоговорКонтрагента: contract,
          СуммаДокумента: roubles(ours.sum),
        },
        { Товары: [{ Номенклатура: service, Сумма: roubles(ours.sum), СуммаНДС: roubles(ours.vat) }] },
      );
      return { ends: [...known(world, 'А12/875'), ...ends([ours], { state: 'conflict' })] };
    },
  },
  {
    title: 'бухгалтер связывает акт со своим: её акт цел, счёт-фактура ложится на него',
    given: (world) => {
      typed(world, 'А12/871');
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([world.find<Act>('act', 'А12/871')], {
            state: 'found',
            standing: 'differs',
            message: /в базе отличается: номер/,
          }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      form.changeCell('Расхождения', 0, 'Решение', 'Связать');
      load(form);
    },
  },
  {
    title: 'бухгалтер связывает акт, у которого есть её счёт-фактура',
    given: (world) => {
      const { card, act } = typed(world, 'А12/871');
      const ours = world.find<Act>('act', 'А12/871');
      herInvoice(world, ours, { buyer: card, act });
      // A correction of it is not the invoice of the package.
      herInvoice(world, ours, { buyer: card, act }, { Исправление: true });
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([ours, world.find<VatInvoice>('vat-invoice', '871')], {
            state: 'found',
            standing: 'differs',
            message: /номер/,
          }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      form.changeCell(
        'Расхождения',
        rowWith(form, 'Расхождения', 'Решение', 'Пропустить'),
        'Решение',
        'Связать',
      );
      load(form);
    },
  },
  {
    title: 'у её акта две счёта-фактуры: какая наша, решает бухгалтер',
    given: (world) => {
      const { card, act } = typed(world, 'А12/871');
      const ours = world.find<Act>('act', 'А12/871');
      for (const number of ['0000-0000021', '0000-0000022'])
        herInvoice(world, ours, { buyer: card, act }, { Номер: number });
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([ours], { state: 'found', standing: 'differs' }),
          ...ends([world.find<VatInvoice>('vat-invoice', '871')], {
            state: 'conflict',
            message: /у акта несколько счетов-фактур|тот же покупатель/,
          }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      const row = rowWith(form, 'Расхождения', 'Идентификатор', world.find<Act>('act', 'А12/871').uuid);
      form.changeCell('Расхождения', row, 'Решение', 'Связать');
      load(form);
    },
  },
  {
    title: 'связь с её актом приехала в самом пакете',
    given: (world) => {
      const { act } = typed(world, 'А12/871');
      const ours = world.find<Act>('act', 'А12/871');
      const [file] = world.month.files;
      const pair = JSON.stringify({ uuid: ours.uuid, ref1c: act.uuid });
      world.replace(
        file!,
        repack(
          file!.bytes,
          rewritten('refs.jsonl', () => `${pair}\n`),
        ),
      );
      return {
        ends: [...known(world, 'А12/871'), ...ends([ours], { state: 'found', standing: 'differs' })],
        // The package that is loaded once more is the one without the pair: the receipt has it by then.
      };
    },
  },
  {
    title: 'одинаковых актов два: один связан с её актом, другой загружен',
    given: (world) => {
      typed(world, 'А12/873');
      return {
        ends: [
          ...known(world, 'А12/873'),
          ...ends([world.find<Act>('act', 'А12/873')], { state: 'found', standing: 'differs' }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      const row = rowWith(form, 'Расхождения', 'Идентификатор', world.find<Act>('act', 'А12/873').uuid);
      form.changeCell('Расхождения', row, 'Решение', 'Связать');
      load(form);
    },
  },
  {
    title: 'бухгалтер загружает похожий акт как новый',
    given: (world) => {
      typed(world, 'А12/871');
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([world.find<Act>('act', 'А12/871')], { state: 'created' }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      form.changeCell('Расхождения', 0, 'Решение', 'Загрузить');
      load(form);
    },
  },
];
