import { fault } from '../../faults/fault.ts';
import { type Kopecks, MAX_SUM, proportion, sumForPeople } from '../../model/money.ts';
import { lastDay } from '../../model/period.ts';
import { parseVatRate, rateText, type VatRate, vatInside, vatOnTop } from '../../model/vat.ts';
import { russianDate } from '../../support/dates.ts';
import { formatDecimalShort, significantScale } from '../../support/decimal.ts';
import type { SourceRow } from '../source.ts';
import { type Cells, cellReader } from './cells.ts';
import { type AssemblyContext, rateFor } from './context.ts';
import { contentOf, type DraftLine, type LineOwner, ONE } from './lines.ts';
import { refs } from './sourced.ts';

/** Lines that the export itself has: `document_lines`. */

const QUANTITY_SCALE = 3;
/** 1C's Количество is decimal(15,3). */
const MAX_QUANTITY = 999_999_999_999_999;

/** Lines of `document_lines`; undefined when one of them cannot be read. */
export function linesOfDocument(
  rows: readonly SourceRow[],
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine[] | undefined {
  let failed = false;
  const read = cellReader(context.source, 'document_lines', (found) => {
    context.report(found);
    failed ||= found.severity === 'error';
  });
  const drafts = [...rows]
    .map((row) => ({ row, cells: read(row) }))
    .map((one) => ({ ...one, order: one.cells.integer('line_no') ?? 0 }))
    .sort((a, b) => a.order - b.order || a.row.line - b.row.line)
    .map(({ row, cells }) => draftLine(cells, row, owner, context));
  return failed || drafts.includes(undefined) ? undefined : (drafts as DraftLine[]);
}

function draftLine(
  cells: Cells<'document_lines'>,
  row: SourceRow,
  owner: LineOwner,
  context: AssemblyContext,
): DraftLine | undefined {
  const sid = cells.id('sid');
  const sum = cells.decimal('line_summ', 2);
  if (sid === undefined || sum === undefined) {
    if (cells.raw('line_summ') === '') cells.required('line_summ');
    return undefined;
  }
  const name = cells.text('service_title') || context.services.title(sid);
  const rate = lineRate(cells, sid, name, owner, context);
  if (rate === undefined) return undefined;
  const gross = context.config.vat.included ? sum : sum + vatOnTop(sum, rate);
  if (Math.abs(gross) > MAX_SUM) return outOfRange(cells, 'line_summ', context);
  const measure = quantityAndPrice(cells, gross, name, owner, context);
  if (!measure) return undefined;
  return {
    line: {
      service: sid,
      content: contentOf(name, context),
      ...measure,
      sum: gross,
      rate,
      vat: lineVat(cells, gross, rate, name, owner, context),
    },
    rows: refs('document_lines', [row]),
    where: cells.where('sid'),
    ...(cells.raw('vat_sum') !== '' && { vatGiven: true }),
  };
}

function outOfRange(
  cells: Cells<'document_lines'>,
  column: 'line_summ' | 'qty' | 'price',
  { report }: AssemblyContext,
): undefined {
  report(fault('BG1C-VALUE-RANGE', { column, value: cells.raw(column) }, cells.where(column)));
}

/** The rate of the export is authoritative; the settings are there to compare, and where the export says nothing. */
function lineRate(
  cells: Cells<'document_lines'>,
  sid: string,
  name: string,
  owner: LineOwner,
  context: AssemblyContext,
): VatRate | undefined {
  const expected = rateFor(context.config, context.period, owner.organization.code, sid, owner.contract);
  const raw = cells.raw('vat_rate');
  if (raw === '') return expected;
  const rate = parseVatRate(raw);
  if (rate === undefined) {
    context.report(
      fault('BG1C-LINE-RATE-UNKNOWN', { number: owner.number, name, rate: raw }, cells.where('vat_rate')),
    );
    return undefined;
  }
  if (rate !== expected)
    context.report(
      fault(
        'BG1C-LINE-RATE',
        {
          number: owner.number,
          name,
          rate: rateText(rate),
          expected: rateText(expected),
          date: russianDate(lastDay(context.period)),
        },
        cells.where('vat_rate'),
      ),
    );
  return rate;
}

function lineVat(
  cells: Cells<'document_lines'>,
  sum: Kopecks,
  rate: VatRate,
  name: string,
  owner: LineOwner,
  context: AssemblyContext,
): Kopecks {
  const computed = vatInside(sum, rate);
  const given = cells.decimal('vat_sum', 2);
  if (given === undefined || given === computed) return computed;
  const values = { number: owner.number, name, vat: sumForPeople(given) };
  const place = cells.where('vat_sum');
  context.report(
    isPossibleVat(given, sum, rate)
      ? fault('BG1C-LINE-VAT', { ...values, computed: sumForPeople(computed) }, place)
      : fault('BG1C-LINE-VAT-IMPOSSIBLE', { ...values, sum: sumForPeople(sum), rate: rateText(rate) }, place),
  );
  return given;
}

function isPossibleVat(vat: Kopecks, sum: Kopecks, rate: VatRate): boolean {
  if (rate === 'none' || rate === 0) return vat === 0;
  return sum < 0 ? vat <= 0 && vat >= sum : vat >= 0 && vat <= sum;
}

/** Quantity and price of a line; where they do not give the sum to the kopeck, 1 × sum (decisions 7). */
function quantityAndPrice(
  cells: Cells<'document_lines'>,
  sum: Kopecks,
  name: string,
  owner: LineOwner,
  context: AssemblyContext,
): { quantity: number; price: Kopecks } | undefined {
  const whole = { quantity: ONE, price: sum };
  const quantity = cells.raw('qty') === '' ? ONE : cells.decimal('qty', QUANTITY_SCALE);
  if (quantity === undefined) return undefined;
  if (quantity > MAX_QUANTITY) return outOfRange(cells, 'qty', context);
  if (quantity === ONE || sum <= 0) return whole;
  const number = owner.number;
  if (quantity <= 0) {
    context.report(fault('BG1C-LINE-PRICE', { number, name }, cells.where('qty')));
    return whole;
  }
  const finePrice = significantScale(cells.raw('price')) > 2;
  const price = cells.raw('price') === '' || finePrice ? undefined : cells.decimal('price', 2);
  if (price !== undefined && price > MAX_SUM) return outOfRange(cells, 'price', context);
  const product = (of: Kopecks): Kopecks => proportion(of, quantity, ONE);
  if (price === undefined) {
    const exact = proportion(sum, ONE, quantity);
    if (!finePrice && exact <= MAX_SUM && product(exact) === sum) return { quantity, price: exact };
    context.report(fault('BG1C-LINE-PRICE', { number, name }, cells.where(finePrice ? 'price' : 'qty')));
    return whole;
  }
  if (context.config.vat.included && product(price) === sum) return { quantity, price };
  if (!context.config.vat.included) return whole;
  context.report(
    fault(
      'BG1C-LINE-PRODUCT',
      {
        number,
        name,
        quantity: formatDecimalShort(quantity, QUANTITY_SCALE).replace('.', ','),
        price: sumForPeople(price),
        product: sumForPeople(product(price)),
        sum: sumForPeople(sum),
      },
      cells.where('price'),
    ),
  );
  return whole;
}
