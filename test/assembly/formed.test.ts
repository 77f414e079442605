import { describe, expect, it } from 'vitest';
import type { Act, Upd, VatInvoice } from '../../src/model/types.ts';
import { formedSettings } from './formed.ts';
import {
  accrual,
  assemble,
  BRANCH,
  charge,
  client,
  contract,
  givenNumbers,
  month,
  settings,
} from './month.ts';

const PERSON = { fc: 0, inn: '', kpp: '' };
const numbers = (documents: readonly { record: string; number: string }[]) =>
  documents.map(({ record, number }) => `${record} ${number}`);

describe('mode accrual', () => {
  it('forms a bill, an act and a VAT invoice of accruals and sales charges, whatever the billing formed', async () => {
    const { documents, faults, period } = await assemble(
      month({ charges: [charge(1, 1, 10, '1220,00'), charge(2, 1, 11, '5,00')] }),
      { config: formedSettings("charges: { types: { '10': sale, '11': ignore } }\n") },
    );
    expect([period, faults]).toEqual(['2026-10', []]);
    expect(numbers(documents)).toEqual(['bill Ю-1/6A-1', 'act Ю-1/6A-1', 'vat-invoice Ю-1/6A-1']);
    for (const one of documents)
      expect(one).toMatchObject({ key: 'accrual:2026-10:1', date: '2026-10-31', sum: 366_000, vat: 66_000 });
    expect((documents[2] as VatInvoice).act).toBe(documents[1]!.uuid);
  });

  it.each([
    ['first-day', '2026-10-01'],
    ['next-month', '2026-11-01'],
    ['last-day', '2026-10-31'],
  ] as const)('dates bills by the settings: %s', async (billDate, date) => {
    const config = formedSettings('', ({ documents }) => {
      documents.accrual = { bills: 'all', billDate };
    });
    const { documents } = await assemble(month(), { config });
    expect(documents[0]).toMatchObject({ record: 'bill', date });
  });

  it('makes one УПД with one number; nothing for a zero month; no VAT invoice for a person', async () => {
    const config = formedSettings('', ({ documents }) => {
      documents.upd = true;
    });
    const { documents, leftOut } = await assemble(
      month({
        clients: [client(1), client(2, { name_short: 'ООО «Ноль»', inn: '', kpp: '' }), client(3, PERSON)],
        contracts: [contract(1), contract(2), contract(3)],
        accruals: [accrual(1, '2440,00'), accrual(2, '0,00'), accrual(3, '600,00')],
      }),
      { config },
    );
    expect(leftOut).toEqual([]);
    expect(numbers(documents)).toEqual(['bill Ю-1/6A-1', 'upd Ю-1/6A-1', 'act Ю-3/6A-1']);
  });

  it('rolls sub-contracts up over all levels, and says a circle', async () => {
    const dependent = (scid: number) => ({ scid, sub_mode: 0 });
    const { documents, codes, leftOut } = await assemble(
      month({
        clients: [client(1), client(2), client(3), client(4), client(5)],
        // The lowest level stands first: nobody knows then where it ends.
        contracts: [
          contract(3, dependent(2)),
          contract(2, dependent(1)),
          contract(1),
          contract(4, dependent(5)),
          contract(5, dependent(4)),
        ],
        accruals: [accrual(1, '100,00'), accrual(2, '20,00'), accrual(3, '3,00'), accrual(4, '7,00')],
      }),
      { config: formedSettings() },
    );
    expect(documents.map(({ key, sum }) => [key, sum])).toEqual(
      ['bill', 'act', 'vat-invoice'].map(() => ['accrual:2026-10:1', 12_300]),
    );
    expect(codes).toContain('BG1C-SUPER-CIRCLE');
    expect(leftOut.map(({ key }) => key)).toEqual(['accrual:2026-10:4']);
  });
});

