import type { Counterparty, Service } from '../../../model/types.ts';
import { fixed, group, type Mapping, plain } from '../../../schema/mapping.ts';
import type { Profile } from '../../../schema/profile.ts';
import { lost } from '../losses.ts';
import type { BankAccountView, ContractView } from '../views.ts';
import { contactInformation } from './contacts.ts';
import {
  bankKeys,
  contractKeys,
  counterpartyKeys,
  currencyKeys,
  ownCounterpartyKeys,
  ownServiceKeys,
  unitKeys,
} from './keys.ts';

/** Full objects of catalogues: counterparties, their accounts, contracts, services (decisions 1). */

export function counterpartyMapping(profile: Profile): Mapping<Counterparty> {
  return {
    КлючевыеСвойства: group((counterparty) => counterparty, ownCounterpartyKeys),
    ...contactInformation(profile),
    ОсновнойБанковскийСчет: group(accountView, accountKeys(profile), lost('counterparty.main-account')),
  };
}

function accountView(counterparty: Counterparty): BankAccountView | undefined {
  return counterparty.bank && { counterparty, bank: counterparty.bank };
}

function accountKeys(profile: Profile): Mapping<BankAccountView> {
  return {
    Ссылка: plain('counterparty.bank.uuid', ({ bank }) => bank.uuid),
    НомерСчета: plain('counterparty.bank.account', ({ bank }) => bank.account),
    Банк: group(({ bank }: BankAccountView) => bank, bankKeys(profile, 'counterparty.bank.bik')),
    Владелец: group((view: BankAccountView) => view, {
      КонтрагентыСсылка: group(({ counterparty }: BankAccountView) => counterparty, counterpartyKeys),
    }),
  };
}

export function bankAccountMapping(profile: Profile): Mapping<BankAccountView> {
  return {
    КлючевыеСвойства: group((view) => view, accountKeys(profile)),
    Наименование: plain('counterparty.bank.account', ({ bank }) => `Р/с …${bank.account.slice(-4)}`),
    ВалютаДенежныхСредств: group(() => ({}), currencyKeys(profile)),
    ВидСчета: fixed('Расчетный'),
  };
}

export function contractMapping(profile: Profile): Mapping<ContractView> {
  return { КлючевыеСвойства: group((view) => view, contractKeys(profile)) };
}

/** The unit is mandatory up to 1.17 and always written. */
export function serviceMapping(profile: Profile): Mapping<Service> {
  return {
    КлючевыеСвойства: group((service) => service, ownServiceKeys),
    ТипНоменклатуры: fixed('Услуга'),
    ЕдиницаИзмерения: group((service) => service, unitKeys(profile)),
  };
}
