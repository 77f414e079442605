import { defineConfig } from 'vitest/config';

/** What Stryker runs: the tests of the model and the rules alone, so that a mutant is judged in milliseconds. */
export default defineConfig({
  test: {
    include: ['test/model/**/*.test.ts', 'test/rules/**/*.test.ts', 'test/formats/upd/rules.test.ts'],
    testTimeout: 30_000,
  },
});
