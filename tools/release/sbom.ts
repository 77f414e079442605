import { shipped } from '../../src/support/root.ts';
import { run } from './run.ts';

/** Writes the bill of materials (CycloneDX, JSON) of what the product needs at run time. */
export async function writeBillOfMaterials(file: string): Promise<void> {
  const args = ['--package-lock-only', '--omit', 'dev', '--output-reproducible', '--output-format', 'JSON'];
  await run('npx', ['cyclonedx-npm', ...args, '--output-file', file], shipped('.'));
}
