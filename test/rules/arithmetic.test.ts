import { expect, it } from 'vitest';
import { wrongAmounts } from '../../src/rules/upd/arithmetic.ts';
import { parseElement } from '../../src/schema/read-elements.ts';

const TAX = '<СумНал><СумНал>22.00</СумНал></СумНал>';
const NONE = '<СумНал><БезНДС>без НДС</БезНДС></СумНал>';

/** A line of a file: cost without tax, rate, cost with tax; a missing one is not written. */
function line(net: string | undefined, rate: string, gross: string | undefined, tax = TAX): string {
  const given = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` ${name}="${value}"`;
  return `<СведТов${given('СтТовБезНДС', net)} НалСт="${rate}"${given('СтТовУчНал', gross)}>${tax}</СведТов>`;
}

const taxed = (sum: string): string => `<СумНал><СумНал>${sum}</СумНал></СумНал>`;

function total(net: string, gross: string, tax: string | undefined): string {
  const of = tax === undefined ? '<БезНДС>без НДС</БезНДС>' : `<СумНал>${tax}</СумНал>`;
  return `<ВсегоОпл СтТовБезНДСВсего="${net}" СтТовУчНалВсего="${gross}"><СумНалВсего>${of}</СумНалВсего></ВсегоОпл>`;
}

function problems(lines: string, totals: string): string[] {
  const file = `<Файл><Документ><ТаблСчФакт>${lines}${totals}</ТаблСчФакт></Документ></Файл>`;
  return wrongAmounts(parseElement(file)).map(
    ({ problem, path, what, expected, found }) => `${problem} ${path}: ${what}: ${expected}, ${found}`,
  );
}

const GOOD = total('100.00', '122.00', '22.00');

it.each<[string, string, string]>([
  ['22 %', line('100.00', '22%', '122.00'), GOOD],
  ['22/122, told by the gross cost', line('100.00', '22/122', '122.00'), GOOD],
  ['22 % without a net cost', line(undefined, '22%', '122.00'), GOOD],
  ['22 % without a gross cost', line('100.00', '22%', undefined), GOOD],
  ['no tax', line('100.00', 'без НДС', '100.00', NONE), total('100.00', '100.00', undefined)],
  ['tax of an agent', line('100.00', 'НДС исчисляется налоговым агентом', '122.00'), GOOD],
  [
    'a kopeck more than the rate gives',
    line('100.00', '22%', '122.01', taxed('22.01')),
    total('100.00', '122.01', '22.01'),
  ],
  ['a kopeck less', line('100.00', '22%', '121.99', taxed('21.99')), total('100.00', '121.99', '21.99')],
  ['9,09 %', line('100.00', '9,09%', '109.09', taxed('9.09')), total('100.00', '109.09', '9.09')],
  [
    'two lines',
    line('100.00', '22%', '122.00') + line('100.00', '22%', '122.00'),
    total('200.00', '244.00', '44.00'),
  ],
  [
    'a line without a net cost beside one with it: their total is nobody’s sum',
    line('100.00', '22%', '122.00') + line(undefined, '22%', '122.00'),
    total('200.00', '244.00', '44.00'),
  ],
  [
    'a total without a net cost',
    line('100.00', '22%', '122.00'),
    GOOD.replace(' СтТовБезНДСВсего="100.00"', ''),
  ],
  ['no costs at all', line(undefined, '22%', undefined, NONE), total('0.00', '0.00', undefined)],
])('%s adds up', (_, lines, totals) => {
  expect(problems(lines, totals)).toEqual([]);
});

const COST = 'стоимость без налога и налог против стоимости с налогом';

