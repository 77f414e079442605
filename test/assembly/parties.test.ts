import { describe, expect, it } from 'vitest';
import { createIdentity } from '../../src/model/identity.ts';
import { contractName } from '../../src/sources/assembly/parties.ts';
import {
  act,
  assemble,
  BRANCH,
  bill,
  COMPANY,
  client,
  contract,
  invoice,
  line,
  month,
  type Row,
  settings,
} from './month.ts';

const fallback = settings('lines: { fallback: Связь }\n');
const identity = createIdentity('bashnet');
const UUID = identity.counterparty(`${COMPANY.inn}/${COMPANY.kpp}`);

/** So many contracts, each with an act of its own; what the journal remembers of them. */
function months(
  clients: readonly Row[],
  known: { contract: string; uuid: string; inn: string; kpp: string }[] = [],
  extra: string[] = [],
) {
  const cids = [...new Set(clients.map(({ cid }) => Number(cid)))];
  return assemble(
    month({
      clients,
      contracts: cids.map((cid) => contract(cid)),
      documents: cids.map((cid) => act(cid, cid, '100,00')),
      document_lines: [],
      accruals: undefined as never,
    }),
    {
      config:
        extra.length > 0 ? { ...fallback, source: { ...fallback.source, account: extra[0]! } } : fallback,
      known,
      extra,
    },
  );
}

describe('one ИНН and КПП over contracts', () => {
  it('is one counterparty: the smallest cid’s, whatever the order of rows', async () => {
    const { results, of } = await months([
      client(2, { name_short: 'Тулпар', legal_address: 'Сибай' }),
      client(1),
    ]);
    expect(results.map(({ counterparty }) => counterparty.record.uuid)).toEqual([UUID, UUID]);
    expect(results[1]!.counterparty).toEqual(results[0]!.counterparty);
    expect(results[0]!.counterparty.record.name).toBe('ООО «Тулпар»');
    expect(of('BG1C-COUNTERPARTY-DIFFERS').map(({ message }) => message)).toEqual([
      expect.stringContaining('название в договорах различается: «ООО «Тулпар»» и «Тулпар»'),
      expect.stringContaining('адрес в договорах различается: «Уфа» и «Сибай»'),
    ]);
  });

  it('keeps the branches of a company apart', async () => {
    const { results, codes } = await months([client(1), client(2, BRANCH)]);
    expect(new Set(results.map(({ counterparty }) => counterparty.record.uuid)).size).toBe(2);
    expect(codes).not.toContain('BG1C-COUNTERPARTY-DIFFERS');
  });

  it('gives a buyer without ИНН the UUID of his contract', async () => {
    const person = { inn: '', kpp: '', fc: 0 };
    const { results } = await months([
      client(1, { ...person, name_short: 'Петров' }),
      client(2, { ...person, name_short: 'Сидоров' }),
    ]);
    expect(results.map(({ counterparty }) => counterparty.record.uuid)).toEqual([
      identity.counterparty('cid:1'),
      identity.counterparty('cid:2'),
    ]);
  });
});

