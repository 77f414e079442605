import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseJson } from '../../../../src/exchange/json-file.ts';
import { parsePassport } from '../../../../src/exchange/passport-file.ts';
import type { Counterparty } from '../../../../src/model/types.ts';
import { enumValue } from '../../base/fixture.ts';
import { getMember } from '../../language/members.ts';
import { textOf } from '../../language/presentation.ts';
import type { ValueTable } from '../../library/value-table.ts';
import { edit, herCard, herContract } from '../hers.ts';
import { loadFolder } from '../steps.ts';
import type { World } from '../world.ts';
import { savedText, type Walk } from './walk.ts';

const BUYER = 'Справочник.Контрагенты';

/** What is registered, scheduled and saved. */
export const COMMANDS: readonly Walk[] = [
  {
    title: 'обработка регистрируется в БСП: пять команд, не безопасный режим',
    run(world) {
      const { session } = world.host;
      const told = world.ask('СведенияОВнешнейОбработке');
      const member = (name: string): string => textOf(getMember(told, name, session), session);
      expect(['Вид', 'Версия', 'БезопасныйРежим', 'ВерсияБСП'].map(member)).toEqual([
        'ДополнительнаяОбработка',
        '1.0',
        'Нет',
        '2.3.1.1',
      ]);
      const { rows } = getMember(told, 'Команды', session) as unknown as ValueTable;
      expect(
        rows.map(({ values }) => `${values.get('идентификатор')}: ${values.get('использование')}`),
      ).toEqual([
        'ОткрытьФорму: ОткрытиеФормы',
        'ЗагрузитьПапку: ВызовСерверногоМетода',
        'ПерепроверитьПапку: ВызовСерверногоМетода',
        'ЗаписатьПаспорт: ВызовСерверногоМетода',
        'ВыгрузитьКонтрагентов: ВызовСерверногоМетода',
      ]);
    },
  },
  {
    title: 'настройки: записаны в карточку обработки и служат расписанию; из файла — пользователю',
    run(world) {
      world.configure({ ПапкаОбмена: '' });
      const form = world.open();
      form.change('ПапкаОбменаНастройка', ` ${world.path()} `);
      form.command('ЗаписатьНастройки');
      expect(form.value('ТекстСостояния')).toBe('Настройки записаны');
      loadFolder(world);
      expect(world.receipts()).toHaveLength(1);
      const fromFile = world.open({});
      expect(fromFile.value('ИсточникПакета')).toBe('Файл');
      fromFile.change('ПапкаОбменаНастройка', world.path());
      fromFile.command('ЗаписатьНастройки');
      expect(world.open({}).value('ИсточникПакета')).toBe('Папка');
      world.command('ПерепроверитьПапку', {});
      expect(world.receipts()).toHaveLength(1);
    },
  },
  {
    title: 'паспорт базы: в папку по расписанию и в файл из формы',
    run(world) {
      world.base.store.constants.set('ЗаголовокСистемы', ' Башнет: бухгалтерия ');
      world.command('ЗаписатьПаспорт');
      const passport = parsePassport(readFileSync(world.path('base.json')));
      const newer = world.base.profile.configuration.version !== '3.0.51.21';
      expect(passport).toMatchObject({
        infobase: { name: 'Башнет: бухгалтерия' },
        bsp: newer ? '3.1.12.238' : '2.3.5.81',
        loader: true,
        vatRates: newer ? [22, 20, 18, 10, 7, 5, 0, 'none'] : [20, 18, 10, 0, 'none'],
        numberLengths: { bill: 11, act: 11, vatInvoice: 12, contract: newer ? 50 : 20 },
        updFlag: newer,
        additionalAttributes: false,
        organizations: [{ inn: '0299000011', kpp: '027401001' }],
      });
      expect([...passport.formatVersions].sort()).toEqual([...world.base.profile.formatVersions].sort());
      const form = world.open();
      form.command('СохранитьПаспорт');
      expect(form.ui.saved.at(-1)!.name).toBe('base.json');
      expect(parsePassport(Buffer.from(savedText(form))).infobase.id).toBe(passport.infobase.id);
    },
  },
  {
    title: 'контрагенты для CRM: карточки с контактами, счетами и договорами',
    run(world) {
      loadFolder(world);
      const head = world.find<Counterparty>('counterparty', 'ООО «Сабантуй-Трейд»');
      const branch = world.find<Counterparty>('counterparty', 'ООО «Сабантуй-Трейд», филиал в г. Мелеуз');
      edit(world.base, BUYER, branch.uuid, {
        ОбособленноеПодразделение: true,
        ГоловнойКонтрагент: world.base.reference(BUYER, head.uuid),
      });
      herCard(world, head, { ЭтоГруппа: true });
      herCard(world, head, { ПометкаУдаления: true });
      const supplier = { ВидДоговора: enumValue(world.base, 'ВидыДоговоровКонтрагентов', 'СПоставщиком') };
      const agreed = world.records.find((one) => one.record === 'contract' && one.counterparty === head.uuid);
      herContract(world, world.base.reference(BUYER, head.uuid), agreed as never, supplier);
      world.command('ВыгрузитьКонтрагентов');
      const text = readFileSync(world.path('counterparties.jsonl'), 'utf8');
      const [header, ...lines] = text.trim().split('\n');
      parseJson(Buffer.from(header!), 'counterparties.schema.json#/definitions/header');
      const cards = new Map(
        lines.map((line) => {
          const card = parseJson<Card>(
            Buffer.from(line),
            'counterparties.schema.json#/definitions/counterparty',
          );
          return [card.ref1c, card];
        }),
      );
      const ours = world.records.filter((one): one is Counterparty => one.record === 'counterparty');
      expect([...cards.keys()].sort()).toEqual(ours.map(({ uuid }) => uuid).sort());
      for (const record of ours)
        expect(cards.get(record.uuid), record.name).toMatchObject(cardOf(world, record));
      expect(cards.get(branch.uuid)!.head).toBe(head.uuid);
      expect(cards.get(head.uuid)).not.toHaveProperty('head');
      const form = world.open();
      form.command('СохранитьКонтрагентов');
      expect(form.ui.saved.at(-1)!.name).toBe('counterparties.jsonl');
      expect(savedText(form).trim().split('\n')).toHaveLength(lines.length + 1);
    },
  },
];

interface Card {
  ref1c: string;
  head?: string;
}

function cardOf(
  { records }: World,
  { kind, name, fullName, inn, kpp, ogrn, address, emails, phones, bank, uuid }: Counterparty,
): object {
  const contract = records.find((one) => one.record === 'contract' && one.counterparty === uuid)!;
  return {
    name,
    fullName,
    kind,
    ...(inn && { inn }),
    ...(kpp && { kpp }),
    ...(ogrn && { ogrn }),
    addresses: address === undefined ? [] : [{ kind: 'legal', text: address }],
    phones,
    emails,
    bankAccounts: bank
      ? [{ account: bank.account, bik: bank.bik, bankName: `Банк ${bank.bik}`, main: true }]
      : [],
    contracts: [{ ref1c: contract.uuid, organization: { inn: '0299000011', kpp: '027401001' } }],
  };
}
