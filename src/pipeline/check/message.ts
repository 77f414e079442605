import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createCollector } from '../../faults/collector.ts';
import { type Fault, type FaultWhere, fault } from '../../faults/fault.ts';
import { type MessageHeader, readMessage } from '../../formats/enterprise-data/read/message.ts';
import { readObject } from '../../formats/enterprise-data/read/objects.ts';
import type { ToldRecord, ToldSale, ToldVatInvoice } from '../../formats/enterprise-data/read/records.ts';
import { createReferenceFinder, type Reference } from '../../formats/enterprise-data/read/references.ts';
import { sumForPeople } from '../../model/money.ts';
import { isInn } from '../../model/requisites.ts';
import { createElementChecker, type ElementChecker } from '../../schema/check-elements.ts';
import { listProfiles, loadProfile } from '../../schema/load.ts';
import { type XmlElement, XmlProblem } from '../../schema/read-elements.ts';
import { plural } from '../../support/text.ts';
import { damagedFault } from '../build/format-fit.ts';

/** What was found in a message that anybody may have written. */
export interface MessageCheck {
  /** Absent where the file is no message. */
  version?: string;
  /** How many objects of each kind. */
  objects: Record<string, number>;
  faults: Fault[];
}

/** True for a message of any version, also a broken one: an export in XML has another root. */
export function isMessage(path: string): boolean {
  if (!path.toLowerCase().endsWith('.xml')) return false;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  return /^<(?:[\w.-]+:)?Message[\s>]/.test(withoutProlog(startOf(path)));
}

