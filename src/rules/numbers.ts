import { type Fault, type FaultWhere, fault } from '../faults/fault.ts';
import { NUMBER_LIMIT, type NumberProblem, numberProblems } from '../model/numbering.ts';
import type { DocumentKind } from '../model/types.ts';
import { createTextMap } from '../support/text-map.ts';

/** «акт» */
export const KIND_NAMES: Record<DocumentKind, string> = {
  bill: 'счёт',
  act: 'акт',
  'vat-invoice': 'счёт-фактура',
  upd: 'УПД',
};

/** Faults of one number: missing, too long for 1C, printed otherwise by 1C. */
export function numberFaults(number: string, kind: DocumentKind, key: string, where: FaultWhere): Fault[] {
  return numberProblems(number, kind).map((found) => numberFault(found, number, kind, key, where));
}

function numberFault(
  found: NumberProblem,
  number: string,
  kind: DocumentKind,
  key: string,
  where: FaultWhere,
): Fault {
  switch (found.problem) {
    case 'missing':
      return fault('BG1C-NUMBER-MISSING', { key }, where);
    case 'length': {
      const { limit } = found;
      return fault(
        'BG1C-NUMBER-LENGTH',
        { number, length: number.length, limit, example: fitting(number, kind) },
        where,
      );
    }
    case 'print': {
      const { position, printed } = found;
      return fault('BG1C-NUMBER-PRINT', { number, position, printed, example: fitting(number, kind) }, where);
    }
    case 'doubt':
      return fault('BG1C-NUMBER-PRINT-DOUBT', { number, reason: found.reason }, where);
  }
}

/** An example of a number that fits: the tail, which differs from document to document, and no dash in it. */
function fitting(number: string, kind: DocumentKind): string {
  return number
    .replaceAll('-', '/')
    .slice(-NUMBER_LIMIT[kind])
    .replace(/^[^0-9A-Za-zА-Яа-яЁё]+/, '');
}

/** Numbers of acts, VAT invoices and bills are unique within a year over all organisations; an УПД takes two. */
export interface NumberRegister {
  /** Takes a number; a fault when another document has it. */
  take(number: string, kind: DocumentKind, date: string, key: string, where: FaultWhere): Fault | undefined;
}

export function createNumberRegister(): NumberRegister {
  /** Keys of the documents. */
  const taken = createTextMap();
  return {
    take(number, kind, date, key, where) {
      const year = date.slice(0, 4);
      const kinds: DocumentKind[] = kind === 'upd' ? ['act', 'vat-invoice'] : [kind];
      for (const one of kinds) {
        const first = taken.get(`${one} ${year} ${number}`);
        if (first !== undefined)
          return fault('BG1C-NUMBER-TWICE', { number, kind: KIND_NAMES[one], year, first }, where);
      }
      for (const one of kinds) taken.set(`${one} ${year} ${number}`, key);
      return undefined;
    },
  };
}
