import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/config/validate.ts';
import { load, MINIMAL } from './files.ts';

const SECOND = `  - { code: other, name: ИП Сафин Р. И., inn: '029900010106', firms: ['1'] }\n`;
const withSecond = (text: string): string => text.replace('source:', `${SECOND}source:`);
const withBank = (bank: string): string =>
  MINIMAL.replace("    kpp: '027401001'\n", `    kpp: '027401001'\n    bank: ${bank}\n`);

describe('what no schema says', () => {
  it('accepts a second organisation, a sole trader without КПП', () => {
    expect(load(withSecond(MINIMAL)).faults).toEqual([]);
  });

  it.each([
    ['ИНН with a wrong check digit', MINIMAL.replace('0299000011', '0299000012'), 'organizations[0].inn', 6],
    ['КПП with letters', MINIMAL.replace('027401001', '0274-1001'), 'organizations[0].kpp', 7],
    ['a legal entity without КПП', MINIMAL.replace(/ {4}kpp:.*\n/, ''), 'organizations[0].kpp', 4],
    ['a sole trader with КПП', MINIMAL.replace('0299000011', '029900010106'), 'organizations[0].kpp', 7],
    [
      'ОГРН with a wrong check digit',
      MINIMAL.replace('    kpp:', "    ogrn: '1040299000016'\n    kpp:"),
      'organizations[0].ogrn',
      7,
    ],
    [
      'БИК that is none',
      withBank("{ bik: '48073601', account: '40702810206000000001' }"),
      'organizations[0].bank.bik',
      8,
    ],
    [
      'an account of another bank',
      withBank("{ bik: '044525225', account: '40702810206000000001' }"),
      'organizations[0].bank.account',
      8,
    ],
    ['a code twice', withSecond(MINIMAL).replace('code: other', 'code: bashnet'), 'organizations[1].code', 8],
    ['a firm twice', withSecond(MINIMAL).replace("['1']", "['1', '0']"), 'organizations[1].firms[1]', 8],
    [
      'a day that the calendar has not',
      `${MINIMAL}vat:\n  rates:\n    - { from: 2026-02-30, rate: 22 }\n`,
      'vat.rates[0].from',
      13,
    ],
    [
      'a zero date',
      `${MINIMAL}vat:\n  rates:\n    - { from: 0000-00-00, rate: 22 }\n`,
      'vat.rates[0].from',
      13,
    ],
    [
      'an exception from a day that is none',
      `${MINIMAL}vat:\n  overrides:\n    - { service: '1', from: 2026-13-01, rate: 5 }\n`,
      'vat.overrides[0].from',
      13,
    ],
    [
      'an exception of an unknown organisation',
      `${MINIMAL}vat:\n  overrides:\n    - { organization: nobody, rate: 5 }\n`,
      'vat.overrides[0].organization',
      13,
    ],
    [
      'an exception of nothing but a day',
      `${MINIMAL}vat:\n  overrides:\n    - { from: 2026-01-01, rate: 5 }\n`,
      'vat.overrides[0]',
      13,
    ],
  ])('%s is refused where it stands', (_, text, key, line) => {
    expect(text).not.toBe(MINIMAL);
    const { config, faults, path } = load(text);
    expect(config).toBeUndefined();
    expect(faults).toEqual([
      expect.objectContaining({ code: 'BG1C-CONFIG-VALUE', source: { file: path, line, key } }),
    ]);
  });
});

describe('nearest', () => {
  const known = ['documents', 'numbering', 'services', 'source', 'vat'];

  it.each([
    ['documnts', 'documents'],
    ['Documents', 'documents'],
    ['sevices', 'services'],
    ['sorce', 'source'],
    ['printer', undefined],
    ['xyz', undefined],
  ])('«%s»: %s', (word, found) => {
    expect(nearest(word, known)).toBe(found);
  });

  it('knows nothing of nothing', () => {
    expect(nearest('word', [])).toBeUndefined();
  });
});
