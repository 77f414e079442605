import type { Config } from '../../config/types.ts';
import { type Fault, type FaultWhere, fault, stopsBuild } from '../../faults/fault.ts';
import { isPeriod, type Period, periodName, periodOf } from '../../model/period.ts';
import { createSpool } from '../../support/spool.ts';
import { plural, tidy } from '../../support/text.ts';
import type { Source, SourceRow } from '../source.ts';
import { cellIndex, type TableName } from '../tables.ts';
import { cellReader } from './cells.ts';
import { documentKey } from './drafts.ts';

/** Rows held in memory before they are sorted on disk: bounds the peak of a build (decisions 33). */
const SPOOL_BYTES = 32 * 1024 * 1024;

/** All rows of one contract, its dependent sub-contracts included. */
export interface ContractRows {
  /** cid of the contract, of the super contract where sub-contracts depend on it. */
  id: number;
  /** The super contract is not in the export. */
  orphan: boolean;
  /** Another contract of the export has the buyer's ИНН too. */
  sharedInn: boolean;
  clients: SourceRow[];
  contracts: SourceRow[];
  accruals: SourceRow[];
  charges: SourceRow[];
  documents: SourceRow[];
  document_lines: SourceRow[];
}

/** A month, joined by contract. */
export interface Month {
  period: Period;
  services: ReadonlyMap<string, readonly SourceRow[]>;
  /** A charge of each type met. */
  chargeTypes: ReadonlyMap<string, SourceRow>;
  namesakes: ReadonlySet<string>;
  doubles: ReadonlySet<string>;
  /** Documents of the period in the export. */
  documents: number;
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
    encode: ({ table, row }) => JSON.stringify([table, row.file, row.line, ...row.cells]),
    decode(text) {
      const [table, file, line, ...cells] = JSON.parse(text) as [number, number, number, ...string[]];
      return { table, row: { file, line, cells } };
    },
  });
  try {
    const roots = new Map<number, number>();
    const contracts = new Set<number>();
    const put = (cid: number, table: SpoolTable, row: SourceRow): void =>
      spool.add(roots.get(cid) ?? cid, { table: SPOOL_TABLES.indexOf(table), row });

    await readContracts(source, roots, contracts, (cid, row) => put(cid, 'contracts', row), say);
    const { namesakes, sharedInns } = await readClients(
      source,
      roots,
      (cid, row) => put(cid, 'clients', row),
      say,
    );
    const services = await readServices(source, say);
    const documents = await readDocuments(
      source,
      config,
      wanted,
      (cid, row) => put(cid, 'documents', row),
      say,
    );
    await readLines(source, documents.cids, (cid, row) => put(cid, 'document_lines', row), say);
    await readAccruals(source, documents.period, (cid, row) => put(cid, 'accruals', row), say);
    const chargeTypes = await readCharges(
      source,
      documents.period,
      (cid, row) => put(cid, 'charges', row),
      say,
    );
    for await (const _ of source.read('payments', say));

    const { period } = documents;
    if (period === undefined || stopped) {
      spool.remove();
      return undefined;
    }
    const orphans = new Set([...roots].filter(([, root]) => !contracts.has(root)).map(([, root]) => root));
    return {
      period,
      services,
      chargeTypes,
      namesakes,
      doubles: documents.doubles,
      documents: documents.count,
      contracts: () => joined(spool.groups(), orphans, sharedInns, period),
      remove: () => spool.remove(),
    };
  } catch (error) {
    spool.remove();
    throw error;
  }
}

function* joined(
  groups: Iterable<{ key: number; items: SpoolItem[] }>,
  orphans: ReadonlySet<number>,
  sharedInns: ReadonlySet<number>,
  period: Period,
): Iterable<ContractRows> {
  for (const { key, items } of groups) {
    const rows: ContractRows = {
      id: key,
      orphan: orphans.has(key),
      sharedInn: false,
      clients: [],
      contracts: [],
      accruals: [],
      charges: [],
      documents: [],
      document_lines: [],
    };
    for (const { table, row } of items) rows[SPOOL_TABLES[table]!].push(row);
    rows.sharedInn = rows.clients.some(({ cells }) => sharedInns.has(Number(cells[INN])));
    rows.documents = rows.documents.filter(
      ({ cells }) => periodOf(Number(cells[YEAR]), Number(cells[MONTH])) === period,
    );
    yield rows;
  }
}

type Put = (cid: number, row: SourceRow) => void;
type Say = (found: Fault) => void;

