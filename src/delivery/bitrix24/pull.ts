import type { CrmCardRow } from '../../journal/crm.ts';
import type { CrmFinding } from '../../journal/crm-changes.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';
import { type Card, COMPANY, CONTACT, type OwnerType } from './card.ts';
import type { Portal } from './client.ts';
import { textOf } from './compare.ts';
import { putFindings, unclear } from './findings.ts';
import { contactsOf, itemKey, type Known, readKnown } from './known.ts';
import { groups, type ListQuery, listAll, type Row } from './lists.ts';
import { taxpayersOf } from './locate.ts';
import { newParty } from './new-party.ts';
import { planCard } from './plan-card.ts';
import type { Presets } from './setup.ts';

/**
 * Looks what was changed in the CRM since the last look. Everything found becomes a list for the accountant; neither
 * side is written. Our own writes are no news: their values are the agreed ones.
 */
export interface PullRequest {
  portal: Portal;
  journal: Journal;
  cards: readonly Card[];
  presets: Presets;
  /** Kinds of items that are ours to look at. */
  types: readonly OwnerType[];
  /** Looks at every card that we know, whatever its time says: the portal keeps no time of an address. */
  everything: boolean;
  clock: Clock;
}

export interface PullResult {
  /** Cards that were compared. */
  looked: number;
  /** Companies that 1C does not have. */
  unknown: number;
}

const AT_ONCE = 200;
/** What was changed while a list was being walked lies before its end: the next look goes so far back. */
const OVERLAP_MS = 10 * 60_000;

interface Feed {
  query: ListQuery;
  /** Name of the time in rows. */
  time: string;
}

/** Marks where looking begins, in a portal that was never looked at: before the first card is brought over. */
export function markBeginnings(
  journal: Journal,
  portal: string,
  types: readonly OwnerType[],
  clock: Clock,
): void {
  const { crm } = journal.records;
  const kinds = [...types.map((type) => `item:${type}`), 'requisite', 'bank', 'contact'];
  for (const kind of kinds)
    if (crm.cursor(portal, kind) === undefined) crm.moveCursor(portal, kind, clock().toISOString());
}

/** @throws PortalError; cursors move together with what was found up to them */
export async function pull(request: PullRequest): Promise<PullResult> {
  const { portal, journal, types, everything } = request;
  const { crm } = journal.records;
  markBeginnings(journal, portal.name, types, request.clock);
  const { items, contacts, cursors } = await touched(request);
  const rows = [...crm.cards(portal.name).values()].filter(({ id }) => id !== undefined);
  const byItem = new Map(rows.map((row) => [itemKey(row.type, row.id!), row]));
  const known = [...byItem.values()].filter((row) => everything || items.has(itemKey(row.type, row.id!)));
  const cards = new Map(request.cards.map((card) => [card.ref, card]));
  for (const some of groups(known, AT_ONCE)) {
    const there = await readKnown(portal, some);
    journal.atomically(() => {
      for (const row of some) lookAt(row, cards.get(row.ref), there.get(itemKey(row.type, row.id!)), request);
    });
  }
  const strangers = [...items].filter((key) => !byItem.has(key) && types.includes(typeOf(key)));
  const unknown = await lookAtStrangers(strangers, request);
  journal.atomically(() => {
    for (const row of contacts) putContact(row, byItem, cards, request);
    for (const [kind, at] of cursors) crm.moveCursor(portal.name, kind, at);
  });
  return { looked: known.length, unknown };
}

function typeOf(key: string): OwnerType {
  return Number(key.split(':')[0]) as OwnerType;
}

/** Items whose own fields, requisites or bank details were changed since the cursors; and contacts. */
async function touched({ portal, journal, types }: PullRequest): Promise<{
  items: Set<string>;
  contacts: Row[];
  cursors: Map<string, string>;
}> {
  const { crm } = journal.records;
  const cursors = new Map<string, string>();
  const items = new Set<string>();
  const read = async (feed: (since: string) => Feed, kind: string): Promise<Row[]> => {
    const cursor = crm.cursor(portal.name, kind)!;
    const since = new Date(Date.parse(cursor) - OVERLAP_MS).toISOString();
    const { query, time } = feed(since);
    const [rows = []] = await listAll(portal, [query]);
    const last = rows
      .map((row) => textOf(row[time]))
      .reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), cursor);
    cursors.set(kind, last);
    return rows;
  };
  for (const type of types) {
    const rows = await read((since) => itemFeed(type, since, ['id', 'updatedTime']), `item:${type}`);
    for (const row of rows) items.add(itemKey(type, Number(row.id)));
  }
  for (const row of await read((since) => oldFeed('crm.requisite.list', since), 'requisite'))
    items.add(itemKey(Number(row.ENTITY_TYPE_ID), Number(row.ENTITY_ID)));
  const banks = await read((since) => oldFeed('crm.requisite.bankdetail.list', since), 'bank');
  for (const row of await ownersOfBanks(portal, banks))
    items.add(itemKey(Number(row.ENTITY_TYPE_ID), Number(row.ENTITY_ID)));
  const contacts = await read((since) => itemFeed(CONTACT, since, ['*']), 'contact');
  return { items, contacts, cursors };
}

