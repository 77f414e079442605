import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { shipped } from '../../src/support/root.ts';
import { temporaryFolders } from '../support/folders.ts';
import { load, loaded, MINIMAL } from './files.ts';

const folder = temporaryFolders();

describe('a good file', () => {
  it('is completed by its defaults', () => {
    const { config, faults, path } = load(MINIMAL);
    expect(faults).toEqual([]);
    expect(config).toMatchObject({
      folder: dirname(path),
      installation: 'bashnet',
      organizations: [{ code: 'bashnet', name: 'ООО «Башнет»', fullName: 'ООО «Башнет»', firms: ['0'] }],
      source: { kind: 'bgbilling-csv', encoding: 'auto', account: 'contract_title' },
      onec: {
        bill: 'ЗаказКлиента',
        post: true,
        vatInvoice: { method: 'electronic' },
        reducedRateKind: 'Пониженная',
      },
      documents: {
        mode: 'billing',
        types: { 1: 'bill', 2: 'act', 3: 'vat-invoice' },
        upd: false,
        negativeLines: 'fold',
      },
      numbering: { by: 'billing', map: [] },
      vat: {
        included: true,
        rates: [
          { from: '2019-01-01', rate: 20 },
          { from: '2026-01-01', rate: 22 },
        ],
        overrides: [],
      },
      services: { unit: '796', map: {} },
      charges: { types: {} },
    });
  });

  it('has paths that start at its folder', () => {
    const config = loaded(`${MINIMAL}exchange: { dir: ../exchange }\njournal: { path: state/journal.db }\n`);
    expect(config.exchange.dir).toBe(join(dirname(config.folder), 'exchange'));
    expect(config.journal.path).toBe(join(config.folder, 'state/journal.db'));
    expect(loaded(`${MINIMAL}exchange: { dir: /srv/exchange }\n`).exchange.dir).toBe('/srv/exchange');
  });

  it('keeps a given full name and given rates', () => {
    const config = loaded(
      `${MINIMAL.replace('    inn:', '    fullName: Общество\n    inn:')}vat: { rates: [{ from: 2026-01-01, rate: 5 }] }\n`,
    );
    expect(config.organizations[0]!.fullName).toBe('Общество');
    expect(config.vat.rates).toEqual([{ from: '2026-01-01', rate: 5 }]);
  });

  it('makes expressions of numbering.map that know letters beyond ASCII', () => {
    const [rule] = loaded(
      `${MINIMAL}numbering: { map: [{ kind: act, match: '^\\p{L}-(\\d+)$', to: 'А/$1' }] }\n`,
    ).numbering.map;
    expect('Ю-17'.replace(rule!.match, rule!.to)).toBe('А/17');
  });

  it('may be the template that bg1c init writes', () => {
    const path = join(folder(), 'bg1c.yaml');
    copyFileSync(shipped('schemas/config.template.yaml'), path);
    const { config, faults } = loadConfig(path);
    expect(faults).toEqual([]);
    expect(config!.installation).toBe('my-provider');
  });
});

describe('a file that is not there or does not read', () => {
  it('is named', () => {
    const { config, faults } = loadConfig('/nowhere/bg1c.yaml');
    expect(config).toBeUndefined();
    expect(faults).toEqual([
      expect.objectContaining({
        code: 'BG1C-CONFIG-NOT-FOUND',
        message: 'Не найден файл настроек /nowhere/bg1c.yaml',
      }),
    ]);
  });

  it.each([['a folder', (path: string) => dirname(path)]])('%s is a fault', (_, other) => {
    const { path } = load(MINIMAL);
    expect(loadConfig(other(path)).faults).toEqual([expect.objectContaining({ code: 'BG1C-CONFIG-YAML' })]);
  });

  it.each([
    ['a tab for an indent', 'installation: a\norganizations:\n\t- code: b\n', 3, 'табуляцией'],
    ['a key twice', 'installation: a\nsource: { kind: bgbilling-csv }\ninstallation: b\n', 3, 'дважды'],
    ['a quote that stays open', "installation: 'a\nsource: b\n", 3, 'кавычки'],
    ['a bracket that stays open', 'installation: a\norganizations: [{ code: b\n', 3, 'отступ'],
    ['an alias of nothing', 'installation: *anchor\n', 1, 'ссылки'],
    [
      'aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
      2,
      'ссылки',
    ],
  ])('%s is a fault with its line', (_, text, line, reason) => {
    const { config, faults } = load(text);
    expect(config).toBeUndefined();
    expect(faults).toEqual([
      expect.objectContaining({ code: 'BG1C-CONFIG-YAML', message: expect.stringContaining(reason) }),
    ]);
    expect(faults[0]!.source).toMatchObject({ line });
  });
});

