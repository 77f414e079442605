import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';

/** Modules that a call loads from our own folders, by the debug log of Node's module loader. */
function loaded(...args: string[]): string {
  const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', shipped('src/cli/main.ts'), ...args], {
    cwd: shipped('.'),
    env: { ...process.env, NODE_DEBUG: 'esm' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return stderr;
}

it('a call loads its own command alone: a build brings in no channel', () => {
  const log = loaded('build', '--help');
  expect(log).toContain('src/cli/build.ts');
  expect(log).not.toMatch(/src\/cli\/send\.ts|src\/delivery\/|nodemailer|imapflow|axios/);
});
