import { runs } from './lookup.ts';
import type { Leaf, Mapping, MappingNode, Origin } from './mapping.ts';
import type { ObjectType, Profile, Property } from './profile.ts';

/**
 * A mapping laid over a profile: what is written, in the order of the profile. Everything that can be wrong between
 * the two is refused here; it is a mistake in a mapping, so the texts are for programmers.
 */

// biome-ignore lint/suspicious/noExplicitAny: a plan holds getters of many record types
type Any = any;
type AnyMapping = Mapping<Any>;
type AnyNode = MappingNode<Any, Any>;

/** What stands inside one element. */
export interface PlannedBody {
  attributes: PlannedLeaf[];
  /** The element's own text. */
  text?: PlannedLeaf;
  children: PlannedElement[];
  /** Exactly one of the children is written. */
  choice: boolean;
}

export type PlannedElement = PlannedLeaf | PlannedGroup | PlannedRows;

interface Planned {
  name: string;
  /** `Услуги/Строка[]/Сумма`; attributes as `@Имя`. */
  path: string;
  /** Must be written; missing values are refused when a record is written. */
  mandatory: boolean;
  /** One of a run of neighbours that exclude each other. */
  alternative?: Alternative;
}

/** `one`: exactly one of the run is written; `at-most-one`: it may be left out. */
type Alternative = 'one' | 'at-most-one';

export interface PlannedLeaf extends Planned {
  node: 'leaf';
  get: (record: Any) => string | undefined;
  from: Origin;
  safe: boolean;
  constant?: string;
}

interface PlannedGroup extends Planned {
  node: 'group';
  get: (record: Any) => unknown;
  body: PlannedBody;
}

interface PlannedRows extends Planned {
  node: 'rows';
  get: (record: Any) => readonly unknown[];
  body: PlannedBody;
}

/** An element of the mapping that this version does not have. */
export interface AbsentElement {
  path: string;
  loss?: string;
  /** Getters of the groups and rows around it, from the top. */
  around: readonly AnyNode[];
  node: AnyNode;
}

export interface WriterPlan {
  name: string;
  body: PlannedBody;
  absent: AbsentElement[];
}

/** What is wrong between a mapping and a version. */
export type MisfitReason =
  /** The version has no such object. */
  | 'no-root'
  /** An element that the mapping needs is not in the version. */
  | 'absent'
  /** The version demands an element that the mapping does not have. */
  | 'unmapped'
  /** The element is there and is made otherwise. */
  | 'shape'
  /** A constant of the mapping is not among the values of the version. */
  | 'value';

/** A mapping that does not fit a version: a mistake in the mapping, or a version that nobody has seen. */
export class Misfit extends Error {
  readonly root: string;
  /** `Услуги/Строка[]/Сумма`; empty for the object itself. */
  readonly path: string;
  readonly reason: MisfitReason;

  constructor(root: string, path: string, reason: MisfitReason, text: string) {
    super(`mapping of ${root}: ${path === '' ? root : path} ${text}`);
    this.root = root;
    this.path = path;
    this.reason = reason;
  }
}

/** Name of the pseudo-property that holds an element's own text. */
const OWN_TEXT = '#text';

/** @throws Misfit where mapping and profile do not fit */
export function planWriter<T>(profile: Profile, root: string, mapping: Mapping<T>): WriterPlan {
  const type = Object.hasOwn(profile.roots, root)
    ? profile.roots[root]!
    : refuse(root, '', 'no-root', 'is no root of the profile');
  const absent: AbsentElement[] = [];
  const body = planBody(profile, type, mapping, { root, path: '', around: [], absent });
  return { name: root, body, absent };
}

interface Place {
  root: string;
  path: string;
  around: readonly AnyNode[];
  absent: AbsentElement[];
}

function planBody(profile: Profile, typeName: string, fields: AnyMapping, place: Place): PlannedBody {
  const type = objectType(profile, typeName) ?? ownTextType(typeName);
  const choice = type.content === 'choice';
  const body: PlannedBody = { attributes: [], children: [], choice };
  const known = new Set<string>();
  const alternatives = alternativesOf(type, fields, place);
  for (const property of type.properties) {
    known.add(property.name);
    const path = below(place.path, property);
    const node = Object.hasOwn(fields, property.name) ? fields[property.name] : undefined;
    if (!node) {
      if (property.min > 0 && !choice && !property.alternative)
        refuse(place.root, path, 'unmapped', 'is mandatory and not mapped');
      continue;
    }
    const alternative = alternatives.get(property);
    const planned = planNode(profile, property, node, choice || alternative !== undefined, {
      ...place,
      path,
    });
    if (alternative) planned.alternative = alternative;
    if (property.name === OWN_TEXT) body.text = asLeaf(planned, place.root, path);
    else if (property.attribute) body.attributes.push(asLeaf(planned, place.root, path));
    else body.children.push(planned);
  }
  for (const [name, node] of Object.entries(fields)) if (!known.has(name)) planAbsent(name, node, place);
  if (choice) checkChoice(body, place);
  return body;
}

