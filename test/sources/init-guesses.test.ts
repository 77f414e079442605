import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { proposeConfig } from '../../src/pipeline/propose/config.ts';
import { guessCharge, guessKind, guessParameters } from '../../src/pipeline/propose/guesses.ts';
import { judgeMonths, type MonthEvidence } from '../../src/sources/bgbilling-db/month-offset.ts';
import type { DocumentTypeFound, Survey } from '../../src/sources/bgbilling-db/survey.ts';
import { companyInn } from '../../tools/samples/requisites.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

const type = (
  title: string,
  tables: DocumentTypeFound['tables'],
  more: Partial<DocumentTypeFound> = {},
): DocumentTypeFound => ({
  id: 7,
  title,
  tables,
  count: 10,
  numbers: [],
  ...more,
});

describe('what a document is', () => {
  test.each<[string, DocumentTypeFound['tables'], string | undefined]>([
    ['Счёт Интернет', ['bill'], 'bill'],
    ['Что угодно', ['bill'], 'bill'],
    ['Акт выполненных работ', ['invoice'], 'act'],
    ['АКТ', ['invoice'], 'act'],
    ['Контакты', ['invoice'], undefined],
    ['Счет-фактура', ['invoice'], 'vat-invoice'],
    ['Счёт–фактура (аванс)', ['invoice'], 'vat-invoice'],
    ['Счета-фактуры', ['invoice'], 'vat-invoice'],
    ['С/Ф', ['invoice'], 'vat-invoice'],
    ['УПД', ['invoice'], 'upd'],
    ['Универсальный передаточный документ', ['invoice'], 'upd'],
    ['Накладная', ['invoice'], 'act'],
    ['Счёт', ['invoice'], undefined],
    ['Тип 4', ['invoice'], undefined],
    ['Счёт и акт', ['bill', 'invoice'], undefined],
  ])('«%s» in %j', (title, tables, kind) => {
    expect(guessKind(type(title, tables)).kind).toBe(kind);
  });

  test.each<[string, boolean, string]>([
    ['Монтаж', false, 'sale'],
    ['Возврат средств', true, 'ignore'],
    ['Перенос остатка', false, 'ignore'],
  ])('a charge «%s»', (title, payback, use) => {
    expect(guessCharge({ id: 1, title, payback, count: 1 }).use).toBe(use);
  });
});

describe('where requisites stand', () => {
  const contracts = { companies: 200, persons: 50 };
  const chosen = (titles: [title: string, type: number, companies: number, persons?: number][]) =>
    Object.fromEntries(
      guessParameters({
        contracts,
        parameters: titles.map(([title, kind, companies, persons = 0], index) => ({
          id: index + 1,
          type: kind,
          title,
          companies,
          persons,
        })),
      }).map(({ rule, chosen: found, filled, others }) => [
        rule.name,
        { ids: found.map(({ id }) => id), filled, others: others.map(({ id }) => id) },
      ]),
    );

  test('the filled one of two, with its share; the other is named', () => {
    expect(
      chosen([
        ['ИНН (старый)', 1, 20],
        ['ИНН', 1, 194],
      ]).inn,
    ).toEqual({ ids: [2], filled: 97, others: [1] });
    expect(
      chosen([
        ['ИНН', 1, 0],
        ['ИНН клиента', 1, 150],
      ]).inn,
    ).toEqual({ ids: [2], filled: 75, others: [] });
  });

  test('not what only sounds like it', () => {
    const found = chosen([
      ['ИНН банка', 1, 200],
      ['Название тарифа', 1, 200],
      ['Почтовый адрес', 1, 200],
      ['Адрес подключения', 2, 200],
      ['ФИО директора', 1, 200, 50],
      ['Юр. адрес (галочка)', 5, 200],
      ['Кор. счёт', 1, 200],
    ]);
    expect([
      found.inn!.ids,
      found.nameShort!.ids,
      found.email!.ids,
      found.person!.ids,
      found.bankAccount!.ids,
    ]).toEqual([[], [], [], [], []]);
    expect(found.address!.ids).toEqual([3]);
  });

  test('a name in parts', () => {
    const parts: [string, number, number, number][] = [
      ['Отчество', 1, 0, 40],
      ['Фамилия', 1, 0, 50],
      ['Имя', 1, 0, 50],
    ];
    expect(chosen(parts).person!.ids).toEqual([2, 3, 1]);
    expect(chosen([...parts, ['ФИО', 1, 0, 50]]).person!.ids).toEqual([4]);
    expect(chosen([...parts, ['ФИО', 1, 0, 0]]).person!.ids).toEqual([2, 3, 1]);
  });
});