function itemFeed(type: OwnerType, since: string, select: string[]): Feed {
  const params = { entityTypeId: type, select, filter: { '>=updatedTime': since } };
  return { query: { method: 'crm.item.list', params, id: 'id' }, time: 'updatedTime' };
}

function oldFeed(method: string, since: string): Feed {
  const params = {
    select: ['ID', 'ENTITY_ID', 'ENTITY_TYPE_ID', 'DATE_MODIFY'],
    filter: { '>=DATE_MODIFY': since },
  };
  return { query: { method, params, id: 'ID' }, time: 'DATE_MODIFY' };
}

async function ownersOfBanks(portal: Portal, banks: readonly Row[]): Promise<Row[]> {
  const ids = [...new Set(banks.map(({ ENTITY_ID }) => Number(ENTITY_ID)))];
  const found = await listAll(
    portal,
    groups(ids, 50).map((some) => ({
      method: 'crm.requisite.list',
      params: { select: ['ID', 'ENTITY_ID', 'ENTITY_TYPE_ID'], filter: { '@ID': some } },
      id: 'ID',
    })),
  );
  return found.flat();
}

/** Compares a card that both sides have; what they agree on becomes the base of the next comparison. */
function lookAt(
  row: CrmCardRow,
  card: Card | undefined,
  known: Known | undefined,
  request: PullRequest,
): void {
  const { portal, journal, presets } = request;
  const { crm, crmChanges } = journal.records;
  if (!card) return;
  const of = { ref: card.ref };
  if (!known) {
    putFindings(journal, portal.name, of, [unclear(card, `карточка CRM ${row.id} удалена`)]);
    return;
  }
  const base = crm.pieces(portal.name, card.ref);
  const standing = crmChanges.standing(portal.name, of);
  const plan = planCard({
    card,
    known,
    item: row.id,
    requisite: row.requisite,
    base,
    refused: [],
    presets,
  });
  for (const piece of plan.agreed) crm.keepPiece(portal.name, card.ref, piece);
  // What is still to be brought over is the business of the next push, not news.
  if (standing.length > 0 || plan.findings.length > 0) putFindings(journal, portal.name, of, plan.findings);
}

/** Companies of the CRM that 1C does not have: proposed as they stand, where they have an ИНН. */
async function lookAtStrangers(keys: readonly string[], request: PullRequest): Promise<number> {
  const { portal, journal, cards } = request;
  const taxpayers = taxpayersOf(cards);
  let found = 0;
  for (const some of groups(keys, AT_ONCE)) {
    const items = some.map((key) => ({ type: typeOf(key), id: Number(key.split(':')[1]) }));
    const there = await readKnown(portal, items);
    journal.atomically(() => {
      for (const item of items) {
        const known = there.get(itemKey(item.type, item.id));
        const finding = known && newParty(item.type, item.id, known, taxpayers);
        if (finding) found++;
        putFindings(journal, portal.name, { type: item.type, item: item.id }, finding ? [finding] : []);
      }
    });
  }
  return found;
}

/** An e-mail of a contact person of a company that both sides have. */
function putContact(
  row: Row,
  byItem: ReadonlyMap<string, CrmCardRow>,
  cards: ReadonlyMap<string, Card>,
  { portal, journal }: PullRequest,
): void {
  const owner = byItem.get(itemKey(COMPANY, Number(row.companyId ?? 0)));
  const card = owner && cards.get(owner.ref);
  if (!card || textOf(row.originId) !== '') return;
  const ours = new Set(card.contacts.map(({ piece }) => piece));
  const name = [row.lastName, row.name, row.secondName].map(textOf).filter(Boolean).join(' ');
  for (const { piece, typeId, value } of contactsOf(row)) {
    if (typeId !== 'EMAIL' || ours.has(piece)) continue;
    const finding: CrmFinding = {
      kind: 'change',
      ref: card.ref,
      type: COMPANY,
      item: owner.id!,
      piece: `contact:${Number(row.id)}`,
      field: piece,
      title: `${card.title} (${name || 'контактное лицо'})`,
      ours: '',
      theirs: value,
    };
    journal.records.crmChanges.find(portal.name, finding);
  }
}
