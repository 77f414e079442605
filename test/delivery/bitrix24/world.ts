import { afterEach } from 'vitest';
import type { Bitrix24Config } from '../../../src/config/types.ts';
import { cardOf } from '../../../src/delivery/bitrix24/card.ts';
import { createPortal, type Portal } from '../../../src/delivery/bitrix24/client.ts';
import { type PullResult, pull } from '../../../src/delivery/bitrix24/pull.ts';
import { type PushResult, push } from '../../../src/delivery/bitrix24/push.ts';
import { createFields, inspect, type Presets } from '../../../src/delivery/bitrix24/setup.ts';
import type { CrmChange } from '../../../src/journal/crm-changes.ts';
import { type Journal, openJournal } from '../../../src/journal/journal.ts';
import type { OnecCard } from '../../../src/model/onec-card.ts';
import { type PortalDouble, portalDouble, type TestTime, testTime } from './double.ts';
import { emptyPortal } from './double-state.ts';

export const PORTAL = 'portal.example';

export const OWNERS: Bitrix24Config['owners'] = {
  title: 'onec',
  requisites: 'onec',
  bank: 'onec',
  legalAddress: 'onec',
  actualAddress: 'onec',
  phones: 'onec',
  emails: 'onec',
  contract: 'onec',
};

/** A portal, a journal and a clock; the base of 1C is a list of cards that a test edits. */
export interface CrmWorld {
  time: TestTime;
  double: PortalDouble;
  portal: Portal;
  journal: Journal;
  presets: Presets;
  push(
    cards: readonly OnecCard[],
    options?: { dryRun?: boolean; owners?: Bitrix24Config['owners'] },
  ): Promise<PushResult>;
  pull(cards: readonly OnecCard[], everything?: boolean): Promise<PullResult>;
  open(): CrmChange[];
  /** Everything that was ever put down. */
  all(): CrmChange[];
  /** The accountant keeps 1C's value. */
  refuse(id: number): void;
  /** Another process: a portal without memory and the journal as it is. */
  restart(): void;
}

const opened: PortalDouble[] = [];
afterEach(async () => {
  for (const double of opened.splice(0)) await double.close();
});

/** @param shift makes preset ids differ */
export async function crmWorld({ shift = 0 }: { shift?: number } = {}): Promise<CrmWorld> {
  const time = testTime();
  const double = await portalDouble(time, emptyPortal(shift));
  opened.push(double);
  const connect = (): Portal =>
    createPortal({
      access: { portal: PORTAL, base: double.webhook },
      rate: 2,
      clock: time.now,
      sleep: time.sleep,
    });
  const first = connect();
  await createFields(first, (await inspect(first, [4, 3])).missing);
  const { presets } = await inspect(first, [4, 3]);
  const world: CrmWorld = {
    time,
    double,
    portal: first,
    journal: openJournal(':memory:', time.now).journal!,
    presets: presets as Presets,
    push: (cards, { dryRun = false, owners = OWNERS } = {}) =>
      push({
        portal: world.portal,
        journal: world.journal,
        cards: cards.map((card) => cardOf(card, owners)),
        presets: world.presets,
        dryRun,
        clock: time.now,
        sleep: time.sleep,
      }),
    pull: (cards, everything = false) =>
      pull({
        portal: world.portal,
        journal: world.journal,
        cards: cards.map((card) => cardOf(card, OWNERS)),
        presets: world.presets,
        types: [4],
        everything,
        clock: time.now,
      }),
    open: () => world.journal.records.crmChanges.list(PORTAL, 'open'),
    all: () =>
      (['open', 'approved', 'sent', 'refused', 'withdrawn'] as const).flatMap((state) =>
        world.journal.records.crmChanges.list(PORTAL, state),
      ),
    refuse(id) {
      const { ref } = world.journal.records.crmChanges.get(PORTAL, id)!;
      world.journal.move('crm_change', [id], 'refused');
      if (ref !== undefined) world.journal.records.crm.unsettle(PORTAL, ref);
    },
    restart() {
      world.portal = connect();
    },
  };
  return world;
}
