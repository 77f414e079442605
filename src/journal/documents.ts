import { contentText } from '../model/content.ts';
import { correctionOf } from '../model/correction.ts';
import type { CanonicalRecord, Document, DocumentKind } from '../model/types.ts';
import { sha256 } from '../support/ids.ts';
import { all, type Connection, type Value } from './database.ts';

/** A document as it stands in a package, and where it came from. Sums in kopecks. */
export interface DocumentRow {
  package: number;
  part: number;
  uuid: string;
  kind: DocumentKind;
  /** The billing's own: `invoice:17`. */
  key: string;
  /** In the table of documents of the export. */
  line: number | null;
  number: string;
  date: string;
  sum: number;
  vat: number;
  contract: string;
  counterparty: string;
  /** Its requisites, empty where it has none; null: forgotten (purge.ts). */
  inn: string | null;
  kpp: string | null;
  vatInvoice: string | null;
  /** Number and day of the correction that it is. */
  correction: number | null;
  correctedOn: string | null;
  /** Of its content (model/content.ts). */
  hash: string;
}

/** An object of a package and the hash of its content. */
export interface ObjectHash {
  uuid: string;
  kind: string;
  hash: string;
}

export interface DocumentStore {
  /**
   * Keeps one record of a package; the hash of its content tells a change.
   * @param line of the export's table of documents
   */
  record(draft: number, part: number, record: CanonicalRecord, line?: number): void;
  /** Documents of a package; of one part. */
  of(packageId: number, part?: number): DocumentRow[];
  /** Hashes of everything that a package holds, documents too. */
  hashes(packageId: number): ObjectHash[];
  /** Every version of the documents with a number, or of one UUID, the latest package first. */
  find(wanted: string): DocumentRow[];
  /** Of these documents, those that stand in a later package: the hash of the latest version, by UUID. */
  newer(packageId: number, uuids: readonly string[]): Map<string, string>;
  /** UUIDs of the counterparties whose documents stand in a part. */
  counterparties(packageId: number, part: number): string[];
  /** UUIDs of the documents that earlier packages of the organisation and period hold for these counterparties. */
  ofCounterparties(
    before: number,
    organization: string,
    period: string,
    counterparties: readonly string[],
  ): string[];
}

export const DOCUMENT = `SELECT d.package, d.part, d.uuid, d.kind, d.key, d.line, d.number, d.date, d.sum, d.vat, d.contract,
  d.counterparty, o.inn, o.kpp, d.vat_invoice AS vatInvoice, d.correction, d.corrected_on AS correctedOn, d.hash
  FROM document d LEFT JOIN object o ON o.package = d.package AND o.uuid = d.counterparty`;

/** Values asked for at once. */
const BATCH = 200;

export function createDocumentStore(connection: Connection): DocumentStore {
  const insertDocument = connection.prepare(
    `INSERT INTO document (package, part, uuid, kind, key, line, number, date, sum, vat, contract, counterparty,
       vat_invoice, correction, corrected_on, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertObject = connection.prepare(
    'INSERT OR IGNORE INTO object (package, uuid, kind, inn, kpp, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    record(draft, part, record, line) {
      if (record.record === 'organization') return;
      const hash = contentHash(record);
      if (record.record === 'counterparty')
        insertObject.run(draft, record.uuid, 'counterparty', record.inn ?? '', record.kpp ?? '', hash);
      else if (record.record === 'contract' || record.record === 'service')
        insertObject.run(draft, record.uuid, record.record, null, null, hash);
      else insertDocument.run(...documentValues(draft, part, record, hash, line));
    },
    of(packageId, part) {
      const order = 'ORDER BY d.part, d.kind, d.number, d.uuid';
      return part === undefined
        ? all(connection.prepare(`${DOCUMENT} WHERE d.package = ? ${order}`), packageId)
        : all(connection.prepare(`${DOCUMENT} WHERE d.package = ? AND d.part = ? ${order}`), packageId, part);
    },
    hashes: (packageId) =>
      all(
        connection.prepare(
          `SELECT uuid, kind, hash FROM document WHERE package = ?
           UNION ALL SELECT uuid, kind, hash FROM object WHERE package = ? ORDER BY kind, uuid`,
        ),
        packageId,
        packageId,
      ),
    find: (wanted) =>
      all(
        connection.prepare(
          `${DOCUMENT} WHERE d.number = ? OR d.uuid = ? ORDER BY d.package DESC, d.kind, d.uuid`,
        ),
        wanted,
        wanted,
      ),
    newer(packageId, uuids) {
      const found = new Map<string, string>();
      for (let at = 0; at < uuids.length; at += BATCH) {
        const batch = uuids.slice(at, at + BATCH);
        const rows = all<{ uuid: string; hash: string }>(
          connection.prepare(
            `SELECT uuid, hash FROM document WHERE uuid IN (${batch.map(() => '?').join(', ')}) AND package > ?
             ORDER BY package`,
          ),
          ...batch,
          packageId,
        );
        for (const { uuid, hash } of rows) found.set(uuid, hash);
      }
      return found;
    },
    counterparties: (packageId, part) =>
      all<{ counterparty: string }>(
        connection.prepare('SELECT DISTINCT counterparty FROM document WHERE package = ? AND part = ?'),
        packageId,
        part,
      ).map(({ counterparty }) => counterparty),
    ofCounterparties(before, organization, period, counterparties) {
      const found = new Set<string>();
      for (let at = 0; at < counterparties.length; at += BATCH) {
        const batch = counterparties.slice(at, at + BATCH);
        const rows = all<{ uuid: string; vatInvoice: string | null }>(
          connection.prepare(
            `SELECT d.uuid, d.vat_invoice AS vatInvoice FROM document d JOIN package p ON p.id = d.package
             WHERE d.counterparty IN (${batch.map(() => '?').join(', ')})
               AND p.organization = ? AND p.period = ? AND p.id < ?`,
          ),
          ...batch,
          organization,
          period,
          before,
        );
        for (const { uuid, vatInvoice } of rows) {
          found.add(uuid);
          if (vatInvoice !== null) found.add(vatInvoice);
        }
      }
      return [...found];
    },
  };
}

/** What a version of a record is told apart by. */
export function contentHash(record: Exclude<CanonicalRecord, { record: 'organization' }>): string {
  return sha256(contentText(record));
}

function documentValues(
  draft: number,
  part: number,
  document: Document,
  hash: string,
  line: number | undefined,
): Value[] {
  const { uuid, record, key, number, date, sum, vat, contract, counterparty } = document;
  const vatInvoice = document.record === 'upd' ? (document.vatInvoiceUuid ?? null) : null;
  const correction = correctionOf(document);
  return [
    draft,
    part,
    uuid,
    record,
    key,
    line ?? null,
    number,
    date,
    sum,
    vat,
    contract,
    counterparty,
    vatInvoice,
    correction?.number ?? null,
    correction?.date ?? null,
    hash,
  ];
}
