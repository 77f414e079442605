import type { Counterparty, Service } from '../../../model/types.ts';
import { fixed, group, type Mapping, type Origin, plain, rows, text } from '../../../schema/mapping.ts';
import type { BankAccountView, ContractView } from '../views.ts';
import { bankKeys, contractKeys, counterpartyKeys, currencyKeys, serviceKeys, unitKeys } from './keys.ts';

/** Full objects of catalogues: counterparties, their accounts, contracts, services (decisions 1). */

interface Contact {
  kind: string;
  value: string;
}

/**
 * Contact information as a plain presentation in ЗначенияПолей: newer БСП takes it (decisions 12, not proved on a live
 * base).
 */
function contacts({ address, emails, phones }: Counterparty): Contact[] {
  return [
    ...(address ? [{ kind: 'ЮридическийАдрес', value: address }] : []),
    ...phones.map((value) => ({ kind: 'Телефон', value })),
    ...emails.map((value) => ({ kind: 'АдресЭлектроннойПочты', value })),
  ];
}

const CONTACT_FIELDS: Origin = 'counterparty.contacts';

export const counterpartyMapping: Mapping<Counterparty> = {
  КлючевыеСвойства: group((counterparty) => counterparty, counterpartyKeys),
  КонтактнаяИнформация: group((counterparty: Counterparty) => (contacts(counterparty).length > 0 ? counterparty : undefined), {
    Строка: rows(contacts, {
      ВидКонтактнойИнформации: plain(CONTACT_FIELDS, ({ kind }: Contact) => kind),
      ЗначенияПолей: text(CONTACT_FIELDS, ({ value }: Contact) => value),
    }),
  }),
  ОсновнойБанковскийСчет: group(accountView, accountKeys()),
};

function accountView(counterparty: Counterparty): BankAccountView | undefined {
  return counterparty.bank && { counterparty, bank: counterparty.bank };
}

function accountKeys(): Mapping<BankAccountView> {
  return {
    Ссылка: plain('counterparty.bank.uuid', ({ bank }) => bank.uuid),
    НомерСчета: plain('counterparty.bank.account', ({ bank }) => bank.account),
    Банк: group(({ bank }: BankAccountView) => bank, bankKeys('counterparty.bank.bik')),
    Владелец: group((view: BankAccountView) => view, {
      КонтрагентыСсылка: group(({ counterparty }: BankAccountView) => counterparty, counterpartyKeys),
    }),
  };
}

export const bankAccountMapping: Mapping<BankAccountView> = {
  КлючевыеСвойства: group((view) => view, accountKeys()),
  Наименование: plain('counterparty.bank.account', ({ bank }) => `Р/с …${bank.account.slice(-4)}`),
  ВалютаДенежныхСредств: group(() => ({}), currencyKeys),
  ВидСчета: fixed('Расчетный'),
};

export const contractMapping: Mapping<ContractView> = {
  КлючевыеСвойства: group((view) => view, contractKeys),
};

export const serviceMapping: Mapping<Service> = {
  КлючевыеСвойства: group((service) => service, serviceKeys),
  ТипНоменклатуры: fixed('Услуга'),
  ЕдиницаИзмерения: group((service) => service, unitKeys),
};
