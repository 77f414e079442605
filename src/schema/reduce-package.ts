import type { ObjectType, ProfileType, Property, SimpleType } from './profile.ts';
import { builtIn, localName, MESSAGE_NAMESPACE, simpleType } from './simple-types.ts';
import type { WrittenTypes } from './written-types.ts';
import {
  PackageProblem,
  type XdtoObject,
  type XdtoPackage,
  type XdtoProperty,
  type XdtoValue,
} from './xdto-package.ts';

interface ReducedPackage {
  roots: Record<string, string>;
  types: Record<string, ProfileType>;
  problems: TypeProblem[];
}

interface TypeProblem {
  type: string;
  /** In Russian. */
  reason: string;
}

/** Why a property is not kept; `damaged`: the package is wrong, so it may not even be dropped. */
interface Dropped {
  dropped: string;
  damaged?: true;
}

interface Reduction {
  declared: XdtoPackage;
  wanted: WrittenTypes;
  kept: ReadonlySet<string>;
  simple: Map<string, SimpleType>;
  objects: Map<string, ObjectType>;
  /** Types in place, by the named object type they stand in. */
  inPlace: Map<string, Map<string, ProfileType>>;
  /** Object types to look at. */
  queue: string[];
  problems: TypeProblem[];
}

/** Where a property stands: an element of its own or an attribute. */
const FORMS: ReadonlySet<string> = new Set(['Element', 'Attribute']);

const NOTHING_KEPT = 'ни одно из его значений программа не передаёт';

/**
 * Reduces a package to what we write of it: the wanted types that can be reached from the roots, in the order of the
 * file. An optional property of a type that we do not write is dropped, a mandatory one is a problem.
 * The content of an object type is a choice where the type stands in place or is marked `ordered` and all its
 * properties are optional and single: so 1C's packages write «one of» (all such types of 1.6–1.22 were looked at).
 * @throws PackageProblem where nothing of the package is wanted
 */
export function reducePackage(declared: XdtoPackage, wanted: WrittenTypes): ReducedPackage {
  const roots = [...declared.objects.keys()].filter((name) => wanted.roots.includes(name));
  if (roots.length === 0)
    throw new PackageProblem(`в нём нет ни одного из объектов: ${wanted.roots.join(', ')}`);
  const reduction: Reduction = {
    declared,
    wanted,
    kept: new Set([...wanted.roots, ...wanted.types]),
    simple: new Map(),
    objects: new Map(),
    inPlace: new Map(),
    queue: [...roots],
    problems: [],
  };
  for (let name = reduction.queue.shift(); name !== undefined; name = reduction.queue.shift())
    if (!reduction.objects.has(name)) keepNamedObject(reduction, name);
  return {
    roots: Object.fromEntries(roots.map((name) => [name, name])),
    types: Object.fromEntries(inFileOrder(reduction)),
    problems: reduction.problems,
  };
}

function keepNamedObject(reduction: Reduction, name: string): void {
  const declaration = reduction.declared.objects.get(name)!;
  const object = reduceObject(reduction, name, name, declaration, declaration.ordered);
  if (object.content === 'choice' && object.properties.length === 0)
    reduction.problems.push({ type: name, reason: NOTHING_KEPT });
  reduction.objects.set(name, object);
}

/** @param owner the named type in which the object stands; `name` where it is that type itself */
function reduceObject(
  reduction: Reduction,
  owner: string,
  name: string,
  declaration: XdtoObject,
  mayBeChoice: boolean,
): ObjectType {
  const all = allProperties(reduction.declared, declaration);
  const choice = mayBeChoice && all.length > 0 && all.every(({ min, max }) => min === 0 && max === 1);
  const only = reduction.wanted.only[name];
  const properties: Property[] = [];
  const names = new Set<string>();
  for (const property of all) {
    if (names.has(property.name))
      reduction.problems.push({ type: name, reason: `свойство «${property.name}» описано дважды` });
    names.add(property.name);
    const type: string | Dropped =
      only && !only.includes(property.name)
        ? { dropped: 'программа его не передаёт' }
        : keepType(reduction, owner, name, property);
    if (typeof type === 'string') properties.push(keptProperty(property, type, choice));
    else if (property.min > 0 || type.damaged)
      reduction.problems.push({ type: name, reason: `свойство «${property.name}»: ${type.dropped}` });
  }
  return { kind: 'object', content: choice ? 'choice' : 'sequence', properties };
}

