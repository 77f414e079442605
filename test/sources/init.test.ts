import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { DbSourceConfig } from '../../src/config/types.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { FROM_DATABASE } from '../../src/sources/registry.ts';
import { companyInn } from '../../tools/samples/requisites.ts';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, YEAR } from './billing.ts';
import { bg1c, CLOCK } from './cli.ts';
import { LAYOUT, type Layout, loadBilling } from './db/load.ts';
import { HAS_SERVER, NEEDS_SERVER, startServer, type TestServer } from './db/server.ts';

const folder = temporaryFolders();

/** Three installations that keep the same months differently. */
const LAYOUTS: Record<string, Layout> = {
  // Pids, titles and modules of one operator; address in the parameter «адрес»; January is 0.
  first: LAYOUT,
  // Address as text, ФИО in three parts, other pids and titles; January is 1; misleading neighbours.
  second: {
    module: 14,
    parameters: {
      nameShort: { id: 10, type: 1, title: 'Наименование' },
      nameFull: { id: 11, type: 1, title: 'Наименование (полное)' },
      inn: { id: 25, type: 1, title: 'ИНН организации' },
      kpp: { id: 32, type: 1, title: 'КПП организации' },
      ogrn: { id: 33, type: 1, title: 'ОГРН/ОГРНИП' },
      bik: { id: 34, type: 1, title: 'БИК' },
      bankAccount: { id: 35, type: 1, title: 'Расчетный счет' },
      address: { id: 17, type: 1, title: 'Адрес юридический' },
      email: { id: 18, type: 3, title: 'Эл. почта для документов' },
      phones: { id: 19, type: 9, title: 'Контактный телефон' },
      contractDate: { id: 20, type: 6, title: 'Дата заключения договора' },
      person: [
        { id: 13, type: 1, title: 'Фамилия' },
        { id: 14, type: 1, title: 'Имя' },
        { id: 15, type: 1, title: 'Отчество' },
      ],
    },
    others: [
      { id: 40, type: 1, title: 'ИНН банка' },
      { id: 41, type: 1, title: 'Банк: корр. счёт', value: '30101810300000000601' },
      { id: 42, type: 2, title: 'Адрес подключения', value: 'г. Уфа, ул. Кирова, 1' },
      { id: 43, type: 1, title: 'ФИО директора', value: 'Петров П.П.' },
      { id: 44, type: 5, title: 'Бюджет' },
      { id: 45, type: 1, title: 'Почтовый адрес', value: '450000, Уфа' },
    ],
    base: { invoice: 1, bill: 1 },
    closedDate: '31.10.2026',
  },
  // ИНН filled in an older parameter, bills counted otherwise than invoices.
  third: {
    module: 8,
    parameters: {
      ...LAYOUT.parameters,
      inn: { id: 14, type: 1, title: 'ИНН' },
      address: { id: 4, type: 2, title: 'Юр. адрес' },
      phones: { id: 5, type: 1, title: 'Тел.' },
      email: { id: 6, type: 1, title: 'E-mail' },
      person: [{ id: 1, type: 1, title: 'Ф.И.О. абонента' }],
    },
    others: [{ id: 77, type: 1, title: 'ИНН (старый)', value: '0299000011' }],
    base: { invoice: 0, bill: 1 },
  },
};

