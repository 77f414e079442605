import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccount, isBik, isInn, isKpp, isOgrn } from '../../src/model/requisites.ts';

/** Requisites of public bodies and banks as they publish them, and numbers of the textbooks of the algorithms. */
const INN = ['7707083893', '7736207543', '7830002293', '500100732259', '526317984689'];
const OGRN = ['1027700132195', '1027700229193', '304500116000157'];
const ACCOUNTS: [string, string][] = [
  ['40702810206000000001', '048073601'],
  ['40702810406000000005', '048073601'],
  ['40802810606000000102', '048073770'],
];

/** Every other text that differs in one digit. */
function oneDigitOff(text: string): string[] {
  return [...text].flatMap((digit, index) =>
    [...'0123456789']
      .filter((other) => other !== digit)
      .map((other) => text.slice(0, index) + other + text.slice(index + 1)),
  );
}

describe('ИНН', () => {
  it.each(INN)('%s is right', (inn) => {
    expect(isInn(inn)).toBe(true);
  });

  it.each(INN)('no single wrong digit of %s goes unseen but where the algorithm is blind', (inn) => {
    // A remainder of 10 counts as 0, so a few digits share a check digit; all others must be seen.
    const passed = oneDigitOff(inn).filter(isInn);
    expect(passed.length).toBeLessThanOrEqual(3);
  });

  it('takes one check digit for each body of 9 digits, two for each body of 10', () => {
    const body = (length: number) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
        .map((digits) => digits.join(''))
        .filter((text) => !text.startsWith('00'));
    fc.assert(
      fc.property(body(9), body(10), (nine, ten) => {
        const checks = (text: string, count: number) =>
          Array.from({ length: 10 ** count }, (_, n) => text + String(n).padStart(count, '0')).filter(isInn)
            .length;
        expect(checks(nine, 1)).toBe(1);
        expect(checks(ten, 2)).toBe(1);
      }),
    );
  });

  it.each(['', '770708389', '77070838930', '7707083893 ', '770708389З', '７７０７０８３８９３'])(
    '«%s» is none',
    (text) => {
      expect(isInn(text)).toBe(false);
    },
  );

  it.each(['0000000000', '000000000000'])(
    '%s is a filler and no number, though its check digits agree',
    (text) => {
      expect(isInn(text)).toBe(false);
    },
  );
});

describe('КПП', () => {
  it.each(['770701001', '027845001', '0276AA001', '997950001'])('%s is right', (kpp) => {
    expect(isKpp(kpp)).toBe(true);
  });

  it.each(['', '77070100', '7707010011', '7707-1001', '0076AA001', '7707аа001', '77070100А', '000000000'])(
    '«%s» is none',
    (text) => {
      expect(isKpp(text)).toBe(false);
    },
  );
});

describe('ОГРН', () => {
  it.each(OGRN)('%s is right, and every single wrong digit is seen', (ogrn) => {
    expect(isOgrn(ogrn)).toBe(true);
    expect(oneDigitOff(ogrn).filter(isOgrn)).toEqual([]);
  });

  it.each(['', '102770013219', '10277001321955', '0000000000000', '000000000000000'])(
    '«%s» is none',
    (text) => {
      expect(isOgrn(text)).toBe(false);
    },
  );
});

describe('БИК and account', () => {
  it.each(['044525225', '048073601', '004525988', '018073401', '017003983'])(
    '%s is a БИК of a bank or of the treasury',
    (bik) => {
      expect(isBik(bik)).toBe(true);
    },
  );

  it.each(['', '44525225', '0445252250', '944525225', '04452522S', '000000000'])('«%s» is none', (text) => {
    expect(isBik(text)).toBe(false);
  });

  it.each(ACCOUNTS)('%s agrees with %s, and no single wrong digit does', (account, bik) => {
    expect(isAccount(account, bik)).toBe(true);
    expect(oneDigitOff(account).filter((other) => !other.startsWith('0') && isAccount(other, bik))).toEqual(
      [],
    );
    expect(isAccount(account, '044525974')).toBe(false);
  });

  it('takes the accounts of the treasury, which carry no key', () => {
    expect(isAccount('03100643000000017300', '004525988')).toBe(true);
    expect(isAccount('03224643450000007300', '004525988')).toBe(true);
  });

  it('checks an account at the Bank of Russia itself by the number of its region', () => {
    expect(isAccount('40501810500002000002', '048073001')).toBe(true);
    expect(isAccount('40501810600002000002', '048073001')).toBe(false);
  });

  it.each(['', '4070281020600000000', '407028102060000000011', '4070281020600000000А'])(
    '«%s» is no account',
    (text) => {
      expect(isAccount(text, '048073601')).toBe(false);
    },
  );
});
