import { type Kopecks, proportion } from '../../model/money.ts';
import type { XmlElement } from '../../schema/read-elements.ts';
import { parseDecimal } from '../../support/decimal.ts';

/** An amount of a file that does not follow from its other amounts. */
export interface WrongAmount {
  /**
   * `sum`: a total or a line that does not add up; `tax`: tax that the rate does not give; `kind`: a sum of tax where
   * the rate has none, or none where it has one.
   */
  problem: 'sum' | 'tax' | 'kind';
  /** `ТаблСчФакт/СведТов[2]` */
  path: string;
  line: number;
  /** What was compared, in Russian. */
  what: string;
  expected: Kopecks;
  found: Kopecks;
}

/** Lines round each for themselves: the tax of one may differ by this from the rate of its cost. */
const TOLERANCE = 1;

interface Amounts {
  net?: Kopecks | undefined;
  gross?: Kopecks | undefined;
  /** Undefined where the file says «без НДС». */
  tax?: Kopecks | undefined;
}

const AGENT = 'НДС исчисляется налоговым агентом';

/** Checks that no rule of ФНС makes: lines add up to the totals, cost + tax = cost with tax, tax follows from the rate. */
export function wrongAmounts(file: XmlElement): WrongAmount[] {
  const table = childNamed(childNamed(file, 'Документ'), 'ТаблСчФакт');
  const total = childNamed(table, 'ВсегоОпл');
  if (!table || !total) return [];
  const lines = table.children.filter(({ name }) => name === 'СведТов');
  const found: WrongAmount[] = [];
  const read = lines.map((line, index) => {
    const path = `ТаблСчФакт/СведТов${index > 0 ? `[${index + 1}]` : ''}`;
    const amounts = amountsOf(line, '', childNamed(line, 'СумНал'));
    checkSum(amounts, line, path, found);
    checkTax(amounts, line, path, found);
    return amounts;
  });
  const totals = amountsOf(total, 'Всего', childNamed(total, 'СумНалВсего'));
  checkSum(totals, total, 'ТаблСчФакт/ВсегоОпл', found);
  checkTotals(read, totals, total, found);
  return found;
}

function amountsOf(element: XmlElement, suffix: string, tax: XmlElement | undefined): Amounts {
  return {
    net: kopecks(element.attributes[`СтТовБезНДС${suffix}`]),
    gross: kopecks(element.attributes[`СтТовУчНал${suffix}`]),
    tax: kopecks(childNamed(tax, 'СумНал')?.text),
  };
}

function checkSum(
  { net, gross, tax = 0 }: Amounts,
  { line }: XmlElement,
  path: string,
  found: WrongAmount[],
): void {
  if (net === undefined || gross === undefined || net + tax === gross) return;
  const what = 'стоимость без налога и налог против стоимости с налогом';
  found.push({ problem: 'sum', path, line, what, expected: net + tax, found: gross });
}

function checkTax({ net, gross, tax }: Amounts, line: XmlElement, path: string, found: WrongAmount[]): void {
  const rate = line.attributes.НалСт ?? '';
  if (rate === AGENT || (gross === undefined && net === undefined)) return;
  const expected = taxBy(rate, net, gross);
  if (expected === undefined || tax === undefined) {
    if (expected === tax) return;
    const what = `ставка «${rate}», а сумма налога ${tax === undefined ? 'не указана' : 'указана'}`;
    found.push({ problem: 'kind', path, line: line.line, what, expected: expected ?? 0, found: tax ?? 0 });
  } else if (Math.abs(expected - tax) > TOLERANCE)
    found.push({
      problem: 'tax',
      path,
      line: line.line,
      what: `налог по ставке ${rate}`,
      expected,
      found: tax,
    });
}

/** «22%» is a share of the net cost, «22/122» of the gross one; undefined: no tax («без НДС» is no number). */
function taxBy(rate: string, net: Kopecks | undefined, gross: Kopecks | undefined): Kopecks | undefined {
  const [share, of] = rate.split('/');
  const percent = parseDecimal(share!.replace('%', ''), 2);
  if (!percent.ok) return undefined;
  if (of !== undefined) return gross === undefined ? 0 : proportion(gross, Number(share), Number(of));
  const whole = 100 * 100;
  return net === undefined
    ? proportion(gross!, percent.value, whole + percent.value)
    : proportion(net, percent.value, whole);
}

const TOTALS = {
  net: 'стоимость без налога всего',
  tax: 'сумма налога всего',
  gross: 'стоимость с налогом всего',
} as const;

function checkTotals(
  lines: readonly Amounts[],
  totals: Amounts,
  { line }: XmlElement,
  found: WrongAmount[],
): void {
  for (const key of ['net', 'tax', 'gross'] as const) {
    const given = key === 'tax' ? (totals.tax ?? 0) : totals[key];
    const complete = key === 'tax' || lines.every((one) => one[key] !== undefined);
    const sum = lines.reduce((all, one) => all + (one[key] ?? 0), 0);
    if (given === undefined || !complete || sum === given) continue;
    found.push({
      problem: 'sum',
      path: 'ТаблСчФакт/ВсегоОпл',
      line,
      what: TOTALS[key],
      expected: sum,
      found: given,
    });
  }
}

function kopecks(text: string | undefined): Kopecks | undefined {
  const parsed = text === undefined ? undefined : parseDecimal(text, 2);
  return parsed?.ok ? parsed.value : undefined;
}

function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}
