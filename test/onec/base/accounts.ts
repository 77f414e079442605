import type { Value } from '../language/values.ts';
import { isEmptyField, type TypeSpec } from '../library/type-spec.ts';
import type { Base } from './base.ts';
import { type DataObject, getField, partOf, setField } from './objects/data-object.ts';
import type { Reference } from './reference.ts';

/** Accounts of a sale of services (facts: bp30 §4, a live sample). */
export const ACCOUNTS: readonly { code: string; name: string; uuid: string }[] = [
  {
    code: '62.01',
    name: 'Расчеты с покупателями и заказчиками',
    uuid: 'ac000000-0000-4000-8000-000000006201',
  },
  { code: '62.02', name: 'Расчеты по авансам полученным', uuid: 'ac000000-0000-4000-8000-000000006202' },
  { code: '90.01.1', name: 'Выручка', uuid: 'ac000000-0000-4000-8000-000000090011' },
  { code: '90.02.1', name: 'Себестоимость продаж', uuid: 'ac000000-0000-4000-8000-000000090021' },
  { code: '90.03', name: 'Налог на добавленную стоимость', uuid: 'ac000000-0000-4000-8000-000000009003' },
];

const HEAD = { СчетУчетаРасчетовСКонтрагентом: '62.01', СчетУчетаРасчетовПоАвансам: '62.02' } as const;
const LINE = { СчетДоходов: '90.01.1', СчетРасходов: '90.02.1', СчетУчетаНДСПоРеализации: '90.03' } as const;

function account(base: Base, code: string): Reference {
  const found = ACCOUNTS.find((one) => one.code === code)!;
  return base.reference('ПланСчетов.Хозрасчетный', found.uuid);
}

/** Fills empty accounts of a sale from the accounting settings, where the base has any. */
export function fillAccounts(object: DataObject): void {
  const { base } = object;
  if (base.settings.accountsUnknown) return;
  const accounts = base.spec({ refs: ['ПланСчетов.Хозрасчетный'] });
  const groups = base.spec({ refs: ['Справочник.НоменклатурныеГруппы'] });
  for (const [name, code] of Object.entries(HEAD))
    if (isEmptyField(accounts, getField(object, name))) setField(object, name, account(base, code));
  for (const { values } of partOf(object, 'Услуги').rows) {
    for (const [name, code] of Object.entries(LINE)) fillCell(values, name, accounts, account(base, code));
    const [group] = base.store.all('Справочник.НоменклатурныеГруппы');
    if (group)
      fillCell(values, 'Субконто', groups, base.reference('Справочник.НоменклатурныеГруппы', group.uuid));
  }
}

function fillCell(values: Map<string, Value>, name: string, spec: TypeSpec, value: Value): void {
  const key = name.toLowerCase();
  if (isEmptyField(spec, values.get(key)!)) values.set(key, value);
}
