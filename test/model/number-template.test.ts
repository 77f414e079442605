import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  counterOf,
  type NumberTemplate,
  parseTemplate,
  proposeTemplate,
  renderNumber,
} from '../../src/model/number-template.ts';
import { numberProblems } from '../../src/model/numbering.ts';

const template = (text: string): NumberTemplate => {
  const parsed = parseTemplate(text);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};
const october = { account: '100245', period: '2026-10' };

describe('number templates', () => {
  it.each([
    ['{account}-{y}{m36}-{n}', 1, '100245-6A-1'],
    ['{account}-{yyyy}{mm}-{n:2}', 7, '100245-202610-07'],
    ['{account}/{yy}{mm}/{n}', 12, '100245/2610/12'],
    ['АКТ{n:3}', 5, 'АКТ005'],
  ])('%s with ordinal %i gives %s', (text, ordinal, number) => {
    expect(renderNumber(template(text), october, ordinal)).toBe(number);
  });

  it('spells the months 1 to 9, A, B, C', () => {
    const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
    const spelled = months.map(
      (month) => renderNumber(template('{m36}{n}'), { account: '1', period: `2026-${month}` }, 1)[0],
    );
    expect(spelled.join('')).toBe('123456789ABC');
  });

  it.each([['{account}-{mm}'], ['{n}{n}'], ['{account}{x}{n}'], ['{n:0}'], ['{n:10}']])(
    'refuses %s in Russian',
    (text) => {
      expect(parseTemplate(text)).toMatch(/[а-я]/);
    },
  );

  it('counts by everything but the ordinal', () => {
    const own = template('{account}-{y}{m36}-{n}');
    expect(counterOf(own, october)).toBe('100245-6A-{n}');
    expect(counterOf(template('{yy}/{n}'), october)).toBe(
      counterOf(template('{yy}/{n}'), { ...october, account: '2' }),
    );
  });

  it('proposes a template that 1C holds and prints whole, for every account it can', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999 }),
        fc.constantFrom('act', 'vat-invoice', 'upd', 'bill'),
        (account, kind) => {
          const text = proposeTemplate(String(account), kind as 'act');
          expect(text).toBeDefined();
          const number = renderNumber(template(text!), { account: String(account), period: '2026-10' }, 9);
          expect(numberProblems(number, kind as 'act')).toEqual([]);
        },
      ),
    );
  });

  it.each([
    ['100245', '{account}-{y}{m36}-{n}'],
    ['1002', '{account}/{y}{m36}-{n}'],
    ['7', '{account}-{yyyy}{mm}-{n}'],
    ['1002456', '{account}/{y}{m36}{n}'],
    ['10024567', '{account}-{m36}{n}'],
    ['1002456789', undefined],
  ])('for account %s proposes %s', (account, expected) => {
    expect(proposeTemplate(account, 'act')).toBe(expected);
  });
});
