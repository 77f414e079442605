import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Material to check against; it is not part of the product. */
const FNS = fileURLToPath(new URL('../../../../shared/reference/fns/', import.meta.url));
export const SCHEMA_NAME = 'DERIVED_ON_NSCHFDOPPR_5_03_strict.xsd';
export const SCHEMA = `${FNS}${SCHEMA_NAME}`;
export const SAMPLES = `${FNS}samples/`;

export const NO_REFERENCE = existsSync(SCHEMA) ? undefined : 'SKIPPED: ../shared/reference is not there';

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

/** What xmllint has against files of a folder; empty where they are valid. */
export function xmllint(files: readonly string[]): string {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, ...files], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr)
      .split('\n')
      .filter((line) => !line.endsWith(' validates'))
      .join('\n');
  }
}
