import { afterAll, describe, expect, it } from 'vitest';
import { BslException } from '../language/errors.ts';
import { compileModule, type ModuleCode } from '../language/module-code.ts';
import { openTemplate, type Template } from '../processing/template.ts';
import { DEFECTS, type Defect } from './defects.ts';
import { removeMonths } from './months.ts';
import { play, type Stage } from './play.ts';
import { STORIES } from './stories/index.ts';
import { CURRENT, OLD, take } from './suite.ts';
import { WALKS } from './walks/index.ts';

/** Mistakes seeded into the modules: the story that knows better must fail. */

const template = openTemplate();
afterAll(removeMonths);

const stories = Object.values(STORIES).flat();

/** The processing with the mistake in it. @throws Error where the text is not there, or there twice */
function spoil({ from, to, title }: Defect): Template {
  const times = (code: ModuleCode): number => code.text.split(from).length - 1;
  const spoilt = (code: ModuleCode): ModuleCode =>
    times(code) === 0
      ? code
      : compileModule(
          code.name,
          code.kind,
          code.text.replace(from, () => to),
        );
  const { object, form } = template;
  const found = times(object) + times(form.code);
  if (found !== 1) throw new Error(`«${title}»: текст найден ${found} раз`);
  return { ...template, object: spoilt(object), form: { ...form, code: spoilt(form.code) } };
}

function perform(title: string, stage: Stage): Promise<void> {
  const story = stories.find((one) => one.title === title);
  const walk = WALKS.find((one) => one.title === title);
  if (story) return play(story, stage);
  if (walk) return take(walk, stage);
  throw new Error(`no story «${title}»`);
}

describe('посеянные ошибки', () => {
  it('рассказов с одинаковыми названиями нет', () => {
    const titles = [...stories, ...WALKS].map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it.each(DEFECTS)('$title — ловит «$killedBy»', async (defect) => {
    const stage = { profile: defect.current ? CURRENT : OLD, template: spoil(defect) };
    const error: unknown = await perform(defect.killedBy, stage).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error, 'ошибка прошла незамеченной').toBeDefined();
    // Found by what is expected, or by 1C itself: not because the model could not go on.
    const found = error instanceof BslException || (error as Error).name === 'AssertionError';
    expect(found, String(error)).toBe(true);
  });
});
