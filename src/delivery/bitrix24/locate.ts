import type { CrmCardRow } from '../../journal/crm.ts';
import { listOf, mapOf } from './answer.ts';
import { type Card, digits, ORIGINATOR, type OwnerType } from './card.ts';
import type { Command, Portal } from './client.ts';
import { textOf } from './compare.ts';
import type { KnownRequisite } from './known.ts';
import { groups, listAll, type Row } from './lists.ts';

/**
 * Finds the item of a card: by our own key on it, then by ИНН and КПП of its requisites. One is taken, several are a
 * person's to choose from, none is made anew (facts: bitrix24 §12).
 */
export type Place =
  | { place: 'found'; item: number }
  | { place: 'absent' }
  /** @property reason for a person */
  | { place: 'unclear'; reason: string };

const IN_LIST = 50;
const COMMS_IN_CALL = 20;

export interface LocateContext {
  portal: Portal;
  /** Cards that are to be found. */
  cards: readonly Card[];
  /** How often a taxpayer stands in 1C: by `<ИНН>` and `<ИНН>/<КПП>`. */
  taxpayers: ReadonlyMap<string, number>;
  /** Requisites whose ИНН is not digits alone: an exact search passes them by. */
  untidy: readonly Row[];
  /** The card that an item belongs to by the journal. */
  owner: (type: number, item: number) => CrmCardRow | undefined;
}

export async function locate({
  portal,
  cards,
  taxpayers,
  untidy,
  owner,
}: LocateContext): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const byOrigin = await itemsByOrigin(portal, cards);
  const rest: Card[] = [];
  for (const card of cards) {
    const items = byOrigin.get(card.ref) ?? [];
    if (items.length === 0) rest.push(card);
    else places.set(card.ref, only(items, 'наш ключ стоит у нескольких карточек CRM'));
  }
  const withInn = rest.filter(({ inn }) => inn !== '');
  const rows = await requisitesByInn(portal, withInn, untidy);
  for (const card of withInn)
    places.set(card.ref, placeByRequisites(card, rows.get(innKey(card)) ?? [], taxpayers));
  await placeByContacts(
    portal,
    rest.filter(({ inn }) => inn === ''),
    places,
  );
  for (const [ref, place] of places) {
    const card = cards.find((one) => one.ref === ref)!;
    const other = place.place === 'found' ? owner(card.type, place.item) : undefined;
    if (other && other.ref !== ref)
      places.set(ref, {
        place: 'unclear',
        reason: `карточка CRM ${other.id} уже связана с другой карточкой 1С`,
      });
  }
  return places;
}

