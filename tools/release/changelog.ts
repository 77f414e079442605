import { existsSync, readFileSync } from 'node:fs';
import { shipped } from '../../src/support/root.ts';
import { toolVersion } from '../../src/support/version.ts';

/** The changelog must speak of the version that is given out. */
export function changelogProblems(): string[] {
  const file = shipped('CHANGELOG.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const heading = `## ${toolVersion()} `;
  return text.includes(`\n${heading}`) ? [] : [`CHANGELOG.md has no heading «${heading}…»`];
}
