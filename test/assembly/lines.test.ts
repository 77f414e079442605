import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/model/types.ts';
import { accrual, act, assemble, charge, line, month, type Row, settings, type Tables } from './month.ts';

const NONE = undefined as never;

/** One act with these lines; what became of them. */
async function actOf(
  sum: string,
  document_lines: readonly Row[] | undefined,
  more = '',
  tables: Tables = {},
) {
  const made = await assemble(
    month({ documents: [act(1, 1, sum)], document_lines: document_lines ?? NONE, accruals: NONE, ...tables }),
    { config: settings(more) },
  );
  return { ...made, lines: made.documents[0]?.lines as Line[], rows: made.results[0]?.documents[0]?.lines };
}

describe('lines of the document', () => {
  it('stand in the order of line_no, else of the rows', async () => {
    const { lines } = await actOf('60,00', [
      line(1, '10,00', { line_no: 3 }),
      line(1, '20,00', { line_no: 1 }),
      line(1, '30,00', { line_no: 2 }),
    ]);
    expect(lines.map(({ sum }) => sum)).toEqual([2000, 3000, 1000]);
    const plain = await actOf('60,00', [line(1, '10,00'), line(1, '20,00'), line(1, '30,00')]);
    expect(plain.lines.map(({ sum }) => sum)).toEqual([1000, 2000, 3000]);
  });

  it('belong to an invoice where they do not say to what', async () => {
    expect((await actOf('10,00', [line(1, '10,00', { kind: '' })])).lines).toHaveLength(1);
  });

  it('must add up to the document: both numbers are shown', async () => {
    const { leftOut, of } = await actOf('60,00', [line(1, '10,00'), line(1, '50,10')]);
    expect(leftOut.map(({ codes }) => codes)).toEqual([['BG1C-LINES-TOTAL']]);
    expect(of('BG1C-LINES-TOTAL')[0]!.message).toContain(
      'сумма строк 60,10, сумма документа 60,00, разница 0,10',
    );
  });

  it('have the title of their service where they have none, and the period', async () => {
    const { lines } = await actOf('10,00', [line(1, '10,00', { service_title: '', sid: 21 })]);
    expect(lines[0]!.content).toBe('Выделенный IP-адрес за октябрь 2026 г.');
  });

  it('keep the period where the title is longer than 1C’s field', async () => {
    const { lines } = await actOf('10,00', [line(1, '10,00', { service_title: 'у'.repeat(1200) })]);
    expect(lines[0]!.content).toHaveLength(1000);
    expect(lines[0]!.content).toMatch(/у за октябрь 2026 г\.$/);
  });

  it.each([
    ['a service that is nowhere', line(1, '10,00', { sid: 99 }), 'BG1C-SERVICE-MISSING'],
    ['no service', line(1, '10,00', { sid: '' }), 'BG1C-VALUE-REQUIRED'],
    ['a sum that does not read', line(1, '1О,00'), 'BG1C-VALUE-DECIMAL'],
    ['no sum', line(1, ''), 'BG1C-VALUE-REQUIRED'],
    ['a sum of more digits', line(1, '10,001'), 'BG1C-VALUE-DIGITS'],
    ['a sum that 1C does not hold', line(1, '10000000000000,00'), 'BG1C-VALUE-RANGE'],
    ['a quantity that 1C does not hold', line(1, '10,00', { qty: '1000000000000' }), 'BG1C-VALUE-RANGE'],
    ['a quantity that does not read', line(1, '10,00', { qty: 'один' }), 'BG1C-VALUE-DECIMAL'],
    ['a rate of the past', line(1, '10,00', { vat_rate: '18 %' }), 'BG1C-LINE-RATE-UNKNOWN'],
    ['VAT below nothing', line(1, '10,00', { vat_sum: '-1,00' }), 'BG1C-LINE-VAT-IMPOSSIBLE'],
    ['more VAT than money', line(1, '10,00', { vat_sum: '10,01' }), 'BG1C-LINE-VAT-IMPOSSIBLE'],
    [
      'VAT where there is none',
      line(1, '10,00', { vat_rate: 'без НДС', vat_sum: '1,80' }),
      'BG1C-LINE-VAT-IMPOSSIBLE',
    ],
  ])('leave the document out for %s', async (_, one, code) => {
    const { leftOut, documents } = await actOf('10,00', [one]);
    expect(documents).toEqual([]);
    expect(leftOut[0]!.codes).toContain(code);
  });

  it('leave the document out where they are only too large together', async () => {
    const { documents, leftOut } = await actOf('0,01', [
      line(1, '10000000000000,01'),
      line(1, '-10000000000000,00'),
    ]);
    expect(documents).toEqual([]);
    expect(leftOut[0]!.codes).toEqual(['BG1C-VALUE-RANGE']);
  });

  it('of a service that stands twice leave it out', async () => {
    const { leftOut } = await actOf('10,00', [line(1, '10,00')], '', {
      services: [
        { sid: 20, title: 'А' },
        { sid: 20, title: 'Б' },
      ],
    });
    expect(leftOut[0]!.codes).toEqual(['BG1C-ROW-TWICE']);
  });

  it('without a document are named', async () => {
    const { of } = await actOf('10,00', [
      line(1, '10,00'),
      line(77, '5,00'),
      line(1, '5,00', { kind: 'bill' }),
    ]);
    expect(of('BG1C-LINE-ORPHAN').map(({ message }) => message)).toEqual([
      expect.stringContaining('invoice 77'),
      expect.stringContaining('bill 1'),
    ]);
  });

  it('of a document whose row does not read are not named beside it', async () => {
    const { of } = await actOf('10,00', [line(1, '10,00'), line(77, '5,00')], '', {
      documents: [act(1, 1, '10,00'), { ...act(77, 1, '5,00'), cid: 'x' }],
    });
    expect(of('BG1C-LINE-ORPHAN')).toEqual([]);
  });
});

