import { companyInn, companyOgrn, personInn, settlementAccount, traderOgrn } from './requisites.ts';

/** Who is behind a contract, as BGBilling's contract parameters tell it: texts, '' where nothing is filled in. */
export interface Party {
  /** BGBilling's fc: organisations and sole traders. */
  business: boolean;
  short: string;
  full: string;
  inn: string;
  kpp: string;
  ogrn: string;
  bik: string;
  account: string;
  address: string;
  /** As typed into the field: one or several addresses. */
  email: string;
  phones: string;
}

type Details = Partial<Omit<Party, 'business' | 'short' | 'inn' | 'account'>> & {
  /** Year of registration, for the ОГРН. */
  year?: number;
  /** First five digits of the settlement account. */
  balance?: string;
};

const FORMS: Record<string, string> = {
  ООО: 'Общество с ограниченной ответственностью',
  АО: 'Акционерное общество',
  ПАО: 'Публичное акционерное общество',
  АНО: 'Автономная некоммерческая организация',
  ТСЖ: 'Товарищество собственников жилья',
};

/** An organisation; `serial` makes its ИНН, ОГРН and account. The full name is spelled out of the short one. */
export function company(serial: number, short: string, details: Details): Party {
  const { year = 2012, balance = '40702', ...given } = details;
  const bik = given.bik ?? '';
  return {
    business: true,
    short,
    full: short.replace(/^\S+/, (form) => FORMS[form] ?? form),
    inn: companyInn(serial),
    kpp: '',
    ogrn: companyOgrn(serial, year),
    address: '',
    email: '',
    phones: '',
    ...given,
    bik,
    account: bik && settlementAccount(balance, serial, bik),
  };
}

/** A branch: the ИНН, ОГРН and account of the head, its own КПП. */
export function branch(
  head: Party,
  details: Pick<Party, 'short' | 'full' | 'kpp' | 'address' | 'email'>,
): Party {
  return { ...head, ...details };
}

/** A sole trader: «ИП Сафин Р. И.» out of the full name. */
export function soleTrader(serial: number, name: string, details: Details): Party {
  const { year = 2016, balance = '40802', ...given } = details;
  const bik = given.bik ?? '';
  return {
    business: true,
    short: `ИП ${initials(name)}`,
    full: `Индивидуальный предприниматель ${name}`,
    inn: personInn(serial),
    kpp: '',
    ogrn: traderOgrn(serial, year),
    address: '',
    email: '',
    phones: '',
    ...given,
    bik,
    account: bik && settlementAccount(balance, serial, bik),
  };
}

/** A person; providers rarely know the ИНН. */
export function person(
  name: string,
  details: Pick<Party, 'address' | 'phones'> & { email?: string; inn?: string },
): Party {
  const unknown = { inn: '', kpp: '', ogrn: '', bik: '', account: '', email: '' };
  return { business: false, short: name, full: name, ...unknown, ...details };
}

/** A dependent sub-contract carries a name and an address, nothing else. */
export function site(short: string, address: string): Party {
  const unknown = { inn: '', kpp: '', ogrn: '', bik: '', account: '', email: '', phones: '' };
  return { business: true, short, full: short, ...unknown, address };
}

function initials(name: string): string {
  const [family, ...given] = name.split(' ');
  return [family, ...given.slice(0, 2).map((part) => `${part[0]}.`)].join(' ');
}
