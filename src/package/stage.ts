import { join } from 'node:path';
import type { Fault } from '../faults/fault.ts';
import type { CommerceMl } from '../formats/commerceml/message.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import type { FormatObject } from '../formats/format.ts';
import type { CanonicalRecord, Document, DocumentKind } from '../model/types.ts';
import type { BesideChecker } from '../schema/check-beside.ts';
import type { ContractResult, RowRefs, Sourced } from '../sources/assembly/sourced.ts';
import { type Appender, openAppender } from '../support/appender.ts';
import { type CheckedBody, createCheckedBody } from './checked-body.ts';
import { openBillFile } from './commerceml.ts';
import { emptyTotals, type KindTotal, type ObjectCounts, type RemovedDocument } from './manifest.ts';
import type { OriginsHead } from './origins.ts';
import type { ZipEntry } from './zip.ts';

/** One bad object aborts a whole load in 1C: a part holds no more documents than this (design §7). */
export const DOCUMENTS_PER_PART = 2000;

/** A part that is written but has no manifest yet: its number of parts and its sequence number are known at the end. */
export interface StagedPart {
  /** Objects of the message, between its head and tail. */
  body: string;
  documentsFile: string;
  originsFile: string;
  documents: Record<DocumentKind, KindTotal>;
  objects: ObjectCounts;
  losses: Map<string, number>;
  /** Entries beside those of every package. */
  extra: ZipEntry[];
  /** Documents that 1C is asked to mark. */
  deletions: RemovedDocument[];
}

/** Writes the entries of a package part by part, as contracts come. */
export interface Stage {
  /** To be awaited: the check of the message may lag behind. */
  add(contract: ContractResult): Promise<void> | undefined;
  /** Asks 1C to mark documents of an earlier package; they stand in the last part. */
  remove(documents: readonly RemovedDocument[]): void;
  finish(): Promise<StagedPart[]>;
  /** Closes what is open after a failure; the caller removes the folder. */
  abandon(): void;
}

export interface StageOptions {
  /** Most documents of a part; `DOCUMENTS_PER_PART` by default. */
  documentsPerPart?: number | undefined;
  /** A private folder that the caller removes. */
  folder: string;
  format: MessageFormat;
  /** Bills in CommerceML too. */
  commerceMl?: CommerceMl | undefined;
  origins: OriginsHead;
  /** Checks the message against its schema. */
  checker: BesideChecker;
  checkRecord: (record: CanonicalRecord) => Fault | undefined;
  /** Told of every record of a part, with its text as it stands in `documents.jsonl`. */
  keep?: ((part: number, record: CanonicalRecord, text: string, rows: RowRefs) => void) | undefined;
  report: (found: Fault) => void;
}

export function createStage(options: StageOptions): Stage {
  const parts: StagedPart[] = [];
  const limit = options.documentsPerPart ?? DOCUMENTS_PER_PART;
  const body = createCheckedBody(options.format, options.checker, options.report);
  let open: OpenPart | undefined;
  const close = (): void => {
    if (open) parts.push(open.close());
    open = undefined;
  };
  return {
    add(contract) {
      for (const documents of splitContract(contract.documents, limit)) {
        if (open && open.count() + documents.length > limit) close();
        open ??= openPart(parts.length + 1, options, body);
        open.add({ ...contract, documents });
      }
      return body.ready();
    },
    remove(documents) {
      if (documents.length === 0) return;
      open ??= openPart(parts.length + 1, options, body);
      open.remove(documents);
    },
    async finish() {
      close();
      await body.done();
      return parts;
    },
    abandon: () => open?.abandon(),
  };
}

/**
 * A contract's documents share a part while they fit; a contract with more is cut between acts, so that a VAT invoice
 * stays with its act.
 */
function splitContract(
  documents: readonly Sourced<Document>[],
  limit: number,
): (readonly Sourced<Document>[])[] {
  if (documents.length <= limit) return [documents];
  const chunks: Sourced<Document>[][] = [[]];
  documents.forEach((document, index) => {
    const pair = documents[index + 1]?.record.record === 'vat-invoice' ? 2 : 1;
    const current = chunks.at(-1)!;
    const starts = document.record.record !== 'vat-invoice' && current.length + pair > limit;
    if (starts) chunks.push([document]);
    else current.push(document);
  });
  return chunks;
}

