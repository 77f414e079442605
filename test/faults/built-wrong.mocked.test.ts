import { expect, it, vi } from 'vitest';
import { buildEpf, EPF_TEMPLATE } from '../../src/epf/build.ts';

vi.mock('../../src/epf/inspect.ts', () => ({
  inspectEpf: () => [{ place: 'форма Форма', problem: 'два элемента с одним номером' }],
}));

it('BG1C-EPF-OUTPUT: what was built does not read as it should', () => {
  const { built, faults } = buildEpf(EPF_TEMPLATE);
  expect(built).toBeUndefined();
  expect(faults).toMatchObject([
    {
      code: 'BG1C-EPF-OUTPUT',
      message: 'Собранный файл обработки, форма Форма: два элемента с одним номером',
    },
  ]);
});
