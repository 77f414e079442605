import { add, Decimal, ZERO } from '../../language/decimal.ts';
import type { Value } from '../../language/values.ts';
import { isEmptyField } from '../../library/type-spec.ts';
import { fillAccounts } from '../accounts.ts';
import type { EnumValue } from '../enumeration.ts';
import { mainContract } from '../main-contract.ts';
import { accountsAreFilled } from '../objects/check-filling.ts';
import {
  asReference,
  type DataObject,
  getField,
  openObject,
  partOf,
  setField,
  storedOf,
} from '../objects/data-object.ts';
import { markForDeletion } from '../objects/write.ts';
import { readField } from '../reference.ts';
import type { Behaviour } from './index.ts';

/** Tables that each operation keeps; the others are emptied on write. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  Услуги: ['Услуги', 'ЗачетАвансов'],
  Товары: ['Товары', 'ВозвратнаяТара', 'ЗачетАвансов'],
  ПродажаКомиссия: ['Товары', 'Услуги', 'АгентскиеУслуги', 'ВозвратнаяТара', 'ЗачетАвансов'],
};
const MAIN_TABLES = ['Товары', 'Услуги', 'АгентскиеУслуги'];

/** РеализацияТоваровУслуг (facts: bp30 §4, §6). */
export const sale: Behaviour = {
  beforeWrite({ object, session }) {
    useMainContract(object);
    clearForeignTables(object);
    setField(object, 'СуммаДокумента', documentSum(object));
    if (accountsAreFilled(object)) fillAccounts(object);
    const marked = getField(object, 'ПометкаУдаления') === true;
    if (storedOf(object) && marked !== storedOf(object)!.fields.get('пометкаудаления'))
      for (const invoice of invoicesOf(object)) markForDeletion(invoice, marked, session);
  },
  fillingProblems({ object }) {
    const goods = partOf(object, 'Товары').rows.length > 0;
    return goods && String(getField(object, 'Склад')).trim() === '' ? ['Поле "Склад" не заполнено'] : [];
  },
  postingProblems({ object }) {
    return [
      ...contractProblems(object),
      ...(MAIN_TABLES.every((name) => partOf(object, name).rows.length === 0)
        ? ['Не заполнена табличная часть']
        : []),
      ...accountProblems(object),
    ];
  },
};

function operation(object: DataObject): string {
  return (getField(object, 'ВидОперации') as EnumValue).name;
}

/** Without accounting by contracts every document gets the main one. */
function useMainContract(object: DataObject): void {
  if (object.base.store.constants.get('ВестиУчетПоДоговорам') !== false) return;
  const contract = mainContract(object);
  if (contract) setField(object, 'ДоговорКонтрагента', contract);
}

function clearForeignTables(object: DataObject): void {
  const kept = KEPT[operation(object)];
  if (!kept) return;
  for (const { name } of object.meta.parts) if (!kept.includes(name)) partOf(object, name).rows.splice(0);
}

function documentSum(object: DataObject): Decimal {
  const included = getField(object, 'СуммаВключаетНДС') === true;
  let sum = ZERO;
  for (const name of MAIN_TABLES)
    for (const { values } of partOf(object, name).rows) {
      sum = add(sum, decimal(values.get('сумма')));
      if (!included) sum = add(sum, decimal(values.get('суммандс')));
    }
  return sum;
}

function decimal(value: Value | undefined): Decimal {
  return value instanceof Decimal ? value : ZERO;
}

function contractProblems(object: DataObject): string[] {
  const { base } = object;
  const contract = asReference(getField(object, 'ДоговорКонтрагента'));
  if (isEmptyField(base.spec({ refs: ['Справочник.ДоговорыКонтрагентов'] }), contract))
    return base.store.constants.get('ВестиУчетПоДоговорам') === false
      ? []
      : ['Поле "ДоговорКонтрагента" не заполнено'];
  const kind = (readField(base, contract, 'ВидДоговора') as EnumValue).name;
  return kind === 'СПокупателем' ? [] : [`Договор вида ${kind} не подходит для продажи`];
}

/** Movements cannot be written without accounts. */
function accountProblems(object: DataObject): string[] {
  const empty = (name: string): boolean =>
    isEmptyField(object.base.spec({ refs: ['ПланСчетов.Хозрасчетный'] }), getField(object, name));
  const head = ['СчетУчетаРасчетовСКонтрагентом', 'СчетУчетаРасчетовПоАвансам'].filter(empty);
  const part = object.meta.parts.find(({ name }) => name === 'Услуги')!;
  const cells = partOf(object, 'Услуги').rows.flatMap(({ values }) =>
    part.fields
      .filter(({ account }) => account)
      .filter(({ name, type }) => isEmptyField(object.base.spec(type), values.get(name.toLowerCase())!))
      .map(({ name }) => name),
  );
  return [...new Set([...head, ...cells])].map((name) => `Не заполнен счет учета: ${name}`);
}

/** VAT invoices that name the sale as their base. */
function invoicesOf(object: DataObject): DataObject[] {
  const { base } = object;
  return base.store
    .all('Документ.СчетФактураВыданный')
    .filter(({ parts }) =>
      (parts.get('документыоснования') ?? []).some(
        (row) => asReference(row.get('документоснование')!).uuid === object.uuid,
      ),
    )
    .map(({ uuid }) => openObject(base, base.reference('Документ.СчетФактураВыданный', uuid)));
}
