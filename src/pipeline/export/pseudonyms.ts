import { createHmac, randomBytes } from 'node:crypto';
import { isEmail } from '../../model/email.ts';
import { isAccount, isInn, isOgrn } from '../../model/requisites.ts';

/**
 * Invented values instead of real ones: the same value gives the same pseudonym within a run, its form stays (length,
 * letters and digits, right or wrong check digits), and without the key, which nobody keeps, there is no way back.
 */
export interface Pseudonyms {
  /** Letters and digits become others of their kind; legal forms (ООО, ИП) stay. */
  text(value: string): string;
  /** A comment of a payment: another number of the bank's document, and nothing else of it. */
  payment(value: string): string;
  /** Digits of an identifier, one to one: what was different stays different. */
  number(value: string): string;
  inn(value: string): string;
  kpp(value: string): string;
  ogrn(value: string): string;
  /** @param bik the bank, on which the check digit depends */
  account(value: string, bik: string): string;
  emails(value: string): string;
  /** Digits of phones behind the country's one. */
  phones(value: string): string;
}

const LEGAL_FORM =
  /^(общество с ограниченной ответственностью|(?:публичное |закрытое |открытое )?акционерное общество|индивидуальный предприниматель|ООО|ПАО|ЗАО|ОАО|АО|ИП|ТСЖ|ТСН|НКО|АНО|ГБУ|МБУ|МУП|ГУП|ФГУП)(?=[^а-яё]|$)/i;
const EMAIL = /[^\s;,<>"]+@[^\s;,<>"]+/g;

/** Alphabets whose letters stand for each other. */
const ALPHABETS = [
  'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ',
  'абвгдежзиклмнопрстуфхцчшэюя',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
] as const;
const MEMBERS = [/[А-ЯЁ]/, /[а-яё]/, /[A-Z]/, /[a-z]/, /\d/];

/** «п/п 118 от 05.10.2026», as BGBilling's operators write it. */
const PAYMENT = /(п\/п|пп)\s*№?\s*(\d{1,20})(\s*от\s*\d{2}\.\d{2}\.\d{4})?/iu;

/** @param key secret of the run; a random one unless a test wants to compare */
export function createPseudonyms(key: Uint8Array = randomBytes(32)): Pseudonyms {
  const digest = (kind: string, value: string): Buffer =>
    createHmac('sha256', key).update(kind).update('\0').update(value).digest();

  /** Other letters in the same places: which ones depends on the whole value and the key. */
  const reshaped = (value: string): string => {
    const kept = LEGAL_FORM.exec(value)?.[0] ?? '';
    let block: Buffer = Buffer.alloc(0);
    let used = 0;
    let round = 0;
    const next = (below: number): number => {
      if (used + 2 > block.length) {
        block = digest(`text ${round++}`, value);
        used = 0;
      }
      used += 2;
      return block.readUInt16BE(used - 2) % below;
    };
    const rest = [...value.slice(kept.length)].map((sign) => {
      const alphabet = ALPHABETS[MEMBERS.findIndex((members) => members.test(sign))];
      return alphabet === undefined ? sign : alphabet[next(alphabet.length)]!;
    });
    return kept + rest.join('');
  };

  /** A permutation of all texts of so many digits: a Feistel network, so that no two meet. */
  const permuted = (digits: string, kind: string): string => {
    const half = Math.floor(digits.length / 2);
    let left = digits.slice(0, half);
    let right = digits.slice(half);
    for (let round = 0; round < ROUNDS; round++) {
      const moved = addDigits(left, digest(`${kind} ${digits.length} ${round}`, right));
      left = right;
      right = moved;
    }
    return left + right;
  };

  const number = (value: string, kind = 'number', keep = 0): string => {
    const digits = value.replace(/\D/g, '');
    const changed = digits.slice(0, keep) + permuted(digits.slice(keep), kind);
    let index = 0;
    return value.replace(/\d/g, () => changed[index++]!);
  };

  /**
   * The body is permuted; check digits are right where they were, and wrong where they were not.
   * @param tail number of check digits
   */
  const checked = (value: string, kind: string, tail: number, valid: (text: string) => boolean): string => {
    const body = number(value.slice(0, -tail), kind, 2);
    const tails = Array.from({ length: 10 ** tail }, (_, check) => body + String(check).padStart(tail, '0'));
    return tails.find((text) => valid(text) === valid(value)) ?? body + value.slice(-tail);
  };

  const inn = (value: string): string => {
    if (/^\d{10}$/.test(value)) return checked(value, 'inn', 1, isInn);
    if (/^\d{12}$/.test(value)) return checked(value, 'inn', 2, isInn);
    // A spreadsheet has eaten the leading zero.
    return /^(\d{9}|\d{11})$/.test(value) ? inn(`0${value}`).slice(1) : number(value, 'inn');
  };

  return {
    text: reshaped,
    payment(value) {
      const [, words, order, day = ''] = PAYMENT.exec(value) ?? [];
      return words === undefined ? reshaped(value) : `${words} ${number(order!)}${day}`;
    },
    number: (value) => number(value),
    inn,
    kpp: (value) =>
      /^\d{9}$/.test(value) ? value.slice(0, 2) + kppTail(value, number) : number(value, 'kpp'),
    ogrn: (value) =>
      /^(\d{13}|\d{15})$/.test(value) ? checked(value, 'ogrn', 1, isOgrn) : number(value, 'ogrn'),
    account(value, bik) {
      if (!/^\d{20}$/.test(value)) return number(value, 'account');
      const tail = permuted(value.slice(9), 'account');
      const keys = Array.from({ length: 10 }, (_, digit) => `${value.slice(0, 8)}${digit}${tail}`);
      return keys.find((text) => isAccount(text, bik) === isAccount(value, bik)) ?? value.slice(0, 9) + tail;
    },
    emails(value) {
      const parts: string[] = [];
      let end = 0;
      for (const { 0: address, index } of value.matchAll(EMAIL)) {
        const hash = digest('email', address.toLowerCase()).toString('hex');
        parts.push(
          reshaped(value.slice(end, index)),
          isEmail(address) ? `a${hash.slice(0, 10)}@b${hash.slice(10, 14)}.example` : reshaped(address),
        );
        end = index + address.length;
      }
      return parts.join('') + reshaped(value.slice(end));
    },
    phones: (value) => value.replace(/\d[\d ()-]*/g, (phone) => number(phone, 'phone', 1)),
  };
}

const ROUNDS = 6;

/** Digit by digit, without carrying. */
function addDigits(digits: string, by: Buffer): string {
  return [...digits].map((digit, index) => (Number(digit) + by[index % by.length]!) % 10).join('');
}

/** The tax office's region and the reason of registration (5th and 6th sign) stay. */
function kppTail(value: string, number: (text: string, kind: string) => string): string {
  const changed = number(value.slice(2, 4) + value.slice(6), 'kpp');
  return changed.slice(0, 2) + value.slice(4, 6) + changed.slice(2);
}
