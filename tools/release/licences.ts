import { readFileSync } from 'node:fs';
import { shipped } from '../../src/support/root.ts';

/** A package that the product needs at run time, as the lock file has it. */
export interface Dependency {
  name: string;
  version: string;
  licence: string;
}

/** Licences that ask for nothing but to be named; of «A or B» one is enough. */
const ALLOWED = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Python-2.0',
  'OFL-1.1',
];

interface LockPackage {
  version: string;
  license?: string;
  dev?: true;
  os?: string[];
}

/** Everything that `npm install --omit=dev` may bring; binaries for other systems carry the licence of their owner. */
export function dependencies(): Dependency[] {
  const { packages } = JSON.parse(readFileSync(shipped('package-lock.json'), 'utf8')) as {
    packages: Record<string, LockPackage>;
  };
  const found = Object.entries(packages)
    .filter(([path, { dev, os }]) => path !== '' && !dev && !os)
    .map(([path, { version, license }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? 'unknown',
    }));
  const once = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function licenceProblems(): string[] {
  return dependencies()
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, version, licence }) => `licence of ${name} ${version}: ${licence}`);
}

function isAllowed(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAllowed);
  return bare.split(' AND ').every((licence) => ALLOWED.includes(licence));
}

/** The page of licences that ships with the product. */
export function licencesGuide(): string {
  return [
    '# Лицензии используемых пакетов',
    '',
    'Всё, что `npm install` ставит вместе с программой. Двоичные части для отдельных систем — под лицензией своего пакета.',
    'Шрифт PT Sans (ParaType) — под SIL Open Font License 1.1.',
    '',
    '| пакет | версия | лицензия |',
    '|---|---|---|',
    ...dependencies().map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
  ].join('\n');
}