describe('a wrong structure', () => {
  const broken = (from: string | RegExp, to: string): string => {
    const text = MINIMAL.replace(from, to);
    expect(text).not.toBe(MINIMAL);
    return text;
  };

  it.each([
    [
      'a misspelt section',
      broken('documents:', 'documnts:'),
      'BG1C-CONFIG-KEY',
      9,
      '«documnts»; возможно, имелось в виду «documents»',
    ],
    [
      'a misspelt setting',
      broken('name:', 'nmae:'),
      'BG1C-CONFIG-KEY',
      5,
      '«organizations[0].nmae»; возможно, имелось в виду «name»',
    ],
    ['a setting like no other', `${MINIMAL}printer: laser\n`, 'BG1C-CONFIG-KEY', 11, '«printer»'],
    ['a missing section', broken(/source:.*\n/, ''), 'BG1C-CONFIG-MISSING', undefined, '«source»'],
    ['a missing setting', broken(/ {4}inn:.*\n/, ''), 'BG1C-CONFIG-MISSING', 4, '«organizations[0].inn»'],
    [
      'no organisation',
      broken(/ {2}- code:[\s\S]*?source/, '  []\nsource'),
      'BG1C-CONFIG-VALUE',
      3,
      '«organizations»: значение пусто',
    ],
    [
      'digits without quotes',
      broken("'0299000011'", '0299000011'),
      'BG1C-CONFIG-VALUE',
      6,
      'нужно: текст в кавычках',
    ],
    [
      'a version without quotes',
      `${MINIMAL}onec: { format: 1.20 }\n`,
      'BG1C-CONFIG-VALUE',
      11,
      '«onec.format»: нужно: текст в кавычках, а стоит «1.2»',
    ],
    [
      'a value outside its list',
      `${MINIMAL}onec: { bill: Счет }\n`,
      'BG1C-CONFIG-VALUE',
      11,
      'возможно: ЗаказКлиента, СчетПокупателю',
    ],
    [
      'a kind of document that is none',
      broken("'2': act", "'2': akt"),
      'BG1C-CONFIG-VALUE',
      10,
      '«documents.types.2»: «akt» не подходит',
    ],
    [
      'a type with a digit for a key',
      broken("'3': vat-invoice", '3: invoice'),
      'BG1C-CONFIG-VALUE',
      10,
      '«documents.types.3»',
    ],
    [
      'a value of the wrong form',
      broken('installation: bashnet', 'installation: Башнет'),
      'BG1C-CONFIG-VALUE',
      2,
      'записано не по форме',
    ],
    [
      'a broken expression',
      `${MINIMAL}numbering:\n  map:\n    - { match: '(', to: x }\n`,
      'BG1C-CONFIG-VALUE',
      13,
      '«(» — не регулярное выражение',
    ],
    [
      'text for a list',
      broken(/organizations:[\s\S]*?source/, 'organizations: Башнет\nsource'),
      'BG1C-CONFIG-VALUE',
      3,
      'нужно: список',
    ],
    [
      'an exception of nothing',
      `${MINIMAL}vat:\n  overrides:\n    - rate: none\n`,
      'BG1C-CONFIG-VALUE',
      13,
      'слишком мало',
    ],
    [
      'a rate that is none',
      `${MINIMAL}vat: { overrides: [{ service: '1', rate: 18 }] }\n`,
      'BG1C-CONFIG-VALUE',
      11,
      '«18» не подходит',
    ],
  ])('%s: code, line, and what is meant', (_, text, code, line, words) => {
    const { config, faults } = load(text);
    expect(config).toBeUndefined();
    const found = faults.find((one) => one.message.includes(words));
    expect(found, faults.map(({ message }) => message).join('\n')).toMatchObject({ code, severity: 'error' });
    expect(found!.source?.line).toBe(line);
  });

  it('is reported whole, not one fault a call', () => {
    const { faults } = load(broken('name:', 'nmae:').replace("'2': act", "'2': akt"));
    expect(faults.map(({ code }) => code).sort()).toEqual([
      'BG1C-CONFIG-KEY',
      'BG1C-CONFIG-MISSING',
      'BG1C-CONFIG-VALUE',
    ]);
  });

  it.each(['', '# пусто\n', '[]\n', 'просто текст\n', '~\n'])('%j is no configuration', (text) => {
    const { config, faults } = load(text);
    expect(config).toBeUndefined();
    expect(faults.length).toBeGreaterThan(0);
    for (const { message } of faults) expect(message).not.toContain('«»');
  });
});