describe('numbers given here', () => {
  it('stay with their document, whatever the template becomes', async () => {
    const given = givenNumbers();
    const first = await assemble(month(), { config: formedSettings(), given });
    const other = formedSettings('', ({ numbering }) => {
      numbering.template = { bill: 'Б{n}', act: 'А{n}' };
    });
    expect(numbers((await assemble(month(), { config: other, given })).documents)).toEqual(
      numbers(first.documents),
    );
  });

  it('are not drawn for what is left out, and come again when it is mended', async () => {
    const given = givenNumbers();
    const config = formedSettings('', ({ numbering }) => {
      numbering.template = { bill: 'Б{n}', act: 'А{n}' };
    });
    const two = {
      clients: [client(1), client(2, { inn: '', kpp: '' })],
      contracts: [contract(1), contract(2)],
    };
    const accruals = [accrual(1, '10,00', { sid: 99 }), accrual(2, '20,00')];
    const broken = await assemble(month({ ...two, accruals }), { config, given });
    expect(broken.codes).toContain('BG1C-SERVICE-MISSING');
    expect(numbers(broken.documents)).toEqual(['bill Б1', 'act А1']);
    const mended = await assemble(month({ ...two, accruals: [accrual(1, '10,00'), accrual(2, '20,00')] }), {
      config,
      given,
    });
    expect(numbers(mended.documents)).toEqual(['bill Б2', 'act А2', 'vat-invoice А2', 'bill Б1', 'act А1']);
  });

  it('never meet, also where two counters come to one text', async () => {
    const config = formedSettings('', ({ numbering, source }) => {
      numbering.template = { bill: '{account}{n}', act: '{account}{n}' };
      source.account = 'contract_title';
    });
    const clients = Array.from({ length: 12 }, (_, at) =>
      client(at + 1, { contract_title: at === 11 ? '1' : '11', name_short: `ООО «${at}»`, inn: '', kpp: '' }),
    );
    const contracts = clients.map((_, at) => contract(at + 1, { contract_title: at === 11 ? '1' : '11' }));
    const accruals = clients.map((_, at) => accrual(at + 1, '10,00'));
    const { documents } = await assemble(month({ clients, contracts, accruals }), { config });
    const acts = documents.filter(({ record }) => record === 'act').map(({ number }) => number);
    expect(new Set(acts).size).toBe(12);
  });

  it('are empty until a receipt has told what 1C drew', async () => {
    const config = formedSettings('', ({ numbering }) => {
      numbering.by = 'onec';
    });
    const before = await assemble(month(), { config });
    expect(before.documents.map(({ number }) => number)).toEqual(['', '', '']);
    const [, made] = before.documents as [unknown, Act];
    const after = await assemble(month(), { config, given: givenNumbers({ [made.uuid]: '0000-000017' }) });
    expect(after.documents.map(({ number }) => number)).toEqual(['', '0000-000017', '']);
    expect(after.documents[2]).toMatchObject({ actNumber: '0000-000017' });
  });

  it('that a left-out document would have had are free for others', async () => {
    const { documents, leftOut } = await assemble(
      month({
        clients: [client(1), client(2, { name_short: 'ООО «Вторая»', inn: '', kpp: '' })],
        contracts: [contract(1), contract(2)],
        documents: [{ ...act2(1, 1), summ: '0,00' }, act2(2, 2)],
        document_lines: [],
        accruals: [accrual(2, '10,00')],
      }),
    );
    expect(leftOut.map(({ key }) => key)).toEqual(['invoice:1']);
    expect(documents.map(({ number }) => number)).toEqual(['А1']);
  });
});

/** An act № А1. */
function act2(id: number, cid: number) {
  return {
    ...{ kind: 'invoice', id, cid, doc_type_id: 2, doc_type: 'Акт', format_number: 'А1', number: 1 },
    ...{ create_dt: '2026-10-31', yy: 2026, mm: 10, summ: '10,00' },
  };
}

