import { dateOfIso } from '../../language/date-time.ts';
import { parseDecimal } from '../../language/decimal.ts';
import { BslException } from '../../language/errors.ts';
import type { Value } from '../../language/values.ts';
import type { BaseProfile } from '../metadata/profiles.ts';
import type { FullName } from '../metadata/types.ts';
import { allFields, type DataObject, setField } from '../objects/data-object.ts';
import type { LoadState } from './load-state.ts';
import { childText, type Node } from './node.ts';

/** How objects of one element come into the base (ПКО). */
export interface Rule {
  meta: FullName;
  /** Sets of fields by which an object is looked for after its UUID, in turn. */
  search(profile: BaseProfile): readonly (readonly string[])[];
  /** Reads key properties: they name an object wherever it is referred to. */
  keys(target: DataObject, keys: Node, state: LoadState): void;
  /** Reads the rest of an object that came in full. */
  full?(target: DataObject, data: Node, state: LoadState): void;
  /** What a load puts over what the object had. */
  fields: readonly string[];
  parts: readonly string[];
  /** A stub of it stays even where БСП removes stubs. */
  stubStays?: true;
}

/** A key property: a text that the field cannot hold is an error, not a cut. */
export function setKeyText(target: DataObject, name: string, text: string | undefined): void {
  if (text === undefined) return;
  const field = allFields(target.meta).find((one) => one.name === name);
  const length = field && 'string' in field.type ? (field.type.string?.length ?? 0) : 0;
  if (length > 0 && text.length > length)
    throw new BslException(
      `Поле ${name} полученного объекта имеет некорректное значение «${text}». Загрузка не возможна.`,
    );
  set(target, name, text);
}

export function set(target: DataObject, name: string, value: Value | undefined): void {
  if (value !== undefined && !setField(target, name, value))
    throw new Error(`${target.meta.name} has no ${name}`);
}

export function dateOf(node: Node, name: string): Value | undefined {
  const text = childText(node, name);
  return text === undefined ? undefined : dateOfIso(text);
}

export function decimalOf(node: Node, name: string): Value | undefined {
  const text = childText(node, name);
  return text === undefined ? undefined : parseDecimal(text);
}

export function booleanOf(node: Node, name: string): Value | undefined {
  const text = childText(node, name);
  return text === undefined ? undefined : text === 'true' || text === '1';
}

/** A value of the base's enumeration. @throws BslException where this base does not know it */
export function enumOf(state: LoadState, enumeration: string, name: string | undefined): Value | undefined {
  if (name === undefined) return undefined;
  const value = state.base.enumeration(enumeration, name);
  if (!value) throw new BslException(`Значение перечисления ${enumeration}.${name} в базе неизвестно`);
  return value;
}
