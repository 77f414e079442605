import type { XmlElement } from '../../../schema/read-elements.ts';
import { parseDecimal } from '../../../support/decimal.ts';

/** Values of an element by the names of the elements on the way to them. */

export function child(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  let found = element;
  for (const name of names) found = found?.children.find((one) => one.name === name);
  return found;
}

export function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

/** Undefined also where the element is empty: 1C does not tell the two apart. */
export function textOf(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  return child(element, ...names)?.text || undefined;
}

/** A number of a fixed scale; undefined where there is none or it has more digits than the model holds. */
export function numberOf(
  element: XmlElement | undefined,
  scale: number,
  ...names: readonly string[]
): number | undefined {
  const text = textOf(element, ...names);
  const result = text === undefined ? undefined : parseDecimal(text, scale);
  return result?.ok ? result.value : undefined;
}

/** The day of a date or of a date with time. */
export function dayOf(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  return /^\d{4}-\d{2}-\d{2}/.exec(textOf(element, ...names) ?? '')?.[0];
}

export function isTrue(element: XmlElement | undefined, ...names: readonly string[]): boolean {
  const text = textOf(element, ...names);
  return text === 'true' || text === '1';
}

/** A UUID in the small letters of the model. */
export function uuidOf(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  return textOf(element, ...names)?.toLowerCase();
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only the entries that have a value: what a message is silent about is absent from a record. */
export function told<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
