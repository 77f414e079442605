import { isFilled } from '../../library/convert.ts';
import { addRow, setCell } from '../../library/value-table.ts';
import { asReference, type DataObject, partOf } from '../objects/data-object.ts';
import { readField } from '../reference.ts';
import { resolve } from './identify.ts';
import type { LoadState } from './load-state.ts';
import { child, childText, type Node, rowsOf } from './node.ts';
import { booleanOf, dateOf, enumOf, type Rule, set, setKeyText } from './rule.ts';

/** Rules of catalogues (facts: enterprise-data §5, §10.5). */

const LEGAL = 'ЮридическоеФизическоеЛицо';

export const organizationRule: Rule = {
  meta: 'Справочник.Организации',
  search: () => [['ИНН', 'КПП'], ['НаименованиеПолное'], ['Наименование']],
  keys(target, keys, state) {
    for (const name of ['Наименование', 'НаименованиеПолное', 'НаименованиеСокращенное', 'ИНН', 'КПП'])
      setKeyText(target, name, childText(keys, name));
    set(target, LEGAL, enumOf(state, LEGAL, childText(keys, LEGAL)));
  },
  full(target, data, state) {
    set(target, 'ОГРН', childText(data, 'ОГРН'));
    const account = child(data, 'ОсновнойБанковскийСчет');
    if (account) set(target, 'ОсновнойБанковскийСчет', resolve(state, 'Справочник.БанковскиеСчета', account));
  },
  // БП writes over the prefix, which the format does not have, and over the account.
  fields: [
    'Наименование',
    'НаименованиеПолное',
    'НаименованиеСокращенное',
    'ИНН',
    'КПП',
    'ОГРН',
    'Префикс',
    'ОсновнойБанковскийСчет',
  ],
  parts: [],
};

export const counterpartyRule: Rule = {
  meta: 'Справочник.Контрагенты',
  search: () => [['ИНН', 'КПП', 'ЭтоГруппа'], ['НаименованиеПолное'], ['Наименование']],
  keys(target, keys, state) {
    for (const name of ['Наименование', 'НаименованиеПолное', 'ИНН', 'КПП'])
      setKeyText(target, name, childText(keys, name));
    set(target, LEGAL, enumOf(state, LEGAL, childText(keys, LEGAL)));
    set(target, 'РегистрационныйНомер', childText(keys, 'РегистрационныйНомер'));
  },
  full(target, data, state) {
    set(target, 'КодПоОКПО', childText(data, 'ОКПО'));
    set(target, 'ОбособленноеПодразделение', booleanOf(data, 'ОбособленноеПодразделение'));
    const head = child(data, 'ГоловнойКонтрагент');
    if (head) set(target, 'ГоловнойКонтрагент', resolve(state, 'Справочник.Контрагенты', head));
    const account = child(data, 'ОсновнойБанковскийСчет');
    if (account) set(target, 'ОсновнойБанковскийСчет', resolve(state, 'Справочник.БанковскиеСчета', account));
    for (const row of rowsOf(data, 'КонтактнаяИнформация')) addContact(target, row, state);
  },
  fields: [
    'Наименование',
    'НаименованиеПолное',
    'ИНН',
    'КПП',
    LEGAL,
    'РегистрационныйНомер',
    'КодПоОКПО',
    'ОбособленноеПодразделение',
    'ГоловнойКонтрагент',
    'ОсновнойБанковскийСчет',
  ],
  parts: ['КонтактнаяИнформация'],
};

/** Kinds of contacts that БП knows for counterparties; others are left out silently. */
const CONTACT_KINDS: Readonly<Record<string, string>> = {
  ЮридическийАдрес: 'ЮрАдресКонтрагента',
  ФактическийАдрес: 'ФактАдресКонтрагента',
  ПочтовыйАдрес: 'ПочтовыйАдресКонтрагента',
  Телефон: 'ТелефонКонтрагента',
  Факс: 'ФаксКонтрагенты',
  АдресЭлектроннойПочты: 'EmailКонтрагенты',
};

function addContact(target: DataObject, row: Node, state: LoadState): void {
  const predefined = CONTACT_KINDS[childText(row, 'ВидКонтактнойИнформации') ?? ''];
  const stored = state.base.store
    .all('Справочник.ВидыКонтактнойИнформации')
    .find(({ fields }) => fields.get('имяпредопределенныхданных') === predefined);
  if (!stored) return;
  const value = childText(row, 'ЗначенияПолей') ?? '';
  const kind = state.base.reference('Справочник.ВидыКонтактнойИнформации', stored.uuid);
  const added = addRow(partOf(target, 'КонтактнаяИнформация'));
  setCell(added, 'Вид', kind);
  setCell(added, 'Тип', readField(state.base, kind, 'Тип')!);
  // A presentation, or XML that carries one.
  setCell(added, 'Представление', /Представление="([^"]*)"/.exec(value)?.[1] ?? value);
  setCell(added, 'ЗначенияПолей', value);
}

