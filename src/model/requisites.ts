/**
 * Check digits of Russian requisites. All values are texts: leading zeros count.
 * Sources: приказ ФНС ЕД-7-14/559@ (ИНН, КПП), постановление 438 (ОГРН), ЦБ РФ 515 (счёт и БИК).
 */

const INN10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const ACCOUNT = [7, 1, 3];

/**
 * 10 digits (legal entity) or 12 (sole trader, person) with right check digits. No inspection has a code that begins
 * with 00, so that a filler of zeros, whose check digits agree, is none.
 */
export function isInn(text: string): boolean {
  if (text.startsWith('00')) return false;
  if (/^\d{10}$/.test(text)) return innDigit(text, INN10) === Number(text[9]);
  if (/^\d{12}$/.test(text))
    return innDigit(text, INN11) === Number(text[10]) && innDigit(text, INN12) === Number(text[11]);
  return false;
}

/** 4 digits, 2 of 0-9A-Z (reason of registration), 3 digits; does not begin with 00. */
export function isKpp(text: string): boolean {
  return /^(?!00)\d{4}[0-9A-Z]{2}\d{3}$/.test(text);
}

/** ОГРН (13 digits) or ОГРНИП (15 digits); the first digit is the kind of the record, never 0. */
export function isOgrn(text: string): boolean {
  if (!/^[1-9](\d{12}|\d{14})$/.test(text)) return false;
  const body = BigInt(text.slice(0, -1));
  const check = (body % (text.length === 13 ? 11n : 13n)) % 10n;
  return Number(check) === Number(text.at(-1));
}

/** 9 digits that begin with 0: banks have 04, bodies of the treasury 00, 01, 02. */
export function isBik(text: string): boolean {
  return /^0(?!0{8})\d{8}$/.test(text);
}

/**
 * A settlement account of 20 digits whose key agrees with the bank's БИК; at the Bank of Russia itself (БИК …00n) the key
 * is made with the number of its region. Accounts of the treasury (0…) carry no such key.
 */
export function isAccount(account: string, bik: string): boolean {
  if (!/^\d{20}$/.test(account) || !isBik(bik)) return false;
  if (account.startsWith('0')) return true;
  const digits = (bik.slice(6, 8) === '00' ? `0${bik.slice(4, 6)}` : bik.slice(6)) + account;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += (Number(digits[i]) * ACCOUNT[i % 3]!) % 10;
  return sum % 10 === 0;
}

function innDigit(text: string, weights: readonly number[]): number {
  return (weights.reduce((sum, weight, i) => sum + weight * Number(text[i]), 0) % 11) % 10;
}
