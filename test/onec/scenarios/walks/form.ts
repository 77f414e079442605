import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseReceipt } from '../../../../src/exchange/receipt-file.ts';
import type { Act, Counterparty, Service } from '../../../../src/model/types.ts';
import { put } from '../../base/create-base.ts';
import type { OpenForm } from '../../processing/form.ts';
import { edit, herAct, herCard, herService, pictures } from '../hers.ts';
import { cell, load, loadFolder, read, rowWith } from '../steps.ts';
import { filesOf, type World } from '../world.ts';
import { savedText, type Walk, warned } from './walk.ts';

const BUYER = 'Справочник.Контрагенты';

function pick(world: World, form: OpenForm): void {
  const { name, bytes } = world.month.files[0]!;
  form.ui.picked = { name: `C:\\Обмен\\${name}`, bytes };
  form.startChoice('ФайлПакета');
}

/** A hand-typed act that stands in the way of one of the package. */
function rival(world: World, fields: Parameters<typeof herAct>[3] = {}): void {
  const ours = world.find<Act>('act', 'А12/871');
  const card = herCard(world, world.find<Counterparty>('counterparty', 'ООО «Сабантуй-Трейд»'));
  const service = herService(world, world.find<Service>('service', 'Подключение'));
  herAct(world, ours, { buyer: card, service }, fields);
}

