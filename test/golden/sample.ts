import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import type { Fault } from '../../src/faults/fault.ts';
import type { BuildResult } from '../../src/pipeline/build/build.ts';
import { openArchive } from '../../src/support/archive.ts';
import { shipped } from '../../src/support/root.ts';

/** What `case.json` of a sample promises. */
export interface SampleCase {
  title: string;
  command: string;
  export: string;
  period?: string;
  exit: number;
  /** Every error code, and the warnings that matter. */
  faults: string[];
  /** File and line that a message must name. */
  place?: string;
  documents: number;
  counts?: Record<string, number>;
  kopecks?: Record<string, number>;
}

export function samples(folder: string): { name: string; folder: string; expected: SampleCase }[] {
  const root = shipped(folder);
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'case.json')))
    .map((name) => ({
      name,
      folder: join(root, name),
      expected: JSON.parse(readFileSync(join(root, name, 'case.json'), 'utf8')) as SampleCase,
    }));
}

export interface SampleRun {
  exit: number;
  faults: Fault[];
  packages: BuildResult['packages'];
  stdout: string;
  stderr: string;
  /** Everything in the output folder, temporary files too. */
  written: string[];
  out: string;
}

/** Runs a sample's command as a user would, into a folder of its own and with a journal of its own. */
export async function runSample(folder: string, expected: SampleCase, json = true): Promise<SampleRun> {
  const scratch = mkdtempSync(join(tmpdir(), 'bg1c-sample-'));
  const out = join(scratch, 'out');
  rmSync(join(folder, '.bg1c'), { recursive: true, force: true });
  let stdout = '';
  let stderr = '';
  const args = [expected.command, expected.export, '--config', 'bg1c.yaml', '--out', out];
  if (expected.period) args.push('--period', expected.period);
  if (json) args.push('--json');
  const exit = await run(
    args,
    {
      cwd: folder,
      out: (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
      },
      interactive: false,
    },
    () => new Date('2026-11-03T08:00:00Z'),
  );
  rmSync(join(folder, '.bg1c'), { recursive: true, force: true });
  const result = json
    ? (JSON.parse(stdout) as Pick<SampleRun, 'faults' | 'packages'>)
    : { faults: [], packages: [] };
  const written = existsSync(out) ? readdirSync(out) : [];
  return { exit, faults: result.faults, packages: result.packages ?? [], stdout, stderr, written, out };
}

/** The entries of a package, by name. */
export async function entriesOf(path: string): Promise<Map<string, string>> {
  const archive = await openArchive(path, { entries: 32, entryBytes: 64 * 1024 * 1024, ratio: 200 });
  try {
    const entries = new Map<string, string>();
    for (const { name } of archive.entries) entries.set(name, await archive.readText(name));
    return entries;
  } finally {
    archive.close();
  }
}
