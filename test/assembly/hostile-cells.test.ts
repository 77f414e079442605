import { afterAll, describe, expect, it } from 'vitest';
import { createMessageFormat } from '../../src/formats/enterprise-data/message.ts';
import { createIdentity } from '../../src/model/identity.ts';
import { checkRecord } from '../../src/rules/records.ts';
import { loadProfile } from '../../src/schema/load.ts';
import { createValidator } from '../../src/schema/validate.ts';
import { messageXsd } from '../../src/schema/xsd.ts';
import type { ContractResult } from '../../src/sources/assembly/sourced.ts';
import { columnsOf, type TableName } from '../../src/sources/tables.ts';
import { innOf } from '../package/large-month.ts';
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
  type Row,
  settings,
} from './month.ts';

/** What people, spreadsheets and other programs leave in a cell. */
const CELLS = [
  '',
  '0',
  '-1',
  '1',
  '0,001',
  '-18,03',
  '9999999999999',
  '99999999999999999999',
  '1e5',
  'NaN',
  'null',
  '__proto__',
  'toString',
  '12-3',
  '22 %',
  'без НДС',
  'a\u0001b',
  '\u0001',
  '\ufffe',
  '\ud800',
  '\u2028',
  '<&>"\'',
  ']]>',
  'e\u0301'.repeat(80),
  'я'.repeat(300),
  'я'.repeat(5000),
  '😀'.repeat(60),
  'первая\nвторая',
  '0000-00-00',
  '2026-02-30',
  '1900-01-01',
  '9999-12-31',
  '31.10.2026 12:00:00',
  '0000000000',
  '000000000000',
];

/** Columns that name what all documents share: there an error stops the build by design. */
const SHARED = ['doc_type_id', 'kind'];

const config = settings("lines: { fallback: Связь }\ncharges: { types: { '10': sale } }\n");
const profile = loadProfile('enterprise-data', '1.20');
const format = createMessageFormat(
  config,
  config.organizations[0]!,
  '2026-10',
  createIdentity('bashnet'),
  profile,
);
const validator = createValidator(messageXsd(profile, loadProfile('exchange-message', '3.1')));
afterAll(() => validator.dispose());

type Part = Exclude<TableName, 'documents' | 'payments' | 'balances'> | 'bill' | 'act' | 'invoice';

/** The rows of one contract, everything filled in. */
function rowsOf(n: number): Record<Part, Row> {
  const sid = { sid: n };
  return {
    clients: client(n, {
      inn: innOf(n),
      ogrn: '1120299000051',
      bank_bik: '048073601',
      bank_account: '40702810406000000005',
      email: 'a@b.example',
      phones: '+7',
    }),
    contracts: contract(n, { date1: '2024-02-01', mode: 0 }),
    services: { sid: n, title: 'Интернет' },
    accruals: accrual(n, '100,00', sid),
    charges: charge(n, n, 10, '5,00'),
    bill: bill(n, n, '105,00', { format_number: `С${n}` }),
    act: act(2 * n, n, '100,00', { format_number: `А${n}` }),
    invoice: invoice(2 * n + 1, n, '100,00', { format_number: `${n}` }),
    document_lines: line(2 * n, '100,00', {
      ...sid,
      line_no: 1,
      qty: '2',
      price: '50,00',
      vat_rate: '22',
      vat_sum: '18,03',
    }),
  };
}

interface Trial {
  column: string;
  cell: string;
}

/** A month with a contract for each column of a table and each cell; what a schema would refuse of it. */
async function refusals(part: Part): Promise<{ contracts: number; kept: number; refused: string[] }> {
  const table = part === 'bill' || part === 'act' || part === 'invoice' ? 'documents' : part;
  const columns = columnsOf(table)
    .map(({ name }) => name)
    .filter((name) => !SHARED.includes(name));
  const trials = columns.flatMap((column) => CELLS.map((cell): Trial => ({ column, cell })));
  const all = trials.map(({ column, cell }, index) => {
    const rows = rowsOf(index + 1);
    return { ...rows, [part]: { ...rows[part], [column]: cell } };
  });
  const of = (name: Part): Row[] => all.map((rows) => rows[name]);
  const { results } = await assemble(
    {
      clients: of('clients'),
      contracts: of('contracts'),
      services: of('services'),
      accruals: of('accruals'),
      charges: of('charges'),
      documents: [...of('bill'), ...of('act'), ...of('invoice')],
      document_lines: of('document_lines'),
    },
    { config, period: '2026-10' },
  );
  const write = format.part();
  const refused = results.flatMap((result) => {
    const { column, cell } = trials[Number(result.contract.record.id) - 1]!;
    return problems(result, write).map(
      (problem) => `${column} = ${JSON.stringify(cell.slice(0, 20))}: ${problem}`,
    );
  });
  return { contracts: trials.length, kept: results.length, refused };
}

function problems(result: ContractResult, write: (result: ContractResult) => { xml: string }[]): string[] {
  const records = [result.counterparty, result.contract, ...result.services, ...result.documents].map(
    ({ record }) => record,
  );
  const refused = records.map(checkRecord).flatMap((found) => (found ? [found.message] : []));
  const xml = write(result).map((object) => object.xml);
  const invalid = validator.check(`${format.head(1)}${xml.join('\n')}\n${format.tail}`);
  return [...refused, ...invalid.map(({ message }) => message)];
}

describe('a cell, whatever it holds', () => {
  const parts: Part[] = [
    'clients',
    'contracts',
    'services',
    'accruals',
    'charges',
    'bill',
    'act',
    'invoice',
    'document_lines',
  ];

  it.each(parts)(
    'of %s never becomes what a schema refuses: that would stop the month of all',
    async (part) => {
      const { contracts, kept, refused } = await refusals(part);
      expect(refused).toEqual([]);
      expect(kept).toBeGreaterThan(contracts * 0.5);
    },
  );
});
