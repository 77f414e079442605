import { escapeXml } from './escape.ts';
import { problemText } from './problem-text.ts';
import type { Profile } from './profile.ts';
import type { XmlElement } from './read-elements.ts';
import { createValidator, type Validator } from './validate.ts';
import { profileXsd } from './xsd.ts';

/**
 * Checks elements that others wrote. A profile knows only what we write; what it does not name is taken out before the
 * strict schema sees the element, and told apart: nobody may think it was checked.
 */
export interface ElementChecker {
  check(element: XmlElement): ElementCheck;
  dispose(): void;
}

export interface ElementCheck {
  problems: ElementProblem[];
  /** Paths of elements that the profile does not know. */
  unchecked: string[];
}

export interface ElementProblem {
  /** Below the element: `Услуги/Строка[2]/Сумма`; empty for the element itself. */
  path: string;
  line: number;
  /** In Russian. */
  reason: string;
}

export function createElementChecker(profile: Profile): ElementChecker {
  const validator = createValidator([{ name: 'profile.xsd', text: profileXsd(profile) }]);
  return {
    check: (element) => checkElement(profile, validator, element),
    dispose: () => validator.dispose(),
  };
}

function checkElement(profile: Profile, validator: Validator, element: XmlElement): ElementCheck {
  const root = Object.hasOwn(profile.roots, element.name) ? profile.roots[element.name] : undefined;
  if (root === undefined || element.namespace !== profile.namespace)
    return { problems: [], unchecked: [element.name] };
  const unchecked: string[] = [];
  const known = knownPart(profile, root, element, '', unchecked);
  if (!known) return { problems: [], unchecked };
  const problems = validator.check(elementText(known, profile.namespace)).map(({ message, xpath = '' }) => {
    const { path, line } = placeOf(known, xpath, message);
    return { path, line, reason: problemText(message) };
  });
  return { problems, unchecked };
}

/**
 * The element without what the profile does not know of it.
 * @returns nothing where of a choice only an unknown member is there: then nothing can be said of what holds it
 */
function knownPart(
  profile: Profile,
  typeName: string,
  element: XmlElement,
  path: string,
  unchecked: string[],
): XmlElement | undefined {
  const type = profile.types[typeName];
  if (type?.kind !== 'object') return element;
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(element.attributes)) {
    const known = INSTANCE.has(name) || type.properties.some((one) => one.attribute && one.name === name);
    if (known) attributes[name] = value;
    else unchecked.push(path === '' ? `@${name}` : `${path}/@${name}`);
  }
  const children: XmlElement[] = [];
  for (const child of element.children) {
    const property = type.properties.find(({ name }) => name === child.name);
    const below = path === '' ? child.name : `${path}/${child.name}`;
    if (!property || child.namespace !== profile.namespace) {
      unchecked.push(below);
      if (type.content === 'choice') return undefined;
      continue;
    }
    const known = knownPart(profile, property.type, child, below, unchecked);
    if (known) children.push(known);
    else if (property.min > 0) return undefined;
  }
  return { ...element, attributes, children };
}

/** Attributes of XML Schema itself: of any element. */
const INSTANCE: ReadonlySet<string> = new Set(['nil', 'type', 'schemaLocation', 'noNamespaceSchemaLocation']);

/** The element on one line. UUIDs become small: 1C takes capitals too, the schema does not. */
function elementText(element: XmlElement, namespace?: string): string {
  const declaration =
    namespace === undefined
      ? ''
      : ` xmlns="${escapeXml(namespace)}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
  const nil = element.attributes.nil === undefined ? '' : ` xsi:nil="${escapeXml(element.attributes.nil)}"`;
  const attributes = Object.entries(element.attributes)
    .filter(([name]) => !INSTANCE.has(name))
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  const head = `${element.name}${declaration}${nil}${attributes.join('')}`;
  const content = element.children.map((child) => elementText(child)).join('');
  return `<${head}>${escapeXml(smallUuid(element.text))}${content}</${element.name}>`;
}

const CAPITAL_UUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

function smallUuid(text: string): string {
  return CAPITAL_UUID.test(text) ? text.toLowerCase() : text;
}

/** Follows `/*[3]/*` of libxml2, which gives elements of a default namespace no names; others are `/Файл/Документ`. */
function placeOf(root: XmlElement, xpath: string, message: string): { path: string; line: number } {
  let element = root;
  const names: string[] = [];
  for (const step of xpath.split('/').slice(2)) {
    const [, stepName, index = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const candidates = element.children.filter(({ name }) => stepName === '*' || name === stepName);
    const child = candidates[Number(index) - 1];
    if (!child) break;
    const same = element.children.filter(({ name }) => name === child.name);
    names.push(same.length > 1 ? `${child.name}[${same.indexOf(child) + 1}]` : child.name);
    element = child;
  }
  const attribute = /^Element '[^']*', attribute '([^']+)'/.exec(message)?.[1];
  if (attribute !== undefined) names.push(`@${attribute}`);
  return { path: names.join('/'), line: element.line };
}
