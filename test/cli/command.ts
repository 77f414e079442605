import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

export interface Outcome {
  exit: number;
  out: string;
  err: string;
}

/** Runs `bg1c` in this process, as if it were called in a folder. */
export async function bg1c(cwd: string, ...args: string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  const io: Io = {
    cwd,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
  };
  const exit = await run(args, io, () => new Date('2026-11-03T08:00:00Z'));
  return { exit, out, err };
}

/** What `--json` printed: one object and nothing else. */
export function jsonOf({
  out,
}: Outcome): Record<string, unknown> & { exit: number; faults: { code: string }[] } {
  return JSON.parse(out) as never;
}
