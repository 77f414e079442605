import { Args, type Cell, checkCount } from './args.ts';
import { BslException, Unsupported } from './errors.ts';
import { nameKey } from './names.ts';
import { type BslObject, isObject } from './object-type.ts';
import type { Session } from './session.ts';
import { typeName } from './type-of.ts';
import type { Value } from './values.ts';

export function getMember(value: Value, name: string, session: Session): Value {
  const object = asObject(value, name);
  const { type } = object;
  const property = type.properties.get(nameKey(name));
  if (property) return property.get(object, session);
  const found = type.dynamic?.get(object, name);
  if (found !== undefined) return found;
  return absent(object, `Поле объекта не обнаружено (${name})`);
}

export function setMember(target: Value, name: string, value: Value): void {
  const object = asObject(target, name);
  const { type } = object;
  const property = type.properties.get(nameKey(name));
  if (property) {
    if (!property.set) throw new BslException(`Поле объекта недоступно для записи (${name})`);
    property.set(object, value);
    return;
  }
  if (type.dynamic?.set?.(object, name, value)) return;
  if (type.dynamic?.get(object, name) !== undefined)
    throw new BslException(`Поле объекта недоступно для записи (${name})`);
  absent(object, `Поле объекта не обнаружено (${name})`);
}

/** @returns undefined for a procedure */
export function callMember(
  value: Value,
  name: string,
  cells: readonly (Cell | undefined)[],
  session: Session,
): Value | undefined {
  const object = asObject(value, name);
  const { type } = object;
  const title = `${type.name}.${name}`;
  const method = type.methods.get(nameKey(name));
  if (method) {
    checkCount(title, method.signature, cells);
    return method.run(object, new Args(title, cells), session);
  }
  const called = type.dynamic?.call?.(object, name, new Args(title, cells));
  if (called) return called.result;
  return absent(object, `Метод объекта не обнаружен (${name})`);
}

export function getIndex(value: Value, key: Value, session: Session): Value {
  const object = asObject(value, '[]');
  if (object.type.index) return object.type.index.get(object, key);
  if (typeof key === 'string') return getMember(value, key, session);
  throw new Unsupported(`${typeName(value)}[${typeName(key)}]`);
}

export function setIndex(target: Value, key: Value, value: Value): void {
  const object = asObject(target, '[]');
  if (object.type.index?.set) object.type.index.set(object, key, value);
  else if (typeof key === 'string') setMember(target, key, value);
  else throw new Unsupported(`присваивание в ${typeName(target)}[${typeName(key)}]`);
}

export function iterate(value: Value): Iterable<Value> {
  if (!isObject(value) || !value.type.iterate) throw new BslException('Итератор для значения не определен');
  return value.type.iterate(value);
}

function asObject(value: Value, member: string): BslObject {
  if (!isObject(value)) throw new BslException(`Значение не является значением объектного типа (${member})`);
  return value;
}

/** What 1C surely does not have is its own error; what only the model does not have ends the test. */
function absent({ type }: BslObject, problem: string): never {
  if (type.closed) throw new BslException(problem);
  throw new Unsupported(`${type.name}: ${problem}`);
}
