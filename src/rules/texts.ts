import { type Fault, type FaultWhere, fault } from '../faults/fault.ts';
import { outsideCp1251 } from '../support/cp1251.ts';
import { cut, forbiddenInXml, tidy, withoutForbidden } from '../support/text.ts';

/**
 * A text as the model holds it: NFC, one space, nothing that XML forbids.
 * What is removed or cannot go to windows-1251 (УПД) is said.
 */
export function cleanText(
  raw: string,
  column: string,
  where: FaultWhere,
  report: (found: Fault) => void,
): string {
  if (raw === '') return '';
  const forbidden = forbiddenInXml(raw);
  const text = tidy(forbidden === undefined ? raw : withoutForbidden(raw));
  if (forbidden !== undefined)
    report(fault('BG1C-VALUE-CONTROL', { column, code: forbidden, value: text }, where));
  if (PLAIN.test(text)) return text;
  const outside = outsideCp1251(text);
  if (outside) report(fault('BG1C-TEXT-CP1251', { value: text, ...outside }, where));
  return text;
}

/** Letters and signs that windows-1251 surely holds: the common case, decided fast. */
const PLAIN = /^[\u0020-\u007e\u0410-\u044fЁё«»№–—…]*$/;

/** Cuts a text to 1C's field and says so. */
export function fitText(
  text: string,
  limit: number,
  field: string,
  where: FaultWhere,
  report: (found: Fault) => void,
): string {
  if (text.length <= limit) return text;
  report(fault('BG1C-NAME-CUT', { field, limit, value: text }, where));
  return cut(text, limit).trimEnd();
}
