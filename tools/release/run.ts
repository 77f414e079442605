import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end. @returns what it printed; throws with all of it when it fails */
export async function run(file: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(file, [...args], { cwd, maxBuffer: 1 << 28 }).catch(
    ({ stdout: said, stderr, message }: { stdout: string; stderr: string; message: string }) => {
      throw new Error([message, said, stderr].filter(Boolean).join('\n'));
    },
  );
  return stdout;
}
