import { expect, it } from 'vitest';
import { isAccount, isBik, isInn, isOgrn } from '../../src/model/requisites.ts';

/** A right number with a character too many is none, whatever the character and at whichever end. */

const CHARACTERS = [...'0123456789 xА-'];
const longer = (text: string): string[] => CHARACTERS.flatMap((one) => [one + text, text + one]);

it.each(['7707083893', '500100732259', '526317984689'])('ИНН %s', (inn) => {
  // A digit behind ten, or one before eleven, makes no twelve.
  expect(longer(inn).filter(isInn)).toEqual([]);
});

it.each(['1027700132195', '304500116000157'])('ОГРН %s', (ogrn) => {
  expect(longer(ogrn).filter(isOgrn)).toEqual([]);
});

it('БИК 044525225', () => {
  expect(isBik('044525225')).toBe(true);
  expect(longer('044525225').filter(isBik)).toEqual([]);
});

it('an account, or its БИК', () => {
  const [account, bik] = ['40702810206000000001', '048073601'];
  expect(isAccount(account, bik)).toBe(true);
  expect(longer(account).filter((text) => isAccount(text, bik))).toEqual([]);
  expect(['948073601', 'x48073601', '0480736011', ''].filter((text) => isAccount(account, text))).toEqual([]);
});
