import assert from 'node:assert/strict';
import { isAccount, isInn, isOgrn } from '../../src/model/requisites.ts';

/**
 * Requisites of invented parties. As far as we know no tax office of Башкортостан has the code 0299, so that no number
 * belongs to a real payer; the check digits are found by trying them against the product's own checks.
 */

/** Bank codes of the public directory of Банк России. */
export const BIK = { ufa: '048073601', uralsib: '048073770', moscow: '044525225' };

/** ИНН of a legal entity. */
export function companyInn(serial: number): string {
  return withDigit(`0299${digits(serial, 5)}`, isInn);
}

/** ИНН of a sole trader or a person: two check digits. */
export function personInn(serial: number): string {
  const body = `0299${digits(serial, 6)}`;
  const found = Array.from({ length: 100 }, (_, check) => body + digits(check, 2)).find(isInn);
  assert(found);
  return found;
}

/** ОГРН of a legal entity registered in `year`. */
export function companyOgrn(serial: number, year: number): string {
  return withDigit(`1${digits(year % 100, 2)}0299${digits(serial, 5)}`, isOgrn);
}

/** ОГРНИП of a sole trader registered in `year`. */
export function traderOgrn(serial: number, year: number): string {
  return withDigit(`3${digits(year % 100, 2)}0299${digits(serial, 7)}`, isOgrn);
}

/**
 * A settlement account whose key (the ninth digit) agrees with the bank.
 * @param balance first five digits: 40702 companies, 40703 non-profit organisations, 40802 sole traders
 */
export function settlementAccount(balance: string, serial: number, bik: string): string {
  const found = [...'0123456789']
    .map((key) => `${balance}810${key}0600${digits(serial, 7)}`)
    .find((account) => isAccount(account, bik));
  assert(found);
  return found;
}

function withDigit(body: string, valid: (text: string) => boolean): string {
  const found = [...'0123456789'].map((digit) => body + digit).find(valid);
  assert(found);
  return found;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