/** How often each ИНН and each pair of ИНН and КПП stands among the cards. */
export function taxpayersOf(cards: readonly Card[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { inn, kpp } of cards)
    if (inn !== '') for (const key of [inn, `${inn}/${kpp}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

async function itemsByOrigin(portal: Portal, cards: readonly Card[]): Promise<Map<string, number[]>> {
  const queries = [...byType(cards)].flatMap(([type, some]) =>
    groups(some, IN_LIST).map((group) => ({
      method: 'crm.item.list',
      params: {
        entityTypeId: type,
        select: ['id', 'originId'],
        filter: { originatorId: ORIGINATOR, '@originId': group.map(({ ref }) => ref) },
      },
      id: 'id' as const,
    })),
  );
  const found = new Map<string, number[]>();
  for (const row of (await listAll(portal, queries)).flat()) {
    const ref = String(row.originId);
    found.set(ref, [...(found.get(ref) ?? []), Number(row.id)]);
  }
  return found;
}

async function requisitesByInn(
  portal: Portal,
  cards: readonly Card[],
  untidy: readonly Row[],
): Promise<Map<string, Row[]>> {
  const queries = [...byType(cards)].flatMap(([type, some]) =>
    groups([...new Set(some.map(({ inn }) => inn))], IN_LIST).map((group) => ({
      method: 'crm.requisite.list',
      params: {
        select: REQUISITE_COLUMNS,
        filter: { ENTITY_TYPE_ID: type, '@RQ_INN': group },
      },
      id: 'ID' as const,
    })),
  );
  const found = new Map<string, Row[]>();
  for (const row of [...(await listAll(portal, queries)).flat(), ...untidy]) {
    const key = `${Number(row.ENTITY_TYPE_ID)}:${digits(textOf(row.RQ_INN))}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}

const REQUISITE_COLUMNS = ['ID', 'ENTITY_ID', 'ENTITY_TYPE_ID', 'RQ_INN', 'RQ_KPP'];
/** What people type between digits. */
const BETWEEN_DIGITS = [' ', '-', '\u00a0'];

/** Requisites with an ИНН like «7700 000 016». @throws PortalError */
export async function untidyRequisites(portal: Portal): Promise<Row[]> {
  const queries = BETWEEN_DIGITS.map((sign) => ({
    method: 'crm.requisite.list',
    params: { select: REQUISITE_COLUMNS, filter: { '%RQ_INN': sign } },
    id: 'ID' as const,
  }));
  const rows = (await listAll(portal, queries)).flat();
  return [...new Map(rows.map((row) => [row.ID, row])).values()];
}

function innKey({ type, inn }: Card): string {
  return `${type}:${inn}`;
}

function placeByRequisites(card: Card, rows: readonly Row[], taxpayers: ReadonlyMap<string, number>): Place {
  if ((taxpayers.get(`${card.inn}/${card.kpp}`) ?? 0) > 1)
    return { place: 'unclear', reason: 'в 1С несколько карточек с этими ИНН и КПП' };
  const same = itemsOf(rows.filter((row) => sameKpp(card, row)));
  if (same.length > 0) return only(same, 'эти ИНН и КПП у нескольких карточек CRM');
  const blank = itemsOf(rows.filter((row) => card.kpp === '' || textOf(row.RQ_KPP) === ''));
  if (blank.length === 0) return { place: 'absent' };
  // A КПП that one side lacks says nothing; a taxpayer that both sides have once is the same one.
  const alone = taxpayers.get(card.inn) === 1 && itemsOf(rows).length === 1;
  return alone ? only(blank, '') : { place: 'unclear', reason: 'тот же ИНН, КПП в CRM или в 1С не указан' };
}

/** Sole traders and persons have no КПП: what stands there means nothing. */
function sameKpp({ kind, kpp }: Card, row: Row): boolean {
  return kind !== 'legal-entity' || textOf(row.RQ_KPP).toUpperCase() === kpp;
}

function itemsOf(rows: readonly Row[]): number[] {
  return [...new Set(rows.map(({ ENTITY_ID }) => Number(ENTITY_ID)))];
}

function only(items: readonly number[], reason: string): Place {
  const [item, ...others] = items;
  if (others.length === 0) return { place: 'found', item: item! };
  return { place: 'unclear', reason: `${reason}: ${items.join(', ')}` };
}

/** Without an ИНН nothing proves who it is: the same telephone or e-mail is enough to ask. */
async function placeByContacts(
  portal: Portal,
  cards: readonly Card[],
  places: Map<string, Place>,
): Promise<void> {
  const asked: { card: Card; command: Command }[] = [];
  for (const card of cards) {
    places.set(card.ref, { place: 'absent' });
    for (const type of ['EMAIL', 'PHONE'] as const) {
      const values = card.contacts.filter(({ typeId }) => typeId === type).map(({ value }) => value);
      if (values.length === 0) continue;
      const params = {
        type,
        values: values.slice(0, COMMS_IN_CALL),
        entity_type: entityName(card.type),
      };
      asked.push({ card, command: { method: 'crm.duplicate.findbycomm', params } });
    }
  }
  const outcomes = await portal.all(
    asked.map(({ command }) => command),
    false,
  );
  for (const [index, { card }] of asked.entries()) {
    const outcome = outcomes[index]!;
    if (!outcome.ok) throw outcome.error;
    const ids = listOf(mapOf(outcome.answer.result)[entityName(card.type)]);
    if (ids.length > 0)
      places.set(card.ref, {
        place: 'unclear',
        reason: `ИНН в 1С не указан, а телефон или e-mail есть в CRM: ${ids.join(', ')}`,
      });
  }
}

function entityName(type: OwnerType): string {
  return type === 4 ? 'COMPANY' : 'CONTACT';
}

function byType(cards: readonly Card[]): Map<OwnerType, Card[]> {
  const found = new Map<OwnerType, Card[]>();
  for (const card of cards) found.set(card.type, [...(found.get(card.type) ?? []), card]);
  return found;
}

/**
 * Which of an item's requisites is the card's.
 * @param linked the one that the journal knows
 * @returns undefined where the item has none; 'none' where it has others, and adding one more would be a guess
 */
export function chooseRequisite(
  { ref, kind, inn, kpp }: Card,
  requisites: readonly KnownRequisite[],
  linked: number | undefined,
): KnownRequisite | undefined | 'none' {
  if (requisites.length === 0) return undefined;
  const own =
    requisites.find(({ id }) => id === linked) ?? requisites.find(({ fields }) => fields.XML_ID === ref);
  if (own) return own;
  const sameInn = requisites.filter(({ fields }) => digits(textOf(fields.RQ_INN)) === inn);
  const same = sameInn.filter(
    ({ fields }) => kind !== 'legal-entity' || textOf(fields.RQ_KPP).toUpperCase() === kpp,
  );
  const candidates = same.length > 0 ? same : sameInn.length > 0 ? sameInn : requisites.filter(isBlank);
  return candidates.length === 1 ? candidates[0] : 'none';
}

function isBlank({ fields }: KnownRequisite): boolean {
  return textOf(fields.RQ_INN) === '';
}
