import { join } from 'node:path';
import { type Fault, fault } from '../faults/fault.ts';
import type { MessageFormat } from '../formats/enterprise-data/message.ts';
import type { FormatObject } from '../formats/format.ts';
import type { CanonicalRecord, Document, DocumentKind } from '../model/types.ts';
import type { Validator } from '../schema/validate.ts';
import type { ContractResult, Sourced } from '../sources/assembly/sourced.ts';
import { type Appender, openAppender } from '../support/appender.ts';
import { emptyTotals, type KindTotal, type ObjectCounts } from './manifest.ts';
import type { OriginsHead } from './origins.ts';

/** One bad object aborts a whole load in 1C: a part holds no more documents than this (design §7). */
export const DOCUMENTS_PER_PART = 2000;
/** Objects checked by the schema at once: libxml2 builds a tree of them. */
const OBJECTS_PER_CHECK = 1000;

/** A part that is written but has no manifest yet: its number of parts and its sequence number are known at the end. */
export interface StagedPart {
  /** Objects of the message, between its head and tail. */
  body: string;
  documentsFile: string;
  originsFile: string;
  documents: Record<DocumentKind, KindTotal>;
  objects: ObjectCounts;
  losses: Map<string, number>;
}

/** Writes the entries of a package part by part, as contracts come. */
export interface Stage {
  add(contract: ContractResult): void;
  finish(): StagedPart[];
}

export interface StageOptions {
  /** A private folder that the caller removes. */
  folder: string;
  format: MessageFormat;
  origins: OriginsHead;
  /** Checks a message; undefined where the caller wants none. */
  validator: Validator;
  checkRecord: (record: CanonicalRecord) => Fault | undefined;
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
        open ??= openPart(`${options.format.organization.code}-${parts.length + 1}`, options);
        open.add({ ...contract, documents });
      }
    },
    finish() {
      close();
      return parts;
    },
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
}

function openPart(
  name: string,
  { folder, format, origins, validator, checkRecord, report }: StageOptions,
): OpenPart {
  const path = (entry: string): string => join(folder, `${name}-${entry}`);
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
  let unchecked: FormatObject[] = [];

  const check = (): void => {
    if (unchecked.length === 0) return;
    const message = `${format.head(1)}${unchecked.map(({ xml }) => `${xml}\n`).join('')}${format.tail}`;
    for (const { line, message: reason } of validator.check(message).slice(0, 5)) {
      const found = unchecked[line - HEAD_LINES - 1];
      report(
        fault(
          'BG1C-MESSAGE-INVALID',
          { reason },
          found && { target: { file: format.fileName, xpath: `${found.element}[${found.uuid}]` } },
        ),
      );
    }
    unchecked = [];
  };
  const putRecord = (record: CanonicalRecord): boolean => {
    const known = written.has(record.uuid);
    if (known) return false;
    written.add(record.uuid);
    const problem = checkRecord(record);
    if (problem) report(problem);
    writeLine(documents, record);
    return true;
  };

  writeLine(originLines, origins);
  putRecord(format.organization);
  return {
    count: () => count,
    add(contract) {
      for (const object of write(contract)) {
        body.write(`${object.xml}\n`);
        const { uuid, element, rows, lines } = object;
        writeLine(originLines, { uuid, element, rows, ...(lines && { lines }) });
        for (const loss of object.losses) losses.set(loss, (losses.get(loss) ?? 0) + 1);
        unchecked.push(object);
        if (unchecked.length >= OBJECTS_PER_CHECK) check();
      }
      if (putRecord(contract.counterparty.record)) objects.counterparties++;
      if (putRecord(contract.contract.record)) objects.contracts++;
      for (const { record } of contract.services) if (putRecord(record)) objects.services++;
      for (const { record } of contract.documents) {
        putRecord(record);
        countDocument(totals[record.record], record);
        count++;
      }
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
      };
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
