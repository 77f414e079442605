import type { Counterparty } from '../../../model/types.ts';
import { escapeXml } from '../../../schema/escape.ts';
import { group, type Mapping, type Origin, plain, rows, text } from '../../../schema/mapping.ts';
import type { Profile } from '../../../schema/profile.ts';
import { wantsContactXml } from '../dialect.ts';

/** Contact information of a counterparty: address, telephones, e-mail. */

export type ContactKind = 'ЮридическийАдрес' | 'Телефон' | 'АдресЭлектроннойПочты';

interface Contact {
  kind: ContactKind;
  value: string;
}

/** Namespace of the XDTO package of contact information, the same in all versions of the library. */
export const CONTACT_NAMESPACE = 'http://www.v8.1c.ru/ssl/contactinfo';

const CONTACT_FIELDS: Origin = 'counterparty.contacts';

/** The element КонтактнаяИнформация; absent where there is nothing to tell. */
export function contactInformation(profile: Profile): Mapping<Counterparty> {
  const spell = wantsContactXml(profile) ? contactXml : ({ value }: Contact) => value;
  const present = (counterparty: Counterparty): Counterparty | undefined =>
    contactsOf(counterparty).length > 0 ? counterparty : undefined;
  return {
    КонтактнаяИнформация: group(present, {
      Строка: rows(contactsOf, {
        ВидКонтактнойИнформации: plain(CONTACT_FIELDS, ({ kind }: Contact) => kind),
        ЗначенияПолей: text(CONTACT_FIELDS, spell),
      }),
    }),
  };
}

function contactsOf({ address, emails, phones }: Counterparty): Contact[] {
  return [
    ...(address ? [{ kind: 'ЮридическийАдрес', value: address } as const] : []),
    ...phones.map((value) => ({ kind: 'Телефон', value }) as const),
    ...emails.map((value) => ({ kind: 'АдресЭлектроннойПочты', value }) as const),
  ];
}

/** What stands inside `Состав`, by kind. An address of one text is what the library itself makes of a presentation. */
const CONTENTS: Readonly<Record<ContactKind, (value: string) => string>> = {
  ЮридическийАдрес: (value) =>
    `<Состав xsi:type="Адрес"><Состав xsi:type="xs:string">${value}</Состав></Состав>`,
  Телефон: (value) => `<Состав xsi:type="НомерТелефона" Номер="${value}"/>`,
  АдресЭлектроннойПочты: (value) => `<Состав xsi:type="ЭлектроннаяПочта" Значение="${value}"/>`,
};

/** A contact as a document of the contact package (facts: EnterpriseData §8). */
export function contactXml({ kind, value }: Contact): string {
  const safe = escapeXml(value);
  return (
    `<КонтактнаяИнформация xmlns="${CONTACT_NAMESPACE}" xmlns:xs="http://www.w3.org/2001/XMLSchema" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" Представление="${safe}">` +
    `${CONTENTS[kind](safe)}</КонтактнаяИнформация>`
  );
}
