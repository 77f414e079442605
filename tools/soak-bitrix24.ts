import type { Bitrix24Config } from '../src/config/types.ts';
import { cardOf } from '../src/delivery/bitrix24/card.ts';
import { createPortal } from '../src/delivery/bitrix24/client.ts';
import { pull } from '../src/delivery/bitrix24/pull.ts';
import { push } from '../src/delivery/bitrix24/push.ts';
import { createFields, inspect, type Presets } from '../src/delivery/bitrix24/setup.ts';
import { openJournal } from '../src/journal/journal.ts';
import { counterparties } from '../test/delivery/bitrix24/counterparties.ts';
import { portalDouble, testTime } from '../test/delivery/bitrix24/double.ts';

/** Calls of a program that asks and writes one by one: two look-ups, item, requisites, two addresses, bank account. */
const NAIVE_CALLS = 7;

const OWNERS: Bitrix24Config['owners'] = {
  title: 'onec',
  requisites: 'onec',
  bank: 'onec',
  legalAddress: 'onec',
  actualAddress: 'onec',
  phones: 'onec',
  emails: 'onec',
  contract: 'onec',
};

/**
 * So many counterparties into an empty portal that keeps its limits, by a clock that does not wait; then once more.
 * Every hundredth answer is lost.
 * @returns what was wrong
 */
export async function soakBitrix24(count: number, say: (text: string) => void): Promise<string[]> {
  const time = testTime();
  const double = await portalDouble(time);
  const { journal } = openJournal(':memory:', time.now);
  try {
    const access = { portal: 'portal.example', base: double.webhook };
    const portal = createPortal({ access, rate: 2, clock: time.now, sleep: time.sleep });
    await createFields(portal, (await inspect(portal, [4])).missing);
    const { presets } = await inspect(portal, [4]);
    const cards = counterparties(count).map((card) => cardOf(card, OWNERS));
    const run = (): ReturnType<typeof push> =>
      push({
        portal,
        journal: journal!,
        cards,
        presets: presets as Presets,
        dryRun: false,
        clock: time.now,
        sleep: time.sleep,
      });
    double.fate = (_, nth) => (nth % 100 === 0 ? 'drop-after' : 'answer');
    const first = await run();
    const { requests, batches, commands } = portal.traffic;
    say(
      `Bitrix24, ${count} counterparties: ${requests} requests (${batches} batches, ${commands} commands), ` +
        `${double.counts.refusals} refused, ${time.hours().toFixed(1)} h; one by one ${count * NAIVE_CALLS} requests`,
    );
    const before = double.counts.writes;
    const second = await run();
    say(
      `Bitrix24, second run: ${portal.traffic.requests - requests} requests, ${double.counts.writes - before} writes`,
    );
    const asked = portal.traffic.requests;
    const began = time.hours();
    const found = await pull({
      portal,
      journal: journal!,
      cards,
      presets: presets as Presets,
      types: [4],
      everything: true,
      clock: time.now,
    });
    const open = journal!.records.crmChanges.list(portal.name, 'open').length;
    say(
      `Bitrix24, look at all ${found.looked} cards: ${portal.traffic.requests - asked} requests, ` +
        `${((time.hours() - began) * 60).toFixed(0)} min, ${open} findings`,
    );
    const { items, requisites, banks, addresses } = double.state;
    const sizes = [items.size, requisites.size, banks.size, addresses.size];
    const wanted = [count, count, count, 2 * count];
    return [
      ...(first.created === count ? [] : [`created ${first.created} of ${count}`]),
      ...first.failed.map(({ ref, reason }) => `${ref}: ${reason}`),
      ...(JSON.stringify(sizes) === JSON.stringify(wanted) ? [] : [`in the portal ${sizes.join(', ')}`]),
      ...(found.looked === count && open === 0 ? [] : ['the look found what nobody changed']),
      ...(second.unchanged === count && double.counts.writes === before ? [] : ['the second run wrote']),
    ];
  } finally {
    journal?.close();
    await double.close();
  }
}
