import { fixed, group, type Mapping, plain } from '../../../schema/mapping.ts';
import type { PersonName } from '../person-name.ts';
import type { PartyView } from '../view.ts';
import { words } from './words.ts';

/** ФИОТип. */
export function personName(from: string): Mapping<PersonName> {
  return {
    Фамилия: words(from, ({ last }) => last),
    Имя: words(from, ({ first }) => first),
    Отчество: words(from, ({ middle }) => middle),
  };
}

/**
 * УчастникТип, of the seller or of the buyer.
 * @param of prefix of the origins: `counterparty`, `config:organizations`
 */
export function party(of: string): Mapping<PartyView> {
  const name = `${of}.fullName`;
  return {
    ИдСв: group((view: PartyView) => view, {
      СвИП: group(({ trader }: PartyView) => trader, {
        ИННФЛ: plain(`${of}.inn`, ({ inn }) => inn),
        ОГРНИП: plain(`${of}.ogrn`, ({ ogrn }) => (ogrn?.length === OGRNIP_LENGTH ? ogrn : undefined)),
        ФИО: group((trader: NonNullable<PartyView['trader']>) => trader.name, personName(name)),
      }),
      СвЮЛУч: group(({ company }: PartyView) => company, {
        НаимОрг: words(name, (company) => company.name),
        ИННЮЛ: plain(`${of}.inn`, ({ inn }) => inn),
        КПП: plain(`${of}.kpp`, ({ kpp }) => kpp),
      }),
      СвФЛУч: group(({ person }: PartyView) => person, {
        ИННФЛ: plain(`${of}.inn`, ({ inn }) => inn),
        ФИО: group((person: NonNullable<PartyView['person']>) => person.name, personName(name)),
      }),
    }),
    Адрес: group(({ address }: PartyView) => (address === undefined ? undefined : { address }), {
      АдрИнф: group((one: { address: string }) => one, {
        КодСтр: fixed('643'),
        НаимСтран: fixed('Россия'),
        АдрТекст: words(`${of}.address`, ({ address }) => address),
      }),
    }),
    БанкРекв: group(({ bank }: PartyView) => bank, {
      НомерСчета: plain(`${of}.bank.account`, ({ account }) => account),
      СвБанк: group((bank: NonNullable<PartyView['bank']>) => bank, {
        НаимБанк: words(`${of}.bank.name`, ({ bankName }) => bankName),
        БИК: plain(`${of}.bank.bik`, ({ bik }) => bik),
        КорСчет: plain(`${of}.bank.correspondentAccount`, ({ correspondentAccount }) => correspondentAccount),
      }),
    }),
  };
}

const OGRNIP_LENGTH = 15;
