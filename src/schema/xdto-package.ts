import { XMLParser, XMLValidator } from 'fast-xml-parser';

/**
 * Reads the file of an XDTO package (`http://v8.1c.ru/8.1/xdto`) as it stands: declarations, their properties and
 * facets, with every name resolved to `{namespace}local`. What of it is written is decided elsewhere (import-xdto.ts).
 */
export interface XdtoPackage {
  namespace: string;
  objects: ReadonlyMap<string, XdtoObject>;
  values: ReadonlyMap<string, XdtoValue>;
}

export interface XdtoObject {
  kind: 'object';
  base: string | undefined;
  /** The attribute `ordered` is given; 1C's packages give it where one of the properties is written. */
  ordered: boolean;
  properties: XdtoProperty[];
}

export interface XdtoProperty {
  name: string;
  /** A resolved name or a declaration in place. */
  type: string | XdtoObject | XdtoValue;
  min: number;
  /** `null` is unbounded. */
  max: number | null;
  nillable: boolean;
  form: string;
}

export interface XdtoValue {
  kind: 'value';
  base: string | undefined;
  /** `Atomic`, `Union` or `List`. */
  variety: string;
  /** Resolved names of the members of a union. */
  members: string[];
  facets: Partial<Record<Facet, number>>;
  enumeration: string[];
  pattern: string[];
}

const FACETS = ['length', 'minLength', 'maxLength', 'totalDigits', 'fractionDigits'] as const;
type Facet = (typeof FACETS)[number];

const XDTO_NAMESPACE = 'http://v8.1c.ru/8.1/xdto';
export const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

/** The type of a property that names none. */
const ANY_TYPE = `{${XSD_NAMESPACE}}anyType`;

/** What is wrong with a file, in Russian: the reason of a fault. */
export class PackageProblem extends Error {}

/** An element of fast-xml-parser: attributes as `@name`, children as arrays, text as `#text`. */
type Element = { readonly [key: string]: string | readonly Element[] | undefined };
/** Prefixes in force; '' is the default namespace. */
type Prefixes = Readonly<Record<string, string>>;

const NAME = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

/**
 * @param bytes UTF-8, with or without BOM
 * @throws PackageProblem when the file is no XDTO package or is damaged
 */
export function readXdtoPackage(bytes: Uint8Array): XdtoPackage {
  const root = parseRoot(decode(bytes));
  const prefixes = withDeclared({}, root);
  if (prefixes[''] !== XDTO_NAMESPACE) throw new PackageProblem(`корневой элемент не из ${XDTO_NAMESPACE}`);
  const namespace = attribute(root, 'targetNamespace');
  if (!namespace) throw new PackageProblem('не указано пространство имён (targetNamespace)');

  const values = new Map<string, XdtoValue>();
  const objects = new Map<string, XdtoObject>();
  const newName = (element: Element): string => {
    const name = nameOf(element);
    if (values.has(name) || objects.has(name)) throw new PackageProblem(`тип «${name}» описан дважды`);
    return name;
  };
  for (const element of children(root, 'valueType'))
    values.set(newName(element), readValue(element, withDeclared(prefixes, element)));
  for (const element of children(root, 'objectType'))
    objects.set(newName(element), readObject(element, withDeclared(prefixes, element)));
  return { namespace, objects, values };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PackageProblem('файл не в кодировке UTF-8');
  }
}

function parseRoot(text: string): Element {
  // The parser alone takes unclosed elements; a document type would bring entities of its own.
  if (/<!DOCTYPE/i.test(text)) throw new PackageProblem('в файле есть DOCTYPE');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new PackageProblem(`это не XML (строка ${valid.err.line}: ${valid.err.msg})`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    ignoreDeclaration: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    alwaysCreateTextNode: true,
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  });
  const roots = children(parser.parse(text) as Element, 'package');
  if (roots.length !== 1) throw new PackageProblem('нет корневого элемента package');
  return roots[0]!;
}

