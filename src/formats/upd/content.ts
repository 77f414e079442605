import { type Fault, fault } from '../../faults/fault.ts';
import { sumForPeople } from '../../model/money.ts';
import { wrongAmounts } from '../../rules/upd/arithmetic.ts';
import { brokenRules } from '../../rules/upd/check.ts';
import type { XmlElement } from '../../schema/read-elements.ts';

/**
 * What rules and arithmetic have against a file, whoever wrote it.
 * @param root the element Файл
 * @param document how the texts call it: «УПД № 15» or the name of the file
 * @param fileName where the file has one, with extension
 */
export function contentFaults(root: XmlElement, document: string, fileName?: string): Fault[] {
  const file = fileName ?? `${root.attributes.ИдФайл ?? ''}.xml`;
  const where = (path: string, line: number) => ({
    target: { file, xpath: path === '' ? 'Файл' : path },
    ...(fileName !== undefined && { source: { file, line } }),
  });
  const rules = brokenRules(root, fileName).map(({ advised, code, path, line, text }) => {
    const place = path === '' ? 'Файл' : path;
    return advised
      ? fault('BG1C-UPD-ADVICE', { document, place, reason: text }, where(path, line))
      : fault('BG1C-UPD-RULE', { document, place, reason: text, rule: code }, where(path, line));
  });
  const amounts = wrongAmounts(root).map(({ problem, path, line, what, expected, found }) =>
    fault(
      problem === 'tax' ? 'BG1C-UPD-TAX' : 'BG1C-UPD-SUM',
      { document, place: path, what, expected: sumForPeople(expected), found: sumForPeople(found) },
      where(path, line),
    ),
  );
  return [...rules, ...amounts];
}