/** Dependent sub-contracts (scid > 0, sub_mode 0) belong to their super contract (design §4). */
async function readContracts(
  source: Source,
  roots: Map<number, number>,
  contracts: Set<number>,
  put: Put,
  say: Say,
): Promise<void> {
  const read = cellReader(source, 'contracts', say);
  for await (const batch of source.read('contracts', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      const superId = cells.integer('scid');
      const mode = cells.integer('sub_mode');
      if (cid === undefined || cells.failed()) continue;
      contracts.add(Number(cid));
      if (superId !== undefined && superId > 0 && (mode ?? 0) === 0) roots.set(Number(cid), superId);
      put(Number(cid), row);
    }
}

interface ClientRows {
  /** Names without КПП that more than one counterparty bears: 1C would merge them (decisions 4). */
  namesakes: Set<string>;
  /** ИНН of more than one row, as numbers: a spreadsheet may have eaten zeros. */
  sharedInns: Set<number>;
}

async function readClients(
  source: Source,
  roots: ReadonlyMap<number, number>,
  put: Put,
  say: Say,
): Promise<ClientRows> {
  const read = cellReader(source, 'clients', say);
  const owners = new Map<string, string>();
  const namesakes = new Set<string>();
  const inns: number[] = [];
  for await (const batch of source.read('clients', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      if (cid === undefined) continue;
      put(Number(cid), row);
      if (cells.raw('inn') !== '') inns.push(Number(cells.raw('inn')));
      const trader = cells.raw('inn').length > 10;
      if ((cells.raw('kpp') !== '' && !trader) || roots.has(Number(cid))) continue;
      const name = tidy(cells.raw('name_short') || cells.raw('name_full'));
      const owner = cells.raw('inn') || `cid:${cid}`;
      const first = owners.get(name);
      if (first === undefined) owners.set(name, owner);
      else if (first !== owner && name !== '') namesakes.add(name);
    }
  return { namesakes, sharedInns: repeated(inns) };
}

function repeated(values: readonly number[]): Set<number> {
  const sorted = Float64Array.from(values).sort();
  return new Set(sorted.filter((value, index) => value === sorted[index - 1]));
}

async function readServices(source: Source, say: Say): Promise<Map<string, SourceRow[]>> {
  const read = cellReader(source, 'services', say);
  const services = new Map<string, SourceRow[]>();
  for await (const batch of source.read('services', say))
    for (const row of batch) {
      const sid = read(row).id('sid');
      if (sid !== undefined) services.set(sid, [...(services.get(sid) ?? []), row]);
    }
  return services;
}

interface DocumentRows {
  period: Period | undefined;
  /** Documents of the period. */
  count: number;
  /** cid by document, for lines; documents of other months too. */
  cids: Record<'bill' | 'invoice', Map<number, number>>;
  doubles: Set<string>;
}

async function readDocuments(
  source: Source,
  config: Config,
  wanted: Period | undefined,
  put: Put,
  say: Say,
): Promise<DocumentRows> {
  const read = cellReader(source, 'documents', say);
  const cids: DocumentRows['cids'] = { bill: new Map(), invoice: new Map() };
  const doubles = new Set<string>();
  const unknownTypes = new Map<string, { title: string; count: number; row: SourceRow }>();
  const byPeriod = new Map<Period, number>();
  for await (const batch of source.read('documents', say))
    for (const row of batch) {
      const cells = read(row);
      const kind = cells.raw('kind');
      if (kind !== 'bill' && kind !== 'invoice') {
        say(
          fault(
            'BG1C-VALUE-CHOICE',
            { column: 'kind', value: kind, allowed: 'bill, invoice' },
            cells.where('kind'),
          ),
        );
        continue;
      }
      const id = cells.id('id');
      const cid = cells.id('cid');
      const year = cells.integer('yy');
      const month = cells.integer('mm');
      if (id === undefined || cid === undefined || cells.failed()) continue;
      const period = periodOf(year ?? 0, month ?? 0);
      if (!isPeriod(period)) {
        say(
          fault(
            'BG1C-VALUE-DATE',
            { column: 'mm', value: `${cells.raw('yy')}-${cells.raw('mm')}` },
            cells.where('mm'),
          ),
        );
        continue;
      }
      if (cids[kind].has(Number(id))) doubles.add(documentKey(kind, id));
      cids[kind].set(Number(id), Number(cid));
      const type = cells.raw('doc_type_id');
      if (!Object.hasOwn(config.documents.types, type)) {
        const known = unknownTypes.get(type);
        unknownTypes.set(type, {
          title: cells.raw('doc_type'),
          row: known?.row ?? row,
          count: (known?.count ?? 0) + 1,
        });
      }
      if (config.documents.types[type] === 'ignore') continue;
      if (wanted !== undefined && period !== wanted) {
        const values = {
          number: cells.raw('format_number'),
          period: periodName(period),
          wanted: periodName(wanted),
        };
        say(fault('BG1C-DOCUMENT-OTHER-PERIOD', values, cells.where('mm')));
        continue;
      }
      byPeriod.set(period, (byPeriod.get(period) ?? 0) + 1);
      put(Number(cid), row);
    }
  for (const [type, { title, count, row }] of unknownTypes)
    say(
      fault(
        'BG1C-DOCUMENT-TYPE-UNKNOWN',
        { type, title, count: plural(count, 'документ', 'документа', 'документов') },
        read(row).where('doc_type_id'),
      ),
    );
  const periods = [...byPeriod.keys()].sort();
  if (wanted === undefined && periods.length > 1)
    say(fault('BG1C-PERIOD-AMBIGUOUS', { periods: periods.join(', ') }));
  const period = wanted ?? periods[0];
  if (periods.length === 0) {
    const found = 'в выгрузке нет документов этого месяца';
    say(fault('BG1C-DOCUMENTS-NONE', { period: period ? periodName(period) : 'выгрузки', found }));
  }
  return { period, count: (period && byPeriod.get(period)) || 0, cids, doubles };
}

async function readLines(source: Source, cids: DocumentRows['cids'], put: Put, say: Say): Promise<void> {
  const read = cellReader(source, 'document_lines', say);
  for await (const batch of source.read('document_lines', say))
    for (const row of batch) {
      const cells = read(row);
      const kind = cells.raw('kind') || 'invoice';
      const id = cells.id('doc_id');
      if (id === undefined) continue;
      const cid = kind === 'bill' || kind === 'invoice' ? cids[kind].get(Number(id)) : undefined;
      if (cid === undefined) say(fault('BG1C-LINE-ORPHAN', { kind, document: id }, cells.where('doc_id')));
      else put(cid, row);
    }
}

async function readAccruals(source: Source, period: Period | undefined, put: Put, say: Say): Promise<void> {
  const read = cellReader(source, 'accruals', say);
  const others = new Set<string>();
  for await (const batch of source.read('accruals', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      const year = cells.integer('yy');
      const month = cells.integer('mm');
      if (cid === undefined || cells.failed()) continue;
      const own = periodOf(year ?? 0, month ?? 0);
      if (own === period) put(Number(cid), row);
      else reportOther(own, 'accruals', others, cells.where('mm'), say);
    }
}

/** @returns a row of each type; of different titles the first of the alphabet, whatever the order of rows */
async function readCharges(
  source: Source,
  period: Period | undefined,
  put: Put,
  say: Say,
): Promise<Map<string, SourceRow>> {
  const read = cellReader(source, 'charges', say);
  const others = new Set<string>();
  const types = new Map<string, SourceRow>();
  for await (const batch of source.read('charges', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      const date = cells.requiredDate('dt');
      if (cid === undefined || date === undefined || cells.failed()) continue;
      const own = date.slice(0, 7);
      if (own !== period) {
        reportOther(own, 'charges', others, cells.where('dt'), say);
        continue;
      }
      const known = types.get(cells.raw('pt'));
      if (!known || cells.raw('charge_type') < read(known).raw('charge_type'))
        types.set(cells.raw('pt'), row);
      put(Number(cid), row);
    }
  return types;
}

/** Once for each month met: an export of a year must not give a notice a row. */
function reportOther(period: string, table: TableName, seen: Set<string>, where: FaultWhere, say: Say): void {
  if (seen.has(period)) return;
  seen.add(period);
  say(
    fault(
      'BG1C-ROW-OTHER-PERIOD',
      { table, period: isPeriod(period) ? periodName(period) : `«${period}»` },
      where,
    ),
  );
}

/** SHA-256 of every file of the source, by name: what the package id is made of. */
export function sourceFingerprints(source: Source): { name: string; size: number; sha256: string }[] {
  // One XML or JSON file holds many tables.
  const byName = new Map(source.files.map(({ name, fingerprint }) => [name, { name, ...fingerprint! }]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