function alternativesOf(
  { properties }: ObjectType,
  fields: AnyMapping,
  { root, path }: Place,
): Map<Property, Alternative> {
  const found = new Map<Property, Alternative>();
  for (const run of runs(properties)) {
    if (!run[0]!.alternative) continue;
    const alternative = run.some(({ min }) => min === 0) ? 'at-most-one' : 'one';
    if (alternative === 'one' && !run.some(({ name }) => Object.hasOwn(fields, name)))
      refuse(root, below(path, run[0]!), 'unmapped', 'is one of a choice and none of it is mapped');
    for (const property of run) found.set(property, alternative);
  }
  return found;
}

function planNode(
  profile: Profile,
  property: Property,
  node: AnyNode,
  choice: boolean,
  place: Place,
): PlannedElement {
  const { root, path } = place;
  const planned = { name: property.name, path, mandatory: property.min > 0 && !choice };
  const isObject = objectType(profile, property.type) !== undefined;
  if (node.node === 'leaf') {
    if (isObject) refuse(root, path, 'shape', `is a structure (${property.type}) and mapped as a value`);
    checkConstant(profile, property, node, place);
    const { get, from, safe } = node;
    return {
      node: 'leaf',
      ...planned,
      get,
      from,
      safe,
      ...(node.constant !== undefined && { constant: node.constant }),
    };
  }
  if (!isObject && !(node.node === 'rows' && isOwnText(node.fields)))
    refuse(root, path, 'shape', `is a value (${property.type}) and mapped as a structure`);
  const inner = { ...place, around: [...place.around, node] };
  if (node.node === 'group')
    return {
      node: 'group',
      ...planned,
      get: node.get,
      body: planBody(profile, property.type, node.fields, inner),
    };
  if (property.max === 1) refuse(root, path, 'shape', 'may stand once and is mapped as rows');
  const row = `${path}[]`;
  return {
    node: 'rows',
    ...planned,
    get: node.get,
    body: planBody(profile, property.type, node.fields, { ...inner, path: row }),
  };
}

/** The version lacks it: so do all elements below it, and each may have a loss of its own. */
function planAbsent(name: string, node: AnyNode, place: Place): void {
  const path = join(place.path, name);
  if (!node.optional) refuse(place.root, path, 'absent', 'is not in the profile and not declared optional');
  place.absent.push({
    path,
    ...(node.loss !== undefined && { loss: node.loss }),
    around: place.around,
    node,
  });
  if (node.node !== 'leaf') absentBelow(node, path, [...place.around, node], place.absent);
}

function absentBelow(node: AnyNode, path: string, around: readonly AnyNode[], absent: AbsentElement[]): void {
  if (node.node === 'leaf') return;
  const prefix = node.node === 'rows' ? `${path}[]` : path;
  for (const [name, field] of Object.entries(node.fields as AnyMapping)) {
    const below = join(prefix, name);
    if (field.loss !== undefined) absent.push({ path: below, loss: field.loss, around, node: field });
    absentBelow(field, below, [...around, field], absent);
  }
}

function checkChoice(body: PlannedBody, { root, path }: Place): void {
  if (body.children.length === 0) refuse(root, path, 'unmapped', 'is a choice and none of it is mapped');
  const constant = body.children.filter((child) => child.node === 'leaf' && child.constant !== undefined);
  if (constant.length > 1)
    refuse(
      root,
      path,
      'shape',
      `is a choice and ${constant.map(({ name }) => name).join(', ')} are always present`,
    );
}

function checkConstant(profile: Profile, property: Property, leaf: Leaf<Any>, { root, path }: Place): void {
  const type = profile.types[property.type];
  if (leaf.constant === undefined || type?.kind !== 'simple' || !type.enumeration) return;
  if (!type.enumeration.includes(leaf.constant))
    refuse(root, path, 'value', `is always ${leaf.constant}, none of ${type.enumeration.join(', ')}`);
}

function asLeaf(planned: PlannedElement, root: string, path: string): PlannedLeaf {
  return planned.node === 'leaf'
    ? planned
    : refuse(root, path, 'shape', 'holds text and is mapped as a structure');
}

function objectType(profile: Profile, name: string): ObjectType | undefined {
  const type = Object.hasOwn(profile.types, name) ? profile.types[name] : undefined;
  return type?.kind === 'object' ? type : undefined;
}

/** A repeated simple value is mapped as rows whose only field is their own text. */
function isOwnText(fields: AnyMapping): boolean {
  return Object.keys(fields).length === 1 && Object.hasOwn(fields, OWN_TEXT);
}

function ownTextType(type: string): ObjectType {
  return { kind: 'object', content: 'sequence', properties: [{ name: OWN_TEXT, type, min: 1, max: 1 }] };
}

function below(path: string, property: Property): string {
  if (property.name === OWN_TEXT) return path;
  return join(path, property.attribute ? `@${property.name}` : property.name);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

function refuse(root: string, path: string, reason: MisfitReason, text: string): never {
  throw new Misfit(root, path, reason, text);
}
