import { DateTime } from './date-time.ts';
import { Decimal, toInteger } from './decimal.ts';
import { BslException, Unsupported } from './errors.ts';
import { type BslObject, isObject, isObjectOf, type ObjectType, type Signature } from './object-type.ts';
import { NullValue, UNDEFINED, UndefinedValue, type Value } from './values.ts';

/** What holds a value: a variable, an attribute of a form, or the result of an expression on its way into a call. */
export interface Cell {
  value: Value;
  /** A property passed as a parameter: nothing is written back into it. */
  readonly fixed?: true;
}

/** What a method of the library was called with. A parameter left out is absent. */
export class Args {
  readonly list: readonly (Cell | undefined)[];
  private readonly method: string;

  constructor(method: string, list: readonly (Cell | undefined)[]) {
    this.method = method;
    this.list = list;
  }

  get count(): number {
    return this.list.length;
  }

  has(index: number): boolean {
    return this.list[index] !== undefined;
  }

  optional(index: number): Value | undefined {
    return this.list[index]?.value;
  }

  value(index: number): Value {
    return this.list[index]?.value ?? UNDEFINED;
  }

  /** Puts a value into the variable that was passed. */
  assign(index: number, value: Value): void {
    const cell = this.list[index];
    if (cell) cell.value = value;
  }

  text(index: number, otherwise?: string): string {
    return this.expect(
      index,
      'Строка',
      (value) => (typeof value === 'string' ? value : undefined),
      otherwise,
    );
  }

  boolean(index: number, otherwise?: boolean): boolean {
    return this.expect(
      index,
      'Булево',
      (value) => (typeof value === 'boolean' ? value : undefined),
      otherwise,
    );
  }

  decimal(index: number, otherwise?: Decimal): Decimal {
    return this.expect(index, 'Число', (value) => (value instanceof Decimal ? value : undefined), otherwise);
  }

  integer(index: number, otherwise?: number): number {
    return this.expect(
      index,
      'Число',
      (value) => (value instanceof Decimal ? toInteger(value) : undefined),
      otherwise,
    );
  }

  date(index: number, otherwise?: DateTime): DateTime {
    return this.expect(index, 'Дата', (value) => (value instanceof DateTime ? value : undefined), otherwise);
  }

  /** An object of this type. */
  object<T extends BslObject>(index: number, type: ObjectType<T>): T {
    return this.expect(index, type.name, (value) => (isObjectOf(value, type) ? value : undefined));
  }

  private expect<T>(index: number, type: string, convert: (value: Value) => T | undefined, otherwise?: T): T {
    const argument = this.list[index];
    const found = argument === undefined ? otherwise : convert(argument.value);
    if (found !== undefined) return found;
    const problem = `${this.method}, параметр ${index + 1}: нужно ${type}`;
    // A primitive value 1C might convert; what it does not convert it refuses.
    if (argument !== undefined && isConvertible(argument.value))
      throw new Unsupported(`${problem}, передано ${String(argument.value)}`);
    throw new BslException(`Несоответствие типов (${problem})`);
  }
}

/** 1C refuses a call with too few or too many parameters before it runs. */
export function checkCount(
  method: string,
  { required, allowed }: Signature,
  list: readonly (Cell | undefined)[],
): void {
  if (list.length > allowed) throw new Unsupported(`${method}: слишком много фактических параметров`);
  for (const index of required)
    if (list[index] === undefined) throw new Unsupported(`${method}: недостаточно фактических параметров`);
}

function isConvertible(value: Value): boolean {
  return !(isObject(value) || value instanceof UndefinedValue || value instanceof NullValue);
}
