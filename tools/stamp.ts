import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { shipped } from '../src/support/root.ts';

/**
 * Leaves in `dist/` what the build was made from: `bg1c --version` shows it. Without git there is nothing to leave.
 *
 *     npx tsx tools/stamp.ts      (a step of npm run build)
 */

if (existsSync(shipped('.git'))) {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: shipped('.'), encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  const commit = git('rev-parse', '--short=10', 'HEAD');
  writeFileSync(shipped('dist/build.json'), `${JSON.stringify({ commit, changed })}\n`);
}
