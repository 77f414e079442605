import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { ExpressedCorrections } from '../../formats/enterprise-data/message.ts';
import type { Accepted, Known } from '../../journal/accepted.ts';
import { contentHash } from '../../journal/documents.ts';
import type { Journal } from '../../journal/journal.ts';
import { asCorrection, correctionOf, isCorrectable } from '../../model/correction.ts';
import { documentName } from '../../model/document-name.ts';
import type { Identity } from '../../model/identity.ts';
import { type Period, periodName } from '../../model/period.ts';
import type { Document } from '../../model/types.ts';
import type { RemovedDocument } from '../../package/manifest.ts';
import type { ContractResult, LeftOut, Sourced } from '../../sources/assembly/sourced.ts';
import { createTextMap } from '../../support/text-map.ts';
import { changesOf, headProblem } from './accepted-changes.ts';
import { type CorrectionLedger, type CorrectionRequest, createCorrectionLedger } from './corrections.ts';
import type { Ledger } from './ledger.ts';

/**
 * A period that 1C accepted never changes silently (design §4). The line is the receipt: what an own receipt says to be
 * in the books goes into a new package only as it was, or as a correction that was asked for. What was given out and
 * not told of yet is not held back: there the processing looks before it writes (decisions 20, 22), and loads nothing
 * over a document that it finds without the accountant's tick.
 */
export interface AcceptedGuard {
  /**
   * What of a contract may go into the package. An act and its VAT invoice go together.
   * @param marks takes what is decided by the journal: part of the package id
   */
  admit(result: ContractResult, marks: string[]): ContractResult;
  /** To be asked after the last contract. @returns what 1C is to mark for deletion */
  vanished(organization: string, marks: string[]): RemovedDocument[];
  /**
   * To be called last. @returns a notice for the caller where corrections were asked for and none was needed: it says
   * nothing of the package, which is the same without the asking
   */
  finish(): Fault[];
}

export interface GuardOptions {
  config: Config;
  journal: Journal;
  ledger: Ledger;
  request: CorrectionRequest;
  identity: Identity;
  period: Period;
  /** Of the format. */
  version: string;
  expresses: ExpressedCorrections;
  report(found: Fault): void;
  leftOut: LeftOut[];
}

/** What is to become of a document that the books hold. */
type Verdict =
  | { send: Document; mark?: string; notice?: Fault; put?: () => void }
  | { refused: Fault; mark: string }
  | { behind: true };

export function createAcceptedGuard(options: GuardOptions): AcceptedGuard {
  const { config, journal, ledger, period, report, leftOut } = options;
  const { infobase } = config.onec;
  if (!infobase || options.request.observe) return open();
  const known: Known = { infobase: infobase.id, ...ledger.before };
  const corrections = createCorrectionLedger(journal, ledger, options.request);
  const nothing = (): Fault[] =>
    corrections.wanted ? [fault('BG1C-CORRECTION-NONE', { period: periodName(period) })] : [];
  // A document that moves in from another month is found by the processing, under its UUID.
  if (!journal.records.accepted.anyIn(known, period)) return open(nothing);
  const { accepted } = journal.records;
  /** UUIDs of the books that the export still has. */
  const seen = createTextMap();
  let corrected = 0;

  /** The documents of a contract that the books hold, by their own UUIDs. */
  const heldOf = (documents: readonly Sourced<Document>[]): Map<string, Accepted> => {
    const uuids = documents.flatMap(({ record }) =>
      record.record === 'upd' ? [record.uuid, record.vatInvoiceUuid ?? []].flat() : [record.uuid],
    );
    const held = accepted.of(known, uuids);
    for (const uuid of held.keys()) seen.set(uuid, '');
    // The last correction stands for a VAT invoice; the act of an УПД bears its number itself.
    for (const { record } of documents)
      if (record.record === 'vat-invoice' && held.has(record.uuid)) {
        const issued = corrections
          .numbers(record.uuid)
          .map((number) => options.identity.correction(record.key, number));
        const found = accepted.of(known, issued);
        for (const uuid of found.keys()) seen.set(uuid, '');
        const last = issued.findLast((uuid) => found.has(uuid));
        if (last !== undefined) held.set(record.uuid, found.get(last)!);
      }
    return held;
  };

  const leaveOut = ({ record }: Sourced<Document>, found: Fault): void => {
    report(found);
    const { record: kind, key, number } = record;
    leftOut.push({ kind, key, number, codes: [found.code] });
  };

  return {
    admit(result, marks) {
      const verdicts = new Map<Sourced<Document>, Verdict>();
      const held = heldOf(result.documents);
      for (const document of result.documents) {
        const one = held.get(document.record.uuid);
        if (one)
          verdicts.set(document, judge(document.record, one, result.organization, options, corrections));
      }
      if (verdicts.size === 0) return result;
      holdPairs(result.documents, verdicts);
      const documents = result.documents.flatMap((document): Sourced<Document>[] => {
        const verdict = verdicts.get(document);
        if (!verdict) return [document];
        if ('send' in verdict) {
          verdict.put?.();
          if (verdict.mark) marks.push(verdict.mark);
          if (verdict.notice) {
            report(verdict.notice);
            corrected++;
          }
          return [{ ...document, record: verdict.send }];
        }
        marks.push(`withheld ${'mark' in verdict ? verdict.mark : document.record.uuid}`);
        leaveOut(document, 'refused' in verdict ? verdict.refused : behind(document.record));
        return [];
      });
      return { ...result, documents };
    },
    vanished(organization, marks) {
      const elsewhere = new Set(leftOut.map(({ key }) => key));
      const removed: RemovedDocument[] = [];
      for (const { sent } of accepted.inPeriod(known, organization, period)) {
        if (seen.has(sent.uuid) || elsewhere.has(sent.key)) continue;
        const document = documentName(sent);
        marks.push(`vanished ${sent.uuid} ${sent.hash}`);
        if (!corrections.asked(sent.uuid, 'deleted')) {
          report(fault('BG1C-ACCEPTED-VANISHED', { document }));
          continue;
        }
        if (!options.expresses.deletion) {
          const { version } = options;
          report(fault('BG1C-CORRECTION-VERSION', { document, version, what: 'удаление объекта' }));
          continue;
        }
        report(fault('BG1C-CORRECTION-DELETED', { document }));
        corrected++;
        corrections.put(organization, {
          document: sent.uuid,
          what: 'deleted',
          before: sent.hash,
          after: null,
        });
        marks.push(`deleted ${sent.uuid}`);
        const { kind, uuid, number, date, sum, vatInvoice } = sent;
        removed.push({ kind, uuid, number, date, sum, ...(vatInvoice !== null && { vatInvoice }) });
      }
      return removed;
    },
    finish() {
      corrections.flush();
      return corrected === 0 ? nothing() : [];
    },
  };
}

