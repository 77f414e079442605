import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { shipped } from '../src/support/root.ts';

/**
 * The import rule of the house: a room imports only from rooms before it; adapters of one room never import each
 * other; Russian element names, sockets and the database stay in their rooms.
 *
 *     npx tsx tools/check-imports.ts
 */

/** Rooms in the order of the rule; rooms of one step do not import each other. */
const STEPS: readonly (readonly string[])[] = [
  ['support'],
  ['faults'],
  ['model'],
  ['config'],
  ['schema'],
  ['rules'],
  ['sources', 'formats'],
  ['package'],
  ['journal'],
  ['exchange', 'delivery', 'epf'],
  ['pipeline'],
  ['cli'],
];
/** A format reads what the assembly of a month gives: the one arrow between the two rooms of that step. */
const ALLOWED = [/^formats\/.* → sources\/assembly\//];
/** Rooms whose folders are adapters. */
const ADAPTERS = ['sources', 'formats', 'delivery'];
/** Shared by the adapters of their room. */
const SHARED = ['assembly'];
const OWNERS: Readonly<Record<string, RegExp>> = {
  libsql: /^journal\//,
  axios: /^delivery\//,
  nodemailer: /^delivery\//,
  mysql2: /^sources\/bgbilling-db\//,
  'mysql2/promise': /^sources\/bgbilling-db\//,
  'node:net': /^(delivery|sources\/bgbilling-db)\/|^cli\/doctor/,
  'node:http': /^(delivery)\/|^cli\/doctor/,
  'node:https': /^(delivery)\/|^cli\/doctor/,
};

const root = shipped('src');
const problems: string[] = [];
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
  const path = join(entry.parentPath, entry.name);
  const file = relative(root, path).split(sep).join('/');
  for (const [, specifier] of readFileSync(path, 'utf8').matchAll(
    /^(?:import|export)\s[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm,
  )) {
    if (specifier === undefined) continue;
    if (specifier.startsWith('.'))
      checkInside(
        file,
        relative(root, resolve(dirname(path), specifier))
          .split(sep)
          .join('/'),
      );
    else checkPackage(file, specifier);
  }
}
for (const problem of problems) console.error(problem);
console.log(`import rule: ${problems.length === 0 ? 'kept' : `${problems.length} broken`}`);
if (problems.length > 0) process.exitCode = 1;

function checkInside(file: string, target: string): void {
  const [from, to] = [step(file), step(target)];
  const arrow = `${file} → ${target}`;
  if (from === undefined || ALLOWED.some((rule) => rule.test(arrow))) return;
  const [room, adapter] = file.split('/') as [string, string];
  const [targetRoom, targetAdapter] = target.split('/') as [string, string];
  if (to === undefined || to > from || (to === from && room !== targetRoom))
    problems.push(`${arrow}: a room imports only from rooms before it`);
  else if (
    room === targetRoom &&
    ADAPTERS.includes(room) &&
    isAdapter(target) &&
    isAdapter(file) &&
    adapter !== targetAdapter &&
    !SHARED.includes(targetAdapter)
  )
    problems.push(`${arrow}: adapters do not import each other`);
}

function isAdapter(file: string): boolean {
  return file.split('/').length > 2;
}

function step(file: string): number | undefined {
  const at = STEPS.findIndex((rooms) => rooms.includes(file.split('/')[0]!));
  return at < 0 ? undefined : at;
}

function checkPackage(file: string, specifier: string): void {
  const owner = OWNERS[specifier];
  if (owner && !owner.test(file)) problems.push(`${file} → ${specifier}: only ${owner.source} may`);
}
