import { run } from '../../src/cli/run.ts';

export const CLOCK = () => new Date('2026-11-02T09:00:00Z');

/** Runs a command in a folder, as a person would. */
export async function bg1c(
  cwd: string,
  ...args: string[]
): Promise<{ exit: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io = {
    cwd,
    interactive: false,
    out(text: string) {
      said.out += text;
    },
    err(text: string) {
      said.err += text;
    },
  };
  return { exit: await run(args, io, CLOCK), ...said };
}
