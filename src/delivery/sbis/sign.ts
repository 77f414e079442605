import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchFolder, writeFileAtomic } from '../../support/files.ts';
import { ChannelError } from '../channel.ts';

/** Signs bytes: a detached CAdES-BES in DER. */
export type Signer = (bytes: Uint8Array, thumbprint: string) => Promise<Buffer>;

/** Seconds that the program may take, and bytes that it may say. */
const PATIENCE = 120;
const OUTPUT = 10 * 1024 * 1024;

/**
 * An outer program signs: by its arguments, without a shell. What it writes into `{out}`, or says on its output where
 * there is none, is the signature.
 */
export function commandSigner(command: readonly string[]): Signer {
  const toFile = command.some((part) => part.includes('{out}'));
  return async (bytes, thumbprint) => {
    const scratch = scratchFolder(tmpdir(), 'bg1c-sign');
    try {
      const places = {
        in: join(scratch.path, 'document'),
        out: join(scratch.path, 'document.sgn'),
        thumbprint,
      };
      writeFileAtomic(places.in, bytes);
      const [program, ...args] = command.map((part) =>
        part.replace(/\{(in|out|thumbprint)\}/g, (_, name: keyof typeof places) => places[name]),
      );
      const output = await run(program!, args);
      const signature =
        toFile && existsSync(places.out) ? readFileSync(places.out) : toFile ? Buffer.alloc(0) : output;
      if (signature.length === 0) throw failed('ничего не записала');
      return signature;
    } finally {
      scratch.remove();
    }
  };
}

function run(program: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { encoding: 'buffer', timeout: PATIENCE * 1000, maxBuffer: OUTPUT } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = stderr.toString('utf8').trim().split('\n').at(-1) ?? '';
      const how = error.killed
        ? `не закончила за ${PATIENCE} с`
        : `не подписала (${error.code ?? error.signal})`;
      reject(failed(said === '' ? how : `${how}: ${said.slice(0, 200)}`));
    });
  });
}

function failed(how: string): ChannelError {
  return new ChannelError('halted', 'signer', `программа подписания ${how}`);
}
