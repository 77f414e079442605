import type { Command } from 'commander';
import type { Config } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import { passingFault } from '../pipeline/exchange/passing.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../pipeline/exit.ts';
import type { Clock } from '../support/clock.ts';
import type { Io } from './io.ts';
import { faultsText } from './report-faults.ts';

/** What every command gets: its surroundings, and a place to leave its exit code. */
export interface CommandContext {
  io: Io;
  clock: Clock;
  exit(code: ExitCode): void;
}

/** A command: one file each, registered in `main.ts`. */
export type Register = (program: Command, context: CommandContext) => void;

/** Version of the objects that `--json` prints. */
export const JSON_VERSION = 1;

/** One versioned object on stdout. */
export function printJson({ io }: CommandContext, command: string, result: object): void {
  io.out(`${JSON.stringify({ bg1c: JSON_VERSION, command, ...result }, undefined, 2)}\n`);
}

/** Ends a command that could not begin: its faults, as text or as JSON. */
export function refuse(
  context: CommandContext,
  command: string,
  faults: readonly Fault[],
  json: boolean,
): void {
  const exit = exitCodeOf(faults, false, 0);
  if (json) printJson(context, command, { exit, faults });
  else context.io.err(faultsText(faults));
  context.exit(exit === EXIT.done ? EXIT.errors : exit);
}

/** Runs work of a command that a full disk or a busy journal may end: with their fault, not as a defect. */
export async function guarded(
  context: CommandContext,
  command: string,
  config: Config,
  json: boolean,
  work: () => unknown,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const found = passingFault(error, config);
    if (!found) throw error;
    refuse(context, command, [found], json);
  }
}
