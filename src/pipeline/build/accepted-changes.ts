import type { DocumentRow } from '../../journal/documents.ts';
import { sumForPeople } from '../../model/money.ts';
import type { Document, Upd, VatInvoice } from '../../model/types.ts';
import { russianDate } from '../../support/dates.ts';

/** What the journal can tell of a change: it keeps figures and a hash, the rest is told by `bg1c diff`. */
export function changesOf(document: Document, sent: DocumentRow): string {
  const changes = [
    ...headChanges(document, sent),
    ...figure('сумма', sent.sum, document.sum),
    ...figure('НДС', sent.vat, document.vat),
    ...(sent.counterparty === document.counterparty ? [] : ['другой контрагент']),
    ...(sent.contract === document.contract ? [] : ['другой договор']),
  ];
  return changes.length > 0 ? changes.join(', ') : 'строки или лицевой счёт (суммы те же)';
}

/** What an исправление cannot change, in words; undefined: nothing of it is changed (line 1 keeps number and date). */
export function headProblem(document: VatInvoice | Upd, sent: DocumentRow): string | undefined {
  const problems = headChanges(document, sent);
  if (document.record === 'upd' && (sent.vatInvoice === null) !== (document.vatInvoiceUuid === undefined))
    problems.push(
      sent.vatInvoice === null ? 'счёта-фактуры в нём не было' : 'счёта-фактуры в нём больше нет',
    );
  return problems.length > 0 ? problems.join(', ') : undefined;
}

function headChanges(document: Document, sent: Pick<DocumentRow, 'number' | 'date'>): string[] {
  const { number, date, numberedBy } = document;
  // A number that 1C draws is told back by the receipt: it comes later than the document.
  const same = numberedBy === 'onec' || number === sent.number;
  return [
    ...(same ? [] : [`номер ${sent.number || '—'} → ${number || '—'}`]),
    ...(date === sent.date ? [] : [`дата ${russianDate(sent.date)} → ${russianDate(date)}`]),
  ];
}

function figure(name: string, before: number, after: number): string[] {
  return before === after ? [] : [`${name} ${sumForPeople(before)} → ${sumForPeople(after)}`];
}
