import { describe, expect, it } from 'vitest';
import type { VatInvoice } from '../../src/model/types.ts';
import { act, assemble, bill, client, contract, invoice, line, month, settings } from './month.ts';

describe('a contract with an act and its VAT invoice', () => {
  it('gives both, with the numbers, dates and sums of the billing', async () => {
    const { documents, faults, leftOut, results } = await assemble(month());
    expect(faults).toEqual([]);
    expect(leftOut).toEqual([]);
    const [made, tied] = documents as [VatInvoice, VatInvoice];
    expect(made).toMatchObject({
      record: 'act',
      key: 'invoice:1',
      number: '2/1',
      date: '2026-10-31',
      period: '2026-10',
      sum: 244000,
      vat: 44000,
      account: 'Ю-1',
      lines: [
        {
          content: 'Доступ в Интернет за октябрь 2026 г.',
          quantity: 1000,
          price: 244000,
          sum: 244000,
          rate: 22,
          vat: 44000,
        },
      ],
    });
    expect(tied).toMatchObject({
      record: 'vat-invoice',
      number: '3/2',
      sum: 244000,
      act: made.uuid,
      actNumber: '2/1',
      actDate: '2026-10-31',
      lines: made.lines,
    });
    expect(results[0]!.services.map(({ record }) => record.name)).toEqual(['Доступ в Интернет']);
    expect(results[0]!.contract.record).toMatchObject({
      number: 'Ю-1',
      date: '2024-02-01',
      name: '№ Ю-1 от 01.02.2024 (л/с Ю-1)',
      prepaid: false,
    });
  });

  it('names the rows it is made of', async () => {
    const { results } = await assemble(month());
    const [made, tied] = results[0]!.documents;
    expect(made!.rows).toEqual({ clients: [2], contracts: [2], documents: [2] });
    expect(made!.lines).toEqual([{ document_lines: [2] }]);
    expect(tied!.rows.documents).toEqual([3]);
  });

  it('sorts bills first, then each act with its VAT invoice, by date and number', async () => {
    const documents = [
      invoice(4, 1, '20,00', { number: 2 }),
      act(3, 1, '20,00', { number: 2, format_number: 'Б' }),
      invoice(2, 1, '10,00'),
      act(1, 1, '10,00', { format_number: 'А' }),
      bill(9, 1, '30,00'),
      bill(8, 1, '30,00', { create_dt: '2026-10-01' }),
    ];
    const { documents: made } = await assemble(
      month({ documents, document_lines: [], accruals: undefined as never }),
      { config: settings('lines: { fallback: Связь }\n') },
    );
    expect(made.map(({ key }) => key)).toEqual([
      'bill:8',
      'bill:9',
      'invoice:1',
      'invoice:2',
      'invoice:3',
      'invoice:4',
    ]);
  });
});

describe('a document that is left out', () => {
  it('takes its VAT invoice along and leaves the others', async () => {
    const documents = [
      act(1, 1, '2440,00', { format_number: '10-1' }),
      invoice(2, 1, '2440,00'),
      bill(3, 1, '2440,00'),
    ];
    const {
      documents: made,
      leftOut,
      codes,
    } = await assemble(
      month({ documents, document_lines: [line(1, '2440,00'), line(3, '2440,00', { kind: 'bill' })] }),
    );
    expect(made.map(({ record }) => record)).toEqual(['bill']);
    expect(leftOut).toEqual([
      { kind: 'act', key: 'invoice:1', number: '10-1', codes: ['BG1C-NUMBER-PRINT'] },
      { kind: 'vat-invoice', key: 'invoice:2', number: '3/2', codes: ['BG1C-DOCUMENT-LEFT-OUT'] },
    ]);
    expect(codes).toEqual(['BG1C-DOCUMENT-LEFT-OUT', 'BG1C-NUMBER-PRINT']);
  });

  it('leaves its act where only the VAT invoice is wrong', async () => {
    const { documents, leftOut } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), invoice(2, 1, '2440,00', { format_number: '' })] }),
    );
    expect(documents.map(({ record }) => record)).toEqual(['act']);
    expect(leftOut.map(({ codes }) => codes)).toEqual([['BG1C-NUMBER-MISSING']]);
  });

  it.each([
    [
      'two documents of one id',
      [act(1, 1, '10,00'), act(1, 1, '20,00', { format_number: '2/9' })],
      'BG1C-ROW-TWICE',
      2,
    ],
    [
      'two acts of one number',
      [act(1, 1, '10,00'), act(2, 1, '20,00', { format_number: '2/1' })],
      'BG1C-NUMBER-TWICE',
      1,
    ],
    ['a sum of nothing', [act(1, 1, '0,00')], 'BG1C-DOCUMENT-SUM', 1],
    ['a sum below nothing', [act(1, 1, '-5,00')], 'BG1C-DOCUMENT-SUM', 1],
    ['a sum that 1C does not hold', [act(1, 1, '10000000000000,00')], 'BG1C-VALUE-RANGE', 1],
    ['a sum with three digits', [act(1, 1, '10,005')], 'BG1C-VALUE-DIGITS', 1],
    ['a date that is none', [act(1, 1, '10,00', { create_dt: '31.02.2026' })], 'BG1C-VALUE-DATE', 1],
    ['no date', [act(1, 1, '10,00', { create_dt: '' })], 'BG1C-VALUE-REQUIRED', 1],
    ['a zero date', [act(1, 1, '10,00', { create_dt: '0000-00-00' })], 'BG1C-VALUE-REQUIRED', 1],
  ])('for %s', async (_, documents, code, count) => {
    const { leftOut } = await assemble(month({ documents, document_lines: undefined as never }), {
      config: settings('lines: { fallback: Связь }\n'),
    });
    expect(leftOut).toHaveLength(count);
    for (const { codes } of leftOut) expect(codes).toContain(code);
  });

  it('is warned of, and kept, where the date is far from the month', async () => {
    const { documents, of } = await assemble(
      month({
        documents: [
          act(1, 1, '2440,00', { create_dt: '2026-12-01' }),
          invoice(2, 1, '2440,00', { create_dt: '2026-11-05' }),
        ],
      }),
    );
    expect(documents).toHaveLength(2);
    expect(of('BG1C-DOCUMENT-DATE')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('01.12.2026') }),
    ]);
  });
});

