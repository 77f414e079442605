import { expect, it } from 'vitest';
import { soakDeliveries } from '../../tools/soak-deliveries.ts';

it('500 documents, lost answers, forgotten sessions, two kills: each goes out exactly once', async () => {
  const { problems, kills, lookups, lostAfter } = await soakDeliveries({
    documents: 500,
    kills: 2,
    seed: 7,
    say: () => undefined,
  });
  expect(problems).toEqual([]);
  expect(kills).toBe(2);
  expect(lostAfter).toBeGreaterThan(20);
  expect(lookups).toBeGreaterThan(lostAfter / 2);
}, 120_000);
