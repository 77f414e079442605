import type { DocumentState, StatesResult } from '../../delivery/bitrix24/states.ts';
import { putStates } from '../../delivery/bitrix24/states.ts';
import type { DeliveryRow } from '../../journal/delivery.ts';
import type { DocumentRow } from '../../journal/documents.ts';
import type { Journal } from '../../journal/journal.ts';
import type { BookRow } from '../../journal/receipts.ts';
import { documentName } from '../../model/document-name.ts';
import { printedNumber } from '../../model/numbering.ts';
import { type Period, shiftPeriod } from '../../model/period.ts';
import { russianDate } from '../../support/dates.ts';
import { withPortal } from './crm.ts';
import type { CrmOutcome, CrmRequest } from './request.ts';

/** How far the documents of the last months have come, as a comment at their cards. */

/** Months whose documents are looked at. */
const MONTHS = 12;
const CHANNEL = 'bitrix24';

export function statesToCrm(request: CrmRequest): Promise<CrmOutcome<StatesResult>> {
  return withPortal(request, false, async ({ portal, journal }) => {
    const now = request.clock().toISOString().slice(0, 7) as Period;
    const states = statesOf(journal, shiftPeriod(now, -MONTHS), request.config.onec.infobase?.id);
    return { result: await putStates(portal, journal, states, request.clock), faults: [] };
  });
}

function statesOf({ records }: Journal, since: Period, infobase: string | undefined): DocumentState[] {
  const states: DocumentState[] = [];
  for (const { id, period } of records.packages.list()) {
    if (period < since) continue;
    const rows = new Map(records.documents.of(id).map((row) => [row.uuid, row]));
    const books = infobase === undefined ? undefined : records.receipts.inBooks(infobase, [...rows.keys()]);
    const deliveries = records.deliveries.ofDocuments([...rows.keys()]);
    for (const { key, channel, outcome, formed, documents } of deliveries) {
      const row = rows.get(documents[0]?.uuid ?? '');
      if (channel !== CHANNEL || outcome !== 'ok' || !row) continue;
      const others = deliveries.filter(
        (one) => one.channel !== CHANNEL && one.documents.some(({ uuid }) => uuid === row.uuid),
      );
      const text = stateText(row, books?.get(row.uuid), others);
      if (text !== undefined) states.push({ key, text, formed: new Date(formed) });
    }
  }
  return states;
}

/** Undefined where there is nothing to tell yet. */
export function stateText(
  row: DocumentRow,
  books: BookRow | undefined,
  deliveries: readonly DeliveryRow[],
): string | undefined {
  const told = [...(books?.posted ? ['проведён в 1С'] : []), ...deliveries.flatMap(deliveryText).sort()];
  const name = documentName({ ...row, number: printedNumber(row.number || (books?.number ?? '')) });
  return told.length === 0 ? undefined : `${name}: ${told.join('; ')}`;
}

/** What a channel's own word means to a manager. */
const SBIS: Readonly<Record<string, string>> = {
  draft: 'подготовлен в СБИС',
  'awaiting-signature': 'в СБИС ждёт нашей подписи',
  invited: 'в СБИС: покупатель приглашён',
  sent: 'отправлен в СБИС',
  delivered: 'доставлен покупателю в СБИС',
  signed: 'подписан покупателем',
  rejected: 'отклонён покупателем',
  annulled: 'аннулирован',
};

function deliveryText({ channel, outcome, remoteState, changedAt }: DeliveryRow): string[] {
  if (outcome !== 'ok') return [];
  if (channel === 'mail')
    return [
      remoteState === 'failed' ? 'письмо не доставлено' : `отправлен по почте ${russianDate(changedAt)}`,
    ];
  if (channel === 'edo-folder') return ['передан оператору ЭДО'];
  const word = SBIS[remoteState ?? ''];
  return word === undefined ? [] : [word];
}
