import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';
import { type MonthCopy, monthCopy } from './sample-month.ts';

/** Numbers of ours have no gaps: a document that is left out draws none (design §4). */

const PASSPORT = JSON.parse(readFileSync(shipped('samples/receipts/base.json'), 'utf8')) as {
  infobase: { id: string; connection: string };
};
const TEMPLATE = '{yy}{mm}/{n}';

/** УПД of a build, by UUID. */
async function numbersOf({ build }: MonthCopy): Promise<Map<string, string>> {
  const numbers = new Map<string, string>();
  const built = await build({
    observe: (_, record) => {
      if (record.record === 'upd') numbers.set(record.uuid, record.number);
    },
  });
  expect(built.packages).toHaveLength(1);
  return numbers;
}

function expectNoGaps(numbers: ReadonlyMap<string, string>): void {
  const counted = [...numbers.values()].map((number) => Number(number.slice('2610/'.length)));
  expect(counted.sort((a, b) => a - b)).toEqual(Array.from(counted, (_, index) => index + 1));
}

describe('one counter for all contracts', () => {
  it('passes over documents with a rate that the base does not know; later they go on from there', async () => {
    const one = monthCopy('accrual', ({ onec, numbering, vat }) => {
      const { id, connection } = PASSPORT.infobase;
      onec.infobase = { id, connection: [connection] };
      for (const kind of ['bill', 'act', 'upd'] as const) numbering.template[kind] = TEMPLATE;
      // Some contracts without tax between those that have it.
      for (const contract of ['3402', '3406', '3408']) vat.overrides.push({ contract, rate: 'none' });
    });
    const lay = (vatRates: unknown[]): void => {
      mkdirSync(one.config.exchange.dir, { recursive: true });
      writeFileSync(join(one.config.exchange.dir, 'base.json'), JSON.stringify({ ...PASSPORT, vatRates }));
    };
    lay([20, 18, 10, 0, 'none']);
    const first = await numbersOf(one);
    expect(first.size).toBeGreaterThan(1);
    expectNoGaps(first);
    lay([22, 20, 10, 0, 'none']);
    const second = await numbersOf(one);
    expect(second.size).toBeGreaterThan(first.size);
    expectNoGaps(second);
    for (const [uuid, number] of first) expect(second.get(uuid)).toBe(number);
  });

  it('passes over a pair of two dates, which makes no УПД', async () => {
    const month = (): MonthCopy =>
      monthCopy('october-2026', ({ documents, numbering }) => {
        documents.upd = true;
        numbering.by = 'own';
        for (const kind of ['bill', 'act', 'upd'] as const) numbering.template[kind] = TEMPLATE;
      });
    const other = month();
    const path = join(other.input, 'documents.csv');
    const text = readFileSync(path, 'latin1');
    const invoice = text.split('\n').find((line) => line.split(';')[3] === '3')!;
    expect(invoice).toContain(';2026-10-31;');
    writeFileSync(path, text.replace(invoice, invoice.replace(';2026-10-31;', ';2026-10-30;')), 'latin1');
    const whole = await numbersOf(month());
    const numbers = await numbersOf(other);
    expect(numbers.size).toBe(whole.size - 1);
    expectNoGaps(numbers);
  });
});
