import { type Fault, stopsBuild } from '../faults/fault.ts';
import { FAULTS } from '../faults/registry.ts';

/** Exit codes of the command line (design §11). */
export const EXIT = { done: 0, errors: 1, usage: 2, leftOut: 3, inDoubt: 4, internal: 70 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** @param written whether anything was (or, in a dry run, would be) written */
export function exitCodeOf(faults: readonly Fault[], written: boolean, leftOut: number): ExitCode {
  const errors = faults.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => FAULTS[code].scope === 'usage')) return EXIT.usage;
  if (!written || errors.some(stopsBuild)) return EXIT.errors;
  return errors.length > 0 || leftOut > 0 ? EXIT.leftOut : EXIT.done;
}

/** Precedence of exit codes (design §11). */
const PRECEDENCE: readonly ExitCode[] = [EXIT.internal, EXIT.usage, EXIT.errors, EXIT.leftOut, EXIT.inDoubt];

/** The one of two exit codes that counts. */
export function worse(one: ExitCode, other: ExitCode): ExitCode {
  return PRECEDENCE.find((code) => code === one || code === other) ?? EXIT.done;
}
