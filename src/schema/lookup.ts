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

/** Neighbours of a sequence: a run of alternatives together, every other one alone. */
export function runs<T extends { alternative?: unknown }>(sequence: readonly T[]): T[][] {
  const found: T[][] = [];
  for (const one of sequence) {
    const last = found.at(-1);
    if (one.alternative && last?.[0]?.alternative) last.push(one);
    else found.push([one]);
  }
  return found;
}
