import type { XmlElement } from '../../schema/read-elements.ts';
import { FILE_NAME_RULE, UPD_RULES, type UpdPath, type UpdRule } from './schematron.ts';

/** A rule that a file does not keep. */
export interface BrokenRule {
  id: string;
  /** ФНС's code of the finding. */
  code: UpdRule['code'];
  advised: boolean;
  /** `Документ/ТаблСчФакт/СведТов[2]`; empty for the file itself. */
  path: string;
  line: number;
  /** In Russian. */
  text: string;
}

const BY_ELEMENT = new Map<string, UpdRule[]>();
for (const rule of UPD_RULES)
  for (const name of rule.at) BY_ELEMENT.set(name, [...(BY_ELEMENT.get(name) ?? []), rule]);

/**
 * @param file the root element Файл
 * @param fileName without folder; undefined where the file has none yet
 */
export function brokenRules(file: XmlElement, fileName?: string): BrokenRule[] {
  const found: BrokenRule[] = [];
  if (fileName !== undefined && fileName !== `${file.attributes.ИдФайл}.xml`)
    found.push({ ...FILE_NAME_RULE, advised: false, path: '', line: file.line });
  const document = file.children.find(({ name }) => name === 'Документ');
  if (document) ask(document, 'Документ', document, found);
  return found;
}

function ask(element: XmlElement, path: string, document: XmlElement, found: BrokenRule[]): void {
  for (const rule of BY_ELEMENT.get(element.name) ?? [])
    if (applies(rule, element, document) && !holds(rule, element, document)) {
      const { id, code, advised = false, text } = rule;
      found.push({ id, code, advised, path, line: element.line, text });
    }
  const counts = new Map<string, number>();
  for (const child of element.children) {
    const count = (counts.get(child.name) ?? 0) + 1;
    counts.set(child.name, count);
    ask(child, `${path}/${child.name}${count > 1 ? `[${count}]` : ''}`, document, found);
  }
}

function applies(rule: UpdRule, element: XmlElement, document: XmlElement): boolean {
  const values = (path: UpdPath): string[] => valuesAt(path, element, document);
  const { functions, given = [], absent = [], equals, differs } = rule;
  return (
    (functions === undefined || functions.includes(document.attributes.Функция ?? '')) &&
    given.every((path) => values(path).length > 0) &&
    absent.every((path) => values(path).length === 0) &&
    (equals === undefined || values(equals[0]).includes(equals[1])) &&
    (differs === undefined || values(differs[0]).some((value) => value !== differs[1]))
  );
}

function holds({ need, forbid }: UpdRule, element: XmlElement, document: XmlElement): boolean {
  const has = (path: UpdPath): boolean => valuesAt(path, element, document).length > 0;
  return (
    (need === undefined || need.some((paths) => paths.every(has))) && (forbid === undefined || !has(forbid))
  );
}

/** A path, ready to be followed. */
interface Route {
  fromDocument: boolean;
  /** Names of the elements on the way. */
  elements: readonly string[];
  /** The attribute at its end; none: the text of the last element. */
  attribute?: string;
}

const ROUTES = new Map<UpdPath, Route>();

function routeOf(path: UpdPath): Route {
  const known = ROUTES.get(path);
  if (known) return known;
  const fromDocument = path.startsWith('/');
  const steps = path.slice(fromDocument ? 1 : 0).split('/');
  const attribute = steps.at(-1)!.startsWith('@') ? steps.pop()!.slice(1) : undefined;
  const route = { fromDocument, elements: steps, ...(attribute !== undefined && { attribute }) };
  ROUTES.set(path, route);
  return route;
}

/** Values of all attributes or texts of all elements that a path names. */
function valuesAt(path: UpdPath, element: XmlElement, document: XmlElement): string[] {
  const { fromDocument, elements, attribute } = routeOf(path);
  const found: string[] = [];
  const follow = (from: XmlElement, depth: number): void => {
    if (depth < elements.length) {
      for (const child of from.children) if (child.name === elements[depth]) follow(child, depth + 1);
      return;
    }
    const value = attribute === undefined ? from.text : from.attributes[attribute];
    if (value !== undefined) found.push(value);
  };
  follow(fromDocument ? document : element, 0);
  return found;
}