describe('quantity and price', () => {
  it.each([
    ['as they are', { qty: '3', price: '150,00' }, '450,00', [3000, 15000], []],
    ['with a fraction, rounded to the kopeck', { qty: '412,5', price: '0,62' }, '255,75', [412500, 62], []],
    ['where one is given', { qty: '2' }, '3050,00', [2000, 152500], []],
    ['one of one', { qty: '1', price: '999,00' }, '450,00', [1000, 45000], []],
    ['none of them', {}, '450,00', [1000, 45000], []],
    [
      'a price finer than a kopeck',
      { qty: '100', price: '0,485' },
      '48,50',
      [1000, 4850],
      ['BG1C-LINE-PRICE'],
    ],
    ['a sum that does not divide', { qty: '3' }, '100,00', [1000, 10000], ['BG1C-LINE-PRICE']],
    ['a quantity below nothing', { qty: '-2', price: '5,00' }, '10,00', [1000, 1000], ['BG1C-LINE-PRICE']],
    [
      'a product that is not the sum',
      { qty: '3', price: '150,00' },
      '451,00',
      [1000, 45100],
      ['BG1C-LINE-PRODUCT'],
    ],
  ])('%s', async (_, given, sum, [quantity, price], codes) => {
    const { lines, codes: found } = await actOf(sum, [line(1, sum, given)]);
    expect(lines[0]).toMatchObject({ quantity, price });
    expect(found.filter((code) => code.startsWith('BG1C-LINE-P'))).toEqual(codes);
  });

  it('are exact at sums where a float is not', async () => {
    const { lines, codes } = await actOf('9999999999999,99', [
      line(1, '9999999999999,99', { qty: '3', price: '3333333333333,33' }),
    ]);
    expect(lines[0]).toMatchObject({ quantity: 3000, price: 333333333333333 });
    expect(codes).not.toContain('BG1C-LINE-PRODUCT');
    expect(lines[0]!.vat).toBe(180327868852459);
  });
});

