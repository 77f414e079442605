import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../src/support/files.ts';
import { shipped } from '../src/support/root.ts';

/**
 * Tidies `package-lock.json` after a change of dependencies: drops the addresses of whatever registry served them, and
 * names the binaries of other platforms that a registry may not have (`npm ci` wants them named, and fetches only its own).
 *
 *     npm install --ignore-scripts && npx tsx tools/lockfile.ts
 */

interface LockPackage {
  version?: string;
  resolved?: string;
  optional?: true;
  dev?: true;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'win32',
  'sunos',
  'aix',
  'netbsd',
  'openbsd',
];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

const path = shipped('package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockPackage> };
for (const entry of Object.values(lock.packages)) delete entry.resolved;
for (const owner of Object.values(lock.packages))
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || !/^\d/.test(version)) continue;
    const words = name.split(/[/-]/);
    const system = SYSTEMS.find((word) => words.includes(word));
    if (system === undefined) continue;
    const processor = PROCESSORS.find((word) => words.includes(word)) ?? 'arm';
    lock.packages[key] = {
      version,
      ...(owner.dev && { dev: true }),
      cpu: [processor],
      os: [system],
      optional: true,
    };
  }
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileAtomic(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
