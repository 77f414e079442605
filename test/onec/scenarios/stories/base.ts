import { expect } from 'vitest';
import type { Act, Bill, Contract, Counterparty, VatInvoice } from '../../../../src/model/types.ts';
import { enumValue } from '../../base/fixture.ts';
import { knowingRates, RATES_2018, withObject } from '../../base/metadata/profiles.ts';
import { dateOfIso } from '../../language/date-time.ts';
import { edit, herCard, herContract, roubles } from '../hers.ts';
import { ends, isDocument, type Scenario } from '../scenario.ts';
import { load, loadFolder, read, rowWith } from '../steps.ts';

/** What the base itself does not let happen. */

const SALE = 'Документ.РеализацияТоваровУслуг';
const CONTRACT = 'Справочник.ДоговорыКонтрагентов';
const DECEMBER = dateOfIso('2025-12-31T00:00:00')!;

export const BASE: readonly Scenario[] = [
  {
    title: 'декабрь закрыт датой запрета: загружено только январское',
    settings: { closedUntil: DECEMBER },
    given: ({ records }) => {
      const open = records.filter(isDocument).filter(({ date }) => date > '2025-12-31');
      const needed = new Set(
        open.flatMap(({ counterparty, contract, lines }) => [
          counterparty,
          contract,
          ...lines.map(({ service }) => service),
        ]),
      );
      const closed = records.filter(isDocument).filter((one) => !open.includes(one));
      const idle = records.filter(
        (one) => !isDocument(one) && one.record !== 'organization' && !needed.has(one.uuid),
      );
      return {
        ends: [
          ...ends(closed, {
            state: 'skipped',
            message: /период закрыт датой запрета изменения|акт этой счёт-фактуры не загружается/,
          }),
          ...ends(idle, { state: 'skipped' }),
        ],
      };
    },
  },
  {
    title: 'документ ушёл в закрытый период: по отметке не перезаписывается',
    given: (world) => {
      const act = world.find<Act>('act', 'А12/877');
      return {
        others: 'found',
        ends: ends([act], { state: 'found', standing: 'differs', message: /дата, сумма/ }),
        check: () =>
          expect(String(world.base.store.find(SALE, act.uuid)!.fields.get('суммадокумента'))).toBe('1'),
      };
    },
    steps: (world) => {
      loadFolder(world);
      const { uuid } = world.find<Act>('act', 'А12/877');
      edit(world.base, SALE, uuid, { Дата: dateOfIso('2025-12-30T10:00:00')!, СуммаДокумента: roubles(100) });
      world.base.settings.closedUntil = DECEMBER;
      world.drop(world.month.files[0]!);
      const form = read(world);
      form.changeCell(
        'ДокументыПакета',
        rowWith(form, 'ДокументыПакета', 'Идентификатор', uuid),
        'Загрузить',
        true,
      );
      load(form, 'Да');
    },
  },
  {
    title: 'проведение не удаётся: счетов учёта нет. Документы в базе, не проведены, пакет ждёт',
    settings: { accountsUnknown: true, accountsVisible: true },
    given: ({ records }) => ({
      ends: [
        ...ends(
          records.filter(({ record }) => record === 'act'),
          { state: 'created', posted: false, message: /не проведён: .*счет учета/ },
        ),
        ...ends(
          records.filter(({ record }) => record === 'vat-invoice'),
          { state: 'created', posted: false, message: /не проведён: .*Документ-основание не проведен/ },
        ),
      ],
    }),
  },
  {
    title: 'вид одного договора она сменила: его акт не проводится, остальные проведены',
    given: (world) => {
      const act = world.find<Act>('act', 'А12/871');
      const agreed = world.records.find(({ uuid }) => uuid === act.contract) as Contract;
      const card = world.records.find(({ uuid }) => uuid === act.counterparty) as Counterparty;
      const kind = { ВидДоговора: enumValue(world.base, 'ВидыДоговоровКонтрагентов', 'Прочее') };
      const typed = herContract(world, herCard(world, card), agreed, kind);
      const { store } = world.base;
      const stored = store.find(CONTRACT, typed.uuid)!;
      store.remove(CONTRACT, typed.uuid);
      store.put(CONTRACT, { ...stored, uuid: agreed.uuid });
      return {
        ends: [
          ...ends([card, agreed], { state: 'found' }),
          ...ends([act], { state: 'created', posted: false, message: /не проведён: .*Договор вида Прочее/ }),
          ...ends([world.find<VatInvoice>('vat-invoice', '871')], { state: 'created', posted: false }),
        ],
      };
    },
  },
  {
    title: '«остановиться при ошибке»: после первой неудачи ничего не проводится',
    settings: { accountsUnknown: true, accountsVisible: true },
    given: (world) => ({
      ends: ends(
        world.records.filter(({ record }) => record === 'act' || record === 'vat-invoice'),
        { state: 'created', posted: false },
      ),
      check: (receipts) => {
        const told = receipts.at(-1)!.objects.filter(({ message }) => message?.startsWith('не проведён'));
        expect(told).toHaveLength(1);
      },
    }),
    steps: (world) => {
      const form = read(world);
      form.change('ОстановитьсяПриОшибке', true);
      load(form);
    },
  },
  {
    title: 'бухгалтер велит не проводить',
    given: (world) => ({
      ends: ends(world.records.filter(isDocument), { state: 'created', posted: false }),
    }),
    steps: (world) => {
      const form = read(world);
      form.change('ПроводитьДокументы', false);
      load(form);
    },
  },
  {
    title: 'загрузчик не принял счета: их номера длиннее поля',
    // It fills no accounts then.
    settings: { accountsVisible: true },
    profile: (profile) => withObject(profile, 'СчетНаОплатуПокупателю', { number: { length: 5 } }),
    given: (world) => ({
      ends: ends(
        world.records.filter(({ record }) => record === 'bill'),
        { state: 'failed', message: /загрузчик 1С: .*Поле Номер/ },
      ),
    }),
  },
  {
    title: 'база не даёт завести тёзку: ни её документов, ни договора',
    settings: { refused: 'Справочник.Контрагенты' },
    given: ({ records }) => {
      const namesakes = records.filter(
        (one): one is Counterparty => one.record === 'counterparty' && one.name.startsWith('Иванова'),
      );
      const theirs = records.filter(
        (one) => 'counterparty' in one && namesakes.some(({ uuid }) => uuid === one.counterparty),
      );
      return {
        ends: ends([...namesakes, ...theirs], {
          state: 'failed',
          message: /контрагент не создан: Новые карточки заводит только администратор/,
        }),
      };
    },
  },
  {
    title:
      'загрузчик не принял услуги: названия длиннее поля. Карточки, которые велено обновить, не проверены',
    profile: (profile) => withObject(profile, 'Номенклатура', { nameLength: 20 }),
    given: (world) => {
      const shifa = world.find<Counterparty>('counterparty', 'ООО «Аптека Шифа»');
      const card = herCard(world, shifa, { Наименование: 'Шифа' });
      const services = world.records.filter(({ record }) => record === 'service');
      const taken = services.filter((one) => 'name' in one && one.name.length <= 20);
      const invoices = world.records.filter((one): one is VatInvoice => one.record === 'vat-invoice');
      return {
        changed: [card],
        ends: [
          ...ends([shifa], { state: 'updated', message: /обновление не проверено/ }),
          ...ends(
            services.filter((one) => !taken.includes(one)),
            { state: 'failed', message: /Поле Наименование/ },
          ),
          // A VAT invoice leaves a stub of its act behind.
          ...ends(
            invoices.map(({ act }) => act),
            { state: 'failed', posted: false, again: 'found', standing: 'differs' },
          ),
          ...ends(
            world.records.filter(({ record }) => record === 'bill' || record === 'act'),
            { state: 'failed' },
          ),
          ...ends(invoices, { state: 'created', posted: false }),
        ],
      };
    },
    steps: (world) => {
      const form = read(world);
      form.change('ОбновлятьКарточки', true);
      load(form, 'Да');
    },
  },
  {
    title: '«остановиться при ошибке»: загрузчик принял не всё — не проводится ничего',
    profile: (profile) => withObject(profile, 'СчетНаОплатуПокупателю', { number: { length: 5 } }),
    given: (world) => ({
      ends: [
        ...ends(
          world.records.filter(({ record }) => record === 'bill'),
          { state: 'failed' },
        ),
        ...ends(
          world.records.filter(({ record }) => record === 'act' || record === 'vat-invoice'),
          { state: 'created', posted: false },
        ),
      ],
    }),
    steps: (world) => {
      const form = read(world);
      form.change('ОстановитьсяПриОшибке', true);
      load(form);
    },
  },
  {
    title: 'загрузчик не принял акт без НДС: заготовка от него — ошибка, а не созданный документ',
    profile: (profile) =>
      knowingRates(
        profile,
        RATES_2018.filter((rate) => rate !== 'БезНДС'),
      ),
    given: (world) => {
      const act = world.find<Act>('act', 'А12/876');
      return {
        ends: [
          ...ends([act], {
            state: 'failed',
            posted: false,
            message: /загрузчик 1С: /,
            again: 'found',
            standing: 'differs',
          }),
          ...ends([world.find<Bill>('bill', '984/12')], { state: 'failed' }),
          ...ends([world.find<VatInvoice>('vat-invoice', '876')], { state: 'created', posted: false }),
        ],
      };
    },
  },
  {
    title: 'счетов этого вида загрузчик не знает и пропускает молча',
    profile: (profile) => ({ ...profile, billElements: ['Документ.СчетПокупателю'] }),
    given: (world) => ({
      ends: ends(
        world.records.filter(({ record }) => record === 'bill'),
        { state: 'failed', message: /измените onec\.bill/ },
      ),
    }),
  },
  {
    title: 'копия базы: её квитанции ничего не значат для настоящей',
    settings: { connection: 'File="D:\\Копия";' },
    given: () => ({ foreign: true }),
  },
];
