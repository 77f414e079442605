import { expect, test } from 'vitest';
import { buildBinary } from '../../src/epf/binary/binary.ts';
import { moduleText } from '../../src/epf/description/load.ts';
import { readProcessing } from '../../src/epf/read/read.ts';
import { realTemplate } from './fixtures.ts';
import { goldenTemplate } from './golden-form.ts';

test.each([
  ['the shipped processing', realTemplate],
  ['a form with an item of every kind', goldenTemplate],
])('what was described comes back: %s', (_, template) => {
  const loaded = template();
  const { module, exports: _exports, ...described } = loaded.description;
  const { version, ...read } = readProcessing(buildBinary(loaded));
  expect(version).toBe('216.80315');
  expect({ ...read, forms: read.forms.map(({ itemIds: _ids, ...form }) => form) }).toEqual({
    ...described,
    module: moduleText(loaded, module),
    templates: described.templates.map(({ file, ...rest }) => ({ ...rest, text: loaded.texts.get(file) })),
    forms: described.forms.map((form) => ({ ...form, module: moduleText(loaded, form.module) })),
  });
});