/** Enough of a file to see its first tag; empty where it cannot be read. */
function startOf(path: string): string {
  const start = Buffer.alloc(4096);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return start.toString('utf8', 0, readSync(file, start, 0, start.length, 0));
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** From the first start tag on: without declaration, comments and DTD. */
function withoutProlog(text: string): string {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  while (/^<[?!]/.test(rest)) {
    const end = rest.startsWith('<?') ? '?>' : rest.startsWith('<!--') ? '-->' : '>';
    const at = rest.indexOf(end);
    if (at < 0) return '';
    rest = rest.slice(at + end.length).trimStart();
  }
  return rest;
}

/**
 * Checks a message of any origin, object by object: structure by the profile of its version, references, ИНН, totals.
 * @param own a folder of profiles imported by the user, as in `loadProfile`
 */
export async function checkMessage(path: string, own?: string): Promise<MessageCheck> {
  const file = basename(path);
  const faults = createCollector();
  const objects: Record<string, number> = {};
  let header: MessageHeader | undefined;
  let examination: Examination | undefined;
  try {
    for await (const part of readMessage(createReadStream(path))) {
      if ('header' in part) {
        header = part.header;
        examination = createExamination(header, file, own, (found) => faults.add(found));
      } else {
        objects[part.object.name] = (objects[part.object.name] ?? 0) + 1;
        examination!.object(part.object);
      }
    }
    examination!.finish();
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    const reason = error instanceof XmlProblem ? error.message : syscall && `ошибка чтения (${code})`;
    if (reason) faults.add(fault('BG1C-MESSAGE-READ', { file, reason }, { path: file }));
    else faults.add(damagedFault(error));
  } finally {
    examination?.dispose();
  }
  return { ...(header && { version: header.version }), objects, faults: faults.list() };
}

/** A message on its way through all checks. */
interface Examination {
  object(element: XmlElement): void;
  /** What can be said only when everything was seen. */
  finish(): void;
  dispose(): void;
}

/** Version of the envelope that headers are checked by; what later ones added is not checked. */
const ENVELOPE = '3.1';

function createExamination(
  header: MessageHeader,
  file: string,
  own: string | undefined,
  report: (found: Fault) => void,
): Examination {
  const { version, namespace } = header;
  const known = listProfiles('enterprise-data', own).includes(version);
  const profile = known ? loadProfile('enterprise-data', version, own) : undefined;
  const checkers: ElementChecker[] = [createElementChecker(loadProfile('exchange-message', ENVELOPE))];
  if (profile) checkers.push(createElementChecker(profile));
  else report(fault('BG1C-MESSAGE-VERSION', { version }, { path: file }));
  const [headerChecker, objectChecker] = checkers;
  const find = profile && createReferenceFinder(profile);
  const references = createReferences();
  const totals = createTotals(report);
  checkStructure(header.element, headerChecker!, file, report);
  return {
    object(element) {
      const where = placeOf(element, file);
      if (element.namespace !== namespace) {
        const reason = `пространство имён не то, что в заголовке (${namespace}): 1С молча пропустит объект`;
        report(fault('BG1C-MESSAGE-STRUCTURE', { object: element.name, reason }, where));
        return;
      }
      if (objectChecker) checkStructure(element, objectChecker, file, report);
      if (find) references.add(element, find(element), where);
      const record = readObject(element);
      if (record) checkRecord(record, where, totals, report);
    },
    finish() {
      references.finish(report);
      totals.finish();
    },
    dispose() {
      for (const checker of checkers) checker.dispose();
    },
  };
}

function checkStructure(
  element: XmlElement,
  checker: ElementChecker,
  file: string,
  report: (found: Fault) => void,
): void {
  const { problems, unchecked } = checker.check(element);
  const { target } = placeOf(element, file);
  for (const { path, line, reason } of problems) {
    const xpath = path === '' ? target.xpath : `${target.xpath}/${path}`;
    const object = path === '' ? element.name : `${element.name}, ${path}`;
    const where = { target: { file, xpath }, path: `${file}:${line} ${xpath}` };
    report(fault('BG1C-MESSAGE-STRUCTURE', { object, reason }, where));
  }
  for (const path of unchecked) {
    const name = path === element.name ? path : `${element.name}/${path}`;
    report(fault('BG1C-MESSAGE-UNCHECKED', { element: name }, placeOf(element, file)));
  }
}

/** `Документ.РеализацияТоваровУслуг[<uuid>]`, with the line where it begins. */
function placeOf(
  element: XmlElement,
  file: string,
): FaultWhere & { target: { file: string; xpath: string } } {
  const keys = element.children.find(({ name }) => name === 'КлючевыеСвойства');
  const uuid = keys?.children.find(({ name }) => name === 'Ссылка')?.text;
  const xpath = kept(uuid === undefined ? element.name : `${element.name}[${uuid}]`);
  return { target: { file, xpath }, path: `${file}:${element.line} ${xpath}` };
}

function checkRecord(
  record: ToldRecord,
  where: FaultWhere,
  totals: Totals,
  report: (found: Fault) => void,
): void {
  switch (record.record) {
    case 'counterparty': {
      const { name = '', inn } = record;
      if (inn !== undefined && !isInn(inn)) report(fault('BG1C-MESSAGE-INN', { name, inn }, where));
      break;
    }
    case 'act':
    case 'upd':
    case 'bill':
      totals.sale(record, where);
      break;
    case 'vat-invoice':
      totals.vatInvoice(record, where);
      break;
  }
}

/** A text of its own: a piece of a chunk of the file would keep the whole chunk in memory. */
function kept(text: string): string {
  return Buffer.from(text).toString();
}

/** Objects that are named and not there. */
interface References {
  add(object: XmlElement, named: readonly Reference[], where: FaultWhere): void;
  finish(report: (found: Fault) => void): void;
}

function createReferences(): References {
  const there = new Set<string>();
  const first = new Map<string, { element: string; where: FaultWhere }>();
  return {
    add(object, named, where) {
      const uuid = object.children
        .find(({ name }) => name === 'КлючевыеСвойства')
        ?.children.find(({ name }) => name === 'Ссылка')?.text;
      if (uuid !== undefined) {
        there.add(kept(uuid.toLowerCase()));
        first.delete(uuid.toLowerCase());
      }
      for (const { element, uuid: wanted } of named)
        if (!there.has(wanted) && !first.has(wanted)) first.set(kept(wanted), { element, where });
    },
    finish(report) {
      for (const [uuid, { element, where }] of first)
        report(fault('BG1C-MESSAGE-REFERENCE', { element: `${element} ${uuid}` }, where));
    },
  };
}

/** Lines against their document, VAT invoices against their act. */
interface Totals {
  sale(document: ToldSale, where: FaultWhere): void;
  vatInvoice(document: ToldVatInvoice, where: FaultWhere): void;
  finish(): void;
}

function createTotals(report: (found: Fault) => void): Totals {
  const acts = new Map<string, number>();
  /** VAT invoices whose act has not come yet. */
  const waiting: { act: string; compare: (sum: number) => void }[] = [];
  const compare = (number: string, sum: number, against: string, other: number, where: FaultWhere) => {
    if (sum === other) return;
    const values = { number, sum: sumForPeople(sum), against, other: sumForPeople(other) };
    report(fault('BG1C-MESSAGE-TOTAL', { ...values, difference: sumForPeople(sum - other) }, where));
  };
  return {
    sale({ uuid, number = '', sum, vat = 0, vatIncluded, lines, hasGoods }, where) {
      if (sum === undefined) return;
      if (uuid !== undefined) acts.set(kept(uuid), sum);
      if (hasGoods || lines.some((line) => line.sum === undefined)) return;
      const total = lines.reduce((all, line) => all + line.sum!, vatIncluded ? 0 : vat);
      const against = `сумма строк (${plural(lines.length, 'строка', 'строки', 'строк')})`;
      compare(number, sum, against, total, where);
    },
    vatInvoice({ act, actNumber = '', number = '', sum }, where) {
      if (act === undefined || sum === undefined) return;
      const against = `сумма акта № ${actNumber}`;
      const compareWith = (other: number): void => compare(number, sum, against, other, where);
      const known = acts.get(act);
      if (known === undefined) waiting.push({ act, compare: compareWith });
      else compareWith(known);
    },
    finish() {
      for (const { act, compare: compareWith } of waiting) {
        const known = acts.get(act);
        if (known !== undefined) compareWith(known);
      }
    },
  };
}
