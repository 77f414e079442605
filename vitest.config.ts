import { defineConfig } from 'vitest/config';

const MOCKED = 'test/**/*.mocked.test.ts';

export default defineConfig({
  test: {
    // Every core: by itself vitest leaves one out, on two that is half.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default'],
    globalSetup: 'test/support/scratch.ts',
    // Much is made and forgotten: fewer collections.
    execArgv: ['--max-semi-space-size=64'],
    projects: [
      // The product is loaded once a worker, not once a file.
      {
        extends: true,
        test: { name: 'product', include: ['test/**/*.test.ts'], exclude: [MOCKED], isolate: false },
      },
      // A replaced module must not be seen by other files.
      { extends: true, test: { name: 'mocked', include: [MOCKED] } },
    ],
  },
});
