import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { FaultCode } from '../../faults/registry.ts';
import { isPeriod, type Period, periodName, periodOf } from '../../model/period.ts';
import { plural } from '../../support/text.ts';
import type { Source, SourceRow } from '../source.ts';
import { type Cells, cellReader } from './cells.ts';
import { documentKey } from './drafts.ts';
import type { LeftOut } from './sourced.ts';

/**
 * One reader a table of the export: finds the contract that a row belongs to, and what must be known of the whole table
 * before the first contract can be assembled. Values are read again, and judged, where they are used.
 */

export type Put = (cid: number, row: SourceRow) => void;
export type Say = (found: Fault) => void;

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
  /** cid by document, for lines; documents of other months too. Undefined where the billing's documents are not taken. */
  cids: Record<'bill' | 'invoice', Map<number, number>> | undefined;
  doubles: Set<string>;
  /** Rows that do not read: nobody's documents. */
  unread: LeftOut[];
}

export async function readDocuments(
  source: Source,
  config: Config,
  wanted: Period | undefined,
  put: Put,
  say: Say,
): Promise<DocumentRows> {
  let codes: FaultCode[] = [];
  const note = (found: Fault): void => {
    say(found);
    codes.push(found.code);
  };
  const read = cellReader(source, 'documents', note);
  const cids: NonNullable<DocumentRows['cids']> = { bill: new Map(), invoice: new Map() };
  const doubles = new Set<string>();
  const unread: LeftOut[] = [];
  const unknownTypes = new Map<string, { title: string; count: number; row: SourceRow }>();
  const byPeriod = new Map<Period, number>();
  for await (const batch of source.read('documents', say))
    for (const row of batch) {
      codes = [];
      const cells = read(row);
      const type = cells.raw('doc_type_id');
      const head = documentHead(cells, note);
      if (!head) {
        const kind = config.documents.types[type] ?? 'act';
        const key = documentKey(cells.raw('kind'), cells.raw('id'));
        if (kind !== 'ignore') unread.push({ kind, key, number: cells.raw('format_number'), codes });
        continue;
      }
      const { kind, id, cid, period } = head;
      if (cids[kind].has(Number(id))) doubles.add(documentKey(kind, id));
      cids[kind].set(Number(id), Number(cid));
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
  return { period, count: (period && byPeriod.get(period)) || 0, cids, doubles, unread };
}

/**
 * Mode `accrual`: the billing's documents are read to their end and not taken. The period is the only one that was
 * charged for, where none is wanted.
 */
export async function withoutDocuments(
  source: Source,
  wanted: Period | undefined,
  say: Say,
): Promise<DocumentRows> {
  for await (const _ of source.read('documents', say));
  const period = wanted ?? (await accruedPeriod(source, say));
  return { period, count: 0, cids: undefined, doubles: new Set(), unread: [] };
}

/** Reads the accruals for their months alone; what is wrong with them is said when they are read for good. */
async function accruedPeriod(source: Source, say: Say): Promise<Period | undefined> {
  const read = cellReader(source, 'accruals', () => {});
  const periods = new Set<Period>();
  for await (const batch of source.read('accruals', () => {}))
    for (const row of batch) {
      const cells = read(row);
      const period = periodOf(cells.integer('yy') ?? 0, cells.integer('mm') ?? 0);
      if (isPeriod(period)) periods.add(period);
    }
  const [first, ...others] = [...periods].sort();
  if (others.length > 0) say(fault('BG1C-PERIOD-AMBIGUOUS', { periods: [first, ...others].join(', ') }));
  if (first === undefined) {
    const found = 'в выгрузке нет наработки (accruals)';
    say(fault('BG1C-DOCUMENTS-NONE', { period: 'выгрузки', found }));
  }
  return first;
}

/** Which document a row is, and of which contract and month; undefined where that does not read, which is said. */
function documentHead(cells: Cells<'documents'>, say: Say) {
  const kind = cells.raw('kind');
  if (kind !== 'bill' && kind !== 'invoice') {
    const values = { column: 'kind', value: kind, allowed: 'bill, invoice' };
    say(fault('BG1C-VALUE-CHOICE', values, cells.where('kind')));
    return undefined;
  }
  const id = cells.id('id');
  const cid = cells.id('cid');
  const period = periodOf(cells.integer('yy') ?? 0, cells.integer('mm') ?? 0);
  if (id === undefined || cid === undefined || cells.failed()) return undefined;
  if (isPeriod(period)) return { kind, id, cid, period } as const;
  const value = `${cells.raw('yy')}-${cells.raw('mm')}`;
  say(fault('BG1C-VALUE-DATE', { column: 'mm', value }, cells.where('mm')));
  return undefined;
}

export async function readLines(
  source: Source,
  { cids, unread }: Pick<DocumentRows, 'cids' | 'unread'>,
  put: Put,
  say: Say,
): Promise<void> {
  const read = cellReader(source, 'document_lines', say);
  // Of these it is said already what is wrong.
  const behind = new Set(unread.map(({ key }) => key));
  for await (const batch of source.read('document_lines', say))
    for (const row of cids ? batch : []) {
      const cells = read(row);
      const kind = cells.raw('kind') || 'invoice';
      const id = cells.id('doc_id');
      if (id === undefined) continue;
      const cid = kind === 'bill' || kind === 'invoice' ? cids![kind].get(Number(id)) : undefined;
      if (cid !== undefined) put(cid, row);
      else if (!behind.has(documentKey(kind, id)))
        say(fault('BG1C-LINE-ORPHAN', { kind, document: id }, cells.where('doc_id')));
    }
}
