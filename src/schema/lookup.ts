import type { Profile, Property } from './profile.ts';

/** Questions to a profile: what a version has and what it does not have. */

/** The property of a structure; undefined where the version has no such type or the type no such property. */
export function propertyOf(profile: Profile, type: string, name: string): Property | undefined {
  const found = Object.hasOwn(profile.types, type) ? profile.types[type] : undefined;
  return found?.kind === 'object' ? found.properties.find((one) => one.name === name) : undefined;
}

/** The values that a property may have; undefined where the property is not there or is no enumeration. */
export function valuesOf(profile: Profile, type: string, name: string): readonly string[] | undefined {
  const property = propertyOf(profile, type, name);
  const found = property && profile.types[property.type];
  return found?.kind === 'simple' ? found.enumeration : undefined;
}
