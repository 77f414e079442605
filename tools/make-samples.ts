import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { shipped } from '../src/support/root.ts';
import { badSamples } from './samples/bad/build.ts';
import { goodSamples } from './samples/good.ts';

/**
 * Writes the input of all samples: exports, configurations, expectations. Golden outputs (`out/`) and the guides of the
 * good samples are not touched. Every run writes the same bytes.
 *
 *     npx tsx tools/make-samples.ts
 */

const ROOT = shipped('samples');
const GENERATED = /^(bad\/)?[^/]+\/(in\/.*|in\.zip|bg1c\.yaml|case\.json)$/;

const files = new Map([...goodSamples(), ...(await badSamples())]);
for (const stale of existing(ROOT))
  if (GENERATED.test(stale) && !files.has(stale)) removeFile(join(ROOT, stale));
let written = 0;
for (const [name, bytes] of files) {
  const path = join(ROOT, name);
  if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  written++;
}
console.log(`samples: ${files.size} files, ${written} written`);

/** Removes a file, and its folders as far as they become empty. */
function removeFile(path: string): void {
  rmSync(path);
  for (let folder = dirname(path); readdirSync(folder).length === 0; folder = dirname(folder))
    rmdirSync(folder);
}

function existing(root: string): string[] {
  const entries = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
