import { expect, test } from 'vitest';
import type { Fault } from '../../src/faults/fault.ts';
import { cellReader } from '../../src/sources/assembly/cells.ts';
import type { Source } from '../../src/sources/source.ts';
import { columnsOf } from '../../src/sources/tables.ts';

/** A billing that calls `summ` by a name of its own and gives nothing else. */
const SOURCE: Source = {
  files: [{ name: 'invoices.csv', table: 'documents' }],
  extra: {},
  has: () => true,
  async *read() {},
  column: (_, name) => (name === 'summ' ? 5 : undefined),
  called: (_, name) => (name === 'summ' ? 'total' : undefined),
  async close() {},
};

test('a bad value is named as the file names it', () => {
  const found: Fault[] = [];
  const cells = columnsOf('documents').map(({ name }) => (name === 'summ' ? 'шесть' : ''));
  const read = cellReader(SOURCE, 'documents', (one) => found.push(one))({ file: 0, line: 3, cells });
  expect(read.decimal('summ', 2)).toBeUndefined();
  expect(found).toMatchObject([
    {
      code: 'BG1C-VALUE-DECIMAL',
      message: expect.stringMatching(/total.*шесть/),
      source: { file: 'invoices.csv', line: 3, column: 5, key: 'total' },
    },
  ]);
});
