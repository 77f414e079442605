import type { Config } from '../../config/types.ts';
import { type Fault, stopsBuild } from '../../faults/fault.ts';
import { paymentsFrom } from '../../model/payments.ts';
import { type Period, periodOf } from '../../model/period.ts';
import { createSpool, type Spool } from '../../support/spool.ts';
import type { Source, SourceRow } from '../source.ts';
import { cellIndex } from '../tables.ts';
import { readAccruals, readBalances, readCharges, readPayments } from './month-money.ts';
import { readClients, readContracts } from './month-parties.ts';
import {
  type Put,
  readDocuments,
  readLines,
  readServices,
  type Say,
  withoutDocuments,
} from './month-tables.ts';
import { rowOfText, rowText } from './row-text.ts';
import type { LeftOut } from './sourced.ts';

/** Rows held in memory before they are sorted on disk: bounds the peak of a build (decisions 33). */
const SPOOL_BYTES = 32 * 1024 * 1024;

/** All rows of one contract, its dependent sub-contracts included. */
export interface ContractRows {
  /** cid of the contract, of the super contract where sub-contracts depend on it. */
  id: number;
  /** The super contract is not in the export, or depends on this one itself. */
  orphan: 'missing' | 'circle' | undefined;
  /** Another contract of the export has the buyer's ИНН too. */
  sharedInn: boolean;
  clients: SourceRow[];
  contracts: SourceRow[];
  accruals: SourceRow[];
  charges: SourceRow[];
  documents: SourceRow[];
  document_lines: SourceRow[];
  /** Of a prepaid contract, as far as they may settle its documents. */
  payments: SourceRow[];
  balances: SourceRow[];
}

/** A month, joined by contract. */
export interface Month {
  period: Period;
  services: ReadonlyMap<string, readonly SourceRow[]>;
  /** A charge of each type met. */
  chargeTypes: ReadonlyMap<string, SourceRow>;
  namesakes: ReadonlySet<string>;
  /** Contracts that share ИНН and КПП, by `partyKey`. */
  sharers: ReadonlyMap<string, readonly number[]>;
  doubles: ReadonlySet<string>;
  /** Documents of the period in the export. */
  documents: number;
  /** Documents of the export that belong to nobody, because their row does not read. */
  unread: readonly LeftOut[];
  /** Contracts in ascending order of cid; can be read once. */
  contracts(): Iterable<ContractRows>;
  remove(): void;
}

type SpoolTable = Exclude<keyof ContractRows, 'id' | 'orphan' | 'sharedInn'>;
const SPOOL_TABLES: readonly SpoolTable[] = [
  'clients',
  'contracts',
  'accruals',
  'charges',
  'documents',
  'document_lines',
  'payments',
  'balances',
];

const INN = cellIndex('clients', 'inn');
const YEAR = cellIndex('documents', 'yy');
const MONTH = cellIndex('documents', 'mm');

interface SpoolItem {
  table: number;
  row: SourceRow;
}

/**
 * Reads the whole export once and joins its unsorted tables by contract. Every table is read to its end, so that the
 * source's fingerprints are complete.
 * @param wanted the period, or undefined: then the only one that documents have
 * @param folder where sorted runs go if the month does not fit in memory
 * @returns the month, or nothing when a fault of scope `build` or `usage` was reported
 */
export async function readMonth(
  source: Source,
  config: Config,
  wanted: Period | undefined,
  folder: () => string,
  report: (found: Fault) => void,
): Promise<Month | undefined> {
  let stopped = false;
  const say = (found: Fault): void => {
    report(found);
    stopped ||= stopsBuild(found);
  };
  const spool = createSpool<SpoolItem>({
    folder,
    memoryBytes: SPOOL_BYTES,
    encode: ({ table, row }) => rowText(table, row),
    decode: rowOfText,
  });
  try {
    const read = await readTables(source, config, wanted, spool, say);
    const { period } = read;
    if (period === undefined || stopped) {
      spool.remove();
      return undefined;
    }
    return {
      ...read,
      period,
      contracts: () => joined(spool.groups(), read, period),
      remove: () => spool.remove(),
    };
  } catch (error) {
    spool.remove();
    throw error;
  }
}

/** What joining needs to know of the contracts. */
interface Joining {
  /** Super contracts that are not in the export. */
  orphans: ReadonlySet<number>;
  circles: ReadonlySet<number>;
  sharedInns: ReadonlySet<number>;
}

/** A function of its own: what is known of every document and contract while tables are read is gone when it ends. */
async function readTables(
  source: Source,
  config: Config,
  wanted: Period | undefined,
  spool: Spool<SpoolItem>,
  say: Say,
): Promise<Omit<Month, 'period' | 'contracts' | 'remove'> & Joining & { period: Period | undefined }> {
  const roots = new Map<number, number>();
  const contracts = new Set<number>();
  const prepaid = new Set<number>();
  const circles = new Set<number>();
  const to =
    (table: SpoolTable): Put =>
    (cid, row) =>
      spool.add(roots.get(cid) ?? cid, { table: SPOOL_TABLES.indexOf(table), row });
  const paysAhead = (cid: number): boolean => prepaid.has(roots.get(cid) ?? cid);

  await readContracts(source, { roots, contracts, prepaid, circles }, to('contracts'), say);
  const { namesakes, sharedInns, sharers } = await readClients(source, roots, to('clients'), say);
  const services = await readServices(source, say);
  const documents =
    config.documents.mode === 'accrual'
      ? await withoutDocuments(source, wanted, say)
      : await readDocuments(source, config, wanted, to('documents'), say);
  const { period, doubles, count, unread } = documents;
  await readLines(source, documents, to('document_lines'), say);
  await readAccruals(source, period, to('accruals'), say);
  const chargeTypes = await readCharges(source, period, to('charges'), say);
  const since = period && paymentsFrom(period, config.payments.months);
  await readPayments(source, since, paysAhead, to('payments'), say);
  await readBalances(source, paysAhead, to('balances'), say);
  const orphans = new Set([...roots.values()].filter((root) => !contracts.has(root)));
  const known = { period, services, chargeTypes, namesakes, sharers, doubles, documents: count, unread };
  return { ...known, orphans, circles, sharedInns };
}

function* joined(
  groups: Iterable<{ key: number; items: SpoolItem[] }>,
  { orphans, circles, sharedInns }: Joining,
  period: Period,
): Iterable<ContractRows> {
  for (const { key, items } of groups) {
    const rows: ContractRows = {
      id: key,
      orphan: orphans.has(key) ? 'missing' : circles.has(key) ? 'circle' : undefined,
      sharedInn: false,
      clients: [],
      contracts: [],
      accruals: [],
      charges: [],
      documents: [],
      document_lines: [],
      payments: [],
      balances: [],
    };
    for (const { table, row } of items) rows[SPOOL_TABLES[table]!].push(row);
    rows.sharedInn = rows.clients.some(({ cells }) => sharedInns.has(Number(cells[INN])));
    rows.documents = rows.documents.filter(
      ({ cells }) => periodOf(Number(cells[YEAR]), Number(cells[MONTH])) === period,
    );
    yield rows;
  }
}

/** SHA-256 of every file of the source, by name: what the package id is made of. */
export function sourceFingerprints(source: Source): { name: string; size: number; sha256: string }[] {
  // One XML or JSON file holds many tables.
  const byName = new Map(source.files.map(({ name, fingerprint }) => [name, { name, ...fingerprint! }]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
