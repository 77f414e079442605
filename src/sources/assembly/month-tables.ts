import type { Config } from '../../config/types.ts';
import { type Fault, type FaultWhere, fault } from '../../faults/fault.ts';
import { isPeriod, type Period, periodName, periodOf } from '../../model/period.ts';
import { plural, tidy } from '../../support/text.ts';
import type { Source, SourceRow } from '../source.ts';
import type { TableName } from '../tables.ts';
import { cellReader } from './cells.ts';
import { documentKey } from './drafts.ts';

/**
 * One reader a table of the export: finds the contract that a row belongs to, and what must be known of the whole table
 * before the first contract can be assembled. Values are read again, and judged, where they are used.
 */

type Put = (cid: number, row: SourceRow) => void;
type Say = (found: Fault) => void;

/** Dependent sub-contracts (scid > 0, sub_mode 0) belong to their super contract (design §4). */
export async function readContracts(
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

export async function readClients(
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

export async function readServices(source: Source, say: Say): Promise<Map<string, SourceRow[]>> {
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

export async function readDocuments(
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

export async function readLines(
  source: Source,
  cids: DocumentRows['cids'],
  put: Put,
  say: Say,
): Promise<void> {
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

export async function readAccruals(
  source: Source,
  period: Period | undefined,
  put: Put,
  say: Say,
): Promise<void> {
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
export async function readCharges(
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
