import { type BslObject, defineType } from '../language/object-type.ts';
import type { Value } from '../language/values.ts';

interface NamedValues extends BslObject {
  readonly values: ReadonlyMap<string, Value>;
}

/** A global object that only holds constants: `Символы`. */
export function namedValues(name: string, values: Record<string, Value>): Value {
  const type = defineType<NamedValues>(name, {
    dynamic: { get: (self, key) => self.values.get(key.toLowerCase()) },
  });
  const object: NamedValues = {
    type,
    values: new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value])),
  };
  return object;
}
