import type { Config } from '../../src/config/types.ts';
import { createCollector } from '../../src/faults/collector.ts';
import type { Fault } from '../../src/faults/fault.ts';
import type { FaultCode } from '../../src/faults/registry.ts';
import { createIdentity } from '../../src/model/identity.ts';
import type { Document } from '../../src/model/types.ts';
import { createNumberRegister } from '../../src/rules/numbers.ts';
import type { AssemblyContext, KnownCounterparty } from '../../src/sources/assembly/context.ts';
import { assembleContract } from '../../src/sources/assembly/contract.ts';
import { createAsideTally } from '../../src/sources/assembly/filter.ts';
import { readMonth } from '../../src/sources/assembly/month.ts';
import type { GivenNumber, GivenNumbers } from '../../src/sources/assembly/numbers.ts';
import { createPartyBook } from '../../src/sources/assembly/party-book.ts';
import { assemblePersons } from '../../src/sources/assembly/persons.ts';
import { createServices } from '../../src/sources/assembly/services.ts';
import type { ContractResult, LeftOut } from '../../src/sources/assembly/sourced.ts';
import type { Source, SourceRow } from '../../src/sources/source.ts';
import { columnsOf, TABLE_NAMES, type TableName } from '../../src/sources/tables.ts';
import { loaded, MINIMAL } from '../config/files.ts';

/** Rows by column name; a column that is not named is empty. */
export type Row = Readonly<Record<string, string | number>>;
export type Tables = Partial<Record<TableName, readonly Row[]>>;

/** The settings of the tests: `MINIMAL` and more sections. */
export function settings(more = ''): Config {
  return loaded(`${MINIMAL}${more}`);
}

/** A source whose tables are there; `extra` columns of clients are taken from the rows too. */
export function stubSource(tables: Tables, extra: readonly string[] = []): Source {
  const names = (table: TableName): string[] => [
    ...columnsOf(table).map(({ name }) => name),
    ...(table === 'clients' ? extra : []),
  ];
  return {
    files: TABLE_NAMES.map((table) => ({
      name: `${table}.csv`,
      table,
      fingerprint: { size: 1, sha256: '0'.repeat(64) },
    })),
    extra: { clients: extra },
    has: (table) => tables[table] !== undefined,
    column: (table, name) => {
      const at = names(table).indexOf(name);
      return at === -1 ? undefined : at + 1;
    },
    async *read(table) {
      yield (tables[table] ?? []).map(
        (row, index): SourceRow => ({
          file: TABLE_NAMES.indexOf(table),
          line: index + 2,
          cells: names(table).map((name) => String(row[name] ?? '')),
        }),
      );
    },
    close: async () => {},
  };
}

export interface Assembled {
  /** Undefined when the month was refused as a whole. */
  period: string | undefined;
  results: ContractResult[];
  documents: Document[];
  leftOut: LeftOut[];
  faults: Fault[];
  codes: FaultCode[];
  /** The findings of one code. */
  of(code: FaultCode): Fault[];
}

export interface AssembleOptions {
  config?: Config;
  period?: string;
  /** What the journal remembers, by cid, oldest first. */
  known?: readonly (Omit<KnownCounterparty, 'age'> & { contract: string })[];
  extra?: readonly string[];
  /** What numbers the journal knows; none by default. */
  given?: GivenNumbers;
}

/** Numbers as the journal keeps them, in memory. */
export function givenNumbers(booked: Readonly<Record<string, string>> = {}): GivenNumbers {
  const all: GivenNumber[] = [];
  return {
    of: (document) => all.find((one) => one.document === document)?.number,
    booked: (document) => booked[document],
    last: (series) =>
      Math.max(0, ...all.filter((one) => one.series === series).map(({ ordinal }) => ordinal)),
    given: (kind, year, number) =>
      all.some((one) => one.kind === kind && one.year === year && one.number === number),
    give: (one) => void all.push(one),
    elsewhere: () => undefined,
  };
}

