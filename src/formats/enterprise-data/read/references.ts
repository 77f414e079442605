import { propertyOf } from '../../../schema/lookup.ts';
import type { Profile } from '../../../schema/profile.ts';
import type { XmlElement } from '../../../schema/read-elements.ts';
import { child, uuidOf } from './dig.ts';

/** One object named by another. */
export interface Reference {
  /** The kind of object: `Справочник.Контрагенты`. */
  element: string;
  uuid: string;
}

const KEYS = 'КлючевыеСвойства';
/** What a correction corrects was sent before, and stands in the base. */
const CORRECTED = 'ИсправляемыйСчетФактура';

/**
 * Finds what an object names: every structure that is the key properties of a kind of object. Which structures those
 * are, the profile says. Without a profile of the version nothing can be found.
 */
export function createReferenceFinder(profile: Profile): (object: XmlElement) => Reference[] {
  const named = new Map<string, string>();
  for (const [element, type] of Object.entries(profile.roots)) {
    const keys = propertyOf(profile, type, KEYS);
    if (keys) named.set(keys.type, element);
  }
  const find = (object: XmlElement, typeName: string, isRoot: boolean): Reference[] => {
    const type = profile.types[typeName];
    if (type?.kind !== 'object') return [];
    return object.children.flatMap((inner) => {
      const property = type.properties.find(({ name }) => name === inner.name);
      if (!property || inner.name === CORRECTED) return [];
      const element = named.get(property.type);
      const uuid = uuidOf(inner, 'Ссылка');
      const isOwn = isRoot && inner.name === KEYS;
      const found =
        element === undefined || uuid === undefined || isOwn || isOurs(inner) ? [] : [{ element, uuid }];
      return [...found, ...find(inner, property.type, false)];
    });
  };
  return (object) => find(object, profile.roots[object.name] ?? '', true);
}

/** Accounts of our own organisation are sent by key only, like the organisation itself (decisions 1). */
function isOurs(keys: XmlElement): boolean {
  return child(keys, 'Владелец', 'ОрганизацииСсылка') !== undefined;
}