interface OpenPart {
  count(): number;
  add(contract: ContractResult): void;
  remove(documents: readonly RemovedDocument[]): void;
  close(): StagedPart;
  abandon(): void;
}

function openPart(
  part: number,
  { folder, format, commerceMl, origins, checkRecord, keep, report }: StageOptions,
  message: CheckedBody,
): OpenPart {
  const path = (entry: string): string => join(folder, `${format.organization.code}-${part}-${entry}`);
  const files = {
    body: path('body.xml'),
    documents: path('documents.jsonl'),
    origins: path('origins.jsonl'),
  };
  const body = openAppender(files.body);
  const documents = openAppender(files.documents);
  const originLines = openAppender(files.origins);
  const write = format.part();
  const written = new Set<string>();
  const totals = emptyTotals();
  const objects: ObjectCounts = { counterparties: 0, contracts: 0, services: 0 };
  const losses = new Map<string, number>();
  const deletions: RemovedDocument[] = [];
  let count = 0;
  const bills = commerceMl && openBillFile(folder, `${format.organization.code}-${part}`, commerceMl, report);

  const putObject = (object: FormatObject): void => {
    message.put(object, body);
    const { uuid, element, rows, lines } = object;
    writeLine(originLines, { uuid, element, rows, ...(lines && { lines }) });
    for (const loss of object.losses) losses.set(loss, (losses.get(loss) ?? 0) + 1);
  };
  const putRecord = ({ record, rows }: Sourced<CanonicalRecord>): boolean => {
    const known = written.has(record.uuid);
    if (known) return false;
    written.add(record.uuid);
    const problem = checkRecord(record);
    if (problem) report(problem);
    const text = JSON.stringify(record);
    documents.write(`${text}\n`);
    keep?.(part, record, text, rows);
    return true;
  };

  writeLine(originLines, origins);
  putRecord({ record: format.organization, rows: {} });
  return {
    count: () => count,
    add(contract) {
      for (const object of write(contract)) putObject(object);
      bills?.add(contract);
      if (putRecord(contract.counterparty)) objects.counterparties++;
      if (putRecord(contract.contract)) objects.contracts++;
      for (const service of contract.services) if (putRecord(service)) objects.services++;
      for (const document of contract.documents) {
        putRecord(document);
        countDocument(totals[document.record.record], document.record);
        count++;
      }
    },
    remove(documents) {
      for (const document of documents)
        for (const { kind, uuid } of objectsOf(document)) putObject(format.deletion({ kind, uuid }));
      deletions.push(...documents);
    },
    abandon() {
      for (const file of [body, documents, originLines, bills]) file?.abandon();
    },
    close() {
      message.flush(body);
      for (const file of [body, documents, originLines]) file.close();
      return {
        body: files.body,
        documentsFile: files.documents,
        originsFile: files.origins,
        documents: totals,
        objects,
        losses,
        extra: bills?.close() ?? [],
        deletions,
      };
    },
  };
}

/** An УПД is two objects in 1C; the VAT invoice goes before the act that it names. */
function objectsOf({ kind, uuid, vatInvoice }: RemovedDocument) {
  if (kind !== 'upd') return [{ kind, uuid }];
  const act = { kind: 'act' as const, uuid };
  return vatInvoice === undefined ? [act] : [{ kind: 'vat-invoice' as const, uuid: vatInvoice }, act];
}

function writeLine(file: Appender, value: unknown): void {
  file.write(`${JSON.stringify(value)}\n`);
}

function countDocument(total: KindTotal, { number, sum, vat }: Document): void {
  total.count++;
  total.sum += sum;
  total.vat += vat;
  // 1C has not drawn it yet.
  if (number === '') return;
  if (total.first === undefined || number < total.first) total.first = number;
  if (total.last === undefined || number > total.last) total.last = number;
}
