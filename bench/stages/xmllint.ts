import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StageResult } from '../measure.ts';
import { messageFile, stagedFolder } from './staged.ts';

/** How often /proc is asked what the program has used, ms. */
const POLL = 20;
/** Clock ticks a second in /proc (USER_HZ, 100 on all Linux). */
const TICKS = 100;

/** `xmllint --stream` over the whole month as one message: another validator on the same bytes and schema. */
export async function xmllint(folder: string): Promise<StageResult> {
  const schema = join(stagedFolder(folder), 'message.xsd');
  const child = spawn('xmllint', ['--stream', '--noout', '--schema', schema, messageFile(folder)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const from = performance.now();
  let cpu = 0;
  let peak = 0;
  const poll = setInterval(() => {
    try {
      const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      peak = Math.max(peak, Number(kibibytes ?? 0) * 1024);
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
      cpu = (Number(fields[13]) + Number(fields[14])) / TICKS;
    } catch {
      // It has ended, or there is no /proc: the last word counts.
    }
  }, POLL);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  clearInterval(poll);
  if (code !== 0) throw new Error(`xmllint: exit code ${code}\n${said.slice(0, 2000)}`);
  return {
    wall: (performance.now() - from) / 1000,
    cpu,
    peak,
    amounts: { bytes: statSync(messageFile(folder)).size },
  };
}
