import { integer, parseDecimal } from '../../language/decimal.ts';
import { BslException } from '../../language/errors.ts';
import type { Value } from '../../language/values.ts';
import { addRow, setCell, type TableRow } from '../../library/value-table.ts';
import { type DataObject, partOf } from '../objects/data-object.ts';
import { resolve } from './identify.ts';
import type { LoadState } from './load-state.ts';
import { child, childText, type Node, rowsOf } from './node.ts';
import { booleanOf, dateOf, decimalOf, enumOf, type Rule, set, setKeyText } from './rule.ts';

/** Rules of documents (facts: enterprise-data §6, §10.8). */

const HEAD = [
  'Номер',
  'Дата',
  'Организация',
  'Контрагент',
  'ДоговорКонтрагента',
  'ВалютаДокумента',
  'СуммаДокумента',
  'Комментарий',
];

function documentKeys(target: DataObject, keys: Node, state: LoadState): void {
  setKeyText(target, 'Номер', childText(keys, 'Номер'));
  set(target, 'Дата', dateOf(keys, 'Дата'));
  set(target, 'Организация', resolve(state, 'Справочник.Организации', child(keys, 'Организация')!));
}

function documentHead(target: DataObject, data: Node, state: LoadState): void {
  const currency = child(data, 'Валюта');
  if (currency) set(target, 'ВалютаДокумента', resolve(state, 'Справочник.Валюты', currency));
  const buyer = child(data, 'Контрагент');
  if (buyer) set(target, 'Контрагент', resolve(state, 'Справочник.Контрагенты', buyer));
  const settlement = child(data, 'ДанныеВзаиморасчетов');
  const contract = (settlement && child(settlement, 'Договор')) ?? child(data, 'Договор');
  if (contract)
    set(target, 'ДоговорКонтрагента', resolve(state, 'Справочник.ДоговорыКонтрагентов', contract));
  set(target, 'СуммаДокумента', decimalOf(data, 'Сумма'));
  const common = child(data, 'ОбщиеСвойстваОбъектовФормата');
  set(target, 'Комментарий', common && childText(common, 'Комментарий'));
}

/** СтавкаНДС: a structure from 1.17 on, before that a name of an enumeration. */
export function vatRate(state: LoadState, node: Node | undefined): Value | undefined {
  if (!node) return undefined;
  if (node.children.length === 0) return enumOf(state, 'СтавкиНДС', node.text);
  if (childText(node, 'НеОблагается') === 'true') return enumOf(state, 'СтавкиНДС', 'БезНДС');
  const rate = parseDecimal(childText(node, 'Ставка') ?? '');
  if (!rate) throw new BslException('Ставка НДС не указана');
  const calculated = childText(node, 'РасчетнаяСтавка') === 'true';
  return enumOf(state, 'СтавкиНДС', calculated ? `НДС${rate}_${100n + rate.units}` : `НДС${rate}`);
}

function addLine(target: DataObject, part: string, row: Node, state: LoadState): TableRow {
  const line = addRow(partOf(target, part));
  const nested = child(row, 'ДанныеНоменклатуры');
  const item = child(row, 'Номенклатура') ?? (nested && (child(nested, 'Номенклатура') ?? nested));
  if (item) setCell(line, 'Номенклатура', resolve(state, 'Справочник.Номенклатура', item));
  for (const name of ['Количество', 'Цена', 'Сумма', 'СуммаНДС']) {
    const value = decimalOf(row, name);
    if (value !== undefined) setCell(line, name, value);
  }
  const rate = vatRate(state, child(row, 'СтавкаНДС'));
  if (rate !== undefined) setCell(line, 'СтавкаНДС', rate);
  const content = childText(row, 'Содержание');
  if (content !== undefined) setCell(line, 'Содержание', content);
  return line;
}

const LINE_TABLES = ['Товары', 'Услуги', 'АгентскиеУслуги'];

export const saleRule: Rule = {
  meta: 'Документ.РеализацияТоваровУслуг',
  search: () => [['Дата', 'Номер']],
  keys: documentKeys,
  full(target, data, state) {
    documentHead(target, data, state);
    set(target, 'СуммаВключаетНДС', booleanOf(data, 'СуммаВключаетНДС'));
    set(target, 'ДокументБезНДС', childText(data, 'Налогообложение') === 'ПродажаНеОблагаетсяНДС');
    set(target, 'КурсВзаиморасчетов', integer(1));
    set(target, 'КратностьВзаиморасчетов', integer(1));
    set(target, 'СпособЗачетаАвансов', enumOf(state, 'СпособыЗачетаАвансов', 'Автоматически'));
    const account = child(data, 'БанковскийСчетОрганизации');
    if (account)
      set(target, 'БанковскийСчетОрганизации', resolve(state, 'Справочник.БанковскиеСчета', account));
    for (const row of rowsOf(data, 'Товары')) addLine(target, 'Товары', row, state);
    for (const row of rowsOf(data, 'Услуги'))
      addLine(target, childText(row, 'ТипУслуги') === 'Агентские' ? 'АгентскиеУслуги' : 'Услуги', row, state);
    const onlyServices =
      partOf(target, 'Товары').rows.length === 0 && partOf(target, 'АгентскиеУслуги').rows.length === 0;
    set(
      target,
      'ВидОперации',
      enumOf(state, 'ВидыОперацийРеализацияТоваров', onlyServices ? 'Услуги' : 'ПродажаКомиссия'),
    );
    if (target.fields.has('этоуниверсальныйдокумент'))
      set(target, 'ЭтоУниверсальныйДокумент', booleanOf(data, 'ЭтоУПД'));
  },
  fields: [
    ...HEAD,
    'СуммаВключаетНДС',
    'ДокументБезНДС',
    'КурсВзаиморасчетов',
    'КратностьВзаиморасчетов',
    'СпособЗачетаАвансов',
    'БанковскийСчетОрганизации',
    'ВидОперации',
    'ЭтоУниверсальныйДокумент',
  ],
  parts: LINE_TABLES,
};

