import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';

it('a reader that stops reading (| head) is no failure', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', shipped('src/cli/main.ts'), '--help'], {
    cwd: shipped('.'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([0, '']);
});
