import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { shipped } from '../src/support/root.ts';
import { run } from './measure.ts';

/** What the product reads at run time beside its code. */
const DATA = ['schemas', 'package.json'];

/**
 * Compiles product and bench together, as the product is built, so that the measured processes run plain JavaScript and
 * hold nothing else.
 * @param folder below the checkout, where node_modules are found
 */
export async function compile(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const compiler = shipped('node_modules/typescript/bin/tsc');
  const options = [
    '-p',
    shipped('tsconfig.json'),
    '--noEmit',
    'false',
    '--rootDir',
    shipped(''),
    '--outDir',
    folder,
  ];
  await run(process.execPath, [compiler, ...options], {}, shipped('')).catch((error: Error) => {
    // Types are the business of the checks; without code there is nothing to measure.
    if (!existsSync(join(folder, 'bench/stage.js'))) throw error;
  });
  for (const name of DATA) cpSync(shipped(name), join(folder, name), { recursive: true });
}
