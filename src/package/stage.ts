import { join } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import type { CommerceMl } from '../formats/commerceml/message.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import type { FormatObject } from '../formats/format.ts';
import type { CanonicalRecord, Document, DocumentKind } from '../model/types.ts';
import type { Validator } from '../schema/validate.ts';
import type { ContractResult, RowRefs, Sourced } from '../sources/assembly/sourced.ts';
import { type Appender, openAppender } from '../support/appender.ts';
import { openBillFile } from './commerceml.ts';
import { emptyTotals, type KindTotal, type ObjectCounts } from './manifest.ts';
import type { OriginsHead } from './origins.ts';
import type { ZipEntry } from './zip.ts';

/** One bad object aborts a whole load in 1C: a part holds no more documents than this (design §7). */
export const DOCUMENTS_PER_PART = 2000;
/** Objects checked by the schema at once, at most so many and so many bytes: libxml2 builds a tree of them. */
const OBJECTS_PER_CHECK = 1000;
const BYTES_PER_CHECK = 4 * 1024 * 1024;

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
}

/** Writes the entries of a package part by part, as contracts come. */
export interface Stage {
  add(contract: ContractResult): void;
  finish(): StagedPart[];
  /** Closes what is open after a failure; the caller removes the folder. */
  abandon(): void;
}

export interface StageOptions {
  /** A private folder that the caller removes. */
  folder: string;
  format: MessageFormat;
  /** Bills in CommerceML too. */
  commerceMl?: CommerceMl | undefined;
  origins: OriginsHead;
  /** Checks a message; undefined where the caller wants none. */
  validator: Validator;
  checkRecord: (record: CanonicalRecord) => Fault | undefined;
  /** Told of every record of a part, with its text as it stands in `documents.jsonl`. */
  keep?: ((part: number, record: CanonicalRecord, text: string, rows: RowRefs) => void) | undefined;
  report: (found: Fault) => void;
}

export function createStage(options: StageOptions): Stage {
  const parts: StagedPart[] = [];
  let open: OpenPart | undefined;
  const close = (): void => {
    if (open) parts.push(open.close());
    open = undefined;
  };
  return {
    add(contract) {
      for (const documents of splitContract(contract.documents)) {
        if (open && open.count() + documents.length > DOCUMENTS_PER_PART) close();
        open ??= openPart(parts.length + 1, options);
        open.add({ ...contract, documents });
      }
    },
    finish() {
      close();
      return parts;
    },
    abandon: () => open?.abandon(),
  };
}

/**
 * A contract's documents share a part while they fit; a contract with more is cut between acts, so that a VAT invoice
 * stays with its act.
 */
function splitContract(documents: readonly Sourced<Document>[]): (readonly Sourced<Document>[])[] {
  if (documents.length <= DOCUMENTS_PER_PART) return [documents];
  const chunks: Sourced<Document>[][] = [[]];
  documents.forEach((document, index) => {
    const pair = documents[index + 1]?.record.record === 'vat-invoice' ? 2 : 1;
    const current = chunks.at(-1)!;
    const starts = document.record.record !== 'vat-invoice' && current.length + pair > DOCUMENTS_PER_PART;
    if (starts) chunks.push([document]);
    else current.push(document);
  });
  return chunks;
}

interface OpenPart {
  count(): number;
  add(contract: ContractResult): void;
  close(): StagedPart;
  abandon(): void;
}

function openPart(
  part: number,
  { folder, format, commerceMl, origins, validator, checkRecord, keep, report }: StageOptions,
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
  let count = 0;
  const batch = createBatch(format.head(1), format.tail);
  const bills = commerceMl && openBillFile(folder, `${format.organization.code}-${part}`, commerceMl, report);

  const check = (): void => {
    if (batch.objects.length === 0) return;
    for (const { line, message: reason } of validator.check(batch.message()).slice(0, 5)) {
      const found = batch.objects[line - HEAD_LINES - 1];
      report(
        fault(
          'BG1C-MESSAGE-INVALID',
          { reason },
          found && { target: { file: format.fileName, xpath: `${found.element}[${found.uuid}]` } },
        ),
      );
    }
    body.write(batch.body());
    batch.clear();
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
      for (const object of write(contract)) {
        if (batch.objects.length === OBJECTS_PER_CHECK || !batch.fits(object.xml)) check();
        batch.add(object);
        const { uuid, element, rows, lines } = object;
        writeLine(originLines, { uuid, element, rows, ...(lines && { lines }) });
        for (const loss of object.losses) losses.set(loss, (losses.get(loss) ?? 0) + 1);
      }
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
    abandon() {
      for (const file of [body, documents, originLines, bills]) file?.abandon();
    },
    close() {
      check();
      for (const file of [body, documents, originLines]) file.close();
      return {
        body: files.body,
        documentsFile: files.documents,
        originsFile: files.origins,
        documents: totals,
        objects,
        losses,
        extra: bills?.close() ?? [],
      };
    },
  };
}

/** Objects on their way to the file, encoded once for the check and for the file, outside the JS heap. */
interface Batch {
  /** What stands in it, a line each. */
  readonly objects: readonly Pick<FormatObject, 'element' | 'uuid'>[];
  fits(xml: string): boolean;
  add(object: FormatObject): void;
  /** A whole message of these objects. */
  message(): Uint8Array;
  body(): Uint8Array;
  clear(): void;
}

function createBatch(head: string, tail: string): Batch {
  const start = Buffer.byteLength(head);
  const room = (xml: string): number => xml.length * 3 + 1 + Buffer.byteLength(tail);
  let block = Buffer.allocUnsafeSlow(BYTES_PER_CHECK);
  let used = block.write(head);
  const objects: Pick<FormatObject, 'element' | 'uuid'>[] = [];
  return {
    objects,
    fits: (xml) => objects.length === 0 || used + room(xml) <= block.length,
    add({ xml, element, uuid }) {
      if (used + room(xml) > block.length) block = Buffer.concat([block.subarray(0, used)], used + room(xml));
      used += block.write(xml, used);
      used += block.write('\n', used);
      objects.push({ element, uuid });
    },
    message: () => block.subarray(0, used + block.write(tail, used)),
    body: () => block.subarray(start, used),
    clear() {
      objects.length = 0;
      used = start;
    },
  };
}

/** Lines of the head of a message: an object stands on the line after them (declaration, Message, Header, Body). */
const HEAD_LINES = 4;

function writeLine(file: Appender, value: unknown): void {
  file.write(`${JSON.stringify(value)}\n`);
}

function countDocument(total: KindTotal, { number, sum, vat }: Document): void {
  total.count++;
  total.sum += sum;
  total.vat += vat;
  if (total.first === undefined || number < total.first) total.first = number;
  if (total.last === undefined || number > total.last) total.last = number;
}
