import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { shipped } from '../src/support/root.ts';
import { changelogProblems } from './release/changelog.ts';
import { licenceProblems } from './release/licences.ts';
import { pack, packedProblems } from './release/packed.ts';
import { writeBillOfMaterials } from './release/sbom.ts';
import { tryOut } from './release/try-out.ts';

/**
 * Looks at what would be given out: contents of the tarball, changelog, licences, and the tarball in an empty folder.
 * Leaves the tarball and the bill of materials in `.demo/release`.
 *
 *     npx tsx tools/release.ts [--out folder] [--node 24.9.0]
 *
 * `--node` tries the tarball once more on that Node, which comes from the npm registry.
 */
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: shipped('.demo/release') },
    node: { type: 'string', multiple: true, default: [] },
  },
});

const out = resolve(options.out);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const problems: string[] = [];

const tarball = await step('tarball', () => pack(out));
await step('contents and entry points', async () => void problems.push(...(await packedProblems(tarball))));
await step('changelog', () => void problems.push(...changelogProblems()));
await step('licences', () => void problems.push(...licenceProblems()));
await step('bill of materials', () => writeBillOfMaterials(join(out, 'sbom.cdx.json')));
for (const version of ['', ...options.node])
  await step(
    version === '' ? `try-out on Node ${process.version}` : `try-out on Node ${version}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'bg1c-release-'));
      try {
        problems.push(...(await tryOut(tarball.file, folder, version)));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

for (const problem of problems) console.error(`problem: ${problem}`);
console.log(problems.length === 0 ? `release is fit: ${tarball.file}` : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const before = problems.length;
  const started = Date.now();
  const result = await work();
  const verdict = problems.length === before ? 'ok' : 'problems';
  console.log(`${name}: ${verdict} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return result;
}
