import type { Counterparty, Organization, Service } from '../../../model/types.ts';
import type { VatRate } from '../../../model/vat.ts';
import { fixed, group, type Mapping, plain, text } from '../../../schema/mapping.ts';
import { CONTRACT_NUMBER_LIMIT } from '../../../sources/assembly/parties.ts';
import { cut } from '../../../support/text.ts';
import { no, yes } from '../texts.ts';
import type { ContractView } from '../views.ts';

/** Key properties (КлючевыеСвойства…): how one object names another. */

const LEGAL = 'ЮридическоеЛицо';
const NATURAL = 'ФизическоеЛицо';

/** Our own organisation is never written in full: 1C would overwrite its card (decisions 1). */
export const organizationKeys: Mapping<Organization> = {
  Ссылка: plain('organization.uuid', ({ uuid }) => uuid),
  Наименование: text('config:organizations.name', ({ name }) => name),
  НаименованиеПолное: text('config:organizations.fullName', ({ fullName }) => fullName),
  ИНН: plain('config:organizations.inn', ({ inn }) => inn),
  КПП: plain('config:organizations.kpp', ({ kpp }) => kpp),
  ЮридическоеФизическоеЛицо: plain('config:organizations.inn', ({ kind }) => (kind === 'legal-entity' ? LEGAL : NATURAL)),
};

export const counterpartyKeys: Mapping<Counterparty> = {
  Ссылка: plain('counterparty.uuid', ({ uuid }) => uuid),
  Наименование: text('counterparty.name', ({ name }) => name),
  НаименованиеПолное: text('counterparty.fullName', ({ fullName }) => fullName),
  ИНН: plain('counterparty.inn', ({ inn }) => inn),
  КПП: plain('counterparty.kpp', ({ kpp }) => kpp),
  ЮридическоеФизическоеЛицо: plain('counterparty.kind', ({ kind }) => (kind === 'legal-entity' ? LEGAL : NATURAL)),
  РегистрационныйНомер: plain('counterparty.ogrn', ({ ogrn }) => ogrn, { optional: true, loss: 'counterparty.ogrn' }),
  ИндивидуальныйПредприниматель: plain('counterparty.kind', ({ kind }) => (kind === 'sole-trader' ? yes : undefined), {
    optional: true,
    loss: 'counterparty.sole-trader',
  }),
};

const ROUBLE = { code: '643', name: 'руб.' };

export const currencyKeys: Mapping<unknown> = {
  ДанныеКлассификатора: group(() => ROUBLE, { Код: fixed(ROUBLE.code), Наименование: fixed(ROUBLE.name) }),
};

/** ОКЕИ names of the units that services are sold in. */
const UNIT_NAMES: Readonly<Record<string, string>> = { '796': 'шт', '642': 'ед' };

export const unitKeys: Mapping<Service> = {
  ДанныеКлассификатора: group((service) => service, {
    Код: plain('service.unit', ({ unit }: Service) => unit),
    Наименование: plain('service.unit', ({ unit }: Service) => UNIT_NAMES[unit]),
  }),
};

export const serviceKeys: Mapping<Service> = {
  Ссылка: plain('service.uuid', ({ uuid }) => uuid),
  НаименованиеПолное: text('service.name', ({ fullName }) => fullName),
  Наименование: text('service.name', ({ name }) => name),
};

export const contractKeys: Mapping<ContractView> = {
  Ссылка: plain('contract.uuid', ({ contract }) => contract.uuid),
  ВидДоговора: fixed('СПокупателем'),
  Организация: group(({ organization }) => organization, organizationKeys),
  Контрагент: group(({ counterparty }) => counterparty, counterpartyKeys),
  ВалютаВзаиморасчетов: group(() => ROUBLE, currencyKeys),
  РасчетыВУсловныхЕдиницах: fixed(no),
  Наименование: text('contract.name', ({ contract }) => contract.name),
  Дата: plain('contract.date', ({ contract }) => contract.date),
  Номер: text('contract.number', ({ contract }) => (contract.date ? cut(contract.number, CONTRACT_NUMBER_LIMIT) : undefined)),
};

/** ДанныеВзаиморасчетов of every document (decisions 5). */
export const settlement: Mapping<ContractView> = {
  Договор: group((view) => view, contractKeys),
  ВалютаВзаиморасчетов: group(() => ROUBLE, currencyKeys),
  КурсВзаиморасчетов: fixed('1'),
  КратностьВзаиморасчетов: fixed('1'),
};

/** The seller's account, by its key properties only. */
export const sellerAccount: Mapping<ContractView> = {
  Ссылка: plain('config:organizations.bank', ({ organization }) => organization.bank?.uuid),
  НомерСчета: plain('config:organizations.bank.account', ({ organization }) => organization.bank?.account),
  Банк: group(({ organization }: ContractView) => organization.bank, bankKeys('config:organizations.bank.bik')),
  Владелец: group((view: ContractView) => view, { ОрганизацииСсылка: group(({ organization }: ContractView) => organization, organizationKeys) }),
};

export function bankKeys(from: string): Mapping<{ bik: string }> {
  return { ДанныеКлассификатораБанков: group((bank) => bank, { БИК: plain(from, ({ bik }: { bik: string }) => bik) }) };
}

/** Kinds of rates (ВидыСтавокНДС); 5 and 7 % are configurable: not proved on a live base (decisions 8). */
export function vatRateKeys(reduced: string): Mapping<VatRate> {
  const kinds: Record<VatRate, string> = { 22: 'Общая', 20: 'Общая', 10: 'Пониженная', 7: reduced, 5: reduced, 0: 'Нулевая', none: 'БезНДС' };
  return {
    Ставка: plain('line.rate', (rate) => (rate === 'none' ? undefined : String(rate))),
    РасчетнаяСтавка: fixed(no),
    НеОблагается: plain('line.rate', (rate) => (rate === 'none' ? yes : no)),
    ВидСтавки: plain('line.rate', (rate) => kinds[rate]),
  };
}
