import type { CrmCardRow } from '../../journal/crm.ts';
import { listOf } from './answer.ts';
import { ACTUAL_ADDRESS, type Contact, contactPiece, digits, LEGAL_ADDRESS, USER_FIELDS } from './card.ts';
import type { Portal } from './client.ts';
import { groups, type ListQuery, listAll, type Row, rowsOf } from './lists.ts';

/** What a portal holds of a card. */
export interface Known {
  item: Row;
  contacts: KnownContact[];
  requisites: KnownRequisite[];
}

export interface KnownContact {
  /** Of the record: a change names it. */
  id: number;
  typeId: Contact['typeId'];
  piece: string;
  value: string;
}

export interface KnownRequisite {
  id: number;
  fields: Row;
  banks: { id: number; piece: string; fields: Row }[];
  /** By piece: `address:6`. */
  addresses: Map<string, Row>;
}

const IN_LIST = 50;
/** Two types of addresses fit twenty-five times into a page. */
const ADDRESSES_IN_LIST = 25;

/** Reads items with all that hangs on them, by kind and id; an item that is not there any more is absent. */
export async function readKnown(
  portal: Portal,
  items: readonly Pick<CrmCardRow, 'type' | 'id'>[],
): Promise<Map<string, Known>> {
  const byType = new Map<number, number[]>();
  for (const { type, id } of items) if (id !== undefined) byType.set(type, [...(byType.get(type) ?? []), id]);
  const found = new Map<string, Known>();
  for (const [type, ids] of byType) {
    const rows = (
      await listAll(
        portal,
        groups(ids, IN_LIST).map((some) => itemsOf(type, some)),
      )
    ).flat();
    for (const row of rows)
      found.set(itemKey(type, Number(row.id)), { item: row, contacts: contactsOf(row), requisites: [] });
    const requisites = (
      await listAll(
        portal,
        groups(ids, IN_LIST).map((some) => requisitesOf(type, some)),
      )
    ).flat();
    for (const row of requisites) {
      const known = found.get(itemKey(type, Number(row.ENTITY_ID)));
      known?.requisites.push({ id: Number(row.ID), fields: row, banks: [], addresses: new Map() });
    }
  }
  await readDetails(
    portal,
    [...found.values()].flatMap(({ requisites }) => requisites),
  );
  return found;
}

export function itemKey(type: number, id: number): string {
  return `${type}:${id}`;
}

async function readDetails(portal: Portal, requisites: readonly KnownRequisite[]): Promise<void> {
  const byId = new Map(requisites.map((one) => [one.id, one]));
  const ids = [...byId.keys()];
  const banks = await listAll(
    portal,
    groups(ids, IN_LIST).map((some) => ({
      method: 'crm.requisite.bankdetail.list',
      params: { filter: { '@ENTITY_ID': some } },
      id: 'ID',
    })),
  );
  for (const row of banks.flat()) {
    const piece = `bank:${digits(String(row.RQ_BIK ?? ''))}/${digits(String(row.RQ_ACC_NUM ?? ''))}`;
    byId.get(Number(row.ENTITY_ID))?.banks.push({ id: Number(row.ID), piece, fields: row });
  }
  const outcomes = await portal.all(
    groups(ids, ADDRESSES_IN_LIST).map((some) => ({
      method: 'crm.address.list',
      params: {
        filter: { ENTITY_TYPE_ID: 8, '@ENTITY_ID': some, '@TYPE_ID': [LEGAL_ADDRESS, ACTUAL_ADDRESS] },
        order: { ENTITY_ID: 'ASC', TYPE_ID: 'ASC' },
        start: 0,
      },
    })),
    false,
  );
  for (const outcome of outcomes) {
    if (!outcome.ok) throw outcome.error;
    for (const row of rowsOf(outcome.answer.result))
      byId.get(Number(row.ENTITY_ID))?.addresses.set(`address:${Number(row.TYPE_ID)}`, row);
  }
}

/** Items with their telephones and e-mails, which a list gives only with all fields. */
function itemsOf(type: number, ids: readonly number[]): ListQuery {
  return {
    method: 'crm.item.list',
    params: {
      entityTypeId: type,
      useOriginalUfNames: 'Y',
      select: ['*', ...Object.values(USER_FIELDS).map(({ name }) => name)],
      filter: { '@id': ids },
    },
    id: 'id',
  };
}

function requisitesOf(type: number, ids: readonly number[]): ListQuery {
  return {
    method: 'crm.requisite.list',
    params: { filter: { ENTITY_TYPE_ID: type, '@ENTITY_ID': ids } },
    id: 'ID',
  };
}

export function contactsOf(row: Row): KnownContact[] {
  return listOf<Row>(row.fm).flatMap(({ id, typeId, value }) => {
    if (typeId !== 'PHONE' && typeId !== 'EMAIL') return [];
    const text = String(value ?? '');
    return [{ id: Number(id), typeId, value: text, piece: contactPiece(typeId, text) }];
  });
}
