import type { DeliverConfig } from '../../config/delivery.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Accepted } from '../../journal/accepted.ts';
import type { DocumentRow } from '../../journal/documents.ts';
import type { BookRow } from '../../journal/receipts.ts';
import { documentName } from '../../model/document-name.ts';
import { sumForPeople } from '../../model/money.ts';
import { russianDate } from '../../support/dates.ts';
import { differencesOf, type Standing, standingOf } from '../books/document-status.ts';
import { inBase } from '../books/receive.ts';

/** What the gate says: out with it, or why not. */
export type Gate = { open: true } | { open: false; fault: Fault };

/**
 * What is sent is what is in the books (design §10): the latest receipt of the configured base must know the document,
 * posted, as the package has it; an УПД with both its halves.
 */
export function gateOf(row: DocumentRow, { books, taken }: Books, when: DeliverConfig['when']): Gate {
  const number = row.number || books.get(row.uuid)?.number || '';
  const document = documentName(row);
  const close = (found: Fault): Gate => ({ open: false, fault: found });
  if (when === 'after-receipt') {
    for (const half of inBase(row)) {
      const hindrance = hindranceOf(row, books.get(half));
      if (hindrance) return close(hindrance);
    }
    const version = taken.get(row.uuid)?.sent;
    if (version && version.hash !== row.hash) return close(fault('BG1C-SEND-OLDER', { document }));
  }
  if (number === '') return close(fault('BG1C-SEND-NUMBER', { document }));
  return { open: true };
}

/** What the configured base has of some documents. */
export interface Books {
  /** As the latest receipt tells it. */
  books: ReadonlyMap<string, BookRow>;
  /** The version of ours that 1C took. */
  taken: ReadonlyMap<string, Accepted>;
}

export const NO_BOOKS: Books = { books: new Map(), taken: new Map() };

/** Why a document is not in the books as it should be. */
const REASONS: Partial<Record<Standing, string>> = {
  skipped: 'при загрузке пропущен',
  conflict: 'в базе есть похожий документ',
  failed: 'ошибка при загрузке',
  missing: 'удалён из базы',
};

function hindranceOf(row: DocumentRow, books: BookRow | undefined): Fault | undefined {
  const document = documentName(row);
  const differences = books ? differencesOf(row, books) : [];
  const standing = standingOf(books, differences);
  switch (standing) {
    case 'posted':
      return undefined;
    case 'waiting':
      return fault('BG1C-SEND-WAITING', {}, { path: document });
    case 'unposted':
      return fault('BG1C-SEND-UNPOSTED', { document });
    case 'marked':
      return fault('BG1C-SEND-MARKED', { document });
    case 'differs': {
      const told = differences.map((field) => FIELDS[field]!(row, books!)).join('; ');
      return fault('BG1C-SEND-DIFFERS', { document, differences: told });
    }
    default: {
      const reason = REASONS[standing] ?? standing;
      return fault('BG1C-SEND-NOT-BOOKED', { document, number: row.number || row.uuid, reason });
    }
  }
}

/** How a difference is told: ours and theirs. */
const FIELDS: Readonly<Record<string, (ours: DocumentRow, books: BookRow) => string>> = {
  number: (ours, books) => `номер ${books.number} вместо ${ours.number}`,
  date: (ours, books) => `дата ${russianDate(books.date!)} вместо ${russianDate(ours.date)}`,
  sum: (ours, books) => `сумма ${sumForPeople(books.sum!)} вместо ${sumForPeople(ours.sum)}`,
  vat: (ours, books) => `НДС ${sumForPeople(books.vat!)} вместо ${sumForPeople(ours.vat)}`,
  counterparty: () => 'контрагент (ИНН, КПП)',
};
