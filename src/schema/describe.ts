import { listProfiles, loadProfile } from './load.ts';
import type { BuiltIn, ObjectType, Profile, Property, SchemaFormat, SimpleType } from './profile.ts';

/** Plain data behind `bg1c schema list` and `bg1c schema show`. */
export interface FormatDescription {
  format: SchemaFormat;
  /** Ascending, with the file each was imported from. */
  versions: Array<{ version: string; origin: Profile['origin'] }>;
}

export interface ProfileDescription {
  format: SchemaFormat;
  version: string;
  namespace: string;
  origin: Profile['origin'];
  /** Elements at the top and their types. */
  roots: Array<{ element: string; type: string }>;
  types: TypeDescription[];
}

/** A structure; simple types are told where they are used. */
export interface TypeDescription {
  name: string;
  content: ObjectType['content'];
  properties: PropertyDescription[];
}

export interface PropertyDescription {
  name: string;
  type: string;
  /** `1`, `0..1`, `0..*`, `1..100` */
  cardinality: string;
  attribute: boolean;
  nillable: boolean;
  /** Of a simple type: what it is made of, its limits and the values it allows. */
  base?: BuiltIn;
  limits?: Omit<SimpleType, 'kind' | 'base' | 'enumeration'>;
  values?: string[];
}

const FORMATS: readonly SchemaFormat[] = ['enterprise-data', 'exchange-message', 'commerceml', 'upd'];

/** Formats that have a profile, with their versions. `own` as in `loadProfile`. */
export function describeFormats(own?: string): FormatDescription[] {
  return FORMATS.map((format) => ({
    format,
    versions: listProfiles(format, own).map((version) => ({
      version,
      origin: loadProfile(format, version, own).origin,
    })),
  })).filter(({ versions }) => versions.length > 0);
}

export function describeProfile(profile: Profile): ProfileDescription {
  const { format, version, namespace, origin, roots, types } = profile;
  return {
    format,
    version,
    namespace,
    origin,
    roots: Object.entries(roots).map(([element, type]) => ({ element, type })),
    types: Object.entries(types).flatMap(([name, type]) =>
      type.kind === 'object'
        ? [
            {
              name,
              content: type.content,
              properties: type.properties.map((one) => describeProperty(profile, one)),
            },
          ]
        : [],
    ),
  };
}

function describeProperty(profile: Profile, property: Property): PropertyDescription {
  const type = profile.types[property.type];
  return {
    name: property.name,
    type: property.type,
    cardinality: cardinality(property),
    attribute: property.attribute ?? false,
    nillable: property.nillable ?? false,
    ...(type?.kind === 'simple' && describeSimple(type)),
  };
}

function describeSimple(type: SimpleType): Pick<PropertyDescription, 'base' | 'limits' | 'values'> {
  const { kind: _kind, base, enumeration, ...limits } = type;
  return {
    base,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(enumeration && { values: enumeration }),
  };
}

function cardinality({ min, max }: Property): string {
  return min === max ? String(min) : `${min}..${max ?? '*'}`;
}
