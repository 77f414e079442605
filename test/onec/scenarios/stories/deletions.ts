import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Act, Upd, VatInvoice } from '../../../../src/model/types.ts';
import { dateOfIso } from '../../language/date-time.ts';
import type { OpenForm } from '../../processing/form.ts';
import { edit } from '../hers.ts';
import type { Tables } from '../months.ts';
import { ends, type Scenario } from '../scenario.ts';
import { cell, load, loadFolder, read, rowWith } from '../steps.ts';
import type { World } from '../world.ts';
import { corrected, tick } from './corrections.ts';
import { known, typed } from './hers.ts';

const SALE = 'Документ.РеализацияТоваровУслуг';
const INVOICE = 'Документ.СчетФактураВыданный';

/** The export without the documents of these numbers. */
function without(...numbers: string[]): Tables {
  const kept = (row: Record<string, string>): boolean => !numbers.includes(row.format_number!);
  return { documents: (rows) => rows.filter(kept), document_lines: (rows) => rows.filter(kept) };
}

const REMADE: Readonly<Record<string, { id: string; format_number: string; number: string }>> = {
  'А12/871': { id: '2998', format_number: 'А12/971', number: '971' },
  '871': { id: '2999', format_number: '971', number: '5971' },
};

const PAIR = without('А12/871', '871');

/** The same act and VAT invoice under other keys and numbers. */
const ANEW: Tables = {
  documents: (rows) =>
    rows.map((row) => {
      const again = REMADE[row.format_number!];
      return again && row.kind === 'invoice' ? { ...row, ...again } : row;
    }),
  document_lines: (rows) =>
    rows.map((row) => {
      const again = REMADE[row.format_number!];
      return again && row.kind === 'invoice'
        ? { ...row, doc_id: again.id, format_number: again.format_number }
        : row;
    }),
};

const pair = (world: World) => [
  world.find<Act>('act', 'А12/871'),
  world.find<VatInvoice>('vat-invoice', '871'),
];

/** What was loaded and is marked now. */
function marked(uuids: readonly string[]): ReturnType<typeof ends> {
  return [
    ...ends(uuids, { state: 'created', file: 0, again: 'conflict' }),
    ...ends(uuids, { state: 'updated', file: 1, marked: true, message: /^помечен на удаление$/ }),
  ];
}

/** The accountant reads the package that came last, ticks rows and loads it. */
function markBy(world: World, uuids: readonly string[], answer = 'Да'): OpenForm {
  const form = read(world);
  for (const uuid of uuids) tick(form, uuid);
  load(form, answer);
  return form;
}

function uuidsOf(records: readonly { uuid: string }[]): string[] {
  return records.map(({ uuid }) => uuid);
}

