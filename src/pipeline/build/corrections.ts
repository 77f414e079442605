import { moscowMoment } from '../../formats/upd/source.ts';
import type { CorrectionKind, CorrectionRow } from '../../journal/corrections.ts';
import type { Journal } from '../../journal/journal.ts';
import { russianDate } from '../../support/dates.ts';
import type { Ledger } from './ledger.ts';
import type { BuildRequest } from './request.ts';

export type CorrectionRequest = Pick<
  BuildRequest,
  'again' | 'corrections' | 'deleteVanished' | 'observe' | 'clock'
>;

type Change = Pick<CorrectionRow, 'document' | 'what' | 'before' | 'after'>;

/** Which corrections a package makes, and their numbers: kept in the journal, the same in every rebuild. */
export interface CorrectionLedger {
  /** Any of it was asked for by the call. */
  readonly wanted: boolean;
  asked(document: string, what: CorrectionKind): boolean;
  /** Numbers of the corrections issued so far of a document, upwards. */
  numbers(document: string): number[];
  /** Number and day of a correction: those it was given out with, or the next number and today. */
  draw(change: Change): { number: number; date: string; text: string };
  put(organization: string, change: Change & { number?: number; date?: string }): void;
  /** Writes what was put: only now it is known which packages there are. */
  flush(): void;
}

export function createCorrectionLedger(
  journal: Journal,
  ledger: Ledger,
  { again, corrections = false, deleteVanished = false, clock }: CorrectionRequest,
): CorrectionLedger {
  const store = journal.records.corrections;
  const made = again && new Map(store.of(again.id).map((row) => [row.document, row]));
  const today = moscowMoment(clock()).date;
  const pending: { organization: string; row: Omit<CorrectionRow, 'package'> }[] = [];
  /** Until a package is made, of what came before it. */
  const issued = (document: string): CorrectionRow[] =>
    store.ofDocument(document).filter((row) => row.number !== null && row.package < ledger.before.packages);
  return {
    wanted: corrections || deleteVanished,
    asked: (document, what) =>
      made ? made.get(document)?.what === what : what === 'deleted' ? deleteVanished : corrections,
    numbers: (document) => [...new Set(issued(document).map(({ number }) => number!))].sort((a, b) => a - b),
    draw({ document, before, after }) {
      const rows = issued(document);
      const known = made?.get(document) ?? rows.find((row) => row.before === before && row.after === after);
      const number = known?.number ?? rows.reduce((max, row) => Math.max(max, row.number!), 0) + 1;
      const date = known?.date ?? today;
      return { number, date, text: russianDate(date) };
    },
    put(organization, { document, what, before, after, number = null, date = null }) {
      pending.push({ organization, row: { document, what, before, after, number, date } });
    },
    flush() {
      for (const { organization, row } of pending.splice(0)) {
        const draft = ledger.draftOf(organization);
        if (draft !== undefined) store.record({ ...row, package: draft });
      }
    },
  };
}
