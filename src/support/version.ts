import { existsSync, readFileSync } from 'node:fs';
import { shipped } from './root.ts';

/** Version of the product, from its package.json: part of every package id. */
export function toolVersion(): string {
  return (JSON.parse(readFileSync(shipped('package.json'), 'utf8')) as { version: string }).version;
}

/** The version and the commit it was built from: `0.1.0 (483b770a12)`; a plus behind it when files had been changed. */
export function buildVersion(): string {
  const file = shipped('dist/build.json');
  if (!existsSync(file)) return toolVersion();
  const { commit, changed } = JSON.parse(readFileSync(file, 'utf8')) as { commit: string; changed: boolean };
  return `${toolVersion()} (${commit}${changed ? '+' : ''})`;
}
