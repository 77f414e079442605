import { describe, expect, it } from 'vitest';
import { createSourceCollector, UnresolvedRecord } from '../../src/model/document-source.ts';
import { foldNegative } from '../../src/model/fold.ts';
import { type NumberTemplate, parseTemplate, renderNumber } from '../../src/model/number-template.ts';
import { numberProblems } from '../../src/model/numbering.ts';
import { pairInvoices } from '../../src/model/pairing.ts';
import { paymentsOf, settle } from '../../src/model/payments.ts';
import type { CanonicalRecord, Document, Line } from '../../src/model/types.ts';
import type { VatRate } from '../../src/model/vat.ts';

/** Cases that tell apart what is nearly the same: each was found by a changed condition that no other test noticed. */

function line(sum: number, rate: VatRate, vat: number): Line {
  return { service: 'x', content: 'x', quantity: 1000, price: sum, sum, rate, vat };
}

describe('foldNegative', () => {
  it('takes from the first of equal lines', () => {
    const result = foldNegative([line(100, 'none', 0), line(100, 'none', 0), line(-30, 'none', 0)]);
    expect(result).toMatchObject({ ok: true, folds: [{ target: 0, amount: 30 }] });
  });

  it('names the negative line whose VAT finds no room, not another of it or of another rate', () => {
    const result = foldNegative([
      line(100, 22, 18),
      line(-50, 22, -9),
      line(0, 20, 0),
      line(100, 20, 90),
      line(-90, 20, 0),
    ]);
    expect(result).toEqual({ ok: false, negative: 4 });
  });

  it('gives what is left of the VAT to the largest line, wherever it stands', () => {
    const result = foldNegative([line(10, 20, 2), line(100, 20, 17), line(-30, 20, -6)]);
    expect(result.ok && result.lines.map(({ sum, vat }) => [sum, vat])).toEqual([
      [10, 2],
      [70, 11],
    ]);
  });

  it('drops the VAT together with the lines', () => {
    expect(foldNegative([line(50, 22, 9), line(-50, 22, -8)])).toMatchObject({ ok: true, lines: [] });
  });
});

describe('pairInvoices', () => {
  const of = (ordinal: string, printed: string) => ({ sum: 100, ordinal, printed });

  it('takes no unknown ordinal for the same', () => {
    expect(pairInvoices([of('', 'А1'), of('5', 'А2')], [of('', 'Ф2')])).toEqual([{ act: 1 }]);
  });

  it('takes no two numbers without digits for the same', () => {
    expect(pairInvoices([of('', 'без номера'), of('', 'А1')], [of('', 'нет')])).toEqual([
      { problem: 'ambiguous', acts: [0, 1] },
    ]);
  });
});

describe('numbers', () => {
  it('keep what a template has behind its last sign', () => {
    const template = parseTemplate('{account}/{n}-А') as NumberTemplate;
    expect(renderNumber(template, { account: '7', period: '2026-10' }, 3)).toBe('7/3-А');
    expect(parseTemplate('{account}{n}')).toMatchObject({ parts: [{ token: 'account' }, { token: 'n' }] });
  });

  it('know no signs that only end like the ordinal', () => {
    expect(parseTemplate('{xn}{n}')).toContain('неизвестный знак шаблона {xn}');
  });

  it('have the old prefix only at their beginning', () => {
    expect(numberProblems('А-1', 'act')).toMatchObject([{ problem: 'doubt' }]);
    expect(numberProblems('БВА-1', 'act')).toEqual([]);
  });
});

describe('settling by payments', () => {
  const on = (day: string, sum: number) => ({ day, sum });
  const settled = (payments: ReturnType<typeof on>[], sums: number[], opening: number) =>
    settle(
      payments,
      sums.map((sum) => on('2026-10-31', sum)),
      '2026-10',
      opening,
    ).map((shares) => shares.map(({ payment, sum }) => [payment, sum]));

  it('counts a payment of the first day to the period', () => {
    expect(settled([on('2026-10-01', 100)], [100], 0)).toEqual([[[0, 100]]]);
    expect(settled([on('2026-10-01', 100)], [100], -40)).toEqual([[[0, 60]]]);
  });

  it('leaves to the balance what was given back before the period', () => {
    expect(settled([on('2026-09-10', 100), on('2026-09-20', -30)], [50], 50)).toEqual([[[0, 50]]]);
  });

  it('gives the nameless money once', () => {
    expect(settled([on('2026-10-05', 100)], [150, 100], 200)).toEqual([[], [[0, 50]]]);
  });

  it('stands in the documents that have it', () => {
    const payments = [{ number: '5', date: '2026-10-01', sum: 1 }];
    expect(paymentsOf({ record: 'vat-invoice', payments } as unknown as Document)).toBe(payments);
    expect(paymentsOf({ record: 'vat-invoice' } as Document)).toEqual([]);
    expect(paymentsOf({ record: 'act' } as Document)).toEqual([]);
  });
});

describe('documents with what they name', () => {
  const card = (record: string, uuid: string) => ({ record, uuid }) as unknown as CanonicalRecord;
  const named = { contract: 'c', counterparty: 'b', number: 'А1', lines: [{ service: 's' }] };
  const act = { record: 'act', uuid: 'a', ...named } as unknown as CanonicalRecord;
  const cards = [
    card('organization', 'o'),
    card('counterparty', 'b'),
    card('contract', 'c'),
    card('service', 's'),
  ];

  it('are given back with the records that came before', () => {
    const collect = createSourceCollector();
    expect(cards.map(collect)).toEqual([undefined, undefined, undefined, undefined]);
    const [organization, counterparty, contract, service] = cards;
    const lines = [{ line: { service: 's' }, service }];
    expect(collect(act)).toEqual({ document: act, organization, counterparty, contract, lines });
  });

  it.each([
    ['организации', 0],
    ['контрагента', 1],
    ['договора', 2],
    ['услуги', 3],
  ])('are refused without their %s', (what, missing) => {
    const collect = createSourceCollector();
    for (const [index, one] of cards.entries()) if (index !== missing) collect(one);
    expect(() => collect(act)).toThrow(new UnresolvedRecord(`для документа № А1 нет ${what}`));
  });
});
