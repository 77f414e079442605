import type { Bitrix24Config, DataOwner } from '../../config/types.ts';
import type { OnecCard } from '../../model/onec-card.ts';
import { sha256 } from '../../support/ids.ts';
import { tidy } from '../../support/text.ts';
import { type Field, type Fields, textOf, type Value } from './compare.ts';

/** Kinds of items (facts: bitrix24 §5). */
export const COMPANY = 4;
export const CONTACT = 3;
export type OwnerType = typeof COMPANY | typeof CONTACT;

/** How we sign what we made. */
export const ORIGINATOR = 'bgbilling-1c';

/** Types of addresses. */
export const LEGAL_ADDRESS = 6;
export const ACTUAL_ADDRESS = 1;

/** User fields that we make in the portal, for companies and contacts alike. */
export const USER_FIELDS = {
  account: { name: 'UF_CRM_BG_ACCOUNT', label: 'Лицевой счёт', multiple: true },
  contract: { name: 'UF_CRM_BG_CONTRACT', label: 'Договор', multiple: true },
  link: { name: 'UF_CRM_BG_1C', label: 'Карточка в 1С', multiple: false },
} as const;

/** A part of a card: the item itself, its requisites, a bank account, an address. */
export interface Part {
  /** `item`, `requisite`, `bank:<БИК>/<account>`, `address:6` */
  piece: string;
  fields: Fields;
}

/** A telephone or an e-mail of the item. */
export interface Contact {
  /** `phone:<digits>`, `email:<address>` */
  piece: string;
  typeId: 'PHONE' | 'EMAIL';
  value: string;
  owner: 'onec' | 'crm';
}

/** A counterparty of 1C in the words of the CRM. */
export interface Card {
  ref: string;
  kind: OnecCard['kind'];
  type: OwnerType;
  /** How a person calls it. */
  title: string;
  inn: string;
  kpp: string;
  item: Part;
  /** Absent where requisites are not brought over, or there are none. */
  requisite?: Part | undefined;
  banks: Part[];
  addresses: Part[];
  contacts: Contact[];
  /** Of all of it: the same hash means that nothing is to be done. */
  hash: string;
}

type Owners = Bitrix24Config['owners'];

export function cardOf(card: OnecCard, owners: Owners): Card {
  const { ref1c: ref, kind, name, inn = '', kpp = '', phones, emails } = card;
  const type: OwnerType = kind === 'person' ? CONTACT : COMPANY;
  const requisite = partOf('requisite', owners.requisites, requisiteFields(card));
  const made = {
    ref,
    kind,
    type,
    title: tidy(name),
    inn: digits(inn),
    kpp: kpp.trim().toUpperCase(),
    item: { piece: 'item', fields: itemFields(card, owners, type) },
    requisite,
    banks: requisite ? bankParts(card, owners.bank) : [],
    addresses: requisite ? addressParts(card, owners) : [],
    contacts: [
      ...contactParts('PHONE', phones, owners.phones),
      ...contactParts('EMAIL', emails, owners.emails),
    ],
  };
  return { ...made, hash: sha256(JSON.stringify(made)) };
}

function itemFields(card: OnecCard, owners: Owners, type: OwnerType): Record<string, Field> {
  const { ref1c, name, contracts } = card;
  const person = nameOf(card);
  const title: Record<string, Value> =
    type === COMPANY
      ? { title: tidy(name) }
      : { lastName: person.last, name: person.first, secondName: person.middle };
  const accounts = contracts.flatMap((contract) => /\(л\/с ([^)]+)\)/.exec(contract.name)?.[1] ?? []);
  return {
    ...owned(owners.title, title),
    // The item may bear the key of another connector: ours goes into an empty place only.
    ...owned('crm', { originatorId: ORIGINATOR, originId: ref1c }),
    ...owned(owners.contract === 'off' ? 'off' : 'own', {
      [USER_FIELDS.account.name]: unique(accounts),
      [USER_FIELDS.contract.name]: unique(contracts.map((contract) => tidy(contract.name))),
      [USER_FIELDS.link.name]: onecLink(ref1c),
    }),
  };
}

