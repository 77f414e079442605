import { BslException, Unsupported } from '../language/errors.ts';
import { getMember, setMember } from '../language/members.ts';
import { type BslObject, isObject } from '../language/object-type.ts';
import type { Library, Session } from '../language/session.ts';
import type { Value } from '../language/values.ts';
import { fn } from './define.ts';

/**
 * ЗаполнитьЗначенияСвойств: without a list the properties of one name go over; a list is a demand, so that a name which
 * one of the two does not have is an error; an empty list is a list.
 */
export const propertyFilling: Library = {
  functions: [
    fn('ЗаполнитьЗначенияСвойств(Приемник, Источник, Список?, Исключая?)', (args, session) => {
      const [target, source] = [objectOf(args.value(0)), objectOf(args.value(1))];
      const without = new Set(names(args.text(3, '')).map((name) => name.toLowerCase()));
      if (args.has(2)) demand(target, source, names(args.text(2)), session);
      else
        for (const name of propertyNames(target))
          if (!without.has(name.toLowerCase())) copyIfBoth(target, source, name, session);
      return undefined;
    }),
  ],
};

function names(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function objectOf(value: Value): BslObject {
  if (!isObject(value)) throw new Unsupported('ЗаполнитьЗначенияСвойств не с объектами');
  return value;
}

function propertyNames(object: BslObject): string[] {
  const own = object.type.dynamic?.names?.(object);
  if (!own) throw new Unsupported(`ЗаполнитьЗначенияСвойств для типа «${object.type.name}»`);
  return [...own];
}

function has(object: BslObject, name: string): boolean {
  const key = name.toLowerCase();
  return propertyNames(object).some((one) => one.toLowerCase() === key);
}

function demand(target: BslObject, source: BslObject, list: readonly string[], session: Session): void {
  // From the end: what stands before a wrong name is not written.
  for (const name of [...list].reverse()) {
    if (!has(target, name) || !has(source, name))
      throw new BslException(`Поле объекта не обнаружено (${name})`);
    setMember(target, name, getMember(source, name, session));
  }
}

function copyIfBoth(target: BslObject, source: BslObject, name: string, session: Session): void {
  if (has(source, name)) setMember(target, name, getMember(source, name, session));
}