describe('changed requisites of a known contract', () => {
  const known = (cid: number, kpp: string, uuid: string) => ({
    contract: String(cid),
    uuid,
    inn: COMPANY.inn,
    kpp,
  });

  it('keep the UUID, and are shown', async () => {
    const { results, of } = await months([client(1, BRANCH)], [known(1, COMPANY.kpp, UUID)]);
    expect(results[0]!.counterparty.record).toMatchObject({ uuid: UUID, ...BRANCH });
    expect(of('BG1C-COUNTERPARTY-CHANGED')[0]).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining(`КПП ${COMPANY.kpp}, стали ИНН ${COMPANY.inn}, КПП ${BRANCH.kpp}`),
      source: { file: 'clients.csv', key: 'inn' },
    });
  });

  it('are said also where an ИНН appears or is gone', async () => {
    const appeared = await months(
      [client(1)],
      [{ contract: '1', uuid: identity.counterparty('cid:1'), inn: '', kpp: '' }],
    );
    expect(appeared.results[0]!.counterparty.record).toMatchObject({
      uuid: identity.counterparty('cid:1'),
      inn: COMPANY.inn,
    });
    expect(appeared.codes).toContain('BG1C-COUNTERPARTY-CHANGED');
    const gone = await months([client(1, { inn: '', kpp: '' })], [known(1, COMPANY.kpp, UUID)]);
    expect(gone.results[0]!.counterparty.record.uuid).toBe(UUID);
    expect(gone.codes).toContain('BG1C-COUNTERPARTY-CHANGED');
  });

  it('that make two UUIDs share ИНН and КПП leave the older one', async () => {
    const other = identity.counterparty(`${BRANCH.inn}/${BRANCH.kpp}`);
    const elder = [known(7, COMPANY.kpp, UUID), known(1, BRANCH.kpp, other)];
    const { results, of } = await months([client(1)], elder);
    expect(results[0]!.counterparty.record.uuid).toBe(UUID);
    expect(of('BG1C-COUNTERPARTY-CHANGED')).toHaveLength(1);
    const younger = await months([client(1)], [known(1, BRANCH.kpp, other), known(7, COMPANY.kpp, UUID)]);
    expect(younger.results[0]!.counterparty.record.uuid).toBe(other);
  });

  it('of one contract of two never make two cards of one UUID', async () => {
    const { results, of } = await months(
      [client(1), client(2, BRANCH)],
      [known(1, COMPANY.kpp, UUID), known(2, COMPANY.kpp, UUID)],
    );
    expect(results[1]!.counterparty).toEqual(results[0]!.counterparty);
    expect(of('BG1C-COUNTERPARTY-CHANGED')).toHaveLength(1);
    expect(of('BG1C-COUNTERPARTY-DIFFERS')[0]!.message).toContain(
      `КПП в договорах различается: «${COMPANY.kpp}» и «${BRANCH.kpp}»`,
    );
  });

  it('are nothing new where the journal has them so', async () => {
    const { codes, results } = await months(
      [client(1)],
      [known(1, COMPANY.kpp, identity.counterparty('cid:99'))],
    );
    expect(codes).not.toContain('BG1C-COUNTERPARTY-CHANGED');
    expect(results[0]!.counterparty.record.uuid).toBe(identity.counterparty('cid:99'));
  });

  it('a new contract of a known client takes the known UUID', async () => {
    const { results } = await months([client(5)], [known(1, COMPANY.kpp, identity.counterparty('cid:1'))]);
    expect(results[0]!.counterparty.record.uuid).toBe(identity.counterparty('cid:1'));
  });
});

describe('namesakes', () => {
  const person = (cid: number, more: Row = {}) =>
    client(cid, { fc: 0, name_short: 'Иванова Мария Петровна', name_full: '', inn: '', kpp: '', ...more });
  const names = ({ results }: Awaited<ReturnType<typeof months>>) =>
    results.map(({ counterparty }) => counterparty.record.name);

  it('without КПП get their personal account', async () => {
    const found = await months(
      [person(1, { account: '100232' }), person(2, { account: '100233' }), client(3, { account: 'x' })],
      [],
      ['account'],
    );
    expect(names(found)).toEqual([
      'Иванова Мария Петровна (л/с 100232)',
      'Иванова Мария Петровна (л/с 100233)',
      'ООО «Тулпар»',
    ]);
    expect(found.of('BG1C-COUNTERPARTY-NAMESAKE')[0]).toMatchObject({ severity: 'notice', count: 2 });
    expect(found.results[0]!.counterparty.record.fullName).toBe('Иванова Мария Петровна');
  });

  it('are no namesakes with one ИНН: that is one person', async () => {
    const inn = '029900010106';
    expect(names(await months([person(1, { inn }), person(2, { inn })]))).toEqual([
      'Иванова Мария Петровна',
      'Иванова Мария Петровна',
    ]);
  });

  it('are told apart also where one has a КПП that is dropped', async () => {
    const traders = [
      person(1, { fc: 1, inn: '029900010106', kpp: '027401001' }),
      person(2, { fc: 1, inn: '029900010272' }),
    ];
    expect(new Set(names(await months(traders))).size).toBe(2);
  });

  it('fit into 1C’s field with the account whole', async () => {
    const name_short = 'И'.repeat(120);
    const found = await months(
      [person(1, { name_short, account: '100232' }), person(2, { name_short, account: '100233' })],
      [],
      ['account'],
    );
    for (const name of names(found)) {
      expect(name).toHaveLength(100);
      expect(name).toMatch(/И{80} \(л\/с 10023[23]\)$/);
    }
  });
});

