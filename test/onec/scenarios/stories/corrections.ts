import { expect } from 'vitest';
import type { Act, VatInvoice } from '../../../../src/model/types.ts';
import type { OpenForm } from '../../processing/form.ts';
import { herInvoice, pictures } from '../hers.ts';
import type { Tables } from '../months.ts';
import { ends, type Scenario } from '../scenario.ts';
import { load, loadFolder, read, rowWith } from '../steps.ts';
import type { World } from '../world.ts';
import { known, typed } from './hers.ts';

/** An accepted month that the billing changed: act and VAT invoice of another sum. */

const PRICE = '1440,00';

/** Act and VAT invoice of this number cost another sum. */
const DEARER: Tables = {
  documents: (rows) =>
    rows.map((row) =>
      row.kind === 'invoice' && ['А12/878', '878'].includes(row.format_number!)
        ? { ...row, summ: PRICE }
        : row,
    ),
  document_lines: (rows) =>
    rows.map((row) =>
      row.kind === 'invoice' && ['А12/878', '878'].includes(row.format_number!)
        ? { ...row, price: PRICE, line_summ: PRICE, vat_sum: '240,00', doc_summ: PRICE }
        : row,
    ),
};

function changedAct(world: World): Act {
  return world.find<Act>('act', 'А12/878');
}

function correction(world: World): VatInvoice {
  return world.records.find((one): one is VatInvoice => one.record === 'vat-invoice' && !!one.correction)!;
}

/** Loads the month and builds the package of what has changed since. */
export async function corrected(world: World, change: Tables): Promise<void> {
  loadFolder(world);
  await world.correct(change);
}

export function tick(form: OpenForm, uuid: string): void {
  const row = rowWith(form, 'ДокументыПакета', 'Идентификатор', uuid);
  form.changeCell('ДокументыПакета', row, 'Загрузить', true);
}

/** An act without a VAT invoice. */
const CHEAPER: Tables = {
  documents: (rows) =>
    rows.map((row) => (row.format_number === 'А12/880' ? { ...row, summ: '300,00' } : row)),
  document_lines: (rows) =>
    rows.map((row) =>
      row.format_number === 'А12/880'
        ? { ...row, price: '300,00', line_summ: '300,00', vat_sum: '50,00', doc_summ: '300,00' }
        : row,
    ),
};

export const CORRECTIONS: readonly Scenario[] = [
  {
    title: 'исправление по расписанию: изменённый акт и исправленная счёт-фактура ждут бухгалтера',
    steps: async (world) => {
      await corrected(world, DEARER);
      const before = pictures(world.base);
      loadFolder(world);
      expect([...pictures(world.base)]).toEqual([...before]);
    },
    told: (world) => ({
      ends: [
        ...ends([changedAct(world)], { state: 'created', file: 0 }),
        ...ends([changedAct(world)], {
          state: 'found',
          file: 1,
          standing: 'differs',
          message: /в базе отличается: сумма, НДС/,
        }),
        ...ends([correction(world)], { state: 'skipped', message: /акт в базе другой: отметьте и его/ }),
      ],
    }),
  },
  {
    title: 'исправление: бухгалтер отметила акт, и исправленная счёт-фактура встала рядом с первой',
    steps: async (world) => {
      await corrected(world, DEARER);
      const form = read(world);
      tick(form, changedAct(world).uuid);
      load(form, 'Да');
    },
    told: (world) => ({
      ends: [
        ...ends([changedAct(world)], { state: 'created', file: 0 }),
        ...ends([changedAct(world)], { state: 'updated', file: 1 }),
        ...ends([correction(world)], {
          state: 'created',
          posted: false,
          message: /не проведён: .*Проведите сначала корректировку реализации/,
        }),
      ],
      makes: ['Документ.КорректировкаРеализации'],
    }),
  },
  {
    title: 'первую счёт-фактуру она ввела сама: исправление исправляет её',
    given: (world) => {
      const { card, act } = typed(world, 'А12/878');
      herInvoice(world, changedAct(world), { buyer: card, act });
      return { changed: [act] };
    },
    steps: async (world) => {
      const linked = read(world);
      const row = rowWith(linked, 'Расхождения', 'Идентификатор', changedAct(world).uuid);
      linked.changeCell('Расхождения', row, 'Решение', 'Связать');
      load(linked);
      await world.correct(DEARER);
      const form = read(world);
      tick(form, changedAct(world).uuid);
      load(form, 'Да');
    },
    told: (world) => {
      const first = world.find<VatInvoice>('vat-invoice', '878');
      const hers = { state: 'found', standing: 'differs' } as const;
      return {
        ends: [
          ...known(world, 'А12/878'),
          ...ends([changedAct(world)], { ...hers, file: 0 }),
          ...ends([changedAct(world)], { state: 'updated', file: 1 }),
          ...ends([first], hers),
          ...ends([correction(world)], { state: 'created', posted: false }),
        ],
        makes: ['Документ.КорректировкаРеализации'],
      };
    },
  },
  {
    title: 'изменённый акт без счёта-фактуры: по отметке перезаписан и проведён',
    given: (world) => {
      const act = [world.find<Act>('act', 'А12/880')];
      return {
        ends: [...ends(act, { state: 'created', file: 0 }), ...ends(act, { state: 'updated', file: 1 })],
      };
    },
    steps: async (world) => {
      await corrected(world, CHEAPER);
      const form = read(world);
      tick(form, world.find<Act>('act', 'А12/880').uuid);
      load(form, 'Да');
    },
  },
];
