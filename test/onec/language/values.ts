import type { DateTime } from './date-time.ts';
import type { Decimal } from './decimal.ts';
import type { BslObject } from './object-type.ts';

/** Неопределено. An object of its own, so that a forgotten result of our code is not taken for it. */
export class UndefinedValue {
  readonly kind = 'undefined';
}

/** NULL: what a query gives where a joined row is missing. */
export class NullValue {
  readonly kind = 'null';
}

/** What Тип() and ТипЗнч() give. Equal when the names are. */
export class TypeValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export const UNDEFINED = new UndefinedValue();
export const NULL = new NullValue();

export type Value =
  | UndefinedValue
  | NullValue
  | TypeValue
  | boolean
  | string
  | Decimal
  | DateTime
  | BslObject;