describe('a VAT invoice', () => {
  it('needs a buyer with ИНН, and misses his address', async () => {
    const { documents, codes, of } = await assemble(
      month({ clients: [client(1, { inn: '', kpp: '', legal_address: '' })] }),
    );
    expect(documents.map(({ record }) => record)).toEqual(['act']);
    expect(codes).toContain('BG1C-BUYER-INN');
    expect(of('BG1C-BUYER-ADDRESS')).toHaveLength(1);
  });

  it('is refused without an act of its sum, and where two would do', async () => {
    const alone = await assemble(month({ documents: [act(1, 1, '2440,00'), invoice(2, 1, '2440,01')] }));
    expect(alone.leftOut).toEqual([
      expect.objectContaining({ key: 'invoice:2', codes: ['BG1C-VAT-INVOICE-ALONE'] }),
    ]);
    const documents = [
      act(1, 1, '10,00', { number: 7 }),
      act(3, 1, '10,00', { number: 8 }),
      invoice(2, 1, '10,00', { number: 9, format_number: 'СФ' }),
    ];
    const two = await assemble(month({ documents, document_lines: undefined as never }), {
      config: settings('lines: { fallback: Связь }\n'),
    });
    expect(two.of('BG1C-VAT-INVOICE-AMBIGUOUS')[0]!.message).toContain('№ 2/1, № 2/3');
    expect(two.documents.map(({ record }) => record)).toEqual(['act', 'act']);
  });

  it('is never tied to an act of another contract', async () => {
    const { leftOut } = await assemble(
      month({
        clients: [client(1), client(2, { inn: '0299000036', kpp: '027601001' })],
        contracts: [contract(1), contract(2)],
        documents: [act(1, 1, '2440,00'), invoice(2, 2, '2440,00')],
      }),
    );
    expect(leftOut.map(({ key }) => key)).toEqual(['invoice:2']);
  });

  it('takes the lines of its act, and says when its own differ', async () => {
    const { of, documents } = await assemble(
      month({ document_lines: [line(1, '2440,00'), line(2, '2440,00', { sid: 21 })] }),
    );
    expect(of('BG1C-VAT-INVOICE-LINES')).toHaveLength(1);
    expect(documents[1]!.lines).toEqual(documents[0]!.lines);
  });
});

describe('УПД', () => {
  const upd = settings().documents.types;
  const config = { ...settings(), documents: { ...settings().documents, upd: true, types: upd } };
  const same = { format_number: '1045' };

  it('joins an act and a VAT invoice of one number and date', async () => {
    const { documents, faults } = await assemble(
      month({ documents: [act(1, 1, '2440,00', same), invoice(2, 1, '2440,00', same)] }),
      { config },
    );
    expect(faults).toEqual([]);
    expect(documents).toEqual([
      expect.objectContaining({
        record: 'upd',
        number: '1045',
        sum: 244000,
        vatInvoiceUuid: expect.stringMatching(/-5/),
      }),
    ]);
  });

  it('has the UUIDs that the act and the VAT invoice would have', async () => {
    const tables = month({ documents: [act(1, 1, '2440,00', same), invoice(2, 1, '2440,00', same)] });
    const [joined] = (await assemble(tables, { config })).documents;
    const [made, tied] = (await assemble(tables)).documents;
    expect(joined).toMatchObject({ uuid: made!.uuid, vatInvoiceUuid: tied!.uuid });
  });

  it('refuses a pair of two numbers: neither goes', async () => {
    const { documents, leftOut } = await assemble(month(), { config });
    expect(documents).toEqual([]);
    expect(leftOut.map(({ codes }) => codes)).toEqual([['BG1C-UPD-NUMBER'], ['BG1C-UPD-NUMBER']]);
  });

  it('leaves an act with VAT and no VAT invoice an act, and warns', async () => {
    const { documents, codes } = await assemble(month({ documents: [act(1, 1, '2440,00')] }), { config });
    expect(documents.map(({ record }) => record)).toEqual(['act']);
    expect(codes).toEqual(['BG1C-UPD-ALONE']);
  });
});
