import { afterAll, describe, expect, it } from 'vitest';
import type { UpdSource } from '../../../src/formats/upd/source.ts';
import { createUpdWriter } from '../../../src/formats/upd/write.ts';
import type { Counterparty } from '../../../src/model/types.ts';
import {
  act,
  COMPANY,
  CONTRACT,
  line,
  PERSON,
  SELLER,
  SETTING,
  source,
  TRADER,
  upd,
  vatInvoice,
} from './fixtures.ts';

const writer = createUpdWriter();
afterAll(() => writer.dispose());

/** Codes; a document with errors has no file. */
function codes(of: UpdSource): string[] {
  const { file, faults } = writer.write(of, SETTING);
  expect(file === undefined).toBe(faults.some(({ severity }) => severity === 'error'));
  return faults.map(({ code }) => code);
}

const lines = [line(122_00)];
const { address: _address, ...ADDRESSLESS } = COMPANY;
const { inn: _inn, ...NAMELESS } = COMPANY;
const { date: _date, ...DATELESS } = CONTRACT;
const { address: _own, ...HOMELESS } = SELLER;

describe('what a document lacks', () => {
  it.each<[string, Counterparty, string[], string[], string[]]>([
    [
      'a company without ИНН',
      NAMELESS,
      ['BG1C-UPD-BUYER-INN'],
      ['BG1C-UPD-BUYER-INN'],
      ['BG1C-UPD-BUYER-INN'],
    ],
    ['a company without address', ADDRESSLESS, ['BG1C-UPD-ADDRESS'], ['BG1C-UPD-ADDRESS'], []],
    [
      'a person without ИНН and address',
      PERSON,
      ['BG1C-UPD-BUYER-INN', 'BG1C-UPD-ADDRESS'],
      ['BG1C-UPD-BUYER-INN', 'BG1C-UPD-ADDRESS'],
      [],
    ],
    ['a sole trader', TRADER, [], [], []],
    [
      'a sole trader with initials',
      { ...TRADER, fullName: 'ИП Иванова А. П.' },
      ['BG1C-UPD-PERSON-NAME'],
      ['BG1C-UPD-PERSON-NAME'],
      ['BG1C-UPD-PERSON-NAME'],
    ],
  ])('%s', (_, counterparty, invoice, both, only) => {
    expect(codes(source(vatInvoice(lines), { counterparty }))).toEqual(invoice);
    expect(codes(source(upd(lines), { counterparty }))).toEqual(both);
    expect(codes(source(act(lines), { counterparty }))).toEqual(only);
  });

  it('our own address', () => {
    expect(codes(source(upd(lines), { organization: HOMELESS }))).toEqual(['BG1C-UPD-ADDRESS']);
    expect(codes(source(act(lines), { organization: HOMELESS }))).toEqual([]);
  });

  it('a number that 1C has not drawn yet', () => {
    expect(codes(source({ ...act(lines), number: '' }))).toEqual(['BG1C-NUMBER-MISSING']);
  });

  it('a date of the contract; a VAT invoice names no contract', () => {
    expect(codes(source(upd(lines), { contract: DATELESS }))).toEqual(['BG1C-UPD-CONTRACT-DATE']);
    expect(codes(source(act(lines), { contract: DATELESS }))).toEqual(['BG1C-UPD-CONTRACT-DATE']);
    expect(codes(source(vatInvoice(lines), { contract: DATELESS }))).toEqual([]);
  });

  it('payments of a prepaid contract; an act needs none', () => {
    const contract = { ...CONTRACT, prepaid: true };
    const payments = [{ number: '1', date: '2026-10-01', sum: 122_00 }];
    expect(codes(source(upd(lines), { contract }))).toEqual(['BG1C-UPD-PAYMENTS']);
    expect(codes(source(upd(lines), { contract, payments }))).toEqual([]);
    expect(codes(source(act(lines), { contract }))).toEqual([]);
  });
});

describe('lines that the format cannot say', () => {
  it.each([
    ['a negative sum', { ...line(122_00), sum: -122_00, vat: -22_00 }],
    ['no quantity', { ...line(122_00), quantity: 0 }],
    ['more tax than sum', { ...line(1_00), vat: 2_00 }],
    ['tax of a rate without tax', { ...line(100_00, 'none'), vat: 1 }],
  ])('%s', (_, bad) => {
    expect(codes(source(upd([line(500_00), bad])))).toEqual(['BG1C-UPD-LINE']);
  });

  it('are no totals other than their sum', () => {
    expect(codes(source({ ...upd(lines), sum: 122_01 }))).toContain('BG1C-UPD-SUM');
    expect(codes(source({ ...upd(lines), vat: 21_00 }))).toContain('BG1C-UPD-SUM');
  });

  it('nor tax that the rate does not give: said, and written as billed', () => {
    expect(codes(source(upd([{ ...line(122_00), vat: 21_00 }])))).toEqual(['BG1C-UPD-TAX']);
  });

  it('nor texts longer than the format has', () => {
    expect(codes(source(upd([{ ...line(122_00), content: 'я'.repeat(2001) }])))).toEqual([
      'BG1C-UPD-INVALID',
    ]);
  });
});
