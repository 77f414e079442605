import type { Cell } from '../language/args.ts';
import { isObject } from '../language/object-type.ts';
import { transfer } from '../language/transfer.ts';
import type { Value } from '../language/values.ts';
import {
  ANY,
  adjust,
  BOOLEAN,
  DATE,
  DATE_TIME,
  emptyValue,
  number,
  type TypeSpec,
  text,
} from '../library/type-spec.ts';

/** `string(10)`, `number(15,2)`, `boolean`, `date`, `dateTime`, `any` of a description. */
export function specOfDescription(type: string): TypeSpec {
  const [, name, sizes = ''] = /^(\w+)(?:\(([\d,]+)\))?$/.exec(type)!;
  const [first = 0, second = 0] = sizes.split(',').map(Number);
  switch (name) {
    case 'string':
      return text(first);
    case 'number':
      return number(first, second);
    case 'boolean':
      return BOOLEAN;
    case 'date':
      return DATE;
    case 'dateTime':
      return DATE_TIME;
    default:
      return ANY;
  }
}

/** An attribute: it keeps what its type allows, and of objects only what can travel between client and server. */
export function typedCell(spec: TypeSpec): Cell {
  let current = emptyValue(spec);
  return {
    get value() {
      return current;
    },
    set value(value: Value) {
      if (isObject(value)) transfer(value);
      current = adjust(spec, value);
    },
  };
}
