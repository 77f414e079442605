import { describe, expect, it } from 'vitest';
import {
  accrual,
  act,
  assemble,
  bill,
  charge,
  client,
  contract,
  invoice,
  line,
  month,
  settings,
} from './month.ts';

const NONE = undefined as never;
const SALE = settings("charges: { types: { '10': sale, '11': ignore } }\n");

describe('period', () => {
  const september = { mm: 9, create_dt: '2026-09-30' };

  it('is the only one of the export', async () => {
    const { period } = await assemble(month());
    expect(period).toBe('2026-10');
  });

  it('must be named where the export has several', async () => {
    const { period, of, documents } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), act(2, 1, '5,00', september)] }),
    );
    expect(period).toBeUndefined();
    expect(documents).toEqual([]);
    expect(of('BG1C-PERIOD-AMBIGUOUS')[0]!.message).toContain('2026-09, 2026-10');
  });

  it('leaves documents of another month out, and says so', async () => {
    const { documents, leftOut, of } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), invoice(2, 1, '2440,00'), act(3, 1, '5,00', september)] }),
      {
        period: '2026-10',
      },
    );
    expect(documents.map(({ key }) => key)).toEqual(['invoice:1', 'invoice:2']);
    expect(leftOut).toEqual([]);
    expect(of('BG1C-DOCUMENT-OTHER-PERIOD')).toEqual([expect.objectContaining({ severity: 'notice' })]);
  });

  it('without any document stops the build', async () => {
    const { period, of } = await assemble(month(), { period: '2026-11' });
    expect(period).toBeUndefined();
    expect(of('BG1C-DOCUMENTS-NONE')[0]!.message).toContain('ноябрь 2026');
    expect((await assemble(month({ documents: [] }))).codes).toContain('BG1C-DOCUMENTS-NONE');
  });

  it.each([
    ['letters', { mm: 'октябрь' }, 'BG1C-VALUE-INTEGER'],
    ['a month thirteen', { mm: 13 }, 'BG1C-VALUE-DATE'],
    ['no year', { yy: '' }, 'BG1C-VALUE-DATE'],
  ])('of a document with %s is an error of this document', async (_, more, code) => {
    const { documents, codes } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), bill(2, 1, '5,00', more)] }),
    );
    expect(documents.map(({ key }) => key)).toEqual(['invoice:1']);
    expect(codes).toContain(code);
  });
});

describe('types of documents', () => {
  it('that are not described stop the build with their titles and counts', async () => {
    const other = { doc_type_id: 8, doc_type: 'Акт сверки' };
    const { period, of } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), act(2, 1, '5,00', other), act(3, 1, '5,00', other)] }),
    );
    expect(period).toBeUndefined();
    expect(of('BG1C-DOCUMENT-TYPE-UNKNOWN').map(({ message }) => message)).toEqual([
      'Тип документа BGBilling № 8 «Акт сверки» (2 документа) не описан в documents.types',
    ]);
  });

  it('that are to be ignored are not there, not even as another month', async () => {
    const config = settings();
    const types = { ...config.documents.types, 8: 'ignore' as const };
    const documents = [act(1, 1, '2440,00'), act(2, 1, '5,00', { doc_type_id: 8, mm: 9 })];
    const {
      period,
      codes,
      documents: made,
    } = await assemble(month({ documents }), {
      config: { ...config, documents: { ...config.documents, types } },
    });
    expect(period).toBe('2026-10');
    expect(made.map(({ key }) => key)).toEqual(['invoice:1']);
    expect(codes).toEqual(['BG1C-VAT-INVOICE-MISSING']);
  });

  it('neither bill nor invoice are an error', async () => {
    const { of } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), { ...act(2, 1, '5,00'), kind: 'act' }] }),
    );
    expect(of('BG1C-VALUE-CHOICE')[0]!.message).toBe('«kind»: «act» — недопустимо; возможно: bill, invoice');
  });
});

