import type { Config } from '../../config/types.ts';
import type { Channel, ChannelName } from '../../delivery/channel.ts';
import type { Task } from '../../delivery/desk.ts';
import { channelNamed } from '../../delivery/registry.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { DeliveryDocument, DeliveryRow } from '../../journal/delivery.ts';
import type { DocumentRow } from '../../journal/documents.ts';
import type { Journal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import { documentName } from '../../model/document-name.ts';
import { createSourceCollector, type DocumentSource } from '../../model/document-source.ts';
import type { CanonicalRecord } from '../../model/types.ts';
import type { OpenPackage } from '../../package/read.ts';
import type { Clock } from '../../support/clock.ts';
import { uuidV5 } from '../../support/ids.ts';
import { inBase } from '../books/receive.ts';
import { isAskedFor, withBooks } from '../books/with-books.ts';
import { type Books, type Gate, gateOf, NO_BOOKS } from './gate.ts';

/** What a plan is made with. */
export interface Planning {
  config: Config;
  channel: Channel;
  journal: Journal;
  clock: Clock;
  /** Number or UUID of the only document wanted. */
  only?: string | undefined;
  onFault: (found: Fault) => void;
  /** Called for each document of the part that goes through this channel. */
  onDocument: () => void;
}

/** A document that goes this way, and what is known of it. */
interface Candidate {
  source: DocumentSource;
  row: DocumentRow;
  version: DeliveryDocument;
}

/** Documents of one part of a package that may go out now, as deliveries: known ones go on, others begin. */
export async function planPart(
  planning: Planning,
  opened: OpenPackage,
  stored: StoredPackage,
): Promise<Task[]> {
  const { config, channel, journal, onFault, onDocument } = planning;
  const { documents, deliveries, settings } = journal.records;
  const { part } = opened.manifest;
  const rows = new Map(documents.of(stored.id, part).map((row) => [row.uuid, row]));
  const candidates = await candidatesOf(planning, opened, rows);
  const uuids = candidates.map(({ row }) => row.uuid);
  const books = booksOf(planning, candidates);
  const newer = documents.newer(stored.id, uuids);
  const earlier = groupByDocument(deliveries.ofDocuments(uuids));
  const open = new Map<string, { known?: DeliveryRow; candidates: Candidate[] }>();
  for (const candidate of candidates) {
    onDocument();
    const { source, row, version } = candidate;
    const latest = newer.get(row.uuid);
    if (latest !== undefined && latest !== row.hash) {
      onFault(fault('BG1C-SEND-NEWER', { package: opened.file }, { path: documentName(row) }));
      continue;
    }
    const history = historyOf(planning, row, version, earlier.get(row.uuid) ?? []);
    if (history === 'settled') continue;
    const gate = gateWithAct(source, row, rows, books, config.deliver.when);
    if (!gate.open) {
      onFault(gate.fault);
      continue;
    }
    const { known } = history;
    const group = known ? `known ${known.id}` : `new ${channel.group?.(source, config) ?? row.uuid}`;
    const members = open.get(group) ?? { ...(known && { known }), candidates: [] };
    members.candidates.push({ ...candidate, source: withBooks(source, books.books) });
    open.set(group, members);
  }
  const reconciled = settings.get('reconciled-at');
  const doubtful = reconciled !== undefined && stored.createdAt <= reconciled;
  return (
    [...open.values()]
      // A letter whose other documents may not go out now waits for them.
      .filter(({ known, candidates: members }) => !known || known.documents.length === members.length)
      .map(({ known, candidates: members }) => taskOf(planning, stored, part, members, known, doubtful))
  );
}

async function candidatesOf(
  { config, channel, journal, only }: Planning,
  opened: OpenPackage,
  rows: ReadonlyMap<string, DocumentRow>,
): Promise<Candidate[]> {
  const collect = createSourceCollector();
  const { infobase } = config.onec;
  const books =
    only !== undefined && infobase
      ? journal.records.receipts.inBooks(infobase.id, [...rows.keys()])
      : NO_BOOKS.books;
  const found: Candidate[] = [];
  for await (const line of opened.lines('documents.jsonl')) {
    if (line === '') continue;
    const source = collect(JSON.parse(line) as CanonicalRecord);
    const row = source && rows.get(source.document.uuid);
    if (!row || !isAskedFor(only, row, books)) continue;
    if (!channel.carries(source, config, journal.records)) continue;
    found.push({ source, row, version: { uuid: row.uuid, hash: row.hash, correction: row.correction ?? 0 } });
  }
  return found;
}

/** A VAT invoice goes where its act goes. */
function gateWithAct(
  { document }: DocumentSource,
  row: DocumentRow,
  rows: ReadonlyMap<string, DocumentRow>,
  books: Books,
  when: Config['deliver']['when'],
): Gate {
  const own = gateOf(row, books, when);
  const act = document.record === 'vat-invoice' ? rows.get(document.act) : undefined;
  const its = own.open && act ? gateOf(act, books, when) : own;
  if (its.open || its === own) return own;
  const name = documentName(row);
  if (its.fault.severity === 'notice') return its;
  return { open: false, fault: fault('BG1C-SEND-ACT', { document: name, reason: documentName(act!) }) };
}

function booksOf({ config, journal }: Planning, candidates: readonly Candidate[]): Books {
  const { infobase } = config.onec;
  if (!infobase) return NO_BOOKS;
  const uuids = candidates.flatMap(({ row, source: { document } }) => [
    ...inBase(row),
    ...(document.record === 'vat-invoice' ? [document.act] : []),
  ]);
  const { accepted, receipts } = journal.records;
  const known = { infobase: infobase.id, receipts: receipts.newest(), packages: Number.MAX_SAFE_INTEGER };
  return { books: receipts.inBooks(infobase.id, uuids), taken: accepted.of(known, uuids) };
}

function groupByDocument(rows: readonly DeliveryRow[]): Map<string, DeliveryRow[]> {
  const groups = new Map<string, DeliveryRow[]>();
  for (const row of rows)
    for (const { uuid } of row.documents) groups.set(uuid, [...(groups.get(uuid) ?? []), row]);
  return groups;
}

/**
 * What earlier deliveries of a document mean for it: the same version goes on where it stands; another version that was
 * sent, or may have been, is not followed by a second one, unless that is a correction of a higher number.
 */
function historyOf(
  { channel: { name, title: channel, rivals = [] }, journal, onFault }: Planning,
  row: DocumentRow,
  { hash, correction }: DeliveryDocument,
  earlier: readonly DeliveryRow[],
): { known?: DeliveryRow } | 'settled' {
  const document = documentName(row);
  let known: DeliveryRow | undefined;
  for (const one of earlier) {
    const sent = one.documents.find(({ uuid }) => uuid === row.uuid)!;
    const { id: delivery, status, outcome } = one;
    const mayBeThere = outcome === 'in-doubt' || status === 'running';
    if (one.channel !== name) {
      if (!rivals.some((rival) => rival === one.channel) || !(mayBeThere || outcome === 'ok')) continue;
      const other = channelNamed(one.channel as ChannelName)?.title ?? one.channel;
      onFault(fault('BG1C-SEND-OTHER-WAY', { channel, other }, { path: document }));
      return 'settled';
    }
    if (sent.hash === hash && sent.correction === correction) {
      if (status === 'done' && outcome === 'ok') return 'settled';
      if (status === 'waiting' || status === 'running') known ??= one;
      else {
        if (outcome === 'in-doubt')
          onFault(fault('BG1C-SEND-IN-DOUBT', { document, channel, delivery, code: one.failureCode ?? '' }));
        else {
          const state = outcome === 'rejected' ? `не принят (${one.failureCode})` : 'попытки исчерпаны';
          onFault(fault('BG1C-SEND-STANDS', { document, channel, delivery, state }));
        }
        return 'settled';
      }
    } else if (mayBeThere) {
      onFault(fault('BG1C-SEND-OTHER-DOUBT', { document, delivery }));
      return 'settled';
    } else if (status === 'done' && outcome === 'ok' && sent.correction >= correction) {
      onFault(fault('BG1C-SEND-CHANGED', { document, channel, delivery }));
      return 'settled';
    } else if (status === 'waiting') journal.records.deliveries.replace(delivery);
  }
  return known ? { known } : {};
}

function taskOf(
  { config, channel, clock }: Planning,
  stored: StoredPackage,
  part: number,
  members: readonly Candidate[],
  known: DeliveryRow | undefined,
  doubtful: boolean,
): Task {
  const documents = members.map(({ version }) => version);
  const versions = documents.map(({ uuid, hash, correction }) => `${uuid}@${hash}#${correction}`).sort();
  const key = known?.key ?? uuidV5(`${config.installation}:delivery:${channel.name}:${versions.join(',')}`);
  const formed = known ? new Date(known.formed) : clock();
  const { organization, counterparty } = members[0]!.source;
  const names = members.map(({ row, source }) => documentName({ ...row, number: source.document.number }));
  return {
    label: names.join(', '),
    parcel: { key, organization, counterparty, documents: members.map(({ source }) => source), formed },
    delivery: {
      key,
      channel: channel.name,
      organization: stored.organization,
      package: stored.id,
      part,
      formed: formed.toISOString(),
      documents,
      doubtful,
    },
  };
}
