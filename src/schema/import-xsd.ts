import { decodeXml } from '../support/cp1251.ts';
import { sha256 } from '../support/ids.ts';
import type { ObjectType, Profile, ProfileType, Property, SimpleType } from './profile.ts';
import { parseElement, type XmlElement } from './read-elements.ts';
import { builtIn } from './simple-types.ts';
import type { WrittenTypes } from './written-types.ts';
import { XSD_NAMESPACE } from './xdto-package.ts';

/** A schema that a profile cannot be made of: it uses what no schema of ФНС used so far, or lacks what we write. */
export class XsdImportProblem extends Error {}

interface Reduction {
  complex: ReadonlyMap<string, XmlElement>;
  simple: ReadonlyMap<string, XmlElement>;
  wanted: WrittenTypes;
  simpleTypes: Map<string, SimpleType>;
  objectTypes: Map<string, ObjectType>;
}

/**
 * Makes a profile from a schema of ФНС: no namespace, one level of choices inside sequences, attributes of simple types.
 * What is not wanted is left out where it is optional. A type in place is called `<type>.<property>`.
 * @param bytes the file, windows-1251 or UTF-8 by its own declaration
 * @param fileName for `Profile.origin`
 * @throws XsdImportProblem
 */
export function importXsd(bytes: Uint8Array, fileName: string, wanted: WrittenTypes): Profile {
  const decoded = decodeXml(bytes);
  if (!decoded || wanted.version === undefined) throw new XsdImportProblem(`${fileName} is not readable`);
  const schema = parseElement(decoded.text.trim());
  const declared = (name: string): Map<string, XmlElement> =>
    new Map(childrenNamed(schema, name).map((one) => [one.attributes.name!, one]));
  const reduction: Reduction = {
    complex: declared('complexType'),
    simple: declared('simpleType'),
    wanted,
    simpleTypes: new Map(),
    objectTypes: new Map(),
  };
  const elements = declared('element');
  for (const root of wanted.roots) {
    const type = childNamed(elements.get(root), 'complexType') ?? refuse(`no element ${root}`);
    keepObject(reduction, root, type);
  }
  const types: Record<string, ProfileType> = Object.fromEntries([
    ...reduction.simpleTypes,
    ...reduction.objectTypes,
  ]);
  return {
    format: wanted.format,
    version: wanted.version,
    origin: { file: fileName, sha256: sha256(bytes) },
    namespace: wanted.namespace,
    roots: Object.fromEntries(wanted.roots.map((root) => [root, root])),
    types,
  };
}

/** Attributes stand first: the writer writes them in the order of the schema. */
function keepObject(reduction: Reduction, name: string, declaration: XmlElement): void {
  const model = childNamed(declaration, 'sequence') ?? childNamed(declaration, 'choice');
  const object: ObjectType = {
    kind: 'object',
    content: model?.name === 'choice' ? 'choice' : 'sequence',
    properties: [],
  };
  reduction.objectTypes.set(name, object);
  const keep = (found: Property | undefined): void => {
    if (found) object.properties.push(found);
  };
  for (const attribute of childrenNamed(declaration, 'attribute'))
    keep(keepAttribute(reduction, name, attribute));
  for (const particle of model?.children ?? []) {
    if (particle.name === 'element') keep(keepElement(reduction, name, particle));
    else if (particle.name !== 'choice') refuse(`${name} holds a ${particle.name}`);
    else
      for (const one of particle.children) {
        const kept = keepElement(reduction, name, one);
        keep(kept && { ...kept, alternative: true });
      }
  }
}

function keepAttribute(reduction: Reduction, owner: string, attribute: XmlElement): Property | undefined {
  const { name, use } = attribute.attributes as { name: string; use?: string };
  const min = use === 'required' ? 1 : 0;
  if (!isWanted(reduction, owner, name, min)) return undefined;
  return { name, type: simpleTypeOf(reduction, owner, attribute), min, max: 1, attribute: true };
}

function keepElement(reduction: Reduction, owner: string, element: XmlElement): Property | undefined {
  const { name, minOccurs = '1', maxOccurs = '1', type } = element.attributes as Record<string, string>;
  if (element.name !== 'element' || name === undefined) refuse(`${owner} holds a ${element.name}`);
  const min = Number(minOccurs);
  const max = maxOccurs === 'unbounded' ? null : Number(maxOccurs);
  if (!isWanted(reduction, owner, name!, min)) return undefined;
  const inPlace = childNamed(element, 'complexType');
  const complex = inPlace ?? (type === undefined ? undefined : reduction.complex.get(type));
  if (!complex) return { name: name!, type: simpleTypeOf(reduction, owner, element), min, max };
  const typeName = inPlace ? `${owner}.${name}` : type!;
  if (!inPlace && !reduction.wanted.types.includes(typeName)) {
    if (min > 0) refuse(`${owner}/${name} is mandatory and its type is not wanted`);
    return undefined;
  }
  if (!reduction.objectTypes.has(typeName)) keepObject(reduction, typeName, complex);
  return { name: name!, type: typeName, min, max };
}

/** Members of a choice may be left out: the others remain. */
function isWanted({ wanted, objectTypes }: Reduction, owner: string, name: string, min: number): boolean {
  const only = wanted.only[owner];
  if (!only || only.includes(name)) return true;
  if (min > 0 && objectTypes.get(owner)?.content !== 'choice')
    refuse(`${owner}/${name} is mandatory and not wanted`);
  return false;
}

function simpleTypeOf(reduction: Reduction, owner: string, declaration: XmlElement): string {
  const { name, type } = declaration.attributes as { name: string; type?: string };
  if (type === undefined) {
    const inPlace = childNamed(declaration, 'simpleType') ?? refuse(`${owner}/${name} has no type`);
    const typeName = `${owner}.${name}`;
    reduction.simpleTypes.set(typeName, simpleType(reduction, inPlace));
    return typeName;
  }
  const known = builtIn(type.replace(/^xs:/, `{${XSD_NAMESPACE}}`));
  if (known) return known;
  const named = reduction.simple.get(type) ?? refuse(`${owner}/${name} has the unknown type ${type}`);
  reduction.simpleTypes.set(type, simpleType(reduction, named));
  return type;
}

const NUMBER_FACETS = [
  'minLength',
  'maxLength',
  'totalDigits',
  'fractionDigits',
  'minInclusive',
  'minExclusive',
];

function simpleType(reduction: Reduction, declaration: XmlElement): SimpleType {
  const restriction =
    childNamed(declaration, 'restriction') ?? refuse('a simple type that is no restriction');
  const name = restriction.attributes.base ?? '';
  const known = builtIn(name.replace(/^xs:/, `{${XSD_NAMESPACE}}`));
  const base: SimpleType = known
    ? { kind: 'simple', base: known }
    : simpleType(reduction, reduction.simple.get(name) ?? refuse(`the unknown type ${name}`));
  const facets: Partial<SimpleType> = {};
  for (const { name: facet, attributes } of restriction.children) {
    const value = attributes.value ?? '';
    if (facet === 'length') Object.assign(facets, { minLength: Number(value), maxLength: Number(value) });
    else if (NUMBER_FACETS.includes(facet)) Object.assign(facets, { [facet]: Number(value) });
    else if (facet === 'enumeration') facets.enumeration = [...(facets.enumeration ?? []), value];
    else if (facet === 'pattern') facets.pattern = [...(facets.pattern ?? []), value];
    else if (facet !== 'annotation') refuse(`the facet ${facet}`);
  }
  return { ...base, ...facets };
}

function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

function refuse(reason: string): never {
  throw new XsdImportProblem(`the schema: ${reason}`);
}