describe('how months are counted', () => {
  const seen = (stored: number, distance: number, late: boolean, count = 100): MonthEvidence => ({
    stored,
    distance,
    late,
    count,
  });

  test.each<[string, MonthEvidence[], 'invoice' | 'bill', 0 | 1 | undefined]>([
    ['a month 0', [seen(0, 0, true), seen(5, 0, true)], 'invoice', 0],
    ['a month 12', [seen(12, -1, true), seen(5, -1, true)], 'invoice', 1],
    ['acts of the last day, January is 0', [seen(9, 0, true)], 'invoice', 0],
    ['acts of the last day, January is 1', [seen(10, -1, true)], 'invoice', 1],
    ['acts of the third of the next month, January is 1', [seen(10, 0, false)], 'invoice', undefined],
    ['acts of the third of the next month, January is 0', [seen(9, 1, false)], 'invoice', 0],
    ['bills of the first of the month', [seen(9, 0, false)], 'bill', undefined],
    ['bills of the end of the month before, January is 0', [seen(9, -1, true)], 'bill', undefined],
    ['a few stray documents', [seen(9, 0, true, 95), seen(9, -1, true, 5)], 'invoice', 0],
    ['a month 0 and a month 12', [seen(0, 0, true, 1), seen(12, 0, true, 1), seen(5, 0, true)], 'invoice', 0],
    ['nothing', [], 'invoice', undefined],
  ])('%s', (_, evidence, table, base) => {
    expect(judgeMonths(evidence, table).base).toBe(base);
  });
});

describe('a proposal', () => {
  const survey: Survey = {
    modules: [
      { id: 5, title: 'Счета', documents: 20 },
      { id: 9, title: 'Счета 2', documents: 3 },
    ],
    missing: [],
    documentTypes: [
      type('Тип 4', ['invoice'], { id: 4 }),
      type('Старый', [], { id: 5, count: 0 }),
      type('Акт', ['invoice'], { id: 2, numbers: ['10-000123', 'А-00000000123'] }),
    ],
    parameters: [{ id: 3, type: 1, title: 'Лицевой счёт', companies: 5, persons: 5 }],
    contracts: { companies: 10, persons: 10 },
    firms: [
      { id: 0, title: '', contracts: 3 },
      { id: 1, title: 'ООО «А»', contracts: 7 },
    ],
    groups: [],
    services: [],
    chargeTypes: [],
    months: {
      invoice: { base: undefined, evidence: 'даты подходят обоим' },
      bill: { base: undefined, evidence: 'документов нет' },
    },
    closed: undefined,
  };

  test('asks where it cannot know, and is a configuration all the same', () => {
    const text = proposeConfig(survey, 'BG1C_DB');
    const questions = text
      .split('\n')
      .filter((line) => line.includes('ВОПРОС:'))
      .map((line) => line.replace(/.*ВОПРОС: /, ''));
    expect(questions).toEqual([
      expect.stringContaining('организация № 0 в BGBilling не названа'),
      expect.stringContaining('есть и модуль № 9 «Счета 2»'),
      expect.stringContaining('лицевой счёт — параметр № 3 «Лицевой счёт»?'),
      ...Array.from({ length: 12 }, () => expect.stringContaining('параметр не найден')),
      expect.stringContaining('каким числом записан январь в таблице актов и счетов-фактур'),
      expect.stringContaining('что такое «Тип 4», 10 документов'),
      expect.stringContaining('номер «10-000123» («Акт») 1С не примет как есть: 1С напечатает «123»'),
      'суммы BGBilling включают НДС?',
    ]);
    const file = join(folder(), 'bg1c.yaml');
    let serial = 1;
    writeFileSync(
      file,
      text
        .replaceAll("inn: 'ВПИШИТЕ'", () => `inn: '${companyInn(serial++)}'`)
        .replaceAll("'ВПИШИТЕ'", "'027401001'"),
    );
    const { config, faults } = loadConfig(file);
    expect(faults).toEqual([]);
    expect(config!.documents.types).toEqual({ '2': 'act' });
  });
});
