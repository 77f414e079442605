/**
 * How a model record becomes an element: names and getters, in any order. The compiled writer takes the order,
 * cardinality and types from the profile, so that a mapping holds no knowledge of a version.
 *
 * Each leaf says where its value comes from (`from`), for `explain`:
 * `documents.format_number` (table and column), `config:onec.vatInvoice.method` (setting), `fixed` (a constant of the
 * format), `computed: <Russian words>` (with the columns it is computed from after it, separated by spaces after `<-`,
 * e.g. `computed: НДС внутри суммы <- document_lines.line_summ document_lines.vat_rate`).
 */
export type Origin = string;

// biome-ignore lint/suspicious/noExplicitAny: nested mappings have a record type of their own
export type Mapping<T> = Readonly<Record<string, MappingNode<T, any>>>;

export type MappingNode<T, U> = Leaf<T> | Group<T, U> | Rows<T, U>;

interface Version {
  /** True: a version whose profile lacks this element goes without it. Otherwise the compiler refuses. */
  readonly optional?: true;
  /** Name of the loss that arises where the profile lacks the element. */
  readonly loss?: string;
}

/** A value; `undefined` leaves the element out. */
export interface Leaf<T> extends Version {
  readonly node: 'leaf';
  readonly get: (record: T) => string | undefined;
  readonly from: Origin;
  /** The text cannot hold `& < > "` (numbers, dates, UUIDs, enumerations): not escaped. */
  readonly safe: boolean;
  /** The value where it is the same for every record: the compiler merges it into the text around it. */
  readonly constant?: string;
}

/** A nested structure; `undefined` leaves it out; an empty one is written as an empty element. */
export interface Group<T, U> extends Version {
  readonly node: 'group';
  readonly get: (record: T) => U | undefined;
  readonly fields: Mapping<U>;
}

/** A repeated element. */
export interface Rows<T, U> extends Version {
  readonly node: 'rows';
  readonly get: (record: T) => readonly U[];
  readonly fields: Mapping<U>;
}

export function text<T>(
  from: Origin,
  get: (record: T) => string | undefined,
  version: Version = {},
): Leaf<T> {
  return { node: 'leaf', get, from, safe: false, ...version };
}

export function plain<T>(
  from: Origin,
  get: (record: T) => string | undefined,
  version: Version = {},
): Leaf<T> {
  return { node: 'leaf', get, from, safe: true, ...version };
}

/** A constant of the format. */
export function fixed<T>(value: string, version: Version = {}): Leaf<T> {
  return { node: 'leaf', get: () => value, from: 'fixed', safe: false, constant: value, ...version };
}

export function group<T, U>(
  get: (record: T) => U | undefined,
  fields: Mapping<U>,
  version: Version = {},
): Group<T, U> {
  return { node: 'group', get, fields, ...version };
}

export function rows<T, U>(
  get: (record: T) => readonly U[],
  fields: Mapping<U>,
  version: Version = {},
): Rows<T, U> {
  return { node: 'rows', get, fields, ...version };
}