function readObject(element: Element, prefixes: Prefixes): XdtoObject {
  return {
    kind: 'object',
    base: resolveOptional(attribute(element, 'base'), prefixes),
    ordered: attribute(element, 'ordered') !== undefined,
    properties: children(element, 'property').map((property) =>
      readProperty(property, withDeclared(prefixes, property)),
    ),
  };
}

function readProperty(element: Element, prefixes: Prefixes): XdtoProperty {
  const name = nameOf(element);
  const max = integer(element, 'upperBound') ?? 1;
  return {
    name,
    type: readType(element, prefixes, name),
    min: integer(element, 'lowerBound') ?? 1,
    max: max === -1 ? null : max,
    nillable: attribute(element, 'nillable') === 'true',
    form: attribute(element, 'form') ?? 'Element',
  };
}

function readType(property: Element, prefixes: Prefixes, name: string): XdtoProperty['type'] {
  const named = attribute(property, 'type');
  if (named !== undefined) return resolve(named, prefixes);
  const [inline] = children(property, 'typeDef');
  if (!inline) return ANY_TYPE;
  const inner = withDeclared(prefixes, inline);
  const kind = attribute(inline, 'xsi:type');
  if (kind === 'ObjectType') return readObject(inline, inner);
  if (kind === 'ValueType') return readValue(inline, inner);
  throw new PackageProblem(`у свойства «${name}» неизвестный вид типа «${kind ?? ''}»`);
}

function readValue(element: Element, prefixes: Prefixes): XdtoValue {
  const facets: XdtoValue['facets'] = {};
  for (const facet of FACETS) {
    const value = integer(element, facet);
    if (value !== undefined) facets[facet] = value;
  }
  return {
    kind: 'value',
    base: resolveOptional(attribute(element, 'base'), prefixes),
    variety: attribute(element, 'variety') ?? 'Atomic',
    members: (attribute(element, 'memberTypes') ?? '')
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => resolve(name, prefixes)),
    facets,
    enumeration: children(element, 'enumeration').map(textOf),
    pattern: children(element, 'pattern').map(textOf),
  };
}

/** `d3p1:Имя` → `{namespace}Имя`; members of a union come in that form already. */
function resolve(name: string, prefixes: Prefixes): string {
  if (name.startsWith('{')) return name;
  const colon = name.indexOf(':');
  const prefix = name.slice(0, Math.max(colon, 0));
  const namespace = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  if (namespace === undefined) throw new PackageProblem(`у имени «${name}» не объявлен префикс`);
  return `{${namespace}}${name.slice(colon + 1)}`;
}

function resolveOptional(name: string | undefined, prefixes: Prefixes): string | undefined {
  return name === undefined ? undefined : resolve(name, prefixes);
}

function withDeclared(prefixes: Prefixes, element: Element): Prefixes {
  const declared: Record<string, string> = {};
  for (const [key, value] of Object.entries(element)) {
    if (typeof value !== 'string') continue;
    const prefix = /^@xmlns(?::(.+))?$/.exec(key);
    if (prefix) declared[prefix[1] ?? ''] = withoutEntities(value);
  }
  return Object.keys(declared).length === 0 ? prefixes : { ...prefixes, ...declared };
}

function nameOf(element: Element): string {
  const name = attribute(element, 'name') ?? '';
  if (!NAME.test(name)) throw new PackageProblem(`недопустимое имя «${name}»`);
  return name;
}

function integer(element: Element, name: string): number | undefined {
  const value = attribute(element, name);
  if (value === undefined) return undefined;
  if (!/^(-1|\d{1,9})$/.test(value)) throw new PackageProblem(`${name}="${value}" — не число`);
  return Number(value);
}

function attribute(element: Element, name: string): string | undefined {
  const value = element[`@${name}`];
  return typeof value === 'string' ? withoutEntities(value) : undefined;
}

function children(element: Element, name: string): readonly Element[] {
  const found = element[name];
  return Array.isArray(found) ? (found as readonly Element[]) : [];
}

function textOf(element: Element): string {
  const text = element['#text'];
  return typeof text === 'string' ? withoutEntities(text) : '';
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** The five entities of XML itself: the parser is told to leave entities alone. */
function withoutEntities(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name]!);
}