/** Reads and assembles a whole month, as a build does. */
export async function assemble(tables: Tables, options: AssembleOptions = {}): Promise<Assembled> {
  const config = options.config ?? settings();
  const source = stubSource(tables, options.extra);
  const faults = createCollector();
  const report = (found: Fault): void => faults.add(found);
  const leftOut: LeftOut[] = [];
  const results: ContractResult[] = [];
  const aside = createAsideTally();
  const month = await readMonth(source, config, options.period, () => '/nowhere', report);
  if (month) {
    const identity = createIdentity(config.installation);
    const known = (options.known ?? []).map((one, age) => ({ ...one, age }));
    const context: AssemblyContext = {
      config,
      source,
      period: month.period,
      identity,
      known: {
        byContract: (contract) => known.find((one) => one.contract === contract),
        byKey: (inn, kpp) => known.find((one) => one.inn === inn && one.kpp === kpp),
        byUuid: (uuid) => known.find((one) => one.uuid === uuid),
        borneByOthers: (uuid, contract) =>
          known.some((one) => one.uuid === uuid && one.contract !== contract),
      },
      services: createServices(month.services, month.chargeTypes, config, identity, source, report),
      namesakes: month.namesakes,
      sharers: month.sharers,
      eldest: new Map(),
      doubles: month.doubles,
      counterparties: createPartyBook(),
      numbers: createNumberRegister(),
      given: options.given ?? givenNumbers(),
      aside,
      persons: new Map(),
      report,
      charged: () => {},
      leaveOut: (document) => void leftOut.push(document),
    };
    for (const rows of month.contracts()) {
      const result = assembleContract(rows, context);
      if (result) results.push(result);
    }
    results.push(...assemblePersons(context.persons, context));
    faults.add(aside.faults());
    month.remove();
  }
  const list = faults.list();
  return {
    period: month?.period,
    results,
    documents: results.flatMap(({ documents }) => documents.map(({ record }) => record)),
    leftOut,
    faults: list,
    codes: [...new Set(list.map(({ code }) => code))],
    of: (code) => list.filter((found) => found.code === code),
  };
}

export const SERVICES: readonly Row[] = [
  { sid: 20, title: 'Доступ в Интернет' },
  { sid: 21, title: 'Выделенный IP-адрес' },
  { sid: 60, title: 'Антивирус' },
];

export const COMPANY = { inn: '0299000050', kpp: '027401001' };
export const BRANCH = { inn: '0299000050', kpp: '025643001' };

export function client(cid: number, more: Row = {}): Row {
  return {
    cid,
    contract_title: `Ю-${cid}`,
    fc: 1,
    name_short: 'ООО «Тулпар»',
    name_full: 'Общество «Тулпар»',
    ...COMPANY,
    legal_address: 'Уфа',
    ...more,
  };
}

export function contract(cid: number, more: Row = {}): Row {
  return {
    cid,
    contract_title: `Ю-${cid}`,
    contract_date: '2024-02-01',
    scid: 0,
    sub_mode: 0,
    firm_id: 0,
    ...more,
  };
}

export function document(
  kind: 'bill' | 'invoice',
  id: number,
  cid: number,
  type: number,
  summ: string,
  more: Row = {},
): Row {
  return {
    kind,
    id,
    cid,
    doc_type_id: type,
    doc_type: `тип ${type}`,
    format_number: `${type}/${id}`,
    number: id,
    create_dt: '2026-10-31',
    yy: 2026,
    mm: 10,
    summ,
    ...more,
  };
}

export const bill = (id: number, cid: number, summ: string, more: Row = {}): Row =>
  document('bill', id, cid, 1, summ, more);
export const act = (id: number, cid: number, summ: string, more: Row = {}): Row =>
  document('invoice', id, cid, 2, summ, more);
export const invoice = (id: number, cid: number, summ: string, more: Row = {}): Row =>
  document('invoice', id, cid, 3, summ, more);

export function line(doc: number, sum: string, more: Row = {}): Row {
  return {
    kind: 'invoice',
    doc_id: doc,
    sid: 20,
    service_title: 'Доступ в Интернет',
    line_summ: sum,
    ...more,
  };
}

export function accrual(cid: number, summa: string, more: Row = {}): Row {
  return { yy: 2026, mm: 10, cid, sid: 20, service_title: 'Доступ в Интернет', summa, ...more };
}

export function charge(id: number, cid: number, type: number, summa: string, more: Row = {}): Row {
  return { id, dt: '2026-10-12', cid, pt: type, charge_type: 'Подключение', payback: 0, summa, ...more };
}

/** One contract with an act and its VAT invoice of 2 440,00. */
export function month(more: Tables = {}): Tables {
  return {
    clients: [client(1)],
    contracts: [contract(1)],
    services: SERVICES,
    documents: [act(1, 1, '2440,00'), invoice(2, 1, '2440,00')],
    document_lines: [line(1, '2440,00')],
    accruals: [accrual(1, '2440,00')],
    ...more,
  };
}
