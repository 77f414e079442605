/**
 * Types of attributes and columns. References (СправочникСсылка.…) have uuids of one configuration and cannot be
 * declared in a file for any base: `any` stands for them, and the module narrows the field («ОграничениеТипа»).
 */
export type ValueType =
  | { kind: 'string' /** 0: unlimited. */; length: number }
  | { kind: 'number'; digits: number; fraction: number }
  | { kind: 'boolean' }
  | { kind: 'date' }
  | { kind: 'dateTime' }
  | { kind: 'any' };

const TYPE = /^(string|number|boolean|date|dateTime|any)(?:\((\d+)(?:,\s*(\d+))?\))?$/;

/** Reads `string(10)` or `number(15,2)`; undefined for anything that 1C does not have. */
export function parseValueType(text: string): ValueType | undefined {
  const match = TYPE.exec(text.trim());
  if (!match) return undefined;
  const [, kind, first, second] = match;
  const size = first === undefined ? undefined : Number(first);
  if (kind === 'string')
    return second === undefined && (size ?? 0) <= 1024 ? { kind, length: size ?? 0 } : undefined;
  if (kind === 'number') {
    const fraction = Number(second ?? 0);
    return size !== undefined && size >= 1 && size <= 32 && fraction <= size
      ? { kind, digits: size, fraction }
      : undefined;
  }
  return size === undefined ? { kind: kind as 'boolean' | 'date' | 'dateTime' | 'any' } : undefined;
}
