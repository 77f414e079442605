import { cpus, loadavg, totalmem } from 'node:os';
import { median, type StageResult, type Usage } from './measure.ts';
import { STAGES, type StageName, UNAVOIDABLE } from './stages/index.ts';

/** Everything that a run has measured: what `--json` writes. */
export interface Results {
  bench: 1;
  machine: { cpu: string; cores: number; memory: number; node: string; platform: string; load: number };
  months: MonthResults[];
}

export interface MonthResults {
  documents: number;
  contracts: number;
  rows: number;
  /** Of the CSV files. */
  bytes: number;
  stages: Partial<Record<StageName, { usage: Usage; result: StageResult }[]>>;
  /** The whole `bg1c build`; bytes of its packages. */
  build: { usage: Usage; bytes: number }[];
}

export function machine(): Results['machine'] {
  const cores = cpus();
  return {
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    memory: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()[0]!,
  };
}

/** Medians of a stage. */
export interface StageSummary {
  wall: number;
  cpu: number;
  peak: number;
  /** Units a second of processor time, which others on the machine disturb least; of several threads, a second of all. */
  speed: number;
  bytes?: number;
  documents?: number;
  rows?: number;
  files?: number;
  note?: string;
}

export function summary(month: MonthResults, name: StageName): StageSummary | undefined {
  const runs = month.stages[name];
  if (!runs || runs.length === 0) return undefined;
  const { amounts, note } = runs[0]!.result;
  const { unit, threads = 1 } = STAGES[name];
  const cpu = median(runs.map(({ result }) => result.cpu));
  return {
    wall: median(runs.map(({ result }) => result.wall)),
    cpu,
    peak: median(runs.map(({ usage, result }) => result.peak ?? usage.peak)),
    speed: (amounts[unit]! / cpu) * threads,
    ...amounts,
    ...(note !== undefined && { note }),
  };
}

export function buildSummary({ build }: MonthResults): (Usage & { bytes: number }) | undefined {
  if (build.length === 0) return undefined;
  const of = (key: keyof Usage): number => median(build.map(({ usage }) => usage[key]));
  return { wall: of('wall'), cpu: of('cpu'), peak: of('peak'), bytes: build[0]!.bytes };
}

/** Seconds that stages take one after another: by the clock and of processor time. */
export type Seconds = Pick<Usage, 'wall' | 'cpu'>;

/**
 * What no build can do without, or other stages, together; undefined where not all of it was measured.
 */
export function floorSeconds(
  month: MonthResults,
  names: readonly StageName[] = UNAVOIDABLE,
): Seconds | undefined {
  const sum: Seconds = { wall: 0, cpu: 0 };
  for (const name of names) {
    const found = summary(month, name);
    if (!found) return undefined;
    sum.wall += found.wall;
    sum.cpu += found.cpu;
  }
  return sum;
}
