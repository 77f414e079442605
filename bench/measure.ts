import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What a process has used from its start to its end: seconds, seconds on all cores, bytes of memory at most. */
export interface Usage {
  wall: number;
  cpu: number;
  peak: number;
}

/** What a stage says of itself; its process did other things too, to get there. */
export interface StageResult {
  /** Seconds in the part that is measured. */
  wall: number;
  cpu: number;
  /** Where another program did the work: its peak, in bytes. */
  peak?: number;
  /** How much was done in them. */
  amounts: { documents?: number; rows?: number; files?: number; bytes?: number };
  /** Something a reader of the number must know. */
  note?: string;
}

/** Adds up the time of pieces of work; what lies between them does not count. */
export interface Stopwatch {
  time<T>(work: () => T): T;
  read(): Pick<StageResult, 'wall' | 'cpu'>;
}

export function createStopwatch(): Stopwatch {
  let wall = 0;
  let cpu = 0;
  const add = (from: number, used: NodeJS.CpuUsage): void => {
    wall += (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(used);
    cpu += (user + system) / 1e6;
  };
  return {
    time(work) {
      const from = performance.now();
      const used = process.cpuUsage();
      const result = work();
      if (result instanceof Promise) return result.finally(() => add(from, used)) as typeof result;
      add(from, used);
      return result;
    },
    read: () => ({ wall, cpu }),
  };
}

/** A Node process under measurement; its standard output is returned. */
export async function measured(
  program: string,
  args: readonly string[],
  folder: string,
): Promise<{ usage: Usage; output: string }> {
  const file = join(folder, 'usage.json');
  rmSync(file, { force: true });
  const output = await run(
    process.execPath,
    ['--import', join(program, 'bench/probe.js'), ...args],
    { BENCH_USAGE: file },
    folder,
  );
  return { usage: JSON.parse(readFileSync(file, 'utf8')) as Usage, output };
}

/** @throws Error with what the process said, where it did not end well */
export function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  folder: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${command} ${args.join(' ')}: exit code ${code}\n${errors}${output}`)),
    );
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
