import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shipped } from '../src/support/root.ts';
import { fuzzFiles } from '../test/sources/fuzz.ts';
import { soakBitrix24 } from './soak-bitrix24.ts';
import { soakDeliveries } from './soak-deliveries.ts';
import { compileRunner, goBack, PHASES, runPhase, undisturbed } from './soak-kills.ts';
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
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const began = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'bg1c-soak-'));
const problems: string[] = [];
let kills = 0;
const say = (text: string): void =>
  console.log(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${text}`);

try {
  const run = compileRunner(shipped('.demo/soak'));
  await everyStep();
  await randomInstants(option('kills', 500));
  const looked = join(folder, 'ticks');
  mkdirSync(looked);
  problems.push(...(await soakTicks(looked, option('ticks', 10_000), 10_000, say)));
  const spoilt = join(folder, 'fuzz');
  mkdirSync(spoilt);
  const findings = await fuzzFiles({ seed: began, runs: option('fuzz', 5000), folder: spoilt });
  problems.push(...findings.map(({ kind, run: number, what }) => `${kind}, run ${number}: ${what}`));
  say(`spoilt exports with seed ${began}: ${findings.length} findings`);
  problems.push(...(await soakBitrix24(option('counterparties', 20_000), say)));
  const deliveries = await soakDeliveries({
    documents: option('deliveries', 10_000),
    kills: 5,
    seed: 1,
    say,
  });
  problems.push(...deliveries.problems);
  say(`deliveries: ${JSON.stringify({ ...deliveries, problems: deliveries.problems.length })}`);

  async function everyStep(): Promise<void> {
    const root = join(folder, 'small');
    const reference = await undisturbed(root, SMALL_PLAN, run, join(folder, 'small-before'));
    problems.push(...reference.phases.at(-1)!.problems);
    say(
      `${documentsOf(SMALL_PLAN)} documents; steps of each phase: ${reference.phases.map(({ steps }) => steps).join(', ')}`,
    );
    for (const [phase, { steps, after }] of reference.phases.entries()) {
      for (let step = 1; step <= steps; step++) {
        goBack(root, reference, phase);
        kills += (await runPhase(root, run, (nth) => (nth === 0 ? { step } : undefined))).kills;
        const found = differences(after, (await run.look(root, SMALL_PLAN)).state);
        problems.push(...found.map((problem) => `phase ${phase + 1}, step ${step}: ${problem}`));
      }
      say(`phase ${phase + 1}, killed at every step: ${kills} kills, ${problems.length} problems`);
    }
  }

  async function randomInstants(wanted: number): Promise<void> {
    const root = join(folder, 'month');
    const reference = await undisturbed(root, MONTH_PLAN, run, join(folder, 'month-before'));
    problems.push(...reference.phases.at(-1)!.problems);
    const times = reference.phases.map(({ ms }) => ms);
    say(`${documentsOf(MONTH_PLAN)} documents; undisturbed phases: ${times.join(', ')} ms`);
    const random = draws(20_261_031);
    for (let world = 1; kills < wanted; world++) {
      rmSync(root, { recursive: true, force: true });
      await createWorld(root, MONTH_PLAN);
      for (const [phase, prepare] of PHASES.entries()) {
        await prepare(root);
        const last = phase === PHASES.length - 1;
        const ended = await runPhase(root, run, () =>
          last ? undefined : { afterMs: random() * times[phase]! * 1.2 },
        );
        kills += ended.kills;
        // A run that did all the work: what else runs on the machine comes and goes.
        if (ended.kills === 0) times[phase] = ended.ms;
        const found = differences(reference.phases[phase]!.after, (await run.look(root, MONTH_PLAN)).state);
        problems.push(...found.map((problem) => `month ${world}, phase ${phase + 1}: ${problem}`));
      }
      const { problems: found } = await run.look(root, MONTH_PLAN);
      problems.push(...found.map((problem) => `month ${world}: ${problem}`));
      say(`month ${world}: ${kills} kills together, ${problems.length} problems`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
say(`${kills} kills, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
