import type { Kopecks } from '../../src/model/money.ts';
import { firstDay, lastDay } from '../../src/model/period.ts';
import { actsOf, kopecks, type Month, payerOf, rateOf, type Subscriber, total, type Usage } from './month.ts';

/** A row of BGBilling's bill module: счета stand in one table, акты and счета-фактуры in the other. */
export interface SampleDocument {
  kind: 'bill' | 'invoice';
  id: number;
  cid: number;
  type: DocumentType;
  ordinal: number;
  number: string;
  date: string;
  sum: Kopecks;
  lines: readonly Usage[];
  /** document_lines of it are exported. */
  detailed: boolean;
}

export type DocumentType = '1' | '2' | '3';

/** Titles of BGBilling's document types; the configuration maps the ids. */
export const DOCUMENT_TYPES: Record<DocumentType, string> = {
  '1': 'Счёт на оплату',
  '2': 'Акт',
  '3': 'Счёт-фактура',
};

/** All documents of the month in the order of the subscribers: bill, then act and VAT invoice in turn. */
export function documentsOf(month: Month): SampleDocument[] {
  const { numbers, period } = month;
  const next = {
    bill: numbers.bill.first,
    act: numbers.act.first,
    billId: numbers.firstId,
    invoiceId: numbers.firstId,
  };
  return month.subscribers.flatMap((subscriber) => {
    const { cid, withoutLines } = subscriber;
    const acts = payerOf(subscriber) === cid ? actsOf(month, subscriber) : [];
    const documents: SampleDocument[] = [];
    if (acts.length > 0 && (subscriber.bill ?? subscriber.party.business)) {
      const ordinal = next.bill++;
      documents.push({
        kind: 'bill',
        id: next.billId++,
        cid,
        type: '1',
        ordinal,
        number: numbers.bill.print(ordinal),
        date: firstDay(period),
        sum: billSum(subscriber, acts),
        lines: acts.flat(),
        detailed: withoutLines === undefined,
      });
    }
    for (const lines of acts) {
      const ordinal = next.act++;
      const act: SampleDocument = {
        kind: 'invoice',
        id: next.invoiceId++,
        cid,
        type: '2',
        ordinal,
        number: numbers.act.print(ordinal),
        date: subscriber.issued ?? lastDay(period),
        sum: total(lines),
        lines,
        detailed: withoutLines !== 'all',
      };
      documents.push(act);
      if (!subscriber.party.business || lines.every(({ sid }) => rateOf(month, cid, sid) === 'none'))
        continue;
      documents.push({
        ...act,
        id: next.invoiceId++,
        type: '3',
        number: numbers.vatInvoice.print(ordinal),
        ordinal: numbers.separatePools ? ordinal + 5000 : ordinal,
      });
    }
    return documents;
  });
}

function billSum({ bill }: Subscriber, acts: readonly Usage[][]): Kopecks {
  return typeof bill === 'string' ? kopecks(bill) : total(acts.flat());
}
