import { isInn, isOgrn } from '../src/model/requisites.ts';
import type { Party } from '../tools/samples/party.ts';
import { BIK, settlementAccount } from '../tools/samples/requisites.ts';
import { draw, pick } from './random.ts';

/**
 * Who is behind the contracts of a month: of ten, nine organisations and sole traders and one person. Everything is
 * invented; ИНН begin with 98, which as far as we know is no region's, and have right check digits.
 */

const FORMS = [
  ['ООО', 'Общество с ограниченной ответственностью'],
  ['ООО', 'Общество с ограниченной ответственностью'],
  ['ООО', 'Общество с ограниченной ответственностью'],
  ['АО', 'Акционерное общество'],
  ['ТСЖ', 'Товарищество собственников жилья'],
] as const;
const HEADS = [
  'Агидель',
  'Урал',
  'Шихан',
  'Иремель',
  'Салават',
  'Толпар',
  'Дим',
  'Ак Бузат',
  'Юрюзань',
  'Инзер',
];
const TAILS = [
  'Строй',
  'Торг',
  'Сервис',
  'Логистика',
  'Металл',
  'Мед',
  'Агро',
  'Проект',
  'Нефтемаш',
  'Консалтинг',
];
const FAMILIES = words(
  'Сафин Иванов Галиев Кузнецов Юсупов Петров Ахметов Смирнов Хасанов Орлов Валеев Соколов Гареев Лебедев Исмагилов',
  'Козлов Шарипов Новиков Мусин Морозов Латыпов Волков Ямалов Зайцев Рахимов Павлов Кутлуев Семёнов Набиев Голубев',
);
const NAMES = words(
  'Рустам Алексей Ильдар Сергей Азат Дмитрий Тимур Андрей Марат Николай Ринат Павел Айдар Виктор Фанис',
  'Олег Салават Игорь Вадим Роман Ильгиз Антон Булат Юрий Данис Денис Ирек Егор Рамиль Глеб',
);
const FATHERS = words(
  'Ильдусович Петрович Маратович Сергеевич Фанисович Андреевич Рифович Олегович Ринатович Иванович Азатович',
  'Викторович Айратович Павлович Тимурович Юрьевич Раилевич Борисович Венерович Денисович Наилевич Фёдорович',
);
const TOWNS = [
  '450077, Республика Башкортостан, г. Уфа',
  '453100, Республика Башкортостан, г. Стерлитамак',
  '453500, Республика Башкортостан, г. Белорецк',
  '452600, Республика Башкортостан, г. Октябрьский',
];
const STREETS = [
  'ул. Ленина',
  'пр-кт Октября',
  'ул. Заки Валиди',
  'ул. Рихарда Зорге',
  'б-р Молодёжи',
  'ул. Кирова',
];

/** What chance is asked for; one number a question, so that answers do not hang together. */
const ASK = {
  form: 1,
  head: 2,
  tail: 3,
  family: 4,
  name: 5,
  father: 6,
  town: 7,
  street: 8,
  house: 9,
  bank: 10,
  bik: 11,
  phone: 12,
};

/** Every tenth contract is a person's. */
export function isPerson(contract: number): boolean {
  return contract % 10 === 9;
}

/** The buyer of a contract; of 25 contracts one has the buyer of the contract before it, and one is a branch of it. */
export function partyOf(contract: number): Party {
  if (isPerson(contract)) return personOf(contract);
  const place = contract % 25;
  if (place === 7) return partyOf(contract - 1);
  if (place === 12 && !isTrader(contract - 1)) return branchOf(partyOf(contract - 1), contract);
  return isTrader(contract) ? traderOf(contract) : companyOf(contract);
}

/** Every fourth business is a sole trader. */
function isTrader(contract: number): boolean {
  return contract % 4 === 3;
}

function companyOf(serial: number): Party {
  const [form, spelled] = pick(FORMS, ASK.form, serial);
  const name = `«${pick(HEADS, ASK.head, serial)}-${pick(TAILS, ASK.tail, serial)} ${serial}»`;
  return {
    business: true,
    short: `${form} ${name}`,
    full: `${spelled} ${name}`,
    inn: withCheck(`98${digits(serial, 7)}`, 1, isInn),
    kpp: '027401001',
    ogrn: withCheck(`112${digits(serial, 9)}`, 1, isOgrn),
    ...bankOf(serial, '40702'),
    ...contactsOf(serial),
  };
}

function traderOf(serial: number): Party {
  const name = fullName(serial);
  return {
    business: true,
    short: `ИП ${name}`,
    full: `Индивидуальный предприниматель ${name}`,
    inn: withCheck(`98${digits(serial, 8)}`, 2, isInn),
    kpp: '',
    ogrn: withCheck(`316${digits(serial, 11)}`, 1, isOgrn),
    ...bankOf(serial, '40802'),
    ...contactsOf(serial),
  };
}

function branchOf(head: Party, serial: number): Party {
  const town = pick(['Мелеуз', 'Бирск', 'Учалы', 'Туймазы'], ASK.town, serial);
  return {
    ...head,
    short: `${head.short}, филиал в г. ${town}`,
    full: `Филиал в городе ${town} ${head.full}`,
    kpp: '026343001',
    ...contactsOf(serial),
  };
}

function personOf(serial: number): Party {
  const name = fullName(serial);
  const unknown = { inn: '', kpp: '', ogrn: '', bik: '', account: '' };
  return { business: false, short: name, full: name, ...unknown, ...contactsOf(serial) };
}

function fullName(serial: number): string {
  return `${pick(FAMILIES, ASK.family, serial)} ${pick(NAMES, ASK.name, serial)} ${pick(FATHERS, ASK.father, serial)}`;
}

/** Seven of ten have told their bank account. */
function bankOf(serial: number, balance: string): Pick<Party, 'bik' | 'account'> {
  if (draw(10, ASK.bank, serial) >= 7) return { bik: '', account: '' };
  const bik = pick(Object.values(BIK), ASK.bik, serial);
  return { bik, account: settlementAccount(balance, serial, bik) };
}

function contactsOf(serial: number): Pick<Party, 'address' | 'email' | 'phones'> {
  const street = `${pick(STREETS, ASK.street, serial)}, д. ${draw(180, ASK.house, serial) + 1}`;
  return {
    address: `${pick(TOWNS, ASK.town, serial)}, ${street}, офис ${serial % 400}`,
    email: `buh@abonent-${serial}.example`,
    phones: `+7 347 ${200 + draw(90, ASK.phone, serial)}-${digits(serial % 10_000, 4).replace(/(..)/, '$1-')}`,
  };
}

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}

function withCheck(body: string, length: number, valid: (text: string) => boolean): string {
  for (let check = 0; check < 10 ** length; check++) {
    const text = body + digits(check, length);
    if (valid(text)) return text;
  }
  throw new Error(`no check digit for ${body}`);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
