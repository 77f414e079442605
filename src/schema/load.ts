import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { shipped } from '../support/root.ts';
import type { Profile, SchemaFormat } from './profile.ts';
import type { WrittenTypes } from './written-types.ts';

const VERSION_FILE = /^(\d+(?:\.\d+)*)\.json$/;

/** A profile file that is no profile: the user's own, edited or cut off. */
export class DamagedProfile extends Error {
  readonly file: string;

  constructor(file: string) {
    super(`no profile in ${file}`);
    this.file = file;
  }
}

/**
 * @param own a folder of profiles imported by the user, laid out like `schemas/`; it is looked into first
 * @throws DamagedProfile
 * @throws Error where there is no such profile: check the version against `listProfiles` before
 */
export function loadProfile(format: SchemaFormat, version: string, own?: string): Profile {
  for (const folder of folders(format, own)) {
    const file = join(folder, `${version}.json`);
    if (existsSync(file)) return readProfile(file, format, version);
  }
  throw new Error(`no profile of ${format} ${version}`);
}

function readProfile(file: string, format: SchemaFormat, version: string): Profile {
  let profile: Partial<Profile> | null;
  try {
    profile = JSON.parse(readFileSync(file, 'utf8')) as Partial<Profile> | null;
  } catch {
    throw new DamagedProfile(file);
  }
  const is = (value: unknown): boolean => typeof value === 'object' && value !== null;
  const whole =
    profile?.format === format && profile.version === version && typeof profile.namespace === 'string';
  if (!whole || !is(profile?.roots) || !is(profile?.types) || !is(profile?.origin))
    throw new DamagedProfile(file);
  return profile as Profile;
}

/** True where the profile is the user's and not one of the box. */
export function isOwnProfile(format: SchemaFormat, version: string, own: string): boolean {
  const folder = resolve(own, format);
  return folder !== shipped(`schemas/${format}`) && existsSync(join(folder, `${version}.json`));
}

/** Versions in the box and of the user, ascending: 1.8 before 1.17. */
export function listProfiles(format: SchemaFormat, own?: string): string[] {
  const versions = new Set<string>();
  for (const folder of folders(format, own))
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      const version = VERSION_FILE.exec(file)?.[1];
      if (version !== undefined) versions.add(version);
    }
  return [...versions].sort(compareVersions);
}

/** What the importer keeps of a package of this format. */
export function loadWrittenTypes(format: SchemaFormat): WrittenTypes {
  return JSON.parse(readFileSync(shipped(`schemas/${format}/written-types.json`), 'utf8')) as WrittenTypes;
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function folders(format: SchemaFormat, own: string | undefined): string[] {
  const box = shipped(`schemas/${format}`);
  return own === undefined ? [box] : [join(own, format), box];
}
