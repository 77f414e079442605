import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ReceiptObject } from '../../../../src/journal/receipt.ts';
import type { Act, VatInvoice } from '../../../../src/model/types.ts';
import { acceptingFormats, knowingRates, RATES_2026, withObject } from '../../base/metadata/profiles.ts';
import { dateOfIso } from '../../language/date-time.ts';
import { edit } from '../hers.ts';
import { ends, isDocument, type Scenario } from '../scenario.ts';
import { load, loadFolder, read, recheckFolder, rowWith } from '../steps.ts';

const KEY = 'ключ подписи, который длиннее одного блока хеша: его сначала сворачивают';

/** Nothing of hers is in the way. */
export const PLAIN: readonly Scenario[] = [
  { title: 'чистая база' },
  { title: 'УПД: акт и счёт-фактура под одним номером', month: 'upd' },
  {
    title: 'НДС 22 %, договор без даты, длинные названия',
    month: 'october',
    profile: (profile) => knowingRates(acceptingFormats(profile, '1.20'), RATES_2026),
  },
  {
    title: 'банковского счёта организации в базе нет: документы без него, счёт не создаётся',
    given: ({ base, seller, records }) => {
      base.store.remove('Справочник.БанковскиеСчета', 'acc00000-0000-4000-8000-000000000001');
      return {
        // A bill needs the account to be posted.
        ends: ends(
          records.filter(({ record }) => record === 'bill'),
          { state: 'created', posted: false, message: /не проведён/ },
        ),
        check: () => {
          const owners = base.store
            .all('Справочник.БанковскиеСчета')
            .map(({ fields }) => (fields.get('владелец') as unknown as { uuid: string }).uuid);
          expect(owners).not.toContain(seller.uuid);
        },
      };
    },
  },
  {
    title: 'счёт организации в пакете не назван',
    month: 'bankless',
    given: ({ records }) => ({
      ends: ends(
        records.filter(({ record }) => record === 'bill'),
        { state: 'created', posted: false, message: /не проведён/ },
      ),
    }),
  },
  {
    title: 'конфигурация счета не проводит',
    profile: (profile) => withObject(profile, 'СчетНаОплатуПокупателю', { posting: false }),
    given: ({ records }) => ({
      ends: ends(
        records.filter(({ record }) => record === 'bill'),
        { state: 'created', posted: false },
      ),
    }),
  },
  {
    title: 'пользователь сам ведёт счета учёта: конфигурация заполнит их по просьбе обработки',
    settings: { accountsVisible: true },
  },
  {
    title: 'исправленный пакет загрузили раньше первого: остаётся исправленное',
    month: 'corrected',
    given: (world) => {
      const act = world.find<Act>('act', 'А12/878');
      const invoice = world.find<VatInvoice>('vat-invoice', '878');
      // The act that the first package alone has comes with it, and so do its buyer and contract.
      const shared = new Set(world.month.files[1]!.records.map(({ uuid }) => uuid));
      const known = world.records.filter(
        ({ uuid }) => shared.has(uuid) && uuid !== act.uuid && uuid !== invoice.uuid,
      );
      return {
        ends: [
          ...ends([act, invoice], { state: 'found', file: 0, message: /в базе отличается: сумма, НДС/ }),
          ...ends(known, { state: 'found', file: 0 }),
          ...ends([act, invoice, ...known], { state: 'created', file: 1 }),
        ],
      };
    },
    steps: (world) => {
      const [first] = world.month.files;
      rmSync(world.path('outbox', first!.name));
      loadFolder(world);
      world.drop(first!);
      loadFolder(world);
    },
  },
  {
    title: 'первый пакет, за ним исправленный: загруженное молча не меняется',
    month: 'corrected',
    given: (world) => {
      const changed = [world.find<Act>('act', 'А12/878'), world.find<VatInvoice>('vat-invoice', '878')];
      return {
        ends: ends(changed, { state: 'found', file: 1, standing: 'differs', message: /сумма, НДС/ }),
      };
    },
  },
  {
    title: 'квитанции подписаны ключом установки',
    given: (world) => {
      const file = join(world.root, 'receipt.key');
      writeFileSync(file, KEY);
      const path = join(world.root, 'bg1c.yaml');
      const settings = parse(readFileSync(path, 'utf8')) as { exchange: Record<string, string> };
      settings.exchange.receiptKeyFile = 'receipt.key';
      writeFileSync(path, stringify(settings));
      world.configure({ ФайлКлюча: file });
      return {
        check: ([receipt]) => {
          const right = createHmac('sha256', KEY).update(readFileSync(receipt!.file)).digest('hex');
          expect(readFileSync(`${receipt!.file}.sig`, 'utf8')).toBe(right);
        },
      };
    },
  },
  { title: 'месяц в нескольких частях', month: 'parts' },
  {
    title: 'части без первой ждут, пока она не появится',
    month: 'parts',
    steps: (world) => {
      const [first] = world.month.files;
      rmSync(world.path('outbox', first!.name));
      loadFolder(world);
      expect(world.receipts()).toEqual([]);
      world.drop(first!);
      loadFolder(world);
    },
  },
  {
    title: 'номера даёт 1С: они приходят в квитанции и остаются при перезаписи',
    month: 'unnumbered',
    given: (world) => {
      const act = world.records.find((one) => one.record === 'act')!;
      return {
        others: 'found',
        ends: ends([act], { state: 'updated' }),
        check: ([first, last]) => {
          const numbers = (objects: ReceiptObject[]): string[] =>
            objects.flatMap(({ kind, uuid, number }) =>
              number === undefined ? [] : [`${kind} ${uuid} ${number}`],
            );
          expect(numbers(first!.objects)).toHaveLength(world.records.filter(isDocument).length);
          expect(numbers(last!.objects)).toEqual(numbers(first!.objects));
          expect(first!.objects.find(({ uuid }) => uuid === act.uuid)!.number).toMatch(/^0000-00000\d$/);
        },
      };
    },
    steps: (world) => {
      loadFolder(world);
      world.drop(world.month.files[0]!);
      const form = read(world);
      const { uuid } = world.records.find((one) => one.record === 'act')!;
      form.changeCell(
        'ДокументыПакета',
        rowWith(form, 'ДокументыПакета', 'Идентификатор', uuid),
        'Загрузить',
        true,
      );
      load(form, 'Да');
    },
  },
  {
    title: 'первой части ещё нет: остальное ждёт её; чужие файлы не тронуты',
    steps: (world) => {
      // The second part of two, whose first part has not been renamed into its place yet.
      const waiting = [world.month.files[0]!.name.replace('1of1', '2of2'), 'отчёт.zip', 'a-b-c-d-xofy.zip'];
      for (const name of waiting) writeFileSync(world.path('outbox', name), 'не пакет');
      loadFolder(world);
      for (const name of waiting) expect(existsSync(world.path('outbox', name)), name).toBe(true);
    },
  },
  {
    title: 'перепроверка: удалённое сама из базы названо отсутствующим',
    given: (world) => {
      const act = world.find<Act>('act', 'А12/880');
      return { others: 'found', ends: ends([act], { state: 'missing' }), once: true };
    },
    steps: (world) => {
      loadFolder(world);
      world.base.store.remove('Документ.РеализацияТоваровУслуг', world.find<Act>('act', 'А12/880').uuid);
      recheckFolder(world);
    },
  },
  {
    title: 'перепроверка: исправленное, распроведённое и помеченное видно из квитанции',
    given: (world) => {
      const [changed, unposted, marked] = ['А12/871', 'А12/872', 'А12/880'].map((name) =>
        world.find<Act>('act', name),
      );
      return {
        others: 'found',
        ends: [
          ...ends([changed!], { state: 'found', standing: 'differs', message: /номер, дата/ }),
          ...ends([unposted!], { state: 'found', standing: 'unposted', posted: false }),
          ...ends([marked!], { state: 'conflict', message: /помечен на удаление/ }),
        ],
      };
    },
    steps: (world) => {
      loadFolder(world);
      const sale = 'Документ.РеализацияТоваровУслуг';
      const at = (name: string): string => world.find<Act>('act', name).uuid;
      edit(world.base, sale, at('А12/871'), {
        Номер: '0000-000055',
        Дата: dateOfIso('2025-12-30T10:00:00')!,
      });
      edit(world.base, sale, at('А12/872'), { Проведен: false });
      edit(world.base, sale, at('А12/880'), { Проведен: false, ПометкаУдаления: true });
      recheckFolder(world);
    },
  },
];
