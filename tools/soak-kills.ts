import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openJournal } from '../src/journal/journal.ts';
import { sha256 } from '../src/support/ids.ts';
import { shipped } from '../src/support/root.ts';
import { answer, createWorld, documentsOf, drop, type Plan } from './soak-world.ts';

/** How a run of the watcher is ended before its time. */
export type Kill = { step: number } | { afterMs: number };

export interface Ended {
  killed: boolean;
  /** Steps of a run that was let live. */
  steps: number;
  ms: number;
}

/** Runs one watcher in a process of its own. */
export type Runner = (root: string, kill?: Kill) => Promise<Ended>;

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
    '--rootDir',
    shipped('.'),
    '--outDir',
    folder,
  ];
  spawnSync(process.execPath, args, { cwd: shipped('.') });
  copyFileSync(shipped('package.json'), join(folder, 'package.json'));
  for (const name of ['schemas', 'node_modules']) symlinkSync(shipped(name), join(folder, name));
  const child = join(folder, 'tools', 'soak-child.js');
  return (root, kill) => runWatcher(child, root, kill);
}

function runWatcher(script: string, root: string, kill: Kill | undefined): Promise<Ended> {
  const began = Date.now();
  const step = kill && 'step' in kill ? kill.step : 0;
  const child = spawn(process.execPath, [script, root, String(step)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = kill && 'afterMs' in kill ? setTimeout(() => child.kill('SIGKILL'), kill.afterMs) : undefined;
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      const ms = Date.now() - began;
      // Exit 1: the drop holds what is no export.
      const steps = /^steps (\d+) exit [01] *$/m.exec(out)?.[1];
      if (signal === 'SIGKILL') resolve({ killed: true, steps: 0, ms });
      else if (steps === undefined) reject(new Error(`the watcher ended otherwise: ${out}`));
      else resolve({ killed: false, steps: Number(steps), ms });
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

/** Runs the watcher until a run was let live. @param killOf how a run is to be killed; none: it lives */
export async function runPhase(
  root: string,
  run: Runner,
  killOf: (nth: number) => Kill | undefined,
): Promise<Ended & { kills: number }> {
  for (let kills = 0; ; kills++) {
    const ended = await run(root, killOf(kills));
    if (!ended.killed) return { ...ended, kills };
  }
}

/** A world that nobody disturbs: how it looks before and after each phase. */
export interface Reference {
  plan: Plan;
  phases: { steps: number; ms: number; before: string; after: WorldState }[];
}

/** @param keep where copies of the world before each phase are put */
export async function undisturbed(root: string, plan: Plan, run: Runner, keep: string): Promise<Reference> {
  await createWorld(root, plan);
  const phases: Reference['phases'] = [];
  for (const [index, prepare] of PHASES.entries()) {
    await prepare(root);
    const before = join(keep, String(index));
    cpSync(root, before, { recursive: true, preserveTimestamps: true });
    const { steps, ms } = await runPhase(root, run, () => undefined);
    phases.push({ steps, ms, before, after: stateOf(root) });
  }
  return { plan, phases };
}

/** The world as it was before a phase, in its own place: the journal knows where its files lie. */
export function goBack(root: string, { phases }: Reference, phase: number): void {
  rmSync(root, { recursive: true, force: true });
  cpSync(phases[phase]!.before, root, { recursive: true, preserveTimestamps: true });
}

/** Everything that must be the same however often the watcher was killed. */
export interface WorldState {
  /** Files of the exchange folder with their hashes, notes with their text. */
  files: Record<string, string>;
  packages: { name: string; packageId: string; documents: string[]; parts: string[]; receipts: string[] }[];
}

export function stateOf(root: string): WorldState {
  const files: Record<string, string> = {};
  const exchange = join(root, 'exchange');
  for (const entry of readdirSync(exchange, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const bytes = readFileSync(path);
    files[relative(exchange, path)] = /\.(txt|faults\.json)$/.test(entry.name)
      ? bytes.toString('utf8')
      : sha256(bytes);
  }
  return withJournal(root, ({ packages, documents, receipts }) => ({
    files,
    packages: packages.list().map(({ id, organization, seq, packageId }) => ({
      name: `${organization} ${seq}`,
      packageId,
      documents: documents.of(id).map(({ uuid, hash }) => `${uuid} ${hash}`),
      parts: packages.parts(id).map(({ part, state, file }) => `${part} ${state} ${file}`),
      receipts: receipts.of(id).map(({ receiptId, standing }) => `${receiptId} ${standing}`),
    })),
  }));
}

type Records = NonNullable<ReturnType<typeof openJournal>['journal']>['records'];

function withJournal<T>(root: string, work: (records: Records) => T): T {
  const { journal } = openJournal(join(root, '.bg1c', 'journal.db'), () => new Date());
  try {
    return work(journal!.records);
  } finally {
    journal!.close();
  }
}

/** What is not as it is in the undisturbed world, in words. */
export function differences(reference: WorldState, other: WorldState): string[] {
  const names = new Set([...Object.keys(reference.files), ...Object.keys(other.files)]);
  const problems = [...names].flatMap((name) => {
    if (!(name in other.files)) return [`missing: ${name}`];
    if (!(name in reference.files)) return [`extra: ${name}`];
    return reference.files[name] === other.files[name] ? [] : [`other bytes: ${name}`];
  });
  if (JSON.stringify(reference.packages) !== JSON.stringify(other.packages)) problems.push('another journal');
  return problems;
}

/** What must hold of a finished world whatever the reference is; in words where it does not. */
export function problemsOf(root: string, plan: Plan): string[] {
  const problems: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    const [is, must] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (is !== must) problems.push(`${what}: ${is}, not ${must}`);
  };
  withJournal(root, ({ packages, documents, intake }) => {
    const stored = packages.list();
    for (const organization of new Set(stored.map((one) => one.organization))) {
      const numbers = stored.filter((one) => one.organization === organization).map(({ seq }) => seq);
      expect(
        `numbers of ${organization}`,
        numbers,
        numbers.map((_, index) => index + 1),
      );
    }
    const rows = stored.flatMap(({ id }) => documents.of(id));
    expect('documents', rows.length, documentsOf(plan));
    expect('documents once', new Set(rows.map(({ uuid }) => uuid)).size, rows.length);
    expect(
      'their numbers once',
      new Set(rows.map(({ kind, number }) => `${kind} ${number}`)).size,
      rows.length,
    );
    const states = stored.flatMap(({ id }) => packages.parts(id).map(({ state }) => state));
    expect('states of parts', [...new Set(states)], ['received']);
    expect('unfinished exports', intake.unfinished(), []);
  });
  const folders = [join(root, 'exchange', 'outbox'), join(root, '.bg1c'), join(root, '.bg1c', 'sources')];
  const left = folders
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.endsWith('.tmp'));
  expect('left over', left, []);
  expect(
    'waiting',
    ['inbox', 'inwork'].flatMap((name) => readdirSync(join(root, 'exchange', name))),
    [],
  );
  return problems;
}