export const billRule: Rule = {
  meta: 'Документ.СчетНаОплатуПокупателю',
  search: () => [['Дата', 'Номер']],
  keys: documentKeys,
  full(target, data, state) {
    documentHead(target, data, state);
    set(target, 'СуммаВключаетНДС', booleanOf(data, 'СуммаВключаетНДС'));
    const account = child(data, 'БанковскийСчетОрганизации');
    if (account) set(target, 'СтруктурнаяЕдиница', resolve(state, 'Справочник.БанковскиеСчета', account));
    // Goods and services stand in one table.
    for (const row of [...rowsOf(data, 'Товары'), ...rowsOf(data, 'Услуги')])
      addLine(target, 'Товары', row, state);
  },
  fields: [...HEAD, 'СуммаВключаетНДС', 'СтруктурнаяЕдиница'],
  parts: ['Товары'],
};

const WAYS: Readonly<Record<string, number>> = { НаБумажномНосителе: 1, ВЭлектронномВиде: 2 };

const VAT_INVOICE = 'Документ.СчетФактураВыданный';

/** A number of a correction among the key properties makes it one (БП 3.0.51, …_Испр_Получение). */
function vatInvoiceKeys(target: DataObject, keys: Node, state: LoadState): void {
  documentKeys(target, keys, state);
  const correction = decimalOf(keys, 'НомерИсправления');
  set(target, 'НомерИсправления', correction);
  set(target, 'Исправление', correction !== undefined);
}

export const vatInvoiceRule: Rule = {
  meta: VAT_INVOICE,
  search: () => [['Дата', 'Номер']],
  keys: vatInvoiceKeys,
  full(target, data, state) {
    documentHead(target, data, state);
    const corrected = child(data, 'ИсправляемыйСчетФактура');
    if (corrected) set(target, 'ИсправляемыйСчетФактура', resolve(state, VAT_INVOICE, corrected));
    set(
      target,
      'ВидСчетаФактуры',
      enumOf(state, 'ВидСчетаФактурыВыставленного', childText(data, 'ВидСчетаФактуры')),
    );
    set(target, 'КодВидаОперации', childText(data, 'КодВидаОперации'));
    set(target, 'Выставлен', booleanOf(data, 'Выставлен'));
    set(target, 'ДатаВыставления', dateOf(data, 'ДатаВыставления'));
    // БП reads it without asking whether it is there.
    const way = WAYS[childText(data, 'СпособВыставления') ?? ''];
    if (way === undefined) throw new BslException('Поле объекта не обнаружено (СпособВыставления)');
    set(target, 'КодСпособаВыставления', integer(way));
    set(target, 'СуммаНДСДокумента', decimalOf(data, 'СуммаНДС'));
    set(target, 'ИННКонтрагента', childText(data, 'ИННКонтрагента'));
    set(target, 'КППКонтрагента', childText(data, 'КППКонтрагента'));
    for (const row of rowsOf(data, 'ДокументыОснования')) {
      const basis = child(row, 'ДокументОснование')!.children[0]!;
      const reference = resolve(state, 'Документ.РеализацияТоваровУслуг', basis);
      setCell(addRow(partOf(target, 'ДокументыОснования')), 'ДокументОснование', reference);
      set(target, 'ДокументОснование', reference);
    }
    for (const row of rowsOf(data, 'ПлатежноРасчетныеДокументы')) {
      const line = addRow(partOf(target, 'ПлатежноРасчетныеДокументы'));
      setCell(line, 'ДатаДокумента', dateOf(row, 'ДатаДокумента')!);
      setCell(line, 'НомерДокумента', childText(row, 'НомерДокумента') ?? '');
    }
  },
  fields: [
    ...HEAD,
    'НомерИсправления',
    'Исправление',
    'ИсправляемыйСчетФактура',
    'ВидСчетаФактуры',
    'КодВидаОперации',
    'Выставлен',
    'ДатаВыставления',
    'КодСпособаВыставления',
    'СуммаНДСДокумента',
    'ИННКонтрагента',
    'КППКонтрагента',
    'ДокументОснование',
  ],
  parts: ['ДокументыОснования', 'ПлатежноРасчетныеДокументы'],
};
