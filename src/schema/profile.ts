/**
 * A schema profile: what one version of a format says about the types that we write. Data, read from
 * `schemas/<format>/<version>.json`. From it come the compiled writer, the strict XSD, the paths of `explain` and the
 * tables of the guides; the order of elements is written nowhere else.
 */
export interface Profile {
  format: SchemaFormat;
  /** `1.20` */
  version: string;
  /** Where it was imported from: name and SHA-256 of the file. */
  origin: { file: string; sha256: string };
  /** Target namespace; empty when the format has none. */
  namespace: string;
  /** Elements that may stand at the top (EnterpriseData: children of Body) and their types, in the order of the file. */
  roots: Record<string, string>;
  types: Record<string, ProfileType>;
}

/** `exchange-message` is the envelope of `enterprise-data`: its header. */
export type SchemaFormat = 'enterprise-data' | 'exchange-message' | 'commerceml' | 'upd';

export type ProfileType = ObjectType | SimpleType;

export interface ObjectType {
  kind: 'object';
  /** `choice`: exactly one of the properties. */
  content: 'sequence' | 'choice';
  properties: Property[];
}

export interface Property {
  name: string;
  /** A name in `Profile.types` or a built-in. */
  type: string | BuiltIn;
  min: number;
  /** `null` is unbounded. */
  max: number | null;
  nillable?: true;
  attribute?: true;
  /** In a sequence: one of a run of neighbours that all bear this; exactly one of them, or none where one may be left out. */
  alternative?: true;
}

export type BuiltIn =
  | 'xs:string'
  | 'xs:decimal'
  | 'xs:int'
  | 'xs:integer'
  | 'xs:boolean'
  | 'xs:date'
  | 'xs:dateTime';

export interface SimpleType {
  kind: 'simple';
  base: BuiltIn;
  minLength?: number;
  maxLength?: number;
  totalDigits?: number;
  fractionDigits?: number;
  minInclusive?: number;
  minExclusive?: number;
  enumeration?: string[];
  pattern?: string[];
}
