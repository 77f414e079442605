import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFingerprint, configOf } from '../../src/config/fingerprint.ts';
import { loadConfig } from '../../src/config/load.ts';
import { readServicesFile } from '../../src/config/services-file.ts';
import { temporaryFolders } from '../support/folders.ts';
import { load, loaded, MINIMAL } from './files.ts';

const folder = temporaryFolders();
const ACCRUAL = MINIMAL.replace(
  /documents:[\s\S]*/,
  'documents: { mode: accrual, accrual: { bills: none } }\n',
);

/** Faults of a text, as «key: reason». */
function reasons(text: string): string[] {
  return load(text).faults.map(({ message }) => message);
}

describe('documents.mode', () => {
  it('accrual needs no types and takes none; billing needs them', () => {
    expect(loaded(`${ACCRUAL}numbering: { by: onec }\n`).documents).toMatchObject({
      mode: 'accrual',
      types: {},
    });
    expect(load(MINIMAL.replace(/ {2}types:.*\n/, '  upd: true\n')).faults.map(({ code }) => code)).toEqual([
      'BG1C-CONFIG-MISSING',
    ]);
    expect(
      load(`${ACCRUAL.replace('mode: accrual', "mode: accrual, types: { '1': act }")}`).faults,
    ).not.toEqual([]);
  });
});

describe('numbering', () => {
  it.each([
    ['', 'номеров BGBilling нет'],
    ['numbering: { by: own }\n', 'нужен шаблон номера'],
    ["numbering: { by: own, template: { act: '{account}' } }\n", 'один номер по порядку'],
    ["numbering: { by: own, template: { act: '{lс}-{n}' } }\n", 'неизвестный знак шаблона'],
    ["numbering: { by: own, template: { act: '{yy}-{n}' } }\n", 'дефис стоит на 3-м месте'],
    ["numbering: { by: own, template: { act: 'Акт/{yyyy}/{mm}/{n}' } }\n", 'помещается 11'],
    [
      "numbering: { by: onec }\npersons: { mode: aggregate, number: '{yyyy}-{n}' }\n",
      'дефис стоит на 5-м месте',
    ],
  ])('%j is refused in mode accrual: %s', (text, reason) => {
    expect(reasons(ACCRUAL + text)).toEqual([expect.stringContaining(reason)]);
  });

  it('onec goes with no УПД: its halves would have two numbers', () => {
    expect(reasons(`${MINIMAL}  upd: true\nnumbering: { by: onec }\n`)).toEqual([
      expect.stringContaining('разные номера'),
    ]);
    expect(
      reasons(`${MINIMAL.replace("'3': vat-invoice", "'3': upd")}numbering: { by: onec }\n`),
    ).toHaveLength(1);
    expect(reasons(`${MINIMAL}numbering: { by: onec }\nonec: { commerceml: true }\n`)).toEqual([
      expect.stringContaining('CommerceML'),
    ]);
    expect(reasons(`${MINIMAL}numbering: { by: onec }\ndeliver: { when: at-once }\n`)).toEqual([
      expect.stringContaining('after-receipt'),
    ]);
    expect(loaded(`${MINIMAL}numbering: { by: onec }\n`).numbering.by).toBe('onec');
  });
});

describe('payments', () => {
  it('find «п/п 118 от 05.10.2026» and its like by themselves', () => {
    const [expression] = loaded(MINIMAL).payments.documents;
    const of = (comment: string) => ({ ...expression!.exec(comment)?.groups });
    expect(of('п/п 118 от 05.10.2026; оплата')).toMatchObject({ number: '118', date: '05.10.2026' });
    expect(of('Оплата. Платёжное поручение № 7')).toMatchObject({ number: '7', date: undefined });
    expect(of('пп №12')).toMatchObject({ number: '12' });
    expect(of('tx 998800')).toEqual({});
  });

  it('take other expressions, which must read and name a number', () => {
    const own = "payments: { documents: ['чек (?<number>\\d+)'] }\n";
    const config = loaded(MINIMAL + own);
    expect(config.payments.documents[0]!.exec('Чек 5')!.groups).toEqual(
      expect.objectContaining({ number: '5' }),
    );
    const again = configOf(configFingerprint(config), config);
    expect(again.payments.documents[0]!.source).toBe(config.payments.documents[0]!.source);
    expect(reasons(`${MINIMAL}payments: { documents: ['чек (\\d+)'] }\n`)).toEqual([
      expect.stringContaining('(?<number>…)'),
    ]);
    expect(reasons(`${MINIMAL}payments: { documents: ['('] }\n`)).toEqual([
      expect.stringContaining('не регулярное выражение'),
    ]);
  });
});

describe('services.file', () => {
  const file = (content: string | Buffer): string => {
    const path = join(folder(), 'services.csv');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };

  it('gives names, groups, units and rates; what the configuration says itself comes first', () => {
    const path = file(
      'sid;name;fullName;group;unit;vat\n20;Интернет;Доступ;Связь;642;\n60;Антивирус;;;;без НДС\n',
    );
    writeFileSync(
      join(dirname(path), 'bg1c.yaml'),
      `${MINIMAL}services: { file: services.csv, map: { '20': { name: Свой } } }\n`,
    );
    const { config, faults } = loadConfig(join(dirname(path), 'bg1c.yaml'));
    expect(faults).toEqual([]);
    expect(config!.services.map).toEqual({
      '20': { name: 'Свой', fullName: 'Доступ', group: 'Связь', unit: '642' },
      '60': { name: 'Антивирус', vat: 'none' },
    });
    expect(configFingerprint(config!)).toContain('Антивирус');
  });

  it('reads windows-1251 too', () => {
    const text = Buffer.from([
      0x73, 0x69, 0x64, 0x3b, 0x6e, 0x61, 0x6d, 0x65, 0x0a, 0x32, 0x3b, 0xcf, 0xd3, 0x0a,
    ]);
    expect(readServicesFile(file(text))).toEqual({ map: { '2': { name: 'ПУ' } }, faults: [] });
  });

  it.each([
    ['name;vat\nИнтернет;22\n', 1, 'нет столбца sid'],
    ['sid;цена\n20;100\n', 1, 'неизвестный столбец «цена»'],
    ['sid;vat\n20;22\n21;18\n', 3, 'ставка НДС «18»'],
    ['sid;unit\n20;005\n', 2, 'единица измерения «005»'],
    ['sid;name\n20;а\n20;б\n', 3, 'услуга 20 уже описана'],
    ['sid;name\n;Интернет\n', 2, 'не указан sid'],
    [`sid;name\n20;${'я'.repeat(101)}\n`, 2, 'длиннее 100 знаков'],
    ['sid;name\n20;а;б\n', 2, 'не сходятся'],
  ])('%j: line and value are named', (content, line, reason) => {
    const { faults } = readServicesFile(file(content));
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-SERVICES-FILE']);
    expect(faults[0]!.message).toContain(reason);
    expect(faults[0]!.source).toMatchObject({ file: 'services.csv', line });
  });

  it('that is not there is a fault', () => {
    expect(readServicesFile(join(folder(), 'none.csv')).faults[0]!.message).toContain('его нет');
  });
});
