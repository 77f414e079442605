import { execFile, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shipped } from '../src/support/root.ts';
import type { WorldState } from './soak-state.ts';
import { answer, createWorld, documentsOf, drop, type Plan } from './soak-world.ts';

/** How a run of the watcher is ended before its time: at a step, or so long after its beginning. */
export type Kill = { step: number } | { afterMs: number };

export interface Ended {
  /** In the middle of its work: a kill that came after it is none. */
  killed: boolean;
  /** Steps that it took, killed or not. */
  steps: number;
  /** From its first step on: a process that is still starting has nothing to lose. */
  ms: number;
  /** Most memory of a run that was let live, in MB. */
  rss: number;
}

/** What a world looks like, and what must not be of a finished one. */
export interface Look {
  state: WorldState;
  problems: string[];
}

/** Everything that touches a journal, in processes of their own. */
export interface Runner {
  watch(root: string, kill?: Kill): Promise<Ended>;
  look(root: string, plan: Plan): Promise<Look>;
}

/** Compiles the checkout, for a process that starts in half a second can be killed more often. */
export function compileRunner(folder: string): Runner {
  rmSync(folder, { recursive: true, force: true });
  const tsc = shipped('node_modules/typescript/bin/tsc');
  const args = [
    tsc,
    '-p',
    shipped('tsconfig.json'),
    '--noEmit',
    'false',
    '--noCheck',
    '--rootDir',
    shipped('.'),
    '--outDir',
    folder,
  ];
  spawnSync(process.execPath, args, { cwd: shipped('.') });
  copyFileSync(shipped('package.json'), join(folder, 'package.json'));
  cpSync(shipped('schemas'), join(folder, 'schemas'), { recursive: true });
  symlinkSync(shipped('node_modules'), join(folder, 'node_modules'));
  const script = (name: string): string => join(folder, 'tools', name);
  return {
    watch: (root, kill) => runWatcher(script('soak-child.js'), root, kill),
    async look(root, plan) {
      const args = [script('soak-look.js'), root, String(documentsOf(plan))];
      const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 28 });
      return JSON.parse(stdout) as Look;
    },
  };
}

function runWatcher(script: string, root: string, kill: Kill | undefined): Promise<Ended> {
  const step = kill && 'step' in kill ? kill.step : 0;
  const child = spawn(process.execPath, [script, root, String(step)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let began = 0;
  let timer: NodeJS.Timeout | undefined;
  let out = '';
  const hear = (text: string): void => {
    out += text;
    if (began > 0 || !out.startsWith('>')) return;
    began = Date.now();
    if (kill && 'afterMs' in kill) timer = setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      const ms = Date.now() - began;
      // Exit 1: the drop holds what is no export.
      const lived = /^steps (\d+) exit [01] rss (\d+) *$/m.exec(out);
      const steps = (/^>(\.*)/.exec(out)?.[1] ?? '').length;
      if (lived) resolve({ killed: false, steps, ms, rss: Number(lived[2]) });
      else if (signal === 'SIGKILL') resolve({ killed: true, steps, ms, rss: 0 });
      else reject(new Error(`the watcher ended otherwise: ${out}`));
    });
  });
}

/** What is done before the runs of each phase; the last one only cleans up after the kills of the one before. */
export const PHASES: readonly ((root: string) => unknown)[] = [
  (root) => drop(root, 'drop1'),
  (root) => answer(root),
  (root) => drop(root, 'drop2'),
  (root) => answer(root),
  () => undefined,
];

/**
 * Runs the watcher until a run was let live.
 * @param killOf how a run is to be killed; none: it lives
 * @returns the run that lived, and the steps that each killed one had taken
 */
export async function runPhase(
  root: string,
  run: Runner,
  killOf: (nth: number) => Kill | undefined,
): Promise<Ended & { kills: number[] }> {
  for (const kills: number[] = []; ; ) {
    const ended = await run.watch(root, killOf(kills.length));
    if (!ended.killed) return { ...ended, kills };
    kills.push(ended.steps);
  }
}

/** A world that nobody disturbs: how it looks before and after each phase. */
export interface Reference {
  plan: Plan;
  phases: {
    steps: number;
    ms: number;
    rss: number;
    before: string;
    after: WorldState;
    problems: string[];
  }[];
}

/**
 * @param keep where copies of the world before each phase are put
 * @param last number of the last phase that is wanted
 */
export async function undisturbed(
  root: string,
  plan: Plan,
  run: Runner,
  keep: string,
  last = PHASES.length,
): Promise<Reference> {
  await createWorld(root, plan);
  const phases: Reference['phases'] = [];
  for (const [index, prepare] of PHASES.slice(0, last).entries()) {
    await prepare(root);
    const before = join(keep, String(index));
    cpSync(root, before, { recursive: true, preserveTimestamps: true });
    const { steps, ms, rss } = await runPhase(root, run, () => undefined);
    const { state, problems } = await run.look(root, plan);
    phases.push({ steps, ms, rss, before, after: state, problems });
  }
  return { plan, phases };
}

/** The world as it was before a phase, in its own place: the journal knows where its files lie. */
export function goBack(root: string, { phases }: Reference, phase: number): void {
  rmSync(root, { recursive: true, force: true });
  cpSync(phases[phase]!.before, root, { recursive: true, preserveTimestamps: true });
}