describe('documents against accruals', () => {
  it('show both numbers where they differ', async () => {
    const { of } = await assemble(month({ accruals: [accrual(1, '2440,01')] }));
    expect(of('BG1C-ACCRUALS-TOTAL')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringContaining(
          'октябрь 2026 на 2\u00a0440,00, начисления и разовые списания на 2\u00a0440,01',
        ),
        remedy: expect.stringContaining('разницу -0,01'),
      }),
    ]);
  });

  it('count charges that are sales, minus paybacks, and no others', async () => {
    const charges = [
      charge(1, 1, 10, '50,00'),
      charge(2, 1, 10, '10,00', { payback: 1 }),
      charge(3, 1, 11, '7,00'),
    ];
    const { codes } = await assemble(month({ accruals: [accrual(1, '2400,00')], charges }), { config: SALE });
    expect(codes).toEqual([]);
  });

  it('name a type of charge that is not described, once', async () => {
    const { of } = await assemble(month({ charges: [charge(1, 1, 77, '50,00'), charge(2, 1, 77, '50,00')] }));
    expect(of('BG1C-CHARGE-TYPE-UNKNOWN')).toEqual([
      expect.objectContaining({ count: 2, message: expect.stringContaining('№ 77 «Подключение»') }),
    ]);
  });

  it('compare acts alone: bills may differ', async () => {
    const { codes } = await assemble(
      month({ documents: [act(1, 1, '2440,00'), invoice(2, 1, '2440,00'), bill(3, 1, '5000,00')] }),
      {
        config: settings('lines: { fallback: Связь }\n'),
      },
    );
    expect(codes).not.toContain('BG1C-ACCRUALS-TOTAL');
  });

  it('are not compared where the export has no accruals', async () => {
    expect((await assemble(month({ accruals: NONE }))).codes).toEqual([]);
  });

  it('name what was charged and is in no act', async () => {
    const more = {
      clients: [client(1), client(2, { inn: '0299000036', kpp: '027601001' })],
      contracts: [contract(1), contract(2)],
    };
    const only = await assemble(month({ ...more, accruals: [accrual(1, '2440,00'), accrual(2, '10,00')] }));
    expect(only.of('BG1C-ACCRUAL-NO-DOCUMENT')[0]).toMatchObject({
      message: expect.stringContaining('Договор № Ю-2: за октябрь 2026 начислено 10,00'),
      source: { file: 'contracts.csv', line: 3 },
    });
    const billed = await assemble(
      month({ ...more, documents: [bill(9, 2, '10,00')], accruals: [accrual(2, '10,00')] }),
    );
    expect(billed.of('BG1C-ACCRUAL-NO-DOCUMENT')).toHaveLength(1);
    const zero = await assemble(month({ ...more, accruals: [accrual(1, '2440,00'), accrual(2, '0,00')] }));
    expect(zero.codes).toEqual([]);
  });

  it('name also what was charged to a contract that the export has not', async () => {
    const accrued = await assemble(month({ accruals: [accrual(1, '2440,00'), accrual(99, '10,00')] }));
    expect(accrued.of('BG1C-ACCRUAL-NO-DOCUMENT')[0]).toMatchObject({
      message: expect.stringContaining('Договор № 99'),
      source: { file: 'accruals.csv', line: 3 },
    });
    const charged = await assemble(month({ charges: [charge(1, 99, 10, '10,00')] }), { config: SALE });
    expect(charged.of('BG1C-ACCRUAL-NO-DOCUMENT')[0]).toMatchObject({
      source: { file: 'charges.csv', line: 2 },
    });
  });
});

describe('rows of other months', () => {
  it('are told once for each month', async () => {
    const accruals = [
      accrual(1, '2440,00'),
      accrual(1, '1,00', { mm: 9 }),
      accrual(1, '2,00', { mm: 9 }),
      accrual(1, '3,00', { mm: 8 }),
    ];
    const { of } = await assemble(
      month({ accruals, charges: [charge(1, 1, 10, '5,00', { dt: '2026-11-01' })] }),
    );
    expect(
      of('BG1C-ROW-OTHER-PERIOD')
        .map(({ message }) => message)
        .sort(),
    ).toEqual([
      'Таблица accruals: строки за август 2026 не взяты',
      'Таблица accruals: строки за сентябрь 2026 не взяты',
      'Таблица charges: строки за ноябрь 2026 не взяты',
    ]);
  });

  it('without a day are an error, not forgotten', async () => {
    for (const dt of ['', '0000-00-00', '32.10.2026']) {
      const { of } = await assemble(month({ charges: [charge(1, 1, 10, '5,00', { dt })] }), { config: SALE });
      expect([...of('BG1C-VALUE-REQUIRED'), ...of('BG1C-VALUE-DATE')], dt).toEqual([
        expect.objectContaining({
          severity: 'error',
          source: { file: 'charges.csv', line: 2, column: 2, key: 'dt' },
        }),
      ]);
    }
  });
});

describe('an accrual that does not read', () => {
  it.each([
    ['BG1C-VALUE-DECIMAL', '24Ч0,00'],
    ['BG1C-VALUE-DIGITS', '2440,005'],
  ])('%s leaves out the documents of its contract alone', async (code, summa) => {
    const { codes, documents, leftOut } = await assemble(
      month({
        clients: [client(1), client(2, { inn: '0299000036', kpp: '027601001' })],
        contracts: [contract(1), contract(2)],
        documents: [act(1, 1, '2440,00'), act(2, 2, '10,00')],
        document_lines: [line(1, '2440,00'), line(2, '10,00')],
        accruals: [accrual(1, summa), accrual(2, '10,00')],
      }),
    );
    expect(codes).toContain(code);
    expect(documents.map(({ key }) => key)).toEqual(['invoice:2']);
    expect(leftOut.map(({ key }) => key)).toEqual(['invoice:1']);
  });
});
