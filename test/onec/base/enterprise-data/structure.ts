import type { BuiltIn, ObjectType, Profile, Property, SimpleType } from '../../../../src/schema/profile.ts';
import type { Node } from './node.ts';

/**
 * What the reader of 1C has against an element: a missing or unknown part, a wrong order, a value that is none of its
 * type. (Whether 1C minds the order in every type is not proved; the schema has it, so has the model.)
 * @returns undefined where the element fits
 */
export function structureProblem(
  profile: Profile,
  typeName: string,
  node: Node,
  path = node.name,
): string | undefined {
  const type = profile.types[typeName];
  if (!type) return valueProblem(typeName as BuiltIn, {}, node, path);
  if (type.kind === 'simple') return valueProblem(type.base, type, node, path);
  return type.content === 'choice'
    ? choiceProblem(profile, type, node, path)
    : sequenceProblem(profile, type, node, path);
}

function choiceProblem(profile: Profile, type: ObjectType, node: Node, path: string): string | undefined {
  const [only, ...others] = node.children;
  const property = only && type.properties.find(({ name }) => name === only.name);
  if (!only || others.length > 0 || !property) return `${path}: нужно ровно одно значение`;
  return structureProblem(profile, property.type, only, `${path}/${only.name}`);
}

function sequenceProblem(profile: Profile, type: ObjectType, node: Node, path: string): string | undefined {
  const children = [...node.children];
  for (const property of type.properties.filter(({ attribute }) => !attribute)) {
    const problem = propertyProblem(profile, property, children, path);
    if (problem !== undefined) return problem;
  }
  const [left] = children;
  return left && `${path}: свойство '${left.name}' не на своём месте или неизвестно`;
}

/** Takes the elements of this property off the front. */
function propertyProblem(
  profile: Profile,
  property: Property,
  children: Node[],
  path: string,
): string | undefined {
  let count = 0;
  while (children[0]?.name === property.name && count < (property.max ?? Number.POSITIVE_INFINITY)) {
    const node = children.shift()!;
    const problem = structureProblem(profile, property.type, node, `${path}/${node.name}`);
    if (problem !== undefined) return problem;
    count++;
  }
  return count < property.min ? `${path}: отсутствует обязательное свойство '${property.name}'` : undefined;
}

const PATTERNS: Readonly<Record<BuiltIn, RegExp>> = {
  'xs:string': /^[\s\S]*$/,
  'xs:decimal': /^[-+]?\d+(\.\d+)?$/,
  'xs:int': /^[-+]?\d+$/,
  'xs:integer': /^[-+]?\d+$/,
  'xs:boolean': /^(true|false|0|1)$/,
  'xs:date': /^\d{4}-\d\d-\d\d$/,
  'xs:dateTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
};

function valueProblem(
  base: BuiltIn,
  facets: Partial<SimpleType>,
  node: Node,
  path: string,
): string | undefined {
  const { text } = node;
  const wrong = `${path}: значение '${text}' не соответствует типу`;
  if (node.children.length > 0 || !PATTERNS[base]?.test(text)) return wrong;
  const { enumeration, maxLength, minLength, pattern, fractionDigits, totalDigits } = facets;
  const digits = text.replace(/[^0-9]/g, '').length;
  const fraction = text.split('.')[1]?.length ?? 0;
  const fits =
    (enumeration?.includes(text) ?? true) &&
    text.length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
    text.length >= (minLength ?? 0) &&
    (pattern?.some((one) => new RegExp(`^(?:${one})$`, 'iu').test(text)) ?? true) &&
    fraction <= (fractionDigits ?? Number.POSITIVE_INFINITY) &&
    digits <= (totalDigits ?? Number.POSITIVE_INFINITY);
  return fits ? undefined : wrong;
}
