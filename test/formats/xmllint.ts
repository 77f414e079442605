import { execFileSync } from 'node:child_process';

/** Checks files with xmllint. @returns what it has against them, or nothing */
export function xmllint(schema: string, ...files: readonly string[]): string {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, ...files], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr);
  }
}