describe.skipIf(!HAS_SERVER)(
  `${NEEDS_SERVER}bg1c init --db-env proposes a configuration that builds the month`,
  () => {
    let server: TestServer;
    let root: Connection;
    const billing = makeBilling(YEAR);

    beforeAll(async () => {
      server = await startServer();
      root = await server.root();
      for (const [name, layout] of Object.entries(LAYOUTS)) await loadBilling(root, name, billing, layout);
    });
    afterAll(async () => {
      delete process.env.BG1C_TEST_INIT;
      await root?.end();
      await server?.stop();
    });

    async function init(
      database: string,
      own = folder(),
    ): Promise<{ exit: number; out: string; err: string; file: string }> {
      process.env.BG1C_TEST_INIT = server.url(database);
      const { exit, out, err } = await bg1c(own, 'init', '--db-env', 'BG1C_TEST_INIT');
      return { exit, out, err, file: join(own, 'bg1c.yaml') };
    }

    /** What a person has to write: the requisites that BGBilling does not have. */
    function fillRequisites(file: string): void {
      let serial = 20;
      const text = readFileSync(file, 'utf8')
        .replaceAll("inn: 'ВПИШИТЕ'", () => `inn: '${companyInn(serial++)}'`)
        .replaceAll("kpp: 'ВПИШИТЕ'", "kpp: '027401001'");
      writeFileSync(file, text);
    }

    test.each(Object.entries(LAYOUTS))('%s', async (name, layout) => {
      const { exit, out, err, file } = await init(name);
      expect([exit, err]).toEqual([0, '']);
      expect(out).toContain('впишите реквизиты своих организаций');
      expect(loadConfig(file).faults.map(({ code }) => code)).toContain('BG1C-CONFIG-VALUE');
      fillRequisites(file);
      const { config, faults } = loadConfig(file);
      expect(faults).toEqual([]);
      const { person, ...single } = layout.parameters;
      const ids = Object.fromEntries(Object.entries(single).map(([key, { id }]) => [key, id]));
      expect(config!.source).toMatchObject({
        kind: 'bgbilling-db',
        billModule: layout.module,
        monthOffset: layout.base,
        parameters: { ...ids, person: person.length === 1 ? person[0]!.id : person.map(({ id }) => id) },
      } satisfies Partial<DbSourceConfig>);
      const result = await build({
        config: config!,
        input: FROM_DATABASE,
        period: '2026-10',
        out: folder(),
        clock: CLOCK,
      });
      // Persons have accruals and no documents; some that pay ahead have paid nothing; else nothing is to be said.
      const worries = result.faults.filter(({ severity }) => severity !== 'notice').map(({ code }) => code);
      expect([...new Set(worries)]).toEqual(['BG1C-ACCRUAL-NO-DOCUMENT', 'BG1C-PAYMENTS-MISSING']);
      expect([result.exit, result.leftOut]).toEqual([0, []]);
      expect(
        result.packages.map(({ organization, documents }) => [
          organization.name,
          documents.act.count,
          documents['vat-invoice'].count,
          documents.bill.count,
        ]),
      ).toEqual([
        ['ООО "Башнет"', 18, 18, 18],
        ['ООО "Башнет Плюс"', 2, 2, 2],
      ]);
    });

    test('what was found stands beside the settings, what was not stands as a question', async () => {
      const { file, out } = await init('second');
      const text = readFileSync(file, 'utf8');
      const lines = text.split('\n').map((line) => line.trim().replace(/ +#/, ' #'));
      expect(lines).toEqual(
        expect.arrayContaining([
          '# Период в BGBilling закрыт по 31.10.2026.',
          '# Группы договоров: 0 — Интернет; 1 — Физлица; 55 — ЭДО.',
          'inn: 25 # «ИНН организации» (текст): заполнен у 100 % юрлиц',
          'address: 17 # «Адрес юридический» (текст): заполнен у 100 % юрлиц',
          'person: [13, 14, 15] # «Фамилия», «Имя», «Отчество» (текст): заполнен у 100 % физлиц',
          "'2': act # «Акт выполненных работ», 240 документов — акт, по названию",
          "'1': bill # «Счёт на оплату», 240 документов — счёт, из таблицы счетов",
          'invoice: 1 # есть документы с месяцем 12 (40)',
          "'11': ignore # «Возврат средств», за год 36 списаний — возврат",
          '# ВОПРОС: Юридический адрес: подходит и № 45 «Почтовый адрес» (19 договоров). Можно указать списком: берётся первое заполненное',
        ]),
      );
      expect(text).toMatch(/# {3}20 — Абонплата «Интернет» \(\d+,\d\d\)/);
      expect(out).toMatch(/ответьте на \d+ вопрос/);
    });

    test('a lie of a title cannot leave its comment', async () => {
      await loadBilling(root, 'hostile', billing, {
        ...LAYOUT,
        parameters: { ...LAYOUT.parameters, inn: { id: 28, type: 1, title: "ИНН\n  evil: '1'" } },
      });
      await root.query("UPDATE hostile.firm SET title = 'ООО \\'x\\'\\n  inn: 1' WHERE id = 0");
      const { file, exit } = await init('hostile');
      fillRequisites(file);
      const { config, faults } = loadConfig(file);
      expect([exit, faults]).toEqual([0, []]);
      expect(config!.organizations[0]!.name).toBe("ООО 'x' inn: 1");
    });

    test('nothing is written where the database cannot be read, and an existing file is left alone', async () => {
      const own = folder();
      const missing = await init('nothing', own);
      expect([missing.exit, existsSync(missing.file)]).toEqual([1, false]);
      expect(missing.err).toMatch(/BG1C-DB-(ACCESS|STRUCTURE)/);
      mkdirSync(join(own, 'x'));
      writeFileSync(join(own, 'bg1c.yaml'), 'mine');
      expect([(await init('first', own)).exit, readFileSync(join(own, 'bg1c.yaml'), 'utf8')]).toEqual([
        2,
        'mine',
      ]);
      await root.query(
        'CREATE DATABASE IF NOT EXISTS empty; CREATE TABLE empty.module (id INT, title TEXT, name TEXT); GRANT SELECT ON empty.* TO bg1c@`%`',
      );
      const empty = await init('empty');
      expect([empty.exit, empty.err]).toEqual([
        1,
        expect.stringContaining('В базе данных нет таблиц модуля «bill»'),
      ]);
    });
  },
);
