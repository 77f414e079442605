import type { Records } from '../../journal/journal.ts';
import type { Counterparty } from '../../model/types.ts';
import { COMPANY, CONTACT, digits, ORIGINATOR, type OwnerType } from './card.ts';
import type { Portal } from './client.ts';
import { textOf } from './compare.ts';
import { listAll } from './lists.ts';

/** The item of the CRM that a counterparty of a package is. */
export interface Owner {
  type: OwnerType;
  id: number;
  /** Where it is known. */
  requisite?: number | undefined;
}

/** What the journal knows: our UUID, the card that it is in 1C, the item that the card is in the CRM. */
export function knownOwner(
  records: Records,
  portal: string,
  infobase: string | undefined,
  { uuid }: Counterparty,
): Owner | undefined {
  const { receipts, crm } = records;
  const pairs = infobase === undefined ? [] : receipts.refs(infobase, receipts.newest(), [uuid]);
  for (const ref of [...pairs.map(({ ref1c }) => ref1c), uuid]) {
    const row = crm.card(portal, ref);
    if (row?.id !== undefined) return { type: row.type as OwnerType, id: row.id, requisite: row.requisite };
  }
  return undefined;
}

/** What the portal knows: our key on the item, then ИНН and КПП; several are nobody's guess. @throws PortalError */
export async function findOwner(
  portal: Portal,
  { uuid, kind, inn = '', kpp = '' }: Counterparty,
): Promise<Owner | undefined> {
  const type = kind === 'person' ? CONTACT : COMPANY;
  const filter = { originatorId: ORIGINATOR, originId: uuid };
  const [items = []] = await listAll(portal, [
    { method: 'crm.item.list', params: { entityTypeId: type, select: ['id'], filter }, id: 'id' },
  ]);
  if (items.length > 0 || inn === '')
    return items.length === 1 ? { type, id: Number(items[0]!.id) } : undefined;
  const [rows = []] = await listAll(portal, [
    {
      method: 'crm.requisite.list',
      params: {
        select: ['ID', 'ENTITY_ID', 'RQ_INN', 'RQ_KPP'],
        filter: { ENTITY_TYPE_ID: type, '@RQ_INN': [digits(inn)] },
      },
      id: 'ID',
    },
  ]);
  const same = rows.filter(({ RQ_KPP }) => kind !== 'legal-entity' || textOf(RQ_KPP) === kpp);
  const [id, ...others] = new Set(same.map(({ ENTITY_ID }) => Number(ENTITY_ID)));
  if (id === undefined || others.length > 0) return undefined;
  return { type, id, requisite: Number(same[0]!.ID) };
}