function requisiteFields(card: OnecCard): Record<string, Value> {
  const { kind, name, fullName, inn = '', kpp = '', ogrn = '' } = card;
  const { last, first, middle } = nameOf(card);
  const person = { RQ_LAST_NAME: last, RQ_FIRST_NAME: first, RQ_SECOND_NAME: middle };
  if (kind === 'legal-entity')
    return {
      RQ_COMPANY_NAME: name,
      RQ_COMPANY_FULL_NAME: fullName,
      RQ_INN: digits(inn),
      RQ_KPP: kpp,
      RQ_OGRN: ogrn,
    };
  return {
    ...person,
    RQ_NAME: fullName,
    RQ_INN: digits(inn),
    ...(kind === 'sole-trader' && { RQ_OGRNIP: ogrn }),
  };
}

function bankParts({ bankAccounts }: OnecCard, owner: DataOwner): Part[] {
  return bankAccounts.flatMap(({ account, bik = '', bankName = '' }) => {
    const fields = { RQ_ACC_NUM: digits(account), RQ_BIK: digits(bik), RQ_BANK_NAME: bankName };
    return partOf(`bank:${digits(bik)}/${digits(account)}`, owner, fields) ?? [];
  });
}

function addressParts({ addresses }: OnecCard, owners: Owners): Part[] {
  const kinds = [
    { kind: 'legal', type: LEGAL_ADDRESS, owner: owners.legalAddress },
    { kind: 'actual', type: ACTUAL_ADDRESS, owner: owners.actualAddress },
  ] as const;
  return kinds.flatMap(({ kind, type, owner }) => {
    const text = addresses.find((one) => one.kind === kind)?.text ?? '';
    const { index, rest } = postal(text);
    return partOf(`address:${type}`, owner, { ADDRESS_1: rest, POSTAL_CODE: index }) ?? [];
  });
}

function contactParts(typeId: Contact['typeId'], values: readonly string[], owner: DataOwner): Contact[] {
  if (owner === 'off') return [];
  const found = new Map<string, Contact>();
  for (const text of values) {
    const value = tidy(text);
    const piece = contactPiece(typeId, value);
    if (value !== '' && !found.has(piece)) found.set(piece, { piece, typeId, value, owner });
  }
  return [...found.values()];
}

/** What makes two spellings one telephone or one address. */
export function contactPiece(typeId: Contact['typeId'], value: string): string {
  if (typeId === 'EMAIL') return `email:${tidy(value).toLowerCase()}`;
  const number = digits(value);
  return `phone:${number.length === 11 && number.startsWith('8') ? `7${number.slice(1)}` : number}`;
}

/** A part without a single value is none. */
function partOf(piece: string, owner: DataOwner, fields: Record<string, Value>): Part | undefined {
  if (Object.values(fields).every((value) => textOf(value) === '')) return undefined;
  const made = owned(owner, fields);
  return Object.keys(made).length === 0 ? undefined : { piece, fields: made };
}

function owned(owner: Field['owner'] | 'off', fields: Record<string, Value>): Record<string, Field> {
  if (owner === 'off') return {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      { value: typeof value === 'string' ? tidy(value) : value, owner },
    ]),
  );
}

/** «ИП Иванов Иван Иванович» → surname, name, patronymic with what follows. */
function nameOf({ fullName, name }: OnecCard): { last: string; first: string; middle: string } {
  const words = tidy(fullName || name)
    .replace(/^(ИП|Индивидуальный предприниматель)\s+/i, '')
    .split(' ');
  const [last = '', first = '', ...middle] = words;
  return { last, first, middle: middle.join(' ') };
}

/** «450077, Республика …»: the index has a field of its own. */
function postal(text: string): { index: string; rest: string } {
  const match = /^(\d{6}),?\s*(.*)$/s.exec(text.trim());
  return match ? { index: match[1]!, rest: match[2]! } : { index: '', rest: text };
}

/** Link that 1C opens (Shift+F11): the groups of the UUID in 1C's order. */
function onecLink(ref: string): string {
  const [a, b, c, d, e] = ref.split('-');
  return `e1cib/data/Справочник.Контрагенты?ref=${d}${e}${c}${b}${a}`;
}

export function digits(text: string): string {
  return text.replace(/\D/g, '');
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
