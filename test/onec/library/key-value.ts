import { type BslObject, defineType } from '../language/object-type.ts';
import type { Value } from '../language/values.ts';

/** What a loop over Структура or Соответствие sees. */
interface KeyValue extends BslObject {
  readonly key: Value;
  readonly value: Value;
}

const keyValueType = defineType<KeyValue>('КлючИЗначение', {
  properties: { Ключ: (self) => self.key, Значение: (self) => self.value },
  closed: true,
});

export function keyValue(key: Value, value: Value): Value {
  const pair: KeyValue = { type: keyValueType, key, value };
  return pair;
}
