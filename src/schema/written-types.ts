import type { SchemaFormat } from './profile.ts';

/** What of a format is written: `schemas/<format>/written-types.json`. */
export interface WrittenTypes {
  format: SchemaFormat;
  /** Target namespace of the package; `{version}` stands for the version. */
  namespace: string;
  /** The version, where the namespace does not tell it. */
  version?: string;
  /** Object types that may stand at the top, each in an element of its own name. */
  roots: string[];
  /** Object types that are kept below them. Simple types come along with the properties that have them. */
  types: string[];
  /** Of these types the named properties alone. A type in place is called `<type>.<property>`. */
  only: Record<string, string[]>;
}
