import type { PartyKind } from '../../../model/types.ts';
import { VAT_RATES, type VatRate } from '../../../model/vat.ts';
import { parseElement, type XmlElement, XmlProblem } from '../../../schema/read-elements.ts';
import { rateName } from '../dialect.ts';
import { CONTACT_NAMESPACE } from '../mapping/contacts.ts';
import { LEGAL } from '../mapping/keys.ts';
import { child, dayOf, isTrue, numberOf, textOf, told, uuidOf } from './dig.ts';
import type { ToldBankAccount, ToldContract, ToldCounterparty, ToldOrganization } from './records.ts';

/** Key properties, in whatever place a version has them. */

export function organizationOf(keys: XmlElement | undefined): ToldOrganization | undefined {
  return keys && told({ ...partyOf(keys), kind: kindOf(keys, 'sole-trader') });
}

export function counterpartyOf(keys: XmlElement | undefined): Omit<ToldCounterparty, 'record'> {
  const kind = kindOf(keys, isTrue(keys, 'ИндивидуальныйПредприниматель') ? 'sole-trader' : 'person');
  return told({ ...partyOf(keys), kind, ogrn: textOf(keys, 'РегистрационныйНомер') });
}

function partyOf(keys: XmlElement | undefined) {
  return {
    uuid: uuidOf(keys, 'Ссылка'),
    name: textOf(keys, 'Наименование'),
    fullName: textOf(keys, 'НаименованиеПолное'),
    inn: textOf(keys, 'ИНН'),
    kpp: textOf(keys, 'КПП'),
  };
}

function kindOf(keys: XmlElement | undefined, natural: PartyKind): PartyKind | undefined {
  const text = textOf(keys, 'ЮридическоеФизическоеЛицо');
  if (text === undefined) return undefined;
  return text === LEGAL ? 'legal-entity' : natural;
}

export function contractOf(keys: XmlElement | undefined): Omit<ToldContract, 'record'> {
  return told({
    uuid: uuidOf(keys, 'Ссылка'),
    counterparty: uuidOf(keys, 'Контрагент', 'Ссылка'),
    number: textOf(keys, 'Номер'),
    date: dayOf(keys, 'Дата'),
    name: textOf(keys, 'Наименование'),
    organization: organizationOf(child(keys, 'Организация')),
  });
}

export function accountOf(keys: XmlElement | undefined): Omit<ToldBankAccount, 'record' | 'owner'> {
  const bank = child(keys, 'Банк');
  return told({
    uuid: uuidOf(keys, 'Ссылка'),
    account: textOf(keys, 'НомерСчета'),
    bik: textOf(classifierOf(bank, 'ДанныеКлассификатораБанков'), 'БИК'),
  });
}

/** Where code and name of a classifier stand: in a structure of their own, or flat. */
export function classifierOf(
  keys: XmlElement | undefined,
  structure = 'ДанныеКлассификатора',
): XmlElement | undefined {
  return child(keys, structure) ?? keys;
}

/** A rate as a structure or as a value of the enumeration; undefined where the model has no such rate. */
export function rateOf(rate: XmlElement | undefined): VatRate | undefined {
  if (!rate) return undefined;
  if (rate.children.length === 0) return VAT_RATES.find((known) => rateName(known) === rate.text);
  if (isTrue(rate, 'НеОблагается')) return 'none';
  const percent = numberOf(rate, 2, 'Ставка');
  return isTrue(rate, 'РасчетнаяСтавка')
    ? undefined
    : VAT_RATES.find((known) => known !== 'none' && known * 100 === percent);
}

/** ЗначенияПолей: the XML of the contact package, which carries a presentation, or the presentation itself. */
export function contactValue(text: string | undefined): string | undefined {
  if (!text?.trimStart().startsWith('<')) return text;
  try {
    const { namespace, attributes } = parseElement(text);
    return namespace === CONTACT_NAMESPACE ? attributes.Представление : text;
  } catch (error) {
    if (error instanceof XmlProblem) return text;
    throw error;
  }
}