describe('persons', () => {
  const tables = month({
    clients: [client(1), client(2, PERSON), client(3, { ...PERSON, name_short: '', name_full: '' })],
    contracts: [contract(1), contract(2), contract(3)],
    accruals: [
      accrual(1, '2440,00'),
      accrual(2, '600,00'),
      accrual(2, '100,00', { sid: 21 }),
      accrual(3, '-50,00'),
    ],
  });

  it('in one act: a line a service, a VAT invoice of КВО 26 where it is wanted', async () => {
    const config = formedSettings('persons: { mode: aggregate, salesBook: vat-invoice }\n');
    const { documents, results, of } = await assemble(tables, { config });
    const [act, invoice] = documents.slice(-2) as [Act, VatInvoice];
    expect(act).toMatchObject({
      key: 'persons:2026-10:bashnet',
      number: 'ФЛ/6A-1',
      sum: 65_000,
      vat: 11_721,
    });
    expect(act.lines.map(({ sum }) => sum)).toEqual([55_000, 10_000]);
    expect(invoice).toMatchObject({ operationCode: '26', act: act.uuid, number: 'ФЛ/6A-1' });
    expect(results.at(-1)!.counterparty.record).toMatchObject({ name: 'Физические лица', collective: true });
    expect(of('BG1C-PERSONS-AGGREGATED')[0]!.message).toContain('650,00');
  });

  it('of the acts that the billing formed: their bills and numbers go nowhere', async () => {
    const act = (id: number, cid: number, summ: string) => ({ ...act2(id, cid), summ });
    const { documents, leftOut } = await assemble(
      month({
        clients: [client(2, PERSON), client(3, PERSON)],
        contracts: [contract(2), contract(3)],
        documents: [act(1, 2, '600,00'), act(2, 3, '40,00'), { ...act(3, 3, '5,00'), create_dt: 'когда-то' }],
        document_lines: [],
        accruals: [accrual(2, '600,00'), accrual(3, '40,00')],
      }),
      { config: settings('persons: { mode: aggregate }\n') },
    );
    expect(documents.map(({ record, sum, number }) => [record, sum, number])).toEqual([
      ['act', 64_000, 'ФЛ/6A-1'],
    ]);
    expect(leftOut.map(({ key }) => key)).toEqual(['invoice:3']);
  });

  it('not at all: how many and how much is said', async () => {
    const { documents, of } = await assemble(tables, {
      config: formedSettings('persons: { mode: ignore }\n'),
    });
    expect(documents.every(({ key }) => key === 'accrual:2026-10:1')).toBe(true);
    expect(of('BG1C-PERSONS-IGNORED')[0]!.message).toMatch(/договоров 2, на сумму 650,00/);
  });
});

describe('filters', () => {
  const tables = month({
    clients: [client(1), client(2, { name_short: 'ООО «Вторая»', inn: '', kpp: '' })],
    contracts: [
      contract(1, { groups_titles: 'Юрлица|ЭДО', group_mask: String((1n << 1n) | (1n << 55n)) }),
      contract(2, { groups_titles: 'Служебные', group_mask: '128', firm_id: 9 }),
    ],
    accruals: [accrual(1, '100,00'), accrual(1, '7,00', { sid: 21 }), accrual(2, '30,00')],
  });

  it.each([
    ['groups: { except: [служебные] }', 'filter.groups.except (служебные): договоров 1, на сумму 30,00'],
    ['groups: { except: ["7"] }', 'filter.groups.except (7): договоров 1, на сумму 30,00'],
    ['groups: { only: ["55"] }', 'filter.groups.only (Служебные): договоров 1, на сумму 30,00'],
    ['firms: { except: ["9"] }', 'filter.firms.except (9): договоров 1, на сумму 30,00'],
    ['firms: { only: ["0"] }', 'filter.firms.only (9): договоров 1, на сумму 30,00'],
  ])('%s leaves contracts aside and says so', async (filter, text) => {
    const { documents, of, leftOut } = await assemble(tables, {
      config: formedSettings(`filter: { ${filter} }\n`),
    });
    expect(new Set(documents.map(({ sum }) => sum))).toEqual(new Set([10_700]));
    expect([of('BG1C-FILTER-ASIDE').length, leftOut]).toEqual([1, []]);
    expect(of('BG1C-FILTER-ASIDE')[0]!.message.replaceAll('\u00a0', ' ')).toContain(text);
  });

  it('services leave accruals aside', async () => {
    const config = formedSettings('filter: { services: { except: ["21"] }, firms: { only: ["0"] } }\n');
    const { documents, of } = await assemble(tables, { config });
    expect(documents.map(({ sum }) => sum)).toEqual([10_000, 10_000, 10_000]);
    expect(
      of('BG1C-FILTER-ASIDE')
        .map(({ message }) => /\((\d+)\)/.exec(message)![1])
        .sort(),
    ).toEqual(['21', '9']);
  });
});

describe('the eldest counterparty', () => {
  const known = [
    { contract: '9', uuid: 'eldest', inn: '0299000029', kpp: '027401001' },
    { contract: '1', uuid: 'younger', ...BRANCH },
  ];

  it('stays where requisites come to meet, also when its contract has the larger cid', async () => {
    const { results, codes } = await assemble(
      month({
        clients: [client(1, BRANCH), client(9, BRANCH)],
        contracts: [contract(1), contract(9)],
        accruals: [accrual(1, '10,00'), accrual(9, '20,00')],
      }),
      { config: formedSettings(), known },
    );
    expect(results.map(({ counterparty }) => counterparty.record.uuid)).toEqual(['eldest', 'eldest']);
    expect(codes).toContain('BG1C-COUNTERPARTY-CHANGED');
  });
});

