import type { Counterparty, Organization, Service } from '../../../model/types.ts';
import { UNITS } from '../../../model/units.ts';
import { fixed, group, type Mapping, plain, text } from '../../../schema/mapping.ts';
import type { Profile } from '../../../schema/profile.ts';
import { CONTRACT_NUMBER_LIMIT } from '../../../sources/assembly/parties.ts';
import { cut } from '../../../support/text.ts';
import { placed } from '../dialect.ts';
import { type LossName, lost } from '../losses.ts';
import { no, yes } from '../texts.ts';
import type { ContractView } from '../views.ts';

/** Key properties (КлючевыеСвойства…): how one object names another. */

export const LEGAL = 'ЮридическоеЛицо';
export const NATURAL = 'ФизическоеЛицо';

/** Our own organisation is never written in full: 1C would overwrite its card (decisions 1). */
export const organizationKeys: Mapping<Organization> = {
  Ссылка: plain('organization.uuid', ({ uuid }) => uuid),
  Наименование: text('config:organizations.name', ({ name }) => name),
  НаименованиеПолное: text('config:organizations.fullName', ({ fullName }) => fullName),
  ИНН: plain('config:organizations.inn', ({ inn }) => inn),
  КПП: plain('config:organizations.kpp', ({ kpp }) => kpp),
  ЮридическоеФизическоеЛицо: plain('config:organizations.inn', ({ kind }) =>
    kind === 'legal-entity' ? LEGAL : NATURAL,
  ),
};

type Lacking = (loss: LossName) => { optional: true; loss?: LossName };

function counterpartyFields(lacking: Lacking): Mapping<Counterparty> {
  return {
    Ссылка: plain('counterparty.uuid', ({ uuid }) => uuid),
    Наименование: text('counterparty.name', ({ name }) => name),
    НаименованиеПолное: text('counterparty.fullName', ({ fullName }) => fullName),
    ИНН: plain('counterparty.inn', ({ inn }) => inn),
    КПП: plain('counterparty.kpp', ({ kpp }) => kpp),
    ЮридическоеФизическоеЛицо: plain('counterparty.kind', ({ kind }) =>
      kind === 'legal-entity' ? LEGAL : NATURAL,
    ),
    РегистрационныйНомер: plain('counterparty.ogrn', ({ ogrn }) => ogrn, lacking('counterparty.ogrn')),
    ИндивидуальныйПредприниматель: plain(
      'counterparty.kind',
      ({ kind }) => (kind === 'sole-trader' ? yes : undefined),
      lacking('counterparty.sole-trader'),
    ),
  };
}

/** A counterparty named by another object: what the version lacks of it is told once, by the counterparty itself. */
export const counterpartyKeys = counterpartyFields(() => ({ optional: true }));

/** The key properties of the counterparty itself. */
export const ownCounterpartyKeys = counterpartyFields(lost);

/** Code and name of a classifier: in a structure of their own from 1.7 on, flat before. */
function classifierKeys<T>(profile: Profile, type: string, fields: Mapping<T>): Mapping<T> {
  return placed(profile, type, { ДанныеКлассификатора: group((record: T) => record, fields) }, fields);
}

const ROUBLE = { code: '643', name: 'руб.' };

export function currencyKeys(profile: Profile): Mapping<unknown> {
  return classifierKeys<unknown>(profile, 'КлючевыеСвойстваВалюта', {
    Код: fixed(ROUBLE.code),
    Наименование: fixed(ROUBLE.name),
  });
}

/** The code alone names a unit: versions without Наименование lose nothing. */
export function unitKeys(profile: Profile): Mapping<Service> {
  return classifierKeys<Service>(profile, 'КлючевыеСвойстваЕдиницаИзмерения', {
    Код: plain('service.unit', ({ unit }) => unit),
    Наименование: plain('service.unit', ({ unit }) => UNITS[unit]?.short, { optional: true }),
  });
}

export function bankKeys(profile: Profile, from: string): Mapping<{ bik: string }> {
  const fields: Mapping<{ bik: string }> = { БИК: plain(from, ({ bik }) => bik) };
  const structure = { ДанныеКлассификатораБанков: group((bank: { bik: string }) => bank, fields) };
  return placed(profile, 'КлючевыеСвойстваБанк', structure, fields);
}

function serviceFields(lacking: Lacking): Mapping<Service> {
  return {
    Ссылка: plain('service.uuid', ({ uuid }) => uuid),
    НаименованиеПолное: text('service.name', ({ fullName }) => fullName),
    Наименование: text('service.name', ({ name }) => name),
    Группа: group(
      (service: Service) => service.group,
      {
        Ссылка: plain('service.group', ({ uuid }: NonNullable<Service['group']>) => uuid),
        Наименование: text('service.group', ({ name }: NonNullable<Service['group']>) => name),
      },
      lacking('service.group'),
    ),
  };
}

/** A service named by another object: what the version lacks of it is told once, by the service itself. */
export const serviceKeys = serviceFields(() => ({ optional: true }));

/** The key properties of the service itself. */
export const ownServiceKeys = serviceFields(lost);

export function contractKeys(profile: Profile): Mapping<ContractView> {
  return {
    Ссылка: plain('contract.uuid', ({ contract }) => contract.uuid),
    ВидДоговора: fixed('СПокупателем'),
    Организация: group(({ organization }) => organization, organizationKeys),
    Контрагент: group(({ counterparty }) => counterparty, counterpartyKeys),
    ВалютаВзаиморасчетов: group(() => ROUBLE, currencyKeys(profile)),
    РасчетыВУсловныхЕдиницах: fixed(no),
    Наименование: text('contract.name', ({ contract }) => contract.name),
    Дата: plain('contract.date', ({ contract }) => contract.date),
    Номер: text('contract.number', ({ contract }) =>
      contract.date ? cut(contract.number, CONTRACT_NUMBER_LIMIT) : undefined,
    ),
  };
}

/** ДанныеВзаиморасчетов of every document (decisions 5). */
export function settlement(profile: Profile): Mapping<ContractView> {
  return {
    Договор: group((view) => view, contractKeys(profile)),
    ВалютаВзаиморасчетов: group(() => ROUBLE, currencyKeys(profile)),
    КурсВзаиморасчетов: fixed('1'),
    КратностьВзаиморасчетов: fixed('1'),
  };
}

/** The seller's account, by its key properties only. */
export function sellerAccount(profile: Profile): Mapping<ContractView> {
  const bank = 'config:organizations.bank';
  return {
    Ссылка: plain(bank, ({ organization }) => organization.bank?.uuid),
    НомерСчета: plain(`${bank}.account`, ({ organization }) => organization.bank?.account),
    Банк: group(({ organization }: ContractView) => organization.bank, bankKeys(profile, `${bank}.bik`)),
    Владелец: group((view: ContractView) => view, {
      ОрганизацииСсылка: group(({ organization }: ContractView) => organization, organizationKeys),
    }),
  };
}
