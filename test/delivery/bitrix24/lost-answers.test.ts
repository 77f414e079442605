import { describe, expect, test } from 'vitest';
import { counterparties } from './counterparties.ts';
import type { Fate } from './double.ts';
import { type CrmWorld, crmWorld } from './world.ts';

/** How many of each there are, and how many different keys they bear: a double shows as a difference. */
function doubles({ double: { state } }: CrmWorld): Record<string, [number, number]> {
  const count = (keys: readonly unknown[]): [number, number] => [keys.length, new Set(keys).size];
  const items = [...state.items.values()];
  return {
    items: count(items.map(({ fields }) => fields.originId)),
    requisites: count([...state.requisites.values()].map(({ ENTITY_ID }) => String(ENTITY_ID))),
    banks: count([...state.banks.values()].map(({ RQ_ACC_NUM }) => RQ_ACC_NUM)),
    contacts: count(items.flatMap(({ fm }) => fm.map(({ value }) => value))),
    addresses: [state.addresses.size, state.addresses.size],
  };
}

const COUNT = 30;
const WHOLE = {
  items: [COUNT, COUNT],
  requisites: [COUNT, COUNT],
  banks: [COUNT, COUNT],
  contacts: [2 * COUNT, 2 * COUNT],
  addresses: [2 * COUNT, 2 * COUNT],
};
const FATES: [string, Fate][] = [
  ['the answer is lost after the work', 'drop-after'],
  ['the answer is lost in the middle of the work', { dropAfterCommands: 7 }],
  ['the connection ends before the work', 'drop-before'],
  ['the proxy answers with a page', 'html-502'],
  ['the bucket is full', 'busy'],
];

describe.each(FATES)('%s', (_, fate) => {
  /** Requests of an undisturbed run. */
  const requests = Array.from({ length: 8 }, (_unused, index) => index + 1);

  test.each(requests)('at request %i: nothing is made twice', async (nth) => {
    const world = await crmWorld();
    const cards = counterparties(COUNT);
    let seen = 0;
    world.double.fate = () => (++seen === nth ? fate : 'answer');
    const result = await world.push(cards);
    expect(seen).toBeGreaterThan(nth);
    expect(result).toMatchObject({ created: COUNT, failed: [], unclear: 0 });
    expect(doubles(world)).toEqual(WHOLE);
    const { writes } = world.double.counts;
    expect((await world.push(cards)).unchanged).toBe(COUNT);
    expect(world.double.counts.writes).toBe(writes);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'the program is killed at request %i after the portal did the work, and started again',
  async (nth) => {
    const world = await crmWorld();
    const cards = counterparties(COUNT);
    class Killed extends Error {}
    let seen = 0;
    const all = world.portal.all;
    world.portal.all = async (commands, writes) => {
      const outcomes = await all(commands, writes);
      // The portal did it, the journal never heard of it.
      if (++seen === nth) throw new Killed();
      return outcomes;
    };
    await world.push(cards).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    world.restart();
    await world.push(cards);
    expect(doubles(world)).toEqual(WHOLE);
    expect(world.open()).toEqual([]);
  },
);

test('every answer is lost now and then: half of the requests', async () => {
  const world = await crmWorld();
  const cards = counterparties(COUNT);
  world.double.fate = (_, at) => (at % 2 === 0 ? 'drop-after' : 'answer');
  for (let run = 0; run < 6; run++) await world.push(cards);
  expect(doubles(world)).toEqual(WHOLE);
});

test('a journal that was lost is made good by the keys in the portal', async () => {
  const world = await crmWorld();
  const cards = counterparties(COUNT);
  await world.push(cards);
  const { writes } = world.double.counts;
  const other = await crmWorld();
  world.journal = other.journal;
  expect(await world.push(cards)).toMatchObject({ joined: COUNT, created: 0 });
  expect(world.double.counts.writes).toBe(writes);
  expect(doubles(world)).toEqual(WHOLE);
  expect(world.open()).toEqual([]);
});
