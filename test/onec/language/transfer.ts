import { Unsupported } from './errors.ts';
import { isObject } from './object-type.ts';
import { typeName } from './type-of.ts';
import type { Value } from './values.ts';

/**
 * A value on its way between client and server: collections are copied, references and numbers are not changed by it;
 * what lives on one side only (ТаблицаЗначений, СправочникОбъект, Запрос …) is refused, as 1C does.
 */
export function transfer(value: Value): Value {
  if (!isObject(value) || value.type.transfer === 'same') return value;
  const copy = value.type.transfer;
  if (copy === undefined)
    throw new Unsupported(`значение типа «${typeName(value)}» не передаётся между клиентом и сервером`);
  return copy(value, transfer);
}
