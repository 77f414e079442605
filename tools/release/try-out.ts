import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** One call of the packed program, as a new user would make it. */
interface Try {
  args: (packageFile: string) => string[];
  /** A file that must be there afterwards, in the user's folder. */
  gives?: string;
}

/** From nothing to a month that was built, looked at and given on. */
const TRIES: readonly Try[] = [
  { args: () => ['--version'] },
  { args: () => ['init', 'demo', '--demo'], gives: 'demo/bg1c.yaml' },
  { args: () => ['build', 'demo/in', '--config', 'demo/bg1c.yaml'], gives: 'demo/exchange/outbox' },
  { args: () => ['epf', '--out', 'demo/load.epf'], gives: 'demo/load.epf' },
  { args: (file) => ['check', file] },
  { args: (file) => ['preview', file, '--out', 'demo/month.html'], gives: 'demo/month.html' },
  { args: () => ['status', '--config', 'demo/bg1c.yaml'] },
  { args: () => ['doctor', '--config', 'demo/bg1c.yaml'] },
];

/**
 * Installs a tarball into an empty folder and uses it without a network.
 * @param node another version of Node to run it on; '' for the present one
 * @returns what did not work
 */
export async function tryOut(tarball: string, folder: string, node: string): Promise<string[]> {
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const packages = node === '' ? [tarball] : [tarball, `node@${node}`];
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], folder);
  const program = join(folder, 'node_modules/bgbilling-1c/dist/cli/main.js');
  const interpreter = node === '' ? process.execPath : join(folder, 'node_modules/node/bin/node');
  const home = join(folder, 'work');
  mkdirSync(home);
  const problems: string[] = [];
  let packageFile = '';
  for (const { args, gives } of TRIES) {
    const given = args(packageFile);
    try {
      const [file, ...rest] = [...withoutNetwork(), interpreter, program, ...given];
      await run(file!, rest, home);
      if (gives !== undefined && !existsSync(join(home, gives)))
        problems.push(`${given[0]} did not give ${gives}`);
    } catch (error) {
      problems.push(`bg1c ${given.join(' ')}: ${(error as Error).message}`);
    }
    packageFile ||= firstPackage(join(home, 'demo/exchange/outbox'));
  }
  return problems;
}

/** A call that cuts the network off, where the system lets us. */
function withoutNetwork(): string[] {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' });
    return ['unshare', '-n'];
  } catch {
    return [];
  }
}

function firstPackage(outbox: string): string {
  const name = existsSync(outbox) ? readdirSync(outbox).find((one) => one.endsWith('.zip')) : undefined;
  return name === undefined ? '' : join(outbox, name);
}