/** @returns the name of the property's type in the profile */
function keepType(
  reduction: Reduction,
  owner: string,
  object: string,
  property: XdtoProperty,
): string | Dropped {
  if (!FORMS.has(property.form)) return { dropped: `форма «${property.form}» не поддерживается` };
  if (typeof property.type === 'string') return keepNamedType(reduction, property.type);
  const { objects, values } = reduction.declared;
  const name = `${object}.${property.name}`;
  if (objects.has(name) || values.has(name)) return { dropped: `имя типа «${name}» занято`, damaged: true };
  const type =
    property.type.kind === 'value'
      ? simpleType(reduction.declared, property.type)
      : reduceObject(reduction, owner, name, property.type, true);
  if (!type) return unknownBase(name);
  if (type.kind === 'object' && type.properties.length === 0) return { dropped: NOTHING_KEPT };
  const siblings = reduction.inPlace.get(owner) ?? new Map<string, ProfileType>();
  reduction.inPlace.set(owner, siblings.set(name, type));
  return name;
}

function keepNamedType(reduction: Reduction, resolved: string): string | Dropped {
  const standard = builtIn(resolved);
  if (standard) return standard;
  const name = localName(resolved, reduction.declared.namespace);
  if (name === undefined) return { dropped: `тип «${resolved}» не поддерживается` };
  const value = reduction.declared.values.get(name);
  if (value) return keepSimple(reduction, name, value);
  if (!reduction.declared.objects.has(name))
    return { dropped: `тип «${name}» в файле не описан`, damaged: true };
  if (!reduction.kept.has(name)) return { dropped: `тип «${name}» программа не передаёт` };
  reduction.queue.push(name);
  return name;
}

function keepSimple(reduction: Reduction, name: string, value: XdtoValue): string | Dropped {
  const type = reduction.simple.get(name) ?? simpleType(reduction.declared, value);
  if (!type) return unknownBase(name);
  reduction.simple.set(name, type);
  return name;
}

function unknownBase(name: string): Dropped {
  return { dropped: `тип «${name}» основан на неизвестном типе` };
}

function keptProperty(property: XdtoProperty, type: string, choice: boolean): Property {
  return {
    name: property.name,
    type,
    min: choice ? 1 : property.min,
    max: property.max,
    ...(property.nillable && { nillable: true }),
    ...(property.form === 'Attribute' && { attribute: true }),
  };
}

/** A chain of bases longer than this goes in a circle. */
const DEEPEST = 20;

/** With the properties of the base, which stand first. `Object` of the envelope gives AdditionalInfo alone: not written. */
function allProperties(declared: XdtoPackage, object: XdtoObject, depth = 0): XdtoProperty[] {
  if (object.base === undefined || object.base === `{${MESSAGE_NAMESPACE}}Object`) return object.properties;
  const base = declared.objects.get(localName(object.base, declared.namespace) ?? '');
  if (!base || depth > DEEPEST) throw new PackageProblem(`базовый тип «${object.base}» в файле не описан`);
  return [...allProperties(declared, base, depth + 1), ...object.properties];
}

function* inFileOrder({ declared, simple, objects, inPlace }: Reduction): Iterable<[string, ProfileType]> {
  for (const name of declared.values.keys()) if (simple.has(name)) yield [name, simple.get(name)!];
  for (const name of declared.objects.keys()) {
    if (!objects.has(name)) continue;
    yield [name, objects.get(name)!];
    yield* inPlace.get(name) ?? [];
  }
}