describe('rates', () => {
  const OVERRIDES = `vat:
  overrides:
    - { organization: bashnet, rate: 5 }
    - { service: '21', rate: 10 }
    - { contract: '1', service: '60', rate: none }
    - { service: '20', rate: 7, from: 2026-11-01 }
`;

  it('of the export count, and a difference to the settings is said', async () => {
    const { lines, of } = await actOf('122,00', [line(1, '122,00', { vat_rate: '20 %' })]);
    expect(lines[0]).toMatchObject({ rate: 20, vat: 2033 });
    expect(of('BG1C-LINE-RATE')[0]!.message).toContain(
      'ставка в выгрузке 20 %, по настройкам на 31.10.2026 — 22 %',
    );
  });

  it.each([
    ['20', 5],
    ['21', 10],
    ['60', 'none'],
  ])('service %s: %s by the nearest exception', async (sid, rate) => {
    const { lines } = await actOf('100,00', [line(1, '100,00', { sid })], OVERRIDES);
    expect(lines[0]!.rate).toBe(rate);
  });

  it('follow the end of the period, not the date of the document', async () => {
    const december = { yy: 2025, mm: 12, create_dt: '2026-01-12' };
    const { lines } = await actOf('120,00', undefined, 'lines: { fallback: Связь }\n', {
      documents: [act(1, 1, '120,00', december)],
    });
    expect(lines[0]).toMatchObject({ rate: 20, vat: 2000 });
  });

  it('keep the VAT of the export, and say when it is not what is computed', async () => {
    const { documents, of } = await actOf('122,00', [line(1, '122,00', { vat_sum: '22,01' })]);
    expect(documents[0]).toMatchObject({ vat: 2201 });
    expect(of('BG1C-LINE-VAT')[0]!.message).toContain('НДС в выгрузке 22,01, по расчёту 22,00');
  });

  it('go on top where the sums of the billing are without VAT', async () => {
    const { documents, lines, codes } = await actOf(
      '122,00',
      [line(1, '100,00')],
      'vat: { included: false }\n',
      { accruals: [accrual(1, '100,00')] },
    );
    expect(documents[0]).toMatchObject({ sum: 12200, vat: 2200 });
    expect(lines[0]).toMatchObject({ sum: 12200, price: 12200, vat: 2200 });
    expect(codes).not.toContain('BG1C-ACCRUALS-TOTAL');
  });
});

describe('negative and zero lines', () => {
  const rows = [
    line(1, '100,00', { line_no: 1 }),
    line(1, '0,00', { line_no: 2, sid: 21 }),
    line(1, '-30,00', { line_no: 3, sid: 60, service_title: 'Перерасчёт' }),
  ];

  it('are folded and dropped, and each is said', async () => {
    const { lines, rows: places, of, documents } = await actOf('70,00', rows);
    expect(lines).toEqual([expect.objectContaining({ sum: 7000, price: 7000, quantity: 1000, vat: 1262 })]);
    expect(places).toEqual([{ document_lines: [2, 4] }]);
    expect(documents[0]!.vat).toBe(1262);
    expect(of('BG1C-LINE-FOLDED')[0]!.message).toContain(
      'строка «Перерасчёт за октябрь 2026 г.» на -30,00 вычтена из строки «Доступ в Интернет',
    );
    expect(of('BG1C-LINE-ZERO')).toHaveLength(1);
  });

  it('leave the document out where the settings want it', async () => {
    const { leftOut } = await assemble(month({ documents: [act(1, 1, '70,00')], document_lines: rows }), {
      config: { ...settings(), documents: { ...settings().documents, negativeLines: 'leave-out' } },
    });
    expect(leftOut[0]!.codes).toEqual(['BG1C-LINE-NEGATIVE']);
  });

  it('leave it out where no line of their rate can take them', async () => {
    const { leftOut } = await actOf('70,00', [line(1, '100,00'), line(1, '-30,00', { vat_rate: 'без НДС' })]);
    expect(leftOut[0]!.codes).toEqual(['BG1C-LINE-NEGATIVE']);
  });
});