/** Documents that the billing has no more. */
export const DELETIONS: readonly Scenario[] = [
  {
    title: 'документа больше нет в BGBilling: по расписанию он остаётся, пакет ждёт',
    steps: async (world) => {
      await corrected(world, PAIR);
      loadFolder(world);
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0 }),
        ...ends(pair(world), {
          state: 'found',
          file: 1,
          message: /больше нет; отметки не было, в 1С он оставлен/,
        }),
      ],
    }),
  },
  {
    title: 'документа больше нет в BGBilling: бухгалтер отметила, акт и счёт-фактура помечены на удаление',
    given: (world) => ({ ends: marked(uuidsOf(pair(world))) }),
    steps: async (world) => {
      await corrected(world, PAIR);
      const form = markBy(world, uuidsOf(pair(world)));
      expect(form.ui.questions).toEqual([
        'Документы, которых больше нет в BGBilling, будут помечены на удаление, проведение отменится: 2.\nПродолжить?',
      ]);
      expect(String(form.value('ТекстСостояния'))).toMatch(/, помечено на удаление: 2$/);
      const { uuid } = pair(world)[0]!;
      const row = rowWith(form, 'ДокументыПакета', 'Идентификатор', uuid);
      expect(cell(form, 'ДокументыПакета', row, 'Состояние')).toBe('помечен на удаление');
      expect(cell(form, 'ДокументыПакета', row, 'Загрузить')).toBe(false);
    },
  },
  {
    title: 'документа больше нет в BGBilling: бухгалтер его оставила, пакет больше не ждёт',
    steps: async (world) => {
      await corrected(world, PAIR);
      const form = read(world);
      expect(String(form.value('ТекстСостояния'))).toMatch(/, больше нет в BGBilling: 2$/);
      form.command('ОтметитьВсе');
      load(form);
      expect(existsSync(world.path('outbox', 'done', world.month.files[1]!.name))).toBe(true);
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0 }),
        ...ends(pair(world), { state: 'found', file: 1, message: /в 1С он оставлен/ }),
      ],
    }),
  },
  {
    title: 'отмечен только акт, его счёт-фактура нет: акт не помечен, счёт-фактура цела',
    steps: async (world) => {
      await corrected(world, PAIR);
      markBy(world, [pair(world)[0]!.uuid]);
      expect(existsSync(world.path('outbox', 'error', world.month.files[1]!.name))).toBe(true);
    },
    told: (world) => {
      const [act, invoice] = pair(world);
      return {
        ends: [
          ...ends([act!, invoice!], { state: 'created', file: 0 }),
          ...ends([act!], {
            state: 'found',
            file: 1,
            message: /не помечен на удаление: по нему есть счёт-фактура № 871, сначала пометьте её/,
          }),
          ...ends([invoice!], { state: 'found', file: 1 }),
        ],
      };
    },
  },
  {
    title: 'документа больше нет в BGBilling, но его период закрыт: отметка не помогает',
    steps: async (world) => {
      await corrected(world, PAIR);
      world.base.settings.closedUntil = dateOfIso('2025-12-31T00:00:00')!;
      markBy(world, uuidsOf(pair(world)));
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0 }),
        ...ends(pair(world), {
          state: 'found',
          file: 1,
          message: /не помечен на удаление: период закрыт датой запрета изменения/,
        }),
      ],
    }),
  },
  {
    title: 'база не даёт пометить: причина названа, пакет ждёт',
    steps: async (world) => {
      await corrected(world, PAIR);
      const form = read(world);
      for (const { uuid } of pair(world)) tick(form, uuid);
      // Its number is taken by now: 1C does not write it, marked or not.
      edit(world.base, INVOICE, pair(world)[1]!.uuid, { Номер: '872' });
      load(form, 'Да');
    },
    told: (world) => {
      const [act, invoice] = pair(world);
      return {
        ends: [
          ...ends([act!, invoice!], { state: 'created', file: 0 }),
          ...ends([act!], { state: 'found', file: 1, message: /по нему есть счёт-фактура № 872/ }),
          ...ends([invoice!], {
            state: 'found',
            file: 1,
            standing: 'differs',
            message: /не помечен на удаление: Значение поля "Номер" не уникально/,
          }),
        ],
      };
    },
  },
  {
    title: 'документа больше нет ни в BGBilling, ни в базе',
    steps: async (world) => {
      await corrected(world, PAIR);
      const [act, invoice] = pair(world);
      world.base.store.remove(INVOICE, invoice!.uuid);
      world.base.store.remove(SALE, act!.uuid);
      const form = read(world);
      tick(form, act!.uuid);
      expect(form.ui.warnings.splice(0)).toEqual([
        'Пометить нельзя: в BGBilling документа больше нет, в 1С его тоже нет',
      ]);
      load(form);
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0 }),
        ...ends(pair(world), { state: 'missing', file: 1, settled: true, message: /в 1С его тоже нет/ }),
      ],
      // The first package would bring them again.
      once: true,
    }),
  },
  {
    title: 'документа больше нет в BGBilling, а бухгалтер его уже пометила',
    steps: async (world) => {
      await corrected(world, PAIR);
      const [act, invoice] = pair(world);
      for (const [name, { uuid }] of [
        [SALE, act!],
        [INVOICE, invoice!],
      ] as const)
        edit(world.base, name, uuid, { ПометкаУдаления: true, Проведен: false });
      loadFolder(world);
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0, again: 'conflict' }),
        ...ends(pair(world), {
          state: 'found',
          file: 1,
          marked: true,
          message: /он уже помечен на удаление/,
        }),
      ],
    }),
  },
  {
    title: 'документа больше нет в BGBilling, а бухгалтер связала его со своим: свой она пометит сама',
    given: (world) => {
      typed(world, 'А12/871');
      return {};
    },
    steps: async (world) => {
      const form = read(world);
      form.changeCell('Расхождения', 0, 'Решение', 'Связать');
      load(form);
      await world.correct(PAIR);
      loadFolder(world);
    },
    told: (world) => {
      const [act, invoice] = pair(world);
      const mine = { state: 'found', standing: 'differs' } as const;
      return {
        ends: [
          ...known(world, 'А12/871'),
          ...ends([act!], { ...mine, file: 0 }),
          ...ends([act!], { ...mine, file: 1, settled: true, message: /введён вручную: пометьте его сами/ }),
          ...ends([invoice!], { state: 'created', file: 0 }),
          ...ends([invoice!], { state: 'found', file: 1 }),
        ],
      };
    },
  },
  {
    title: 'документ завели в BGBilling заново: пока прежний не помечен, новый ждёт',
    steps: async (world) => {
      await corrected(world, ANEW);
      loadFolder(world);
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0 }),
        ...ends(pair(world), { state: 'found', file: 1 }),
        ...ends([world.find<Act>('act', 'А12/971')], {
          state: 'conflict',
          message: /тот же покупатель, месяц и сумма/,
        }),
        ...ends([world.find<VatInvoice>('vat-invoice', '971')], { state: 'conflict' }),
      ],
    }),
  },
  {
    title: 'документ завели в BGBilling заново: прежний помечен, новый загружен',
    steps: async (world) => {
      await corrected(world, ANEW);
      markBy(world, uuidsOf(pair(world)));
    },
    told: (world) => ({
      ends: [
        ...marked(uuidsOf(pair(world))),
        ...ends([world.find<Act>('act', 'А12/971'), world.find<VatInvoice>('vat-invoice', '971')], {
          state: 'created',
        }),
      ],
    }),
  },
  {
    title: 'она сняла пометку и перепроверила: документ снова в учёте, и сборка это знает',
    steps: async (world) => {
      await corrected(world, PAIR);
      const form = markBy(world, uuidsOf(pair(world)));
      const [act, invoice] = pair(world);
      for (const [name, { uuid }] of [
        [SALE, act!],
        [INVOICE, invoice!],
      ] as const)
        edit(world.base, name, uuid, { ПометкаУдаления: false, Проведен: true });
      form.command('Перепроверить');
      await world.takeReceipts();
      const { faults } = await world.bg1c('build', join(world.root, 'export'), '--dry-run');
      expect((faults as { code: string }[]).map(({ code }) => code)).toContain('BG1C-ACCEPTED-VANISHED');
    },
    told: (world) => ({
      ends: [
        ...ends(pair(world), { state: 'created', file: 0 }),
        ...ends(pair(world), { state: 'found', file: 1, message: /больше нет; отметьте/ }),
      ],
    }),
  },
  {
    title: 'УПД больше нет в BGBilling: помечены и реализация, и счёт-фактура',
    month: 'upd',
    given: (world) => {
      const { uuid, vatInvoiceUuid } = world.find<Upd>('upd', '871');
      return { ends: marked([uuid, vatInvoiceUuid!]) };
    },
    steps: async (world) => {
      await corrected(world, PAIR);
      const { uuid, vatInvoiceUuid } = world.find<Upd>('upd', '871');
      markBy(world, [uuid, vatInvoiceUuid!]);
    },
  },
  {
    title: 'счёта больше нет в BGBilling: помечен он один',
    given: (world) => ({ ends: marked([world.records.find((one) => one.record === 'bill')!.uuid]) }),
    steps: async (world) => {
      const bill = world.records.find((one) => one.record === 'bill')!;
      await corrected(world, without(bill.number));
      markBy(world, [bill.uuid]);
    },
  },
];
