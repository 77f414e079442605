import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberProblems } from '../../src/model/numbering.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../src/model/types.ts';
import { createNumberRegister, numberFaults } from '../../src/rules/numbers.ts';

const faultsOf = (number: string, kind: DocumentKind = 'act') =>
  numberFaults(number, kind, 'invoice:17', { path: 'documents.csv:2' });

describe('numberFaults', () => {
  it('says nothing of a good number', () => {
    expect(faultsOf('А10/1045')).toEqual([]);
  });

  it.each([
    ['', 'BG1C-NUMBER-MISSING', 'invoice:17'],
    ['А10/10450001', 'BG1C-NUMBER-LENGTH', '12 знаков, а в 1С помещается 11'],
    ['10-1046', 'BG1C-NUMBER-PRINT', 'на 3-м месте 1С напечатает «1046»'],
    ['2610-502', 'BG1C-NUMBER-PRINT', 'на 5-м месте 1С напечатает «502»'],
    ['0045', 'BG1C-NUMBER-PRINT-DOUBT', 'начинается с нуля'],
  ])('«%s»: %s', (number, code, words) => {
    const [found, ...rest] = faultsOf(number);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ code, paths: ['documents.csv:2'] });
    expect(found!.message).toContain(words);
  });

  it('proposes nothing that would be refused again', () => {
    const numbers = fc.stringMatching(/^[А-Я]{0,3}[/-]?[0-9]{0,6}[/-]?[0-9]{0,4}-?[0-9]{0,8}$/);
    fc.assert(
      fc.property(numbers, fc.constantFrom(...DOCUMENT_KINDS), (number, kind) => {
        for (const { remedy } of faultsOf(number, kind)) {
          const proposed = /to: "([^"]*)"/.exec(remedy)?.[1];
          if (proposed === undefined) continue;
          const refused = numberProblems(proposed, kind).filter(({ problem }) => problem !== 'doubt');
          expect(refused, `${number} → ${proposed}`).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('register of numbers', () => {
  const register = () => {
    const numbers = createNumberRegister();
    return (number: string, kind: DocumentKind, date = '2026-10-31', key = 'invoice:1') =>
      numbers.take(number, kind, date, key, {})?.message;
  };

  it('gives a number once a year for each kind', () => {
    const take = register();
    expect(take('1', 'act', '2026-10-31', 'invoice:1')).toBeUndefined();
    expect(take('1', 'act', '2026-01-01', 'invoice:2')).toBe(
      'Номер «1» (акт) за 2026 год уже занят документом invoice:1',
    );
    expect(take('1', 'act', '2027-01-01')).toBeUndefined();
    expect(take('1', 'bill')).toBeUndefined();
    expect(take('1', 'vat-invoice')).toBeUndefined();
    expect(take('01', 'act')).toBeUndefined();
  });

  it('takes two numbers for an УПД: an act’s and a VAT invoice’s', () => {
    const take = register();
    expect(take('1', 'upd')).toBeUndefined();
    expect(take('1', 'act')).toContain('(акт)');
    expect(take('1', 'vat-invoice')).toContain('(счёт-фактура)');
    expect(take('1', 'bill')).toBeUndefined();
  });

  it('takes neither of the two where one is taken', () => {
    const take = register();
    take('1', 'vat-invoice', '2026-10-31', 'invoice:9');
    expect(take('1', 'upd')).toContain('invoice:9');
    expect(take('1', 'act')).toBeUndefined();
  });
});