export const contractRule: Rule = {
  meta: 'Справочник.ДоговорыКонтрагентов',
  search: () => [
    ['ВидДоговора', 'Владелец', 'Дата', 'Номер', 'Организация', 'ВалютаВзаиморасчетов'],
    ['ВидДоговора', 'Владелец', 'Наименование', 'Организация', 'ВалютаВзаиморасчетов'],
  ],
  keys(target, keys, state) {
    set(target, 'ВидДоговора', enumOf(state, 'ВидыДоговоровКонтрагентов', childText(keys, 'ВидДоговора')));
    set(target, 'Организация', headOrganization(state, child(keys, 'Организация')!));
    set(target, 'Владелец', resolve(state, 'Справочник.Контрагенты', child(keys, 'Контрагент')!));
    const currency = child(keys, 'ВалютаВзаиморасчетов');
    if (currency) set(target, 'ВалютаВзаиморасчетов', resolve(state, 'Справочник.Валюты', currency));
    set(target, 'РасчетыВУсловныхЕдиницах', booleanOf(keys, 'РасчетыВУсловныхЕдиницах'));
    for (const name of ['Наименование', 'Номер']) setKeyText(target, name, childText(keys, name));
    set(target, 'Дата', dateOf(keys, 'Дата'));
  },
  full: () => undefined,
  fields: [
    'ВидДоговора',
    'Организация',
    'Владелец',
    'ВалютаВзаиморасчетов',
    'РасчетыВУсловныхЕдиницах',
    'Наименование',
    'Номер',
    'Дата',
  ],
  parts: [],
  stubStays: true,
};

/** Contracts are those of the head organisation. */
function headOrganization(state: LoadState, keys: Node): ReturnType<typeof resolve> {
  const organization = resolve(state, 'Справочник.Организации', keys);
  const head = readField(state.base, organization, 'ГоловнаяОрганизация');
  return head !== undefined && isFilled(head) ? asReference(head) : organization;
}

export const nomenclatureRule: Rule = {
  meta: 'Справочник.Номенклатура',
  search: ({ nomenclatureSearch }) => nomenclatureSearch,
  keys(target, keys) {
    setKeyText(target, 'НаименованиеПолное', childText(keys, 'НаименованиеПолное'));
    setKeyText(target, 'Код', childText(keys, 'КодВПрограмме'));
    setKeyText(target, 'Артикул', childText(keys, 'Артикул'));
    setKeyText(target, 'Наименование', childText(keys, 'Наименование'));
  },
  full(target, data, state) {
    const service = childText(data, 'ТипНоменклатуры') === 'Услуга';
    set(target, 'Услуга', service);
    const kind = state.base.store
      .all('Справочник.ВидыНоменклатуры')
      .find(({ fields }) => fields.get('услуга') === service);
    if (kind) set(target, 'ВидНоменклатуры', state.base.reference('Справочник.ВидыНоменклатуры', kind.uuid));
    const unit = child(data, 'ЕдиницаИзмерения');
    if (unit)
      set(target, 'ЕдиницаИзмерения', resolve(state, 'Справочник.КлассификаторЕдиницИзмерения', unit));
  },
  fields: ['НаименованиеПолное', 'Артикул', 'Наименование', 'Услуга', 'ВидНоменклатуры', 'ЕдиницаИзмерения'],
  parts: [],
};

export const accountRule: Rule = {
  meta: 'Справочник.БанковскиеСчета',
  search: () => [['НомерСчета', 'Владелец']],
  keys(target, keys, state) {
    setKeyText(target, 'НомерСчета', childText(keys, 'НомерСчета'));
    const bank = child(keys, 'Банк');
    if (bank) set(target, 'Банк', resolve(state, 'Справочник.Банки', bank));
    const owner = child(keys, 'Владелец')!.children[0]!;
    const catalog = owner.name === 'ОрганизацииСсылка' ? 'Справочник.Организации' : 'Справочник.Контрагенты';
    set(target, 'Владелец', resolve(state, catalog, owner));
  },
  full(target, data, state) {
    set(target, 'Наименование', childText(data, 'Наименование'));
    const currency = child(data, 'ВалютаДенежныхСредств');
    if (currency) set(target, 'ВалютаДенежныхСредств', resolve(state, 'Справочник.Валюты', currency));
    set(target, 'ВидСчета', childText(data, 'ВидСчета'));
  },
  fields: ['НомерСчета', 'Банк', 'Владелец', 'Наименование', 'ВалютаДенежныхСредств', 'ВидСчета'],
  parts: [],
};

/** Валюты, ЕдиницыИзмерения, Банки: by the code of a classifier. */
function classifierRule(meta: string, element: string, code: string): Rule {
  return {
    meta,
    search: () => [['Код'], ['Наименование']],
    keys(target, keys) {
      const data = child(keys, element) ?? keys;
      setKeyText(target, 'Код', childText(data, code));
      setKeyText(target, 'Наименование', childText(data, 'Наименование'));
    },
    fields: ['Код', 'Наименование'],
    parts: [],
  };
}

export const currencyRule = classifierRule('Справочник.Валюты', 'ДанныеКлассификатора', 'Код');
export const unitRule = classifierRule(
  'Справочник.КлассификаторЕдиницИзмерения',
  'ДанныеКлассификатора',
  'Код',
);
export const bankRule = classifierRule('Справочник.Банки', 'ДанныеКлассификатораБанков', 'БИК');
