import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shipped } from '../../src/support/root.ts';
import { compileRunner, goBack, runPhase, undisturbed } from '../../tools/soak-kills.ts';
import { draws } from '../../tools/soak-random.ts';
import { differences } from '../../tools/soak-state.ts';
import { SMALL_PLAN } from '../../tools/soak-world.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

/** Exports come in beside what 1C has taken already: there a package depends on the journal most. */
const AT_STEPS = { phase: 2, kills: 6 };
/** The first exports come in: the longest phase. */
const AT_RANDOM = { phase: 0, kills: 3 };

describe('a watcher that is killed (9 times; npm run soak: 500 times and more)', () => {
  it('loses nothing, doubles nothing, and gives the same bytes as one that lives', async () => {
    const root = join(folder(), 'world');
    const run = compileRunner(shipped('.demo/soak-test'));
    const reference = await undisturbed(root, SMALL_PLAN, run, join(folder(), 'before'), AT_STEPS.phase + 1);
    const expectSame = async (phase: number): Promise<void> => {
      const { state } = await run.look(root, SMALL_PLAN);
      expect(differences(reference.phases[phase]!.after, state)).toEqual([]);
    };
    const random = draws(6);

    goBack(root, reference, AT_STEPS.phase);
    const { steps } = reference.phases[AT_STEPS.phase]!;
    let kills = 0;
    for (let nth = 1; nth <= AT_STEPS.kills; nth++) {
      // Each run is killed further on; between two of them the world is the one that the kills have made.
      const step = Math.ceil((steps / AT_STEPS.kills) * (nth - random() / 2));
      if ((await run.watch(root, { step })).killed) kills++;
    }
    expect(kills).toBeGreaterThanOrEqual(AT_STEPS.kills / 2);
    await runPhase(root, run, () => undefined);
    await expectSame(AT_STEPS.phase);

    goBack(root, reference, AT_RANDOM.phase);
    const { ms } = reference.phases[AT_RANDOM.phase]!;
    await runPhase(root, run, (nth) => (nth < AT_RANDOM.kills ? { afterMs: random() * ms } : undefined));
    await expectSame(AT_RANDOM.phase);
  }, 180_000);
});
