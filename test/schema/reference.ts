import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Material to develop and check against; it is not part of the product. */
export const REFERENCE = fileURLToPath(
  new URL('../../../shared/reference/enterprise-data/', import.meta.url),
);

export const NO_REFERENCE = existsSync(REFERENCE) ? undefined : 'SKIPPED: ../shared/reference is not there';

export const NO_XMLLINT = NO_REFERENCE ?? (hasXmllint() ? undefined : 'SKIPPED: xmllint is not installed');

/** A name of tests that says loudly why they do not run. */
export function named(name: string, missing: string | undefined): string {
  return missing === undefined ? name : `${name} (${missing})`;
}

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
