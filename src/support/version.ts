import { readFileSync } from 'node:fs';
import { shipped } from './root.ts';

/** Version of the product, from its package.json. */
export function toolVersion(): string {
  return (JSON.parse(readFileSync(shipped('package.json'), 'utf8')) as { version: string }).version;
}
