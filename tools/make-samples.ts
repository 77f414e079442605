import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { shipped } from '../src/support/root.ts';
import { badSamples } from './samples/bad/build.ts';
import { goodSamples } from './samples/good.ts';

/**
 * Writes the input of all samples: exports, configurations, expectations. Golden outputs (`out/`) and the guides of the
 * good samples are not touched. Every run writes the same bytes.
 *
 *     npx tsx tools/make-samples.ts            writes
 *     npx tsx tools/make-samples.ts --check    only compares; exit 1 where something differs
 */

const ROOT = shipped('samples');
const GENERATED = /^(bad\/)?[^/]+\/(in\/.*|in\.zip|(bg1c|demo)\.yaml|services\.csv|case\.json)$/;

const check = process.argv.includes('--check');
const files = new Map([...goodSamples(), ...(await badSamples())]);
const stale = existing(ROOT).filter((name) => GENERATED.test(name) && !files.has(name));
if (!check) for (const name of stale) removeFile(join(ROOT, name));
let changed = stale.length;
for (const [name, bytes] of files) {
  const path = join(ROOT, name);
  if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
  changed++;
  if (check) {
    console.error(`differs: ${name}`);
    continue;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
console.log(`samples: ${files.size} files, ${changed} ${check ? 'differ' : 'changed'}`);
if (check && changed > 0) process.exitCode = 1;

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
