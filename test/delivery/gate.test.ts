import { describe, expect, it } from 'vitest';
import type { DocumentRow } from '../../src/journal/documents.ts';
import type { BookRow } from '../../src/journal/receipts.ts';
import { gateOf } from '../../src/pipeline/deliver/gate.ts';

const ROW: DocumentRow = {
  package: 1,
  part: 1,
  uuid: 'act',
  kind: 'upd',
  key: 'invoice:17',
  line: 2,
  number: '17',
  date: '2026-10-31',
  sum: 120_000,
  vat: 21_639,
  contract: 'c',
  counterparty: 'k',
  inn: '0299000050',
  kpp: '027401001',
  vatInvoice: 'invoice',
  correction: null,
  correctedOn: null,
  hash: 'h',
};

function booked(uuid: string, more: Partial<BookRow> = {}): [string, BookRow] {
  const figures = {
    number: ROW.number,
    date: ROW.date,
    sum: ROW.sum,
    vat: ROW.vat,
    inn: ROW.inn,
    kpp: ROW.kpp,
  };
  const state = { state: 'created', posted: true, deletionMark: false, message: null } as const;
  const advances = { advanceInvoices: [] };
  const told = { receipt: 1, finishedAt: '2026-11-03T09:05:00Z' };
  return [uuid, { uuid, kind: 'act', ref: uuid, ...figures, ...state, ...advances, ...told, ...more }];
}

function gate(
  row: Partial<DocumentRow>,
  books: [string, BookRow][],
  when: 'after-receipt' | 'at-once' = 'after-receipt',
) {
  const gated = gateOf({ ...ROW, ...row }, { books: new Map(books), taken: new Map() }, when);
  return gated.open ? 'open' : gated.fault.code;
}

describe('the gate', () => {
  it('opens when both halves of an УПД are in the books as they were sent', () => {
    expect(gate({}, [booked('act'), booked('invoice')])).toBe('open');
    expect(gate({}, [booked('act')])).toBe('BG1C-SEND-WAITING');
    expect(gate({}, [booked('act'), booked('invoice', { posted: false })])).toBe('BG1C-SEND-UNPOSTED');
    expect(gate({}, [booked('act'), booked('invoice', { vat: 1 })])).toBe('BG1C-SEND-DIFFERS');
    expect(gate({ vatInvoice: null }, [booked('act')])).toBe('open');
  });

  it('needs a number: ours, or the one that 1C has drawn', () => {
    expect(gate({ number: '', vatInvoice: null }, [booked('act', { number: '0000-000018' })])).toBe('open');
    expect(gate({ number: '', vatInvoice: null }, [], 'at-once')).toBe('BG1C-SEND-NUMBER');
  });

  it('does not take an older version in the books for this one', () => {
    const books = new Map([booked('act'), booked('invoice')]);
    const sent = { ...ROW, hash: 'older' };
    const taken = new Map([
      ['act', { sent, books: { number: '17', sum: ROW.sum, vat: ROW.vat, posted: true } }],
    ]);
    expect(gateOf(ROW, { books, taken }, 'after-receipt')).toMatchObject({
      fault: { code: 'BG1C-SEND-OLDER' },
    });
  });

  it('says what is another', () => {
    const gated = gateOf(
      { ...ROW, vatInvoice: null },
      { books: new Map([booked('act', { sum: 130_050, date: '2026-11-02' })]), taken: new Map() },
      'after-receipt',
    );
    expect(gated).toMatchObject({
      fault: {
        message:
          'УПД № 17 от 31.10.2026: не отправлено, в 1С документ другой: дата 02.11.2026 вместо 31.10.2026; сумма 1 300,50 вместо 1 200,00',
      },
    });
  });
});
