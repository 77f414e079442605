import { afterAll, describe, expect, it } from 'vitest';
import { acceptingFormats, CURRENT_PROFILE, OLD_PROFILE } from '../base/metadata/profiles.ts';
import { missedLines, share } from '../coverage.ts';
import { openTemplate } from '../processing/template.ts';
import { createSharedState } from '../run-code.ts';
import { monthOf, removeMonths } from './months.ts';
import { play, type Stage } from './play.ts';
import { STORIES } from './stories/index.ts';
import { WALKS } from './walks/index.ts';
import type { Walk } from './walks/walk.ts';
import { createWorld } from './world.ts';

/** The two configurations that every story is played on. */
export const CURRENT = CURRENT_PROFILE;
export const OLD = acceptingFormats(OLD_PROFILE, '1.17');

/** Least share of the statements of a module that the stories and walks of one configuration run. */
const FLOOR = 0.9;

/** All stories and walks on one configuration, in one process: so their coverage is counted together. */
export function scenarioSuite(profile: Stage['profile']): void {
  const stage = { profile, template: openTemplate(), shared: createSharedState() };
  afterAll(removeMonths);

  describe.each(Object.entries(STORIES))(`${profile.title}: %s`, (_, stories) => {
    it.each(stories)('$title', (story) => play(story, stage));
  });

  describe(`${profile.title}: форма и команды`, () => {
    it.each(WALKS)('$title', (walk) => take(walk, stage));
  });

  it(`${profile.title}: операторов модулей исполнено не меньше ${FLOOR * 100} %`, () => {
    const report = stage.shared.coverage.report();
    const line = report.map((one) => `${one.module.split('.').at(-1)} ${(share(one) * 100).toFixed(1)} %`);
    process.stdout.write(`Покрытие BSL, ${profile.title}: ${line.join(', ')}\n`);
    const { loaded } = stage.template;
    if (process.env.ONEC_COVERAGE)
      process.stdout.write(
        `Не исполнялись:\n${missedLines(loaded, loaded.description.module, report.find(({ module }) => module.endsWith('МодульОбъекта'))!)}\n`,
      );
    for (const one of report) expect(share(one), one.module).toBeGreaterThanOrEqual(FLOOR);
  });
}

/** Takes a walk through the form of a world with the usual month. */
export async function take(walk: Walk, { profile, template, shared }: Stage): Promise<void> {
  const world = createWorld({ month: await monthOf('december'), template, profile, shared });
  try {
    walk.run(world);
  } finally {
    world.dispose();
  }
}