it.each<[string, string, string, string[]]>([
  [
    'a gross cost that is not net and tax',
    line('100.00', '22%', '123.00'),
    total('100.00', '123.00', '22.00'),
    [`sum ТаблСчФакт/СведТов: ${COST}: 12200, 12300`, `sum ТаблСчФакт/ВсегоОпл: ${COST}: 12200, 12300`],
  ],
  [
    'two kopecks more than the rate gives, in the second line',
    line('100.00', '22%', '122.00') + line('100.00', '22%', '122.02', taxed('22.02')),
    total('200.00', '244.02', '44.02'),
    ['tax ТаблСчФакт/СведТов[2]: налог по ставке 22%: 2200, 2202'],
  ],
  [
    'two kopecks less, by the gross cost',
    line(undefined, '22/122', '122.00', taxed('21.98')),
    total('100.00', '121.98', '21.98').replace('121.98', '122.00').replace('100.00', '100.02'),
    ['tax ТаблСчФакт/СведТов: налог по ставке 22/122: 2200, 2198'],
  ],
  [
    'another tax than the rate gives, where only the net cost is told',
    line('100.00', '22%', undefined, taxed('20.00')),
    total('100.00', '120.00', '20.00'),
    ['tax ТаблСчФакт/СведТов: налог по ставке 22%: 2200, 2000'],
  ],
  [
    'tax where the rate has none',
    line('100.00', 'без НДС', '122.00'),
    GOOD,
    ['kind ТаблСчФакт/СведТов: ставка «без НДС», а сумма налога указана: 0, 2200'],
  ],
  [
    'no tax where the rate has one',
    line('100.00', '22%', '100.00', NONE),
    total('100.00', '100.00', undefined),
    ['kind ТаблСчФакт/СведТов: ставка «22%», а сумма налога не указана: 2200, 0'],
  ],
  [
    'totals of which none is the sum of the lines',
    line('100.00', '22%', '122.00'),
    total('90.00', '110.00', '20.00'),
    [
      'sum ТаблСчФакт/ВсегоОпл: стоимость без налога всего: 10000, 9000',
      'sum ТаблСчФакт/ВсегоОпл: сумма налога всего: 2200, 2000',
      'sum ТаблСчФакт/ВсегоОпл: стоимость с налогом всего: 12200, 11000',
    ],
  ],
  [
    'a rate that is not told, and a tax',
    line('100.00', '22%', '122.00').replace(' НалСт="22%"', ''),
    GOOD,
    ['kind ТаблСчФакт/СведТов: ставка «», а сумма налога указана: 0, 2200'],
  ],
  [
    'a share of a gross cost that is not told',
    line('100.00', '22/122', undefined),
    GOOD,
    ['tax ТаблСчФакт/СведТов: налог по ставке 22/122: 0, 2200'],
  ],
  [
    'a net cost that is not the gross one without tax: a share of the gross cost is told by the gross cost',
    line('50.00', '22/122', '122.00'),
    total('50.00', '122.00', '22.00'),
    [`sum ТаблСчФакт/СведТов: ${COST}: 7200, 12200`, `sum ТаблСчФакт/ВсегоОпл: ${COST}: 7200, 12200`],
  ],
  [
    'another tax in the total, although a line has none',
    line('100.00', '22%', '122.00') + line('10.00', 'без НДС', '10.00', NONE),
    total('110.00', '131.00', '21.00'),
    [
      'sum ТаблСчФакт/ВсегоОпл: сумма налога всего: 2200, 2100',
      'sum ТаблСчФакт/ВсегоОпл: стоимость с налогом всего: 13200, 13100',
    ],
  ],
  [
    'a tax that the total does not have',
    line(undefined, '22%', '122.00'),
    total('122.00', '122.00', undefined),
    ['sum ТаблСчФакт/ВсегоОпл: сумма налога всего: 2200, 0'],
  ],
])('%s is told', (_, lines, totals, expected) => {
  expect(problems(lines, totals)).toEqual(expected);
});

it('says nothing of a file without a table or a total', () => {
  expect(wrongAmounts(parseElement('<Файл/>'))).toEqual([]);
  expect(problems(line('1.00', '22%', '9.00'), '')).toEqual([]);
});