describe('VAT', () => {
  it.each([
    ['2026-10', 22, 2200],
    ['2025-12', 20, 2000],
  ])('of sums without it comes on top, by the end of %s', async (period, rate, vat) => {
    const [yy, mm] = period.split('-').map(Number) as [number, number];
    const { documents } = await assemble(month({ accruals: [accrual(1, '100,00', { yy, mm })] }), {
      config: formedSettings('vat: { included: false }\n'),
      period,
    });
    expect(documents[1]).toMatchObject({ sum: 10_000 + vat, vat, lines: [{ rate, vat }] });
  });

  it('rounded in the document: the residue stands in the largest line', async () => {
    const accruals = [accrual(1, '0,07'), accrual(1, '0,02', { sid: 21 }), accrual(1, '0,02', { sid: 60 })];
    const of = async (rounding: string) => {
      const config = formedSettings(`vat: { rounding: ${rounding} }\n`);
      const { documents } = await assemble(month({ accruals }), { config });
      return documents[1]!.lines.map(({ vat }) => vat);
    };
    expect([await of('line'), await of('document')]).toEqual([
      [1, 0, 0],
      [2, 0, 0],
    ]);
  });

  it('of a service by the map of services, overrides first', async () => {
    const map = "services: { map: { '20': { vat: 10 }, '21': { vat: none } } }\n";
    const overrides =
      "vat: { overrides: [{ service: '21', rate: 0 }, { organization: bashnet, rate: 5 }] }\n";
    const { documents } = await assemble(
      month({
        accruals: [accrual(1, '110,00'), accrual(1, '10,00', { sid: 21 }), accrual(1, '21,00', { sid: 60 })],
      }),
      { config: formedSettings(map + overrides) },
    );
    expect(documents[1]!.lines.map(({ rate }) => rate)).toEqual([10, 0, 5]);
  });
});

describe('payments of a prepaid contract', () => {
  const paid = (cells: Record<string, string>[]) =>
    month({
      contracts: [contract(1, { mode: 1 })],
      payments: cells.map((one, at) => ({
        id: at + 1,
        dt: '2026-10-05',
        cid: 1,
        summa: '0',
        comment: '',
        ...one,
      })),
    });

  it('stand in line 5 of the VAT invoice and of the УПД, with number and date of the bank', async () => {
    const tables = paid([{ summa: '3000,00', comment: 'п/п № 118 от 04.10.2026' }]);
    const payments = [{ number: '118', date: '2026-10-04', sum: 244_000 }];
    const separate = await assemble(tables);
    expect(separate.documents.map((one) => ('payments' in one ? one.payments : undefined))).toEqual([
      undefined,
      payments,
    ]);
    const config = formedSettings('', ({ documents }) => {
      documents.upd = true;
    });
    const { documents } = await assemble(tables, { config });
    expect((documents[1] as Upd).payments).toEqual(payments);
  });

  it('of one payment document are one entry; what is too old or of another form is not there', async () => {
    const { documents, codes } = await assemble(
      paid([
        { summa: '1000,00', comment: 'п/п 5 от 01.10.2026' },
        { summa: '500,00', comment: 'п/п 5 от 01.10.2026' },
        { summa: '100,00', comment: 'наличные' },
        { summa: '9000,00', comment: 'п/п 1 от 01.05.2026', dt: '2026-05-01' },
      ]),
    );
    expect((documents[1] as VatInvoice).payments).toEqual([
      { number: '5', date: '2026-10-01', sum: 150_000 },
    ]);
    expect(codes).toEqual(['BG1C-PAYMENT-NUMBER', 'BG1C-PAYMENTS-PART']);
  });

  it('of a contract that pays afterwards are not asked for', async () => {
    const { documents, codes } = await assemble(
      month({ payments: [{ id: 1, dt: 'вчера', cid: 1, summa: '1', comment: '' }] }),
    );
    expect([documents.some((one) => 'payments' in one), codes]).toEqual([false, []]);
  });
});