describe('lines of accruals and charges', () => {
  const types = "charges: { types: { '10': sale, '11': ignore } }\n";

  it('stand for a document without lines when they add up exactly: one a service, by its id', async () => {
    const accruals = [
      accrual(1, '5,00', { sid: 60 }),
      accrual(1, '70,00', { sid: 21 }),
      accrual(1, '20,00'),
      accrual(1, '10,00'),
    ];
    const { lines, rows, faults } = await actOf('105,00', undefined, '', { accruals });
    expect(lines.map(({ sum, quantity, price }) => [sum, quantity, price])).toEqual([
      [3000, 1000, 3000],
      [7000, 1000, 7000],
      [500, 1000, 500],
    ]);
    expect(rows).toEqual([{ accruals: [4, 5] }, { accruals: [3] }, { accruals: [2] }]);
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('do not depend on the order of accruals', async () => {
    const accruals = [accrual(1, '5,00', { sid: 60 }), accrual(1, '70,00', { sid: 21 }), accrual(1, '30,00')];
    const one = await actOf('105,00', undefined, '', { accruals });
    const other = await actOf('105,00', undefined, '', { accruals: [...accruals].reverse() });
    expect(other.documents).toEqual(one.documents);
  });

  it('take in charges that are sales; a payback counts against', async () => {
    const charges = [
      charge(1, 1, 10, '25,00'),
      charge(2, 1, 10, '5,00', { payback: 1 }),
      charge(3, 1, 11, '900,00'),
    ];
    const { lines, rows, results, codes } = await actOf('120,00', undefined, types, {
      accruals: [accrual(1, '100,00')],
      charges,
    });
    expect(lines.map(({ sum, content }) => [sum, content])).toEqual([
      [10000, 'Доступ в Интернет за октябрь 2026 г.'],
      [2000, 'Подключение за октябрь 2026 г.'],
    ]);
    expect(rows![1]).toEqual({ charges: [2, 3] });
    expect(results[0]!.services.map(({ record, rows: from }) => [record.id, record.name, from])).toEqual([
      ['20', 'Доступ в Интернет', { services: [2] }],
      ['charge-10', 'Подключение', { charges: [2] }],
    ]);
    expect(codes).not.toContain('BG1C-ACCRUALS-TOTAL');
  });

  it('go without the charges where the accruals alone add up', async () => {
    const { lines } = await actOf('100,00', undefined, types, {
      accruals: [accrual(1, '100,00')],
      charges: [charge(1, 1, 10, '25,00')],
    });
    expect(lines.map(({ sum }) => sum)).toEqual([10000]);
  });

  it('else one line is allowed, or not', async () => {
    const tables = { accruals: [accrual(1, '99,99')] };
    const refused = await actOf('100,00', undefined, '', tables);
    expect(refused.leftOut[0]!.codes).toEqual(['BG1C-LINES-UNKNOWN']);
    const { lines, of, results } = await actOf(
      '100,00',
      undefined,
      'lines: { fallback: "Связь за {month} {year}" }\n',
      tables,
    );
    expect(lines).toEqual([
      expect.objectContaining({
        content: 'Связь за октябрь 2026',
        sum: 10000,
        quantity: 1000,
        rate: 22,
        vat: 1803,
      }),
    ]);
    expect(of('BG1C-LINES-FALLBACK')[0]!.message).toContain('начисления дают 99,99');
    expect(results[0]!.services.map(({ record }) => [record.id, record.name])).toEqual([
      ['fallback', 'Услуги связи'],
    ]);
  });
});

describe('services', () => {
  it('have the names and units of the settings', async () => {
    const { results } = await actOf(
      '10,00',
      [line(1, '10,00')],
      "services: { unit: '642', map: { '20': { name: Интернет, fullName: Доступ, unit: '796' } } }\n",
    );
    expect(results[0]!.services[0]!.record).toMatchObject({
      id: '20',
      name: 'Интернет',
      fullName: 'Доступ',
      unit: '796',
    });
  });

  it('with a title longer than 1C’s fields are cut, and it is said', async () => {
    const { results, codes } = await actOf('10,00', [line(1, '10,00')], '', {
      services: [{ sid: 20, title: 'у'.repeat(1500) }],
    });
    const { name, fullName } = results[0]!.services[0]!.record;
    expect([name.length, fullName.length]).toEqual([100, 1000]);
    expect(codes).toContain('BG1C-NAME-CUT');
  });
});
