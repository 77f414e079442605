import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shipped } from '../src/support/root.ts';
import { fuzzFiles } from '../test/sources/fuzz.ts';
import { soakBitrix24 } from './soak-bitrix24.ts';
import { soakDeliveries } from './soak-deliveries.ts';
import { compileRunner, goBack, PHASES, type Reference, runPhase, undisturbed } from './soak-kills.ts';
import { draws } from './soak-random.ts';
import { differences } from './soak-state.ts';
import { soakTicks } from './soak-ticks.ts';
import { createWorld, documentsOf, MONTH_PLAN, SMALL_PLAN } from './soak-world.ts';

/**
 * The long test of the exchange folder, of Bitrix24 and of deliveries:
 *
 *     npm run soak [-- --kills 500 --ticks 10000 --fuzz 5000 --counterparties 20000 --deliveries 10000]
 *
 * 1. a small month, killed once at every step of every phase;
 * 2. the whole month, killed at random instants until so many kills are together;
 * 3. so many looks into a folder with 10 000 finished packages: calls of a look and memory;
 * 4. so many spoilt exports of every kind: rows and faults, never a crash or a hang;
 * 5. so many counterparties into a portal of Bitrix24 that keeps its limits and loses answers;
 * 6. so many documents through a double of СБИС that loses answers, while the sender is killed: each goes out once.
 *
 * A number of 0 leaves a part out, `--steps 0` the first.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
/** A run that takes longer than it was measured would never be let live. */
const KILLS_OF_A_PHASE = 10;
/** After so many months it is measured anew how long the phases take. */
const MONTHS_PER_MEASURE = 10;
const began = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'bg1c-soak-'));
const problems: string[] = [];
let kills = 0;
/** Said when it is found: the world in which it happened is gone a moment later. */
const report = (...found: string[]): void => {
  problems.push(...found);
  for (const problem of found) console.error(problem);
};
const say = (text: string): void =>
  console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${text}`);
/** Of this process, which also plays the portal and the operator, and not of the watcher. */
const sayMemory = (): void =>
  say(`the soak itself at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB so far`);

try {
  const run = compileRunner(shipped('.demo/soak'));
  if (option('steps', 1) > 0) await everyStep();
  await randomInstants(option('kills', 500));
  if (option('ticks', 10_000) > 0) {
    const looked = join(folder, 'ticks');
    mkdirSync(looked);
    report(...(await soakTicks(looked, option('ticks', 10_000), 10_000, say)));
    sayMemory();
  }
  if (option('fuzz', 5000) > 0) {
    const spoilt = join(folder, 'fuzz');
    mkdirSync(spoilt);
    const findings = await fuzzFiles({ seed: began, runs: option('fuzz', 5000), folder: spoilt });
    report(...findings.map(({ kind, run: number, what }) => `${kind}, run ${number}: ${what}`));
    say(`spoilt exports with seed ${began}: ${findings.length} findings`);
    sayMemory();
  }
  if (option('counterparties', 20_000) > 0) {
    report(...(await soakBitrix24(option('counterparties', 20_000), say)));
    sayMemory();
  }
  if (option('deliveries', 10_000) > 0) {
    const deliveries = await soakDeliveries({
      documents: option('deliveries', 10_000),
      kills: 5,
      seed: 1,
      say,
    });
    report(...deliveries.problems);
    say(`deliveries: ${JSON.stringify({ ...deliveries, problems: deliveries.problems.length })}`);
    sayMemory();
  }

  async function everyStep(): Promise<void> {
    const root = join(folder, 'small');
    const reference = await undisturbed(root, SMALL_PLAN, run, join(folder, 'small-before'));
    report(...reference.phases.at(-1)!.problems);
    say(
      `${documentsOf(SMALL_PLAN)} documents; steps of each phase: ${reference.phases.map(({ steps }) => steps).join(', ')}`,
    );
    for (const [phase, { steps, after }] of reference.phases.entries()) {
      for (let step = 1; step <= steps; step++) {
        goBack(root, reference, phase);
        const ended = await runPhase(root, run, (nth) => (nth === 0 ? { step } : undefined));
        kills += ended.kills.length;
        const found = differences(after, (await run.look(root, SMALL_PLAN)).state);
        report(...found.map((problem) => `phase ${phase + 1}, step ${step}: ${problem}`));
      }
      say(`phase ${phase + 1}, killed at every step: ${kills} kills, ${problems.length} problems`);
    }
  }

  async function randomInstants(wanted: number): Promise<void> {
    const root = join(folder, 'month');
    const before = join(folder, 'month-before');
    const reference = await undisturbed(root, MONTH_PLAN, run, before);
    report(...reference.phases.at(-1)!.problems);
    say(
      `${documentsOf(MONTH_PLAN)} documents; steps of each phase: ${reference.phases.map(({ steps }) => steps).join(', ')}`,
    );
    let times = measured(reference);
    const random = draws(20_261_031);
    /** First kills of each phase, by the tenth of its steps at which they hit. */
    const tenths = PHASES.map(() => Array.from({ length: 10 }, () => 0));
    let killed = 0;
    for (let month = 1; killed < wanted; month++) {
      rmSync(root, { recursive: true, force: true });
      // What else runs on the machine comes and goes; that it has come is not seen by a run that was killed.
      if (month % MONTHS_PER_MEASURE === 0) {
        rmSync(before, { recursive: true, force: true });
        times = measured(await undisturbed(root, MONTH_PLAN, run, before));
        rmSync(root, { recursive: true, force: true });
      }
      await createWorld(root, MONTH_PLAN);
      for (const [phase, prepare] of PHASES.entries()) {
        await prepare(root);
        const last = phase === PHASES.length - 1;
        const ended = await runPhase(root, run, (nth) =>
          last || nth === KILLS_OF_A_PHASE ? undefined : { afterMs: random() * times[phase]! },
        );
        killed += ended.kills.length;
        // A run that did all the work.
        if (ended.kills.length === 0) times[phase] = ended.ms;
        const [first] = ended.kills;
        if (first !== undefined)
          tenths[phase]![Math.min(9, Math.floor((first / reference.phases[phase]!.steps) * 10))]!++;
        const found = differences(reference.phases[phase]!.after, (await run.look(root, MONTH_PLAN)).state);
        report(...found.map((problem) => `month ${month}, phase ${phase + 1}: ${problem}`));
      }
      const { problems: found } = await run.look(root, MONTH_PLAN);
      report(...found.map((problem) => `month ${month}: ${problem}`));
      say(`month ${month}: ${killed} kills together, ${problems.length} problems`);
    }
    kills += killed;
    for (const [phase, counts] of tenths.slice(0, -1).entries())
      say(`phase ${phase + 1}: first kills by tenth of its steps: ${counts.join(' ')}`);
  }

  /** Times of the phases of a month that nobody disturbed. */
  function measured({ phases }: Reference): number[] {
    say(
      `undisturbed phases: ${phases.map(({ ms }) => ms).join(', ')} ms, ` +
        `the watcher at most ${Math.max(...phases.map(({ rss }) => rss))} MB`,
    );
    return phases.map(({ ms }) => ms);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`${kills} kills, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