describe('contract', () => {
  it('is refused with its documents where its client, organisation or super contract is missing', async () => {
    const documents = [act(1, 1, '2440,00'), invoice(2, 1, '2440,00')];
    const cases: [string, Parameters<typeof month>[0]][] = [
      ['BG1C-CLIENT-MISSING', { clients: [] }],
      ['BG1C-CONTRACT-MISSING', { contracts: [] }],
      ['BG1C-FIRM-UNKNOWN', { contracts: [contract(1, { firm_id: 7 })] }],
      ['BG1C-SUPER-MISSING', { contracts: [contract(1, { scid: 99 })] }],
      ['BG1C-NAME-MISSING', { clients: [client(1, { name_short: '', name_full: ' ' })] }],
      ['BG1C-INN-CHECKSUM', { clients: [client(1, { inn: '0299000051' })] }],
      ['BG1C-ROW-TWICE', { clients: [client(1), client(1)] }],
      ['BG1C-ROW-TWICE', { contracts: [contract(1), contract(1)] }],
    ];
    for (const [code, change] of cases) {
      const { codes, documents: made, leftOut } = await assemble(month({ documents, ...change }));
      expect(codes, code).toContain(code);
      expect(made, code).toEqual([]);
      expect(
        leftOut.map((one) => one.codes),
        code,
      ).toEqual([['BG1C-CONTRACT-LEFT-OUT'], ['BG1C-CONTRACT-LEFT-OUT']]);
    }
  });

  it('takes its date from date1, and goes without any', async () => {
    const { results } = await assemble(
      month({ contracts: [contract(1, { contract_date: '', date1: '2020-05-06' })] }),
    );
    expect(results[0]!.contract.record.date).toBe('2020-05-06');
    const none = await assemble(month({ contracts: [contract(1, { contract_date: '0000-00-00' })] }));
    expect(none.results[0]!.contract.record).toMatchObject({ name: '№ Ю-1 (л/с Ю-1)' });
    expect(none.results[0]!.contract.record.date).toBeUndefined();
    expect(none.codes).toEqual(['BG1C-CONTRACT-DATE-MISSING']);
  });

  it('has a firm of its own organisation', async () => {
    const second = settings().organizations.concat({
      code: 'other',
      name: 'ИП Сафин',
      fullName: 'ИП Сафин',
      inn: '029900010106',
      firms: ['1'],
    });
    const { results } = await assemble(month({ contracts: [contract(1, { firm_id: 1 })] }), {
      config: { ...settings(), organizations: second },
    });
    expect(results[0]!.organization).toBe('other');
  });

  it('says that a long number is cut, and keeps it whole in the record', async () => {
    const title = 'МК-2026/0301300247626000123';
    const { results, codes } = await assemble(month({ contracts: [contract(1, { contract_title: title })] }));
    expect(results[0]!.contract.record.number).toBe(title);
    expect(codes).toEqual(['BG1C-CONTRACT-NUMBER-CUT']);
  });

  it.each([
    ['123', '2024-02-01', '100245', '№ 123 от 01.02.2024 (л/с 100245)'],
    ['123', undefined, '100245', '№ 123 (л/с 100245)'],
    ['1'.repeat(150), '2024-02-01', '100245', `№ ${'1'.repeat(71)} от 01.02.2024 (л/с 100245)`],
    ['1', '2024-02-01', '9'.repeat(70), `№ 1 от 01.02.2024 (л/с ${'9'.repeat(70)})`],
  ])('№ %s of %s, account %s: %s', (number, date, account, name) => {
    expect(contractName(number, date, account)).toBe(name);
    expect(name.length).toBeLessThanOrEqual(100);
  });

  it('never becomes a record that is refused for its length', async () => {
    const title = 'Д'.repeat(200);
    const { results, of } = await assemble(
      month({
        clients: [client(1, { contract_title: title })],
        contracts: [contract(1, { contract_title: title })],
      }),
    );
    const { record } = results[0]!.contract;
    expect([record.number.length, record.account.length]).toEqual([150, 70]);
    expect(record.name.length).toBeLessThanOrEqual(100);
    expect(of('BG1C-NAME-CUT').length).toBeGreaterThan(0);
  });
});

describe('sub-contracts', () => {
  const tables = month({
    clients: [client(1), client(2, { inn: '', kpp: '', name_short: 'склад' }), client(3, { ...BRANCH })],
    contracts: [
      contract(1, { scid: -1 }),
      contract(2, { scid: 1, sub_mode: 0 }),
      contract(3, { scid: 1, sub_mode: 1 }),
    ],
    documents: [act(1, 1, '100,00'), act(3, 2, '20,00'), act(4, 3, '7,00'), bill(5, 2, '20,00')],
    document_lines: [
      line(1, '100,00'),
      line(3, '20,00'),
      line(4, '7,00'),
      line(5, '20,00', { kind: 'bill' }),
    ],
    accruals: [
      { yy: 2026, mm: 10, cid: 1, sid: 20, summa: '100,00' },
      { yy: 2026, mm: 10, cid: 2, sid: 20, summa: '20,00' },
      { yy: 2026, mm: 10, cid: 3, sid: 20, summa: '7,00' },
    ],
  });

  it('with a dependent balance belong to their super contract, those with their own do not', async () => {
    const { results, codes, documents } = await assemble(tables);
    expect(codes).toEqual(['BG1C-VAT-INVOICE-MISSING']);
    expect(results.map(({ contract: { record } }) => record.id)).toEqual(['1', '3']);
    expect(documents.map(({ key, contract: uuid }) => [key, uuid])).toEqual([
      ['bill:5', identity.contract('1')],
      ['invoice:1', identity.contract('1')],
      ['invoice:3', identity.contract('1')],
      ['invoice:4', identity.contract('3')],
    ]);
  });
});
