import { expect, test } from 'vitest';
import { temporaryFolders } from '../support/folders.ts';
import { makeBilling, YEAR } from './billing.ts';
import { LAYOUT, loadBilling } from './db/load.ts';
import { HAS_SERVER, NEEDS_SERVER, startServer } from './db/server.ts';
import { fuzzDatabase, fuzzFiles } from './fuzz.ts';

const folder = temporaryFolders();

test('spoilt files end in rows and faults', { timeout: 180_000 }, async () => {
  expect(await fuzzFiles({ seed: 20_261_031, runs: 150, folder: folder() })).toEqual([]);
});

test.skipIf(!HAS_SERVER)(
  `${NEEDS_SERVER}a spoilt conversation with the database ends in rows and faults`,
  { timeout: 180_000 },
  async () => {
    const server = await startServer();
    try {
      const root = await server.root();
      await loadBilling(root, 'billing', makeBilling(YEAR), LAYOUT);
      await root.end();
      expect(
        await fuzzDatabase(
          { seed: 20_261_031, runs: 40, folder: folder() },
          { port: server.port, url: server.url('billing') },
        ),
      ).toEqual([]);
    } finally {
      await server.stop();
    }
  },
);
