import { fileURLToPath } from 'node:url';

/** Absolute path of a file that ships with the product; the same from `src/` and from `dist/`. */
export function shipped(relative: string): string {
  return fileURLToPath(new URL(`../../${relative}`, import.meta.url));
}
