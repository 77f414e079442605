import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lastDigits,
  mapNumber,
  NUMBER_LIMIT,
  numberProblems,
  printedNumber,
} from '../../src/model/numbering.ts';
import { DOCUMENT_KINDS } from '../../src/model/types.ts';

/** Numbers and what НомерНаПечать makes of them (facts: БП 3.0 §5). */
const PRINTED = [
  ['0000-000123', 5, '123'],
  ['00БП-000123', 5, '123'],
  ['0000-А000012', 5, 'А12'],
  ['2026-001', 5, '1'],
  ['12-00045', 3, '45'],
  ['BG-00123', 3, '123'],
  ['BG-12-001', 3, '12-001'],
  ['10-1046', 3, '1046'],
] as const;

describe('printing rule', () => {
  it.each(PRINTED)('«%s»: dash at %i, printed «%s»', (number, position, printed) => {
    const [found] = numberProblems(number, 'vat-invoice').filter(({ problem }) => problem === 'print');
    expect(found).toEqual({ problem: 'print', position, printed });
  });

  it.each(['BGB-00123', '1-1', '12345-6', 'А10/1045', '501/10', '1045', '100245-6A-1', '123456789-1'])(
    '«%s» is printed as it stands',
    (number) => {
      expect(numberProblems(number, 'vat-invoice').filter(({ problem }) => problem === 'print')).toEqual([]);
    },
  );

  it('looks at the first dash only', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9А-Я/]{0,6}$/),
        fc.stringMatching(/^[0-9-]{0,4}$/),
        (before, after) => {
          const found = numberProblems(`${before}-${after}`, 'bill').some(
            ({ problem }) => problem === 'print',
          );
          expect(found).toBe(before.length === 2 || before.length === 4);
        },
      ),
    );
  });

  it.each(['0045', 'А-45', '-45', 'СФ045', 'АКТ/0012'])('«%s» is doubtful', (number) => {
    expect(numberProblems(number, 'act')).toEqual([expect.objectContaining({ problem: 'doubt' })]);
  });

  it.each(['45', 'А45', 'СФ10', 'А/1001', '1'])('«%s» is clear', (number) => {
    expect(numberProblems(number, 'act').filter(({ problem }) => problem === 'doubt')).toEqual([]);
  });
});

describe('length', () => {
  it('is 11 characters, for a VAT invoice 12, for an УПД the smaller of its two', () => {
    expect(NUMBER_LIMIT).toEqual({ bill: 11, act: 11, 'vat-invoice': 12, upd: 11 });
  });

  it.each(DOCUMENT_KINDS)('a number of %s fits up to its limit and not beyond', (kind) => {
    const limit = NUMBER_LIMIT[kind];
    expect(numberProblems('1'.repeat(limit), kind)).toEqual([]);
    expect(numberProblems('1'.repeat(limit + 1), kind)).toEqual([{ problem: 'length', limit }]);
  });

  it('names a missing number and nothing else', () => {
    expect(numberProblems('', 'act')).toEqual([{ problem: 'missing' }]);
  });

  it('says both when a number is too long and printed otherwise', () => {
    expect(numberProblems('2026-00000123', 'act').map(({ problem }) => problem)).toEqual(['length', 'print']);
  });
});

describe('mapNumber', () => {
  const rules = [
    { kind: 'act' as const, match: /^АКТ-(\d+)$/u, to: 'А/$1' },
    { match: /^СЧ-2026-0*(\d+)$/u, to: '$1' },
    { match: /^СЧ-/u, to: 'никогда/' },
  ];

  it('takes the first rule that matches the number and the kind', () => {
    expect(mapNumber('АКТ-17', 'act', rules)).toBe('А/17');
    expect(mapNumber('АКТ-17', 'bill', rules)).toBe('АКТ-17');
    expect(mapNumber('СЧ-2026-00045', 'bill', rules)).toBe('45');
    expect(mapNumber('СЧ-2026-00045', 'act', rules)).toBe('45');
    expect(mapNumber('1045', 'act', rules)).toBe('1045');
  });

  it('leaves every number alone without rules', () => {
    fc.assert(
      fc.property(fc.string(), (number) => {
        expect(mapNumber(number, 'act', [])).toBe(number);
      }),
    );
  });

  it('gives the same answer again and again', () => {
    const answers = Array.from({ length: 3 }, () => mapNumber('АКТ-17', 'act', rules));
    expect(new Set(answers).size).toBe(1);
  });
});

describe('lastDigits', () => {
  it.each([
    ['СФ-00300', '300'],
    ['А10/1045', '1045'],
    ['1045', '1045'],
    ['1045/Б', '1045'],
    ['000', '0'],
    ['без номера', undefined],
    ['', undefined],
  ])('«%s»: %s', (number, digits) => {
    expect(lastDigits(number)).toBe(digits);
  });
});

describe('a number as 1C prints it', () => {
  it.each([
    ['0000-000017', '17'],
    ['00БП-000123', '123'],
    ['0000-А000012', 'А12'],
    ['12-00045', '45'],
    ['BGB-00123', 'BGB-00123'],
    ['100245/6A-1', '100245/6A-1'],
  ])('%s → %s', (number, shown) => {
    expect(printedNumber(number)).toBe(shown);
  });
});
