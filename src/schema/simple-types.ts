import type { BuiltIn, SimpleType } from './profile.ts';
import { type XdtoPackage, type XdtoValue, XSD_NAMESPACE } from './xdto-package.ts';

/** Namespace of the envelope; every package imports two of its types: `Object` and `Ref`. */
export const MESSAGE_NAMESPACE = 'http://www.1c.ru/SSL/Exchange/Message';

/** The base of all references: text that holds a UUID. 1C makes a UUID of it and stops the load where it is none. */
const REFERENCE = `{${MESSAGE_NAMESPACE}}Ref`;
const UUID_PATTERN = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const BUILT_INS: ReadonlySet<string> = new Set<BuiltIn>([
  'xs:string',
  'xs:decimal',
  'xs:int',
  'xs:integer',
  'xs:boolean',
  'xs:date',
  'xs:dateTime',
]);

/** `{http://www.w3.org/2001/XMLSchema}date` → `xs:date`; undefined for what we never write (binary, anyType). */
export function builtIn(name: string): BuiltIn | undefined {
  const short = name.replace(`{${XSD_NAMESPACE}}`, 'xs:');
  return BUILT_INS.has(short) ? (short as BuiltIn) : undefined;
}

/** The local name of a resolved name of this namespace. */
export function localName(name: string, namespace: string): string | undefined {
  const prefix = `{${namespace}}`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

/**
 * A value type with all it inherits.
 * @returns undefined where it rests on something that a profile cannot say
 */
export function simpleType(declared: XdtoPackage, value: XdtoValue, depth = 0): SimpleType | undefined {
  if (value.variety === 'Union') return unionType(declared, value, depth);
  if (value.variety !== 'Atomic' || value.base === undefined) return undefined;
  const base = simpleTypeNamed(declared, value.base, depth + 1);
  if (!base) return undefined;
  const { length, ...facets } = value.facets;
  return {
    ...base,
    ...(length !== undefined && { minLength: length, maxLength: length }),
    ...facets,
    ...(value.enumeration.length > 0 && { enumeration: value.enumeration }),
    ...(value.pattern.length > 0 && { pattern: value.pattern }),
  };
}

/** A chain of bases longer than this goes in a circle. */
const DEEPEST = 20;

function simpleTypeNamed(declared: XdtoPackage, name: string, depth: number): SimpleType | undefined {
  if (name === REFERENCE) return { kind: 'simple', base: 'xs:string', pattern: [UUID_PATTERN] };
  const base = builtIn(name);
  if (base) return { kind: 'simple', base };
  const value = declared.values.get(localName(name, declared.namespace) ?? '');
  return value && depth < DEEPEST ? simpleType(declared, value, depth) : undefined;
}

/** Members given by patterns or values become patterns of one type; other unions have no place in a profile. */
function unionType(declared: XdtoPackage, value: XdtoValue, depth: number): SimpleType | undefined {
  const pattern: string[] = [];
  for (const name of value.members) {
    const member = simpleTypeNamed(declared, name, depth + 1);
    if (member?.base !== 'xs:string') return undefined;
    const alternatives = member.pattern ?? member.enumeration?.map(literalPattern);
    if (!alternatives) return undefined;
    pattern.push(...alternatives);
  }
  return pattern.length === 0 ? undefined : { kind: 'simple', base: 'xs:string', pattern };
}

function literalPattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}-]/g, '\\$&');
}
