import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';
import { compileRunner, goBack, runPhase, undisturbed } from '../../tools/soak-kills.ts';
import { draws } from '../../tools/soak-random.ts';
import { differences } from '../../tools/soak-state.ts';
import { SMALL_PLAN } from '../../tools/soak-world.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** Kills at steps of the first phase, in which exports come in and packages go out, and at random instants. */
const AT_STEPS = 8;
const AT_RANDOM = 4;

describe('a watcher that is killed (12 times; npm run soak: 500 times and more)', () => {
  it('loses nothing, doubles nothing, and gives the same bytes as one that lives', async () => {
    const root = join(folder(), 'world');
    const run = compileRunner(shipped('.demo/soak-test'));
    const reference = await undisturbed(root, SMALL_PLAN, run, join(folder(), 'before'));
    expect(reference.phases.at(-1)!.problems).toEqual([]);
    const { steps, ms, after } = reference.phases[0]!;
    const random = draws(6);

    goBack(root, reference, 0);
    let kills = 0;
    for (let nth = 1; nth <= AT_STEPS; nth++) {
      // Each run is killed further on; between two of them the world is the one that the kills have made.
      const step = Math.ceil((steps / AT_STEPS) * (nth - random() / 2));
      if ((await run.watch(root, { step })).killed) kills++;
    }
    expect(kills).toBeGreaterThanOrEqual(AT_STEPS / 2);
    await runPhase(root, run, () => undefined);
    expect(differences(after, (await run.look(root, SMALL_PLAN)).state)).toEqual([]);

    goBack(root, reference, 0);
    await runPhase(root, run, (nth) => (nth < AT_RANDOM ? { afterMs: random() * ms } : undefined));
    expect(differences(after, (await run.look(root, SMALL_PLAN)).state)).toEqual([]);
  }, 180_000);
});
