import { all, type Connection } from './database.ts';

/**
 * What a package does to a document that the books hold already:
 * `corrected` — a VAT invoice or УПД is issued again as an исправление, `changed` — an act or a bill is sent anew under
 * its own UUID, `deleted` — the billing has it no more, and 1C is asked to mark it.
 */
export type CorrectionKind = 'corrected' | 'changed' | 'deleted';

export interface CorrectionRow {
  package: number;
  /** UUID that the books hold the document under. */
  document: string;
  what: CorrectionKind;
  /** Hash of the content that 1C accepted. */
  before: string;
  /** Hash of the new content. */
  after: string | null;
  /** From 1; only of what is corrected. */
  number: number | null;
  date: string | null;
}

export interface CorrectionStore {
  record(row: CorrectionRow): void;
  /** Those of one package. */
  of(packageId: number): CorrectionRow[];
  /** All of one document, the latest package last. */
  ofDocument(uuid: string): CorrectionRow[];
}

const ROW = 'SELECT package, document, what, before, after, number, date FROM correction';

export function createCorrectionStore(connection: Connection): CorrectionStore {
  const insert = connection.prepare(
    'INSERT INTO correction (package, document, what, before, after, number, date) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const ofPackage = connection.prepare(`${ROW} WHERE package = ? ORDER BY document`);
  const ofDocument = connection.prepare(`${ROW} WHERE document = ? ORDER BY package`);
  return {
    record: (row) =>
      void insert.run(row.package, row.document, row.what, row.before, row.after, row.number, row.date),
    of: (packageId) => all(ofPackage, packageId),
    ofDocument: (uuid) => all(ofDocument, uuid),
  };
}