/** The form in front of the accountant. */
export const FORM: readonly Walk[] = [
  {
    title: 'файл без папки обмена: выбрать, прочитать, загрузить, сохранить квитанцию',
    run(world) {
      const form = world.open({});
      expect(form.item('ФайлПакета').visible && !form.item('ПапкаОбмена').visible).toBe(true);
      expect(form.value('ТекстСправки')).toContain('Повторная загрузка того же пакета ничего не меняет');
      for (const command of ['Прочитать', 'Загрузить', 'Перепроверить']) form.command(command);
      expect(warned(form)).toEqual(Array(3).fill('Сначала выберите пакет'));
      form.command('СохранитьКвитанцию');
      expect(warned(form)).toEqual(['Квитанции ещё нет: загрузите или перепроверьте пакет']);
      form.startChoice('ФайлПакета'); // закрыла окно, не выбрав
      expect(form.value('ИмяПакета')).toBe('');
      pick(world, form);
      form.command('Загрузить');
      expect(warned(form)).toEqual(['Сначала нажмите «Прочитать» и посмотрите, что в пакете']);
      form.command('Прочитать');
      expect(form.value('ТекстСостояния')).toBe(
        'Пакет прочитан. К загрузке: 29, уже в базе: 0, ждут решения: 0',
      );
      expect(['Организация', 'Период', 'НомерПакета'].map((name) => form.value(name))).toEqual([
        'ООО «Башнет»',
        'декабрь 2025',
        '№ 1, часть 1 из 1',
      ]);
      expect(['СуммаДокументов', 'СуммаНДС'].map((name) => String(form.value(name)))).toEqual([
        '86170.54',
        '14331.75',
      ]);
      load(form);
      expect(form.item('Страницы').page?.item.name).toBe('СтраницаПротокол');
      expect(form.value('ТекстСостояния')).toBe(
        'Создано: 29, обновлено: 0, с ошибкой: 0, ждут решения: 0, всего в базе: 29 из 29',
      );
      form.command('СохранитьКвитанцию');
      expect(parseReceipt(Buffer.from(savedText(form))).complete).toBe(true);
      expect(form.ui.saved.at(-1)!.name).toMatch(/^bashnet-2025-12-1-1of1-[0-9a-f-]{36}\.json$/);
      expect(filesOf(world.path('receipts'))).toEqual([]);
      form.command('Перепроверить');
      form.command('СохранитьКвитанцию');
      expect(parseReceipt(Buffer.from(savedText(form))).objects.every(({ state }) => state === 'found')).toBe(
        true,
      );
    },
  },
  {
    title: 'испорченный файл: отказ назван, прочитанное раньше не остаётся',
    run(world) {
      const form = world.open({});
      const { name, bytes } = world.month.files[0]!;
      form.ui.picked = { name, bytes: bytes.subarray(0, 1000) };
      form.startChoice('ФайлПакета');
      form.command('Прочитать');
      expect(warned(form).join()).toMatch(new RegExp(`^Пакет ${name} не принят: `));
      expect(form.table('Протокол').rows).toHaveLength(1);
      expect(filesOf(world.host.folder)).toEqual([]);
    },
  },
  {
    title: 'файл вписан руками; другой файл и другой источник забывают прочитанное',
    run(world) {
      const form = world.open({});
      const { name, bytes } = world.month.files[0]!;
      form.ui.picked = { name, bytes };
      form.change('ФайлПакета', name);
      form.command('Прочитать');
      expect(form.table('ДокументыПакета').rows).toHaveLength(29);
      form.change('ФайлПакета', '');
      expect([form.table('ДокументыПакета').rows.length, form.value('ПакетПрочитан')]).toEqual([0, false]);
      form.change('ИсточникПакета', 'Папка');
      expect(form.item('ПапкаОбмена').visible && !form.item('ФайлПакета').visible).toBe(true);
      form.command('Прочитать');
      expect(warned(form).join()).toMatch(/^Папка обмена не указана/);
      form.change('ПапкаОбмена', world.path());
      form.command('Прочитать');
      expect(form.value('ИмяПакета')).toBe(name);
    },
  },
  {
    title: 'папка обмена: пусто, один пакет, выбор из списка, отложенный, испорченный',
    run(world) {
      const [file] = world.month.files;
      const { name } = file!;
      rmSync(world.path('outbox', name));
      const form = world.open();
      form.command('Прочитать');
      expect(warned(form)).toEqual(['В папке обмена нет новых пакетов']);
      const second = name.replace('-1-1of1', '-2-1of1');
      mkdirSync(world.path('outbox', 'error'), { recursive: true });
      writeFileSync(world.path('outbox', 'error', name), file!.bytes);
      writeFileSync(world.path('outbox', 'error', second), 'не архив');
      form.ui.answers.push(9);
      form.command('Прочитать'); // закрыла список
      expect(form.value('ИмяПакета')).toBe('');
      form.ui.answers.push(1);
      form.command('Прочитать');
      expect(warned(form).join()).toMatch(new RegExp(`^Пакет ${second} не принят`));
      expect(String(cell(form, 'Протокол', 0, 'Текст'))).toMatch(/не принят/);
      expect(form.value('ПакетПрочитан')).toBe(false);
      form.ui.answers.push(0, 0);
      form.command('Прочитать');
      form.command('Прочитать');
      expect(form.value('ПакетПрочитан')).toBe(true);
      expect(existsSync(world.path('outbox', 'error', name))).toBe(true);
    },
  },
  {
    title: 'отметки: все, ни одной, спорный документ не отмечается, найденное открывается',
    run(world) {
      rival(world);
      const form = read(world);
      const { rows } = form.table('ДокументыПакета');
      const ticked = (): number => rows.filter(({ values }) => values.get('загрузить') === true).length;
      expect(ticked()).toBe(28);
      form.command('СнятьОтметки');
      expect(ticked()).toBe(0);
      form.command('ОтметитьВсе');
      expect(ticked()).toBe(28);
      const disputed = rowWith(form, 'ДокументыПакета', 'КодСостояния', 'conflict');
      form.changeCell('ДокументыПакета', disputed, 'Загрузить', true);
      expect(warned(form)).toEqual(['Сначала решите, что делать: страница «Расхождения»']);
      expect(cell(form, 'ДокументыПакета', disputed, 'Загрузить')).toBe(false);
      form.command('ОткрытьДокумент');
      form.select('ДокументыПакета', disputed, 'ДокументыПакетаНомер');
      form.select('Расхождения', 0, 'РасхожденияРешение');
      expect(form.ui.opened).toEqual([]);
      form.select('Расхождения', 0, 'РасхожденияНомерВБазе');
      expect(form.ui.opened).toHaveLength(1);
      form.command('ПоказатьСправку');
      expect(form.item('Страницы').page?.item.name).toBe('СтраницаСправка');
    },
  },
  {
    title: 'снятую отметку не загружают; загруженный документ открывается из таблицы',
    run(world) {
      const form = read(world);
      const { uuid } = world.find<Act>('act', 'А12/880');
      const row = rowWith(form, 'ДокументыПакета', 'Идентификатор', uuid);
      form.changeCell('ДокументыПакета', row, 'Загрузить', false);
      load(form);
      expect(world.base.store.find('Документ.РеализацияТоваровУслуг', uuid)).toBeUndefined();
      const there = rowWith(form, 'ДокументыПакета', 'Номер', 'А12/871');
      expect(cell(form, 'ДокументыПакета', there, 'Состояние')).toBe('создан');
      form.stand('ДокументыПакета', there);
      form.command('ОткрытьДокумент');
      expect(form.ui.opened).toHaveLength(1);
    },
  },
  {
    title: 'на вопрос о перезаписи ответили «Нет»: ничего не изменилось',
    run(world) {
      loadFolder(world);
      edit(world.base, BUYER, world.find<Counterparty>('counterparty', 'ООО «Аптека Шифа»').uuid, {
        Наименование: 'Шифа',
      });
      world.drop(world.month.files[0]!);
      const form = read(world);
      form.change('ОбновлятьКарточки', true);
      form.changeCell('ДокументыПакета', 0, 'Загрузить', true);
      const before = pictures(world.base);
      load(form, 'Нет');
      expect(form.ui.questions).toEqual([
        'Документы, которые уже есть в базе, будут перезаписаны: 1.\nНайденные карточки будут перезаписаны данными пакета.\nПродолжить?',
      ]);
      expect([...pictures(world.base)]).toEqual([...before]);
    },
  },
  {
    title: 'занятый номер не загрузить как новый; одно решение — у всех кандидатов объекта',
    run(world) {
      rival(world, { Номер: 'А12/871' });
      rival(world, { ПометкаУдаления: false });
      const form = read(world);
      const { uuid } = world.find<Act>('act', 'А12/871');
      const mine = form
        .table('Расхождения')
        .rows.filter(({ values }) => values.get('идентификатор') === uuid);
      expect(mine.length).toBeGreaterThan(1);
      const row = form.table('Расхождения').rows.indexOf(mine[0]!);
      form.changeCell('Расхождения', row, 'Решение', 'Загрузить');
      expect(warned(form).join()).toMatch(/^Загрузить как новый нельзя: /);
      form.changeCell('Расхождения', row, 'Решение', 'Связать');
      expect(form.value('ТекстСостояния')).toMatch(/^Решение учтётся при загрузке/);
      form.command('Прочитать');
      const decided = form.table('Расхождения').rows.map(({ values }) => String(values.get('решение')));
      expect(decided.filter((one) => one === 'Связать')).toHaveLength(1);
      expect(decided).not.toContain('Загрузить');
    },
  },
  {
    title: 'помеченную карточку нельзя создать заново; выбранную карточку можно отменить',
    run(world) {
      const shifa = world.find<Counterparty>('counterparty', 'ООО «Аптека Шифа»');
      put(world.base, BUYER, shifa.uuid, { Код: '00-000077', Наименование: 'Шифа', ПометкаУдаления: true });
      const hers = herCard(world, world.find<Counterparty>('counterparty', 'ООО «Кафе Шихан»'), { ИНН: '' });
      const form = read(world);
      const row = rowWith(form, 'КонтрагентыПакета', 'Идентификатор', shifa.uuid);
      form.changeCell('КонтрагентыПакета', row, 'Загрузить', true);
      expect(warned(form).join()).toMatch(/помечена на удаление/);
      const other = rowWith(form, 'КонтрагентыПакета', 'ИНН', '0299000734');
      form.changeCell('КонтрагентыПакета', other, 'НайденныйКонтрагент', hers);
      expect(cell(form, 'КонтрагентыПакета', other, 'Загрузить')).toBe(false);
      form.changeCell('КонтрагентыПакета', other, 'Загрузить', true);
      form.command('Прочитать');
      const again = rowWith(form, 'КонтрагентыПакета', 'ИНН', '0299000734');
      expect(String(cell(form, 'КонтрагентыПакета', again, 'Состояние'))).toBe('новый');
    },
  },
  {
    title: 'файл с папкой обмена: квитанция кладётся и туда, пакет остаётся на месте',
    run(world) {
      const form = world.open();
      form.change('ИсточникПакета', 'Файл');
      pick(world, form);
      form.command('Прочитать');
      load(form);
      expect(world.receipts()).toHaveLength(1);
      expect(filesOf(world.path('outbox'))).toContain(world.month.files[0]!.name);
      // A receipt of another base, a refusal and a spoilt one teach nothing and do no harm.
      const name = `${world.month.files[0]!.name.slice(0, -4)}-00000000-0000-4000-8000-00000000000`;
      writeFileSync(world.path('receipts', `${name}1.json`), '{"infobase":{"id":"другая"},"objects":[{}]}');
      writeFileSync(world.path('receipts', `${name}2.json`), 'не JSON');
      form.command('Прочитать');
      expect(warned(form)).toEqual([]);
      world.configure({ ПапкаОбмена: join(world.root, 'нет') });
      const other = world.open();
      other.change('ИсточникПакета', 'Файл');
      pick(world, other);
      other.command('Прочитать');
      expect(warned(other).join()).toMatch(/с сервера 1С не видна/);
    },
  },
];
