import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEmail } from '../../src/model/email.ts';
import { isAccount, isInn, isKpp, isOgrn } from '../../src/model/requisites.ts';
import { createPseudonyms } from '../../src/pipeline/export/pseudonyms.ts';
import {
  BIK,
  companyInn,
  companyOgrn,
  personInn,
  settlementAccount,
  traderOgrn,
} from '../../tools/samples/requisites.ts';

const some = createPseudonyms(new Uint8Array(32).fill(7));
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const SETTINGS = { numRuns: 300, seed: 20_261_031 };

describe('pseudonyms', () => {
  test('numbers are changed one to one, whatever their length', () => {
    for (const length of [1, 2, 3, 4]) {
      const all = Array.from({ length: 10 ** length }, (_, value) => String(value).padStart(length, '0'));
      const changed = all.map((value) => some.number(value));
      expect(new Set(changed).size).toBe(all.length);
      expect(changed.every((value) => value.length === length)).toBe(true);
      expect(changed.filter((value, index) => value === all[index]).length).toBeLessThan(all.length / 4 + 2);
    }
    expect(some.number('Ю-0001/2024')).toMatch(/^Ю-\d{4}\/\d{4}$/);
  });

  test('right check digits stay right, wrong ones wrong', () => {
    const serial = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(serial, digits(10), digits(12), (one, ten, twelve) => {
        for (const value of [companyInn(one), personInn(one), ten, twelve]) {
          const changed = some.inn(value);
          expect([changed.length, isInn(changed)]).toEqual([value.length, isInn(value)]);
        }
        for (const value of [companyOgrn(one, 2015), traderOgrn(one, 2015), `1${twelve}`])
          expect(isOgrn(some.ogrn(value))).toBe(isOgrn(value));
        for (const value of [settlementAccount('40702', one, BIK.ufa), `40702810${twelve}`])
          expect(isAccount(some.account(value, BIK.ufa), BIK.ufa)).toBe(isAccount(value, BIK.ufa));
        expect(isKpp(some.kpp('027401001'))).toBe(true);
        expect(isKpp(some.kpp('0274AB001'))).toBe(true);
      }),
      SETTINGS,
    );
  });

  test('an ИНН without its leading zero loses it again', () => {
    const inn = companyInn(7);
    expect(inn.startsWith('0')).toBe(true);
    expect(some.inn(inn.slice(1))).toBe(some.inn(inn).slice(1));
  });

  test('texts keep their shape and their legal form', () => {
    expect(some.text('ООО «Ромашка-7» & Co')).toMatch(/^ООО «[А-Я][а-я]{6}-\d» & [A-Z][a-z]$/);
    expect(some.text('Общество с ограниченной ответственностью «Лютик»')).toMatch(
      /^Общество с ограниченной ответственностью «[А-Я][а-я]{4}»$/,
    );
    expect(some.text('ИП Сидоров П.А.')).toMatch(/^ИП [А-Я][а-я]{6} [А-Я]\.[А-Я]\.$/);
    expect(some.text('Ипатов')).not.toMatch(/^Ип/);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(some.text(value)).toHaveLength(value.length);
      }),
      SETTINGS,
    );
  });

  test('addresses of e-mail are usable where they were, and never real', () => {
    const changed = some.emails('buh@romashka.ru; Иван <ivan@mail.ru>\nbroken@x');
    const [first, second] = changed.match(/[^\s;<>]+@[^\s;<>]+/g)!;
    expect([isEmail(first!), isEmail(second!)]).toEqual([true, true]);
    expect(changed).toMatch(/^\S+\.example; [А-Я][а-я]{3} <\S+\.example>\n[a-z]{6}@[a-z]$/);
    expect(some.emails('BUH@romashka.ru')).toBe(first);
  });

  test('phones keep their form; the same number is the same however it is written', () => {
    expect(some.phones('+7 347 200-00-01; 8(917)1234567')).toMatch(
      /^\+7 \d{3} \d{3}-\d\d-\d\d; 8\(\d{3}\)\d{7}$/,
    );
    expect(some.phones('+7 347 200-00-01').replace(/\D/g, '')).toBe(
      some.phones('+73472000001').replace(/\D/g, ''),
    );
  });

  test('the same value is the same within a run, and another in the next', () => {
    const [one, other] = [createPseudonyms(), createPseudonyms()];
    for (const way of ['text', 'number', 'inn', 'emails', 'phones'] as const) {
      const value =
        way === 'inn' ? companyInn(1) : way === 'emails' ? 'buh@romashka.ru' : '89171234567 Иванов';
      expect(one[way](value)).toBe(one[way](value));
      expect(one[way](value)).not.toBe(other[way](value));
    }
  });
});
