import { documentName } from '../../model/document-name.ts';
import type { DocumentSource } from '../../model/document-source.ts';
import { sumText } from '../../model/money.ts';
import type { VatRate } from '../../model/vat.ts';
import { mapOf } from './answer.ts';
import { COMPANY } from './card.ts';
import type { Portal } from './client.ts';
import { listAll } from './lists.ts';
import type { Owner } from './owner.ts';
import type { Params } from './query.ts';

/** A bill as a smart invoice of the CRM, known there by `xmlId` (facts: bitrix24 §8). */
export const SMART_INVOICE = 31;
const OWNER_TYPE = 'SI';

/** @throws PortalError */
export async function findInvoice(portal: Portal, key: string): Promise<number | undefined> {
  const [rows = []] = await listAll(portal, [
    {
      method: 'crm.item.list',
      params: { entityTypeId: SMART_INVOICE, select: ['id'], filter: { xmlId: key } },
      id: 'id',
    },
  ]);
  return rows[0] && Number(rows[0].id);
}

/** @throws PortalError */
export async function addInvoice(
  portal: Portal,
  source: DocumentSource,
  key: string,
  owner: Owner,
): Promise<number> {
  const { result } = await portal.once('crm.item.add', {
    entityTypeId: SMART_INVOICE,
    fields: invoiceFields(source, key, owner),
  });
  return Number(mapOf(mapOf(result).item).id);
}

/** Rows take the place of those that are there: the same call twice is one. @throws PortalError */
export async function setRows(portal: Portal, id: number, source: DocumentSource): Promise<void> {
  await portal.once('crm.item.productrow.set', {
    ownerType: OWNER_TYPE,
    ownerId: id,
    productRows: rowsOfDocument(source),
  });
}

/** Requisites of the payer for the portal's own printed form. @throws PortalError */
export async function linkRequisite(portal: Portal, id: number, requisite: number): Promise<void> {
  await portal.once('crm.requisite.link.register', {
    fields: { ENTITY_TYPE_ID: SMART_INVOICE, ENTITY_ID: id, REQUISITE_ID: requisite },
  });
}

function invoiceFields({ document }: DocumentSource, key: string, owner: Owner): Params {
  const { record: kind, number, date, sum } = document;
  return {
    title: documentName({ kind, number, date }),
    xmlId: key,
    ...(owner.type === COMPANY ? { companyId: owner.id } : { contactId: owner.id }),
    opportunity: sumText(sum),
    isManualOpportunity: 'Y',
    currencyId: 'RUB',
    begindate: date,
  };
}

/** Prices with VAT after discount; a line whose price does not give its sum becomes one piece. */
function rowsOfDocument({ lines }: DocumentSource): Params[] {
  return lines.map(({ line, service }) => {
    const exact = (line.price * line.quantity) / 1000 === line.sum;
    return {
      productName: line.content || service.fullName,
      price: sumText(exact ? line.price : line.sum),
      quantity: exact ? line.quantity / 1000 : 1,
      ...rateOf(line.rate),
      measureCode: Number(service.unit),
    };
  });
}

function rateOf(rate: VatRate): Params {
  return rate === 'none' ? { taxIncluded: 'N' } : { taxRate: rate, taxIncluded: 'Y' };
}
