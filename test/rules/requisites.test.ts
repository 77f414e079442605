import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/faults/fault.ts';
import { checkRequisites, type RawRequisites, splitEmails, splitPhones } from '../../src/rules/requisites.ts';

const COMPANY: RawRequisites = {
  name: 'ООО «Тулпар»',
  business: true,
  contractNumber: 'Ю-1',
  inn: '0299000050',
  kpp: '027401001',
  ogrn: '1120299000051',
  bik: '048073601',
  account: '40702810406000000005',
};
const TRADER: RawRequisites = {
  name: 'ИП Сафин Р. И.',
  business: true,
  contractNumber: 'ИП-7',
  inn: '029900010106',
  kpp: '',
  ogrn: '316029900001010',
  bik: '',
  account: '',
};

function check(raw: RawRequisites) {
  const faults: Fault[] = [];
  const requisites = checkRequisites(
    raw,
    (field) => ({ path: field }),
    (found) => faults.push(found),
  );
  return { requisites, codes: faults.map(({ code }) => code), faults };
}

describe('checkRequisites', () => {
  it('lets good ones pass', () => {
    expect(check(COMPANY)).toMatchObject({
      requisites: {
        kind: 'legal-entity',
        inn: '0299000050',
        kpp: '027401001',
        ogrn: '1120299000051',
        bank: { bik: '048073601', account: '40702810406000000005' },
      },
      codes: [],
    });
    expect(check(TRADER)).toMatchObject({
      requisites: { kind: 'sole-trader', inn: '029900010106' },
      codes: [],
    });
  });

  it.each([
    ['a company', COMPANY, 'legal-entity'],
    ['a company that BGBilling takes for a person', { ...COMPANY, business: false }, 'legal-entity'],
    ['a sole trader', TRADER, 'sole-trader'],
    ['a person with ИНН', { ...TRADER, business: false }, 'person'],
    ['a person without', { ...TRADER, business: false, inn: '' }, 'person'],
    ['a company without ИНН', { ...COMPANY, inn: '' }, 'legal-entity'],
  ])('knows %s', (_, raw, kind) => {
    expect(check(raw).requisites.kind).toBe(kind);
  });

  it.each<[string, Partial<RawRequisites>, string[], Partial<RawRequisites>]>([
    ['ИНН with a wrong digit', { inn: '0299000051' }, ['BG1C-INN-CHECKSUM'], { inn: undefined as never }],
    ['ИНН of zeros', { inn: '0000000000' }, ['BG1C-INN-CHECKSUM'], { inn: undefined as never }],
    ['ИНН of eight digits', { inn: '29900005' }, ['BG1C-INN-FORMAT'], { inn: undefined as never }],
    ['ИНН with letters', { inn: 'нет' }, ['BG1C-INN-FORMAT'], { inn: undefined as never }],
    ['ИНН without its zero', { inn: '299000050' }, ['BG1C-INN-RESTORED'], { inn: '0299000050' }],
    [
      'nine digits whose check digit does not agree',
      { inn: '299000051' },
      ['BG1C-INN-FORMAT'],
      { inn: undefined as never },
    ],
    ['no ИНН', { inn: '' }, ['BG1C-INN-MISSING'], { inn: undefined as never }],
    ['no КПП', { kpp: '' }, ['BG1C-KPP-MISSING'], { kpp: undefined as never }],
    ['КПП without its zero', { kpp: '27401001' }, ['BG1C-KPP-RESTORED'], { kpp: '027401001' }],
    ['КПП with dashes', { kpp: '0274-01-001' }, ['BG1C-KPP-FORMAT'], { kpp: undefined as never }],
    [
      'ОГРН with a wrong digit',
      { ogrn: '1120299000052' },
      ['BG1C-OGRN-CHECKSUM'],
      { ogrn: undefined as never },
    ],
    ['no ОГРН', { ogrn: '' }, [], { ogrn: undefined as never }],
  ])('%s', (_, change, codes, kept) => {
    const { requisites, codes: found } = check({ ...COMPANY, ...change });
    expect(found).toEqual(codes);
    for (const [field, value] of Object.entries(kept)) expect(requisites[field as 'inn']).toBe(value);
  });

  it.each<[string, Partial<RawRequisites>, string[], unknown]>([
    ['neither БИК nor account', { bik: '', account: '' }, [], undefined],
    [
      'БИК without its zero',
      { bik: '48073601' },
      ['BG1C-BIK-RESTORED'],
      { bik: '048073601', account: '40702810406000000005' },
    ],
    ['БИК of five digits', { bik: '48073' }, ['BG1C-BIK-FORMAT'], undefined],
    ['an account without БИК', { bik: '' }, ['BG1C-BIK-FORMAT'], undefined],
    ['БИК without an account', { account: '' }, ['BG1C-ACCOUNT-CHECKSUM'], undefined],
    ['an account of another bank', { bik: '044525225' }, ['BG1C-ACCOUNT-CHECKSUM'], undefined],
    [
      'an account of the treasury',
      { bik: '018073401', account: '03224643800000000100' },
      [],
      { bik: '018073401', account: '03224643800000000100' },
    ],
  ])('%s', (_, change, codes, bank) => {
    const found = check({ ...COMPANY, ...change });
    expect(found.codes).toEqual(codes);
    expect(found.requisites.bank).toEqual(bank);
  });

  it('drops a КПП that a sole trader cannot have', () => {
    const { requisites, codes } = check({ ...TRADER, kpp: '027401001' });
    expect(requisites.kpp).toBeUndefined();
    expect(codes).toEqual(['BG1C-KPP-EXTRA']);
  });

  it('says nothing of a person without ИНН and КПП', () => {
    expect(check({ ...TRADER, business: false, inn: '', ogrn: '' }).codes).toEqual([]);
  });

  it('keeps a company whose ИНН is wrong apart from one that has none', () => {
    expect(check({ ...COMPANY, inn: '0299000051' }).codes).not.toContain('BG1C-INN-MISSING');
  });

  it('names the field of each finding', () => {
    const { faults } = check({ ...COMPANY, inn: '1', kpp: '1', ogrn: '1', bik: '1' });
    expect(faults.map(({ code, paths }) => [code, paths[0]])).toEqual([
      ['BG1C-INN-FORMAT', 'inn'],
      ['BG1C-KPP-FORMAT', 'kpp'],
      ['BG1C-OGRN-CHECKSUM', 'ogrn'],
      ['BG1C-BIK-FORMAT', 'bik'],
    ]);
  });
});

