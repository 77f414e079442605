import fc from 'fast-check';
import { test } from 'vitest';
import { anyStory, play, type Story } from './two-sides.ts';

/** A telephone that had arrived although the answer was lost was not known for 1C's, and came back when she deleted it. */
const lostAnswer: Story = {
  first: { lost: 0, killed: 0 },
  steps: [
    { who: 'accountant', card: 0, field: 'phone', value: 1 },
    { who: 'push', lost: 5, killed: 0 },
    { who: 'accountant', card: 0, field: 'name', value: 0 },
    { who: 'manager-deletes', card: 0, what: 'phone' },
  ],
};

/** Random edits on both sides, brought over and looked at in any order, with lost answers and killed programs. */
test('what the manager and the accountant entered survives; every difference is in the list', async () => {
  await fc.assert(fc.asyncProperty(anyStory, play), {
    numRuns: 60,
    interruptAfterTimeLimit: 20_000,
    examples: [[lostAnswer]],
  });
}, 60_000);
