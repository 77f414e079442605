import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// What tests put into the system's folder for temporary files goes into one of the run and ends with it.
let folder: string;

/** Variable with the system's own folder: what all runs on a machine take turns at is kept there. */
export const MACHINE_TMPDIR = 'BG1C_MACHINE_TMPDIR';

/** Called by vitest before workers start, once a project: the second folder lies in the first. */
export function setup(): void {
  process.env[MACHINE_TMPDIR] ??= tmpdir();
  folder = mkdtempSync(join(tmpdir(), 'bg1c-tests-'));
  // Servers of the tests run as users of their own and have to get to their folders in it.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
}

/** Called by vitest after the last test. */
export function teardown(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
