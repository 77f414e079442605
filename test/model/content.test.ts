import { describe, expect, it } from 'vitest';
import { contentText } from '../../src/model/content.ts';
import { asCorrection, correctionOf, isCorrectable } from '../../src/model/correction.ts';
import { documentName } from '../../src/model/document-name.ts';
import { createIdentity } from '../../src/model/identity.ts';
import type { Act, Upd, VatInvoice } from '../../src/model/types.ts';

const identity = createIdentity('test');

const ACT: Act = {
  record: 'act',
  uuid: 'a',
  key: 'invoice:1',
  number: 'А1',
  date: '2026-10-31',
  period: '2026-10',
  contract: 'c',
  counterparty: 'b',
  account: '1',
  sum: 122,
  vat: 22,
  lines: [{ service: 's', content: 'Интернет', quantity: 1000, price: 122, sum: 122, rate: 22, vat: 22 }],
};
const INVOICE: VatInvoice = {
  ...{ ...ACT, record: 'vat-invoice', uuid: 'v', key: 'invoice:2' },
  ...{ act: 'a', actNumber: 'А1', actDate: '2026-10-31' },
};
const UPD: Upd = { ...ACT, record: 'upd', vatInvoiceUuid: 'v' };
const ISSUE = { number: 2, date: '2026-11-05' };

describe('the content of a record', () => {
  it('is the same whatever it is called by and whether it is a correction', () => {
    expect(contentText({ ...ACT, uuid: 'other' })).toBe(contentText(ACT));
    expect(contentText(asCorrection(INVOICE, ISSUE, identity))).toBe(contentText(INVOICE));
    expect(contentText(asCorrection(UPD, ISSUE, identity))).toBe(contentText(UPD));
  });

  it('is the same in whatever order the fields are written', () => {
    const { lines, ...head } = ACT;
    const [line] = lines;
    const { service, ...rest } = line!;
    expect(contentText({ lines: [{ ...rest, service }], ...head } as Act)).toBe(contentText(ACT));
  });

  it('does not tell apart a document whose number 1C has drawn meanwhile', () => {
    const mine: VatInvoice = { ...INVOICE, number: '', actNumber: '', numberedBy: 'onec' };
    expect(contentText({ ...mine, number: '0000-000001', actNumber: '0000-000007' })).toBe(contentText(mine));
    expect(contentText({ ...ACT, number: '', numberedBy: 'onec' })).not.toContain('actNumber');
    expect(contentText({ ...mine, sum: 123 })).not.toBe(contentText(mine));
    expect(contentText({ ...INVOICE, actNumber: 'А2' })).not.toBe(contentText(INVOICE));
  });

  it('is another with any other field, in the lines too', () => {
    const [line] = ACT.lines;
    for (const other of [
      { number: 'А2' },
      { sum: 123 },
      { account: '2' },
      { lines: [{ ...line!, content: 'Телефон' }] },
      { lines: [line!, line!] },
    ])
      expect(contentText({ ...ACT, ...other })).not.toBe(contentText(ACT));
  });
});

describe('a correction', () => {
  it('of a VAT invoice is an object of its own that names the first one', () => {
    expect(asCorrection(INVOICE, ISSUE, identity)).toEqual({
      ...INVOICE,
      uuid: identity.correction('invoice:2', 2),
      correction: { ...ISSUE, original: 'v' },
    });
    expect(identity.correction('invoice:2', 2)).not.toBe(identity.correction('invoice:2', 1));
    expect(identity.correction('invoice:2', 2)).not.toBe(identity.document('invoice:2', 'vat-invoice'));
  });

  it('of an УПД keeps the act and has another VAT invoice, where it has one', () => {
    expect(asCorrection(UPD, ISSUE, identity)).toEqual({
      ...UPD,
      vatInvoiceUuid: identity.correction('invoice:1', 2),
      correction: { ...ISSUE, original: 'v' },
    });
    const { vatInvoiceUuid: _, ...alone } = UPD;
    expect(asCorrection(alone, ISSUE, identity)).toEqual({
      ...alone,
      correction: { ...ISSUE, original: 'a' },
    });
  });

  it('is there only of VAT invoices and УПД', () => {
    expect([ACT, INVOICE, UPD].map(isCorrectable)).toEqual([false, true, true]);
    expect(correctionOf(ACT)).toBeUndefined();
    expect(correctionOf(INVOICE)).toBeUndefined();
    expect(correctionOf(asCorrection(INVOICE, ISSUE, identity))).toEqual({ ...ISSUE, original: 'v' });
    expect(correctionOf(asCorrection(UPD, ISSUE, identity))).toEqual({ ...ISSUE, original: 'v' });
  });
});

describe('the name of a document', () => {
  it('has its number, else the key of the billing, else nothing', () => {
    const of = { kind: 'vat-invoice', date: '2026-10-31' } as const;
    expect(documentName({ ...of, number: 'Ф1', key: 'invoice:2' })).toBe('Счёт-фактура № Ф1 от 31.10.2026');
    expect(documentName({ ...of, number: '', key: 'invoice:2' })).toBe(
      'Счёт-фактура № invoice:2 от 31.10.2026',
    );
    expect(documentName({ ...of, kind: 'upd', number: '' })).toBe('УПД № — от 31.10.2026');
  });
});