/** Without a base or without receipts of the month nothing is known to be accepted. */
function open(finish: () => Fault[] = () => []): AcceptedGuard {
  return { admit: (result) => result, vanished: () => [], finish };
}

function judge(
  document: Document,
  { sent }: Accepted,
  organization: string,
  { identity, version, expresses }: GuardOptions,
  corrections: CorrectionLedger,
): Verdict {
  const after = contentHash(document);
  const name = documentName({ ...document, kind: document.record });
  if (after === sent.hash) {
    if (sent.correction === null || !isCorrectable(document)) return { send: document };
    const issued = { number: sent.correction, date: sent.correctedOn! };
    return {
      send: asCorrection(document, issued, identity),
      mark: `corrected ${sent.uuid} ${issued.number}`,
    };
  }
  const changes = changesOf(document, sent);
  // What is said of it depends on what it is compared with.
  const mark = `${document.uuid} ${sent.hash}`;
  const what = isCorrectable(document) ? 'corrected' : 'changed';
  if (!corrections.asked(document.uuid, what))
    return { refused: fault('BG1C-ACCEPTED-CHANGED', { document: name, changes }), mark };
  const change = { document: document.uuid, what, before: sent.hash, after } as const;
  if (!isCorrectable(document)) {
    const action = 'передаётся изменённым под тем же идентификатором';
    return {
      send: document,
      mark: `changed ${mark}`,
      notice: fault('BG1C-CORRECTION-MADE', { document: name, action, changes }),
      put: () => corrections.put(organization, change),
    };
  }
  const problem = headProblem(document, sent);
  if (problem) return { refused: fault('BG1C-CORRECTION-HEAD', { document: name, changes: problem }), mark };
  if (!expresses.vatInvoice && (document.record === 'vat-invoice' || document.vatInvoiceUuid)) {
    const what = 'номер и дату исправления';
    return { refused: fault('BG1C-CORRECTION-VERSION', { document: name, version, what }), mark };
  }
  const issue = corrections.draw(change);
  const send = asCorrection(document, issue, identity);
  const action = `исправление № ${issue.number} от ${issue.text}`;
  return {
    send,
    mark: `corrected ${document.uuid} ${correctionOf(send)!.number} ${issue.date}`,
    notice: fault('BG1C-CORRECTION-MADE', { document: name, action, changes }),
    put: () => corrections.put(organization, { ...change, number: issue.number, date: issue.date }),
  };
}

/** An act that stays out takes its VAT invoice along, and a VAT invoice that cannot be corrected its changed act. */
function holdPairs(documents: readonly Sourced<Document>[], verdicts: Map<Sourced<Document>, Verdict>): void {
  for (const invoice of documents) {
    if (invoice.record.record !== 'vat-invoice') continue;
    const { act: uuid } = invoice.record;
    const act = documents.find(({ record }) => record.uuid === uuid);
    if (!act) continue;
    const [ofAct, ofInvoice] = [verdicts.get(act), verdicts.get(invoice)];
    const isOut = (verdict: Verdict | undefined): boolean => verdict !== undefined && !('send' in verdict);
    if (isOut(ofAct) && !isOut(ofInvoice)) verdicts.set(invoice, { behind: true });
    if (isOut(ofInvoice) && ofAct && 'send' in ofAct && ofAct.notice) verdicts.set(act, { behind: true });
  }
}

/** The other document of the pair says why. */
function behind(document: Document): Fault {
  const { number } = document;
  return document.record === 'vat-invoice'
    ? fault('BG1C-DOCUMENT-LEFT-OUT', { number, act: document.actNumber })
    : fault('BG1C-ACT-LEFT-OUT', { number });
}