describe('contacts of one field', () => {
  const emails = (raw: string) => {
    const faults: Fault[] = [];
    return { found: splitEmails(raw, 'ООО', { path: 'email' }, (one) => faults.push(one)), faults };
  };
  const phones = (raw: string) => {
    const faults: Fault[] = [];
    return { found: splitPhones(raw, { path: 'phones' }, (one) => faults.push(one)), faults };
  };

  it.each([
    ['', []],
    ['a@b.example', ['a@b.example']],
    [
      'a@b.example; c@d.example,e@f.example\ng@h.example',
      ['a@b.example', 'c@d.example', 'e@f.example', 'g@h.example'],
    ],
    ['Бухгалтерия <buh@x.example>', ['buh@x.example']],
    ['a@b.example;a@b.example; ', ['a@b.example']],
  ])('%j: %j', (raw, found) => {
    expect(emails(raw)).toEqual({ found, faults: [] });
  });

  it.each(['нет', 'a@b', 'a@b.example c@d.example', 'бух@', 'a\u0001@b.example'])(
    '%j is left out and named',
    (raw) => {
      const { found, faults } = emails(`ok@ok.example;${raw}`);
      expect(found).toEqual(['ok@ok.example']);
      expect(faults).toEqual([expect.objectContaining({ code: 'BG1C-EMAIL-FORMAT', paths: ['email'] })]);
    },
  );

  it.each([
    ['', []],
    ['+7 347 200-50-05; +7 917 400-50-05', ['+7 347 200-50-05', '+7 917 400-50-05']],
    ['+7 347 200-50-05\r\n8 (347) 200-50-06, доб. 12', ['+7 347 200-50-05', '8 (347) 200-50-06, доб. 12']],
    ['200-50-05;200-50-05;', ['200-50-05']],
  ])('phones of %j: %j', (raw, found) => {
    expect(phones(raw)).toEqual({ found, faults: [] });
  });

  it('takes out of a phone what XML forbids, and says so', () => {
    const { found, faults } = phones('+7 347\u0002 200; \u0001');
    expect(found).toEqual(['+7 347 200']);
    expect(faults.map(({ code }) => code)).toEqual(['BG1C-VALUE-CONTROL', 'BG1C-VALUE-CONTROL']);
  });
});
