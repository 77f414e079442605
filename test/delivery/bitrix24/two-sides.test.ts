import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OnecCard } from '../../../src/model/onec-card.ts';
import { counterparty, refOf } from './counterparties.ts';
import type { Item, OldRow } from './double-state.ts';
import { type CrmWorld, crmWorld } from './world.ts';

/**
 * Random edits on both sides, brought over and looked at in any order, with lost answers. Every value of the manager is
 * hers alone («m7»), so that it is seen at once where it is gone.
 */
const CARDS = 2;

type Step =
  | { who: 'accountant'; card: number; field: 'name' | 'kpp' | 'address' | 'phone' | 'email'; value: number }
  | {
      who: 'manager';
      card: number;
      field: 'title' | 'kpp' | 'address' | 'phone' | 'email' | 'responsible' | 'comments';
    }
  | { who: 'manager-deletes'; card: number; what: 'phone' | 'bank' }
  | { who: 'push'; lost: number }
  | { who: 'pull' }
  | { who: 'refuse' | 'approve'; nth: number };

const card = fc.nat(CARDS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    who: fc.constant('accountant' as const),
    card,
    field: fc.constantFrom('name', 'kpp', 'address', 'phone', 'email'),
    value: fc.nat(3),
  }),
  fc.record({
    who: fc.constant('manager' as const),
    card,
    field: fc.constantFrom('title', 'kpp', 'address', 'phone', 'email', 'responsible', 'comments'),
  }),
  fc.record({
    who: fc.constant('manager-deletes' as const),
    card,
    what: fc.constantFrom('phone', 'bank'),
  }),
  fc.record({ who: fc.constant('push' as const), lost: fc.nat(6) }),
  fc.record({ who: fc.constant('pull' as const) }),
  fc.record({ who: fc.constantFrom('refuse' as const, 'approve' as const), nth: fc.nat(3) }),
);

test('what the manager and the accountant entered survives; every difference is in the list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const play = await begin();
      try {
        for (const one of steps) await play.take(one);
        await play.end();
      } finally {
        await play.world.double.close();
      }
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);

interface Play {
  world: CrmWorld;
  take(step: Step): Promise<void>;
  end(): Promise<void>;
}

async function begin(): Promise<Play> {
  const world = await crmWorld();
  const cards = Array.from({ length: CARDS }, (_, index) => counterparty(index + 1));
  await world.push(cards);
  let drawn = 0;
  /** Values of the manager that must be there: by place. */
  const hers = new Map<string, string>();
  /** Telephones of ours that she deleted, by card: they come back only when the accountant enters another. */
  const gone = new Map<number, string[]>();
  /** What a person let go of. */
  const released = new Set<string>();

  const item = (index: number): Item =>
    [...world.double.state.items.values()].find(({ fields }) => fields.originId === refOf(index + 1))!;
  const requisite = (index: number): OldRow =>
    [...world.double.state.requisites.values()].find(
      ({ ENTITY_ID }) => Number(ENTITY_ID) === item(index).id,
    )!;
  const address = (index: number): Record<string, unknown> =>
    world.double.state.addresses.get(`6:${requisite(index).ID}`)!;
  const look = (index: number, field: string): string => {
    const { fields } = item(index);
    if (field === 'kpp') return String(requisite(index).RQ_KPP);
    if (field === 'address') return String(address(index).ADDRESS_1);
    return String(
      { title: fields.title, responsible: fields.assignedById, comments: fields.comments }[field],
    );
  };
  const touch = (index: number): void => {
    world.time.advance(1000);
    const now = world.time.now().toISOString();
    item(index).fields.updatedTime = now;
    requisite(index).DATE_MODIFY = now;
  };
  const check = (): void => {
    for (const [index, values] of gone)
      for (const { value } of item(index).fm) expect(values).not.toContain(value);
    for (const [place, value] of hers) {
      if (released.has(value)) continue;
      const [index, field] = place.split('/') as [string, string];
      if (field.startsWith('m')) expect(item(Number(index)).fm.map((one) => one.value)).toContain(value);
      else expect(look(Number(index), field)).toBe(value);
    }
  };

  return {
    world,
    async take(one) {
      switch (one.who) {
        case 'accountant':
          if (one.field === 'phone') gone.delete(one.card);
          cards[one.card] = edited(cards[one.card]!, one.field, one.value);
          break;
        case 'manager': {
          const value = `m${++drawn}`;
          const { fields, fm } = item(one.card);
          if (one.field === 'title') fields.title = value;
          if (one.field === 'responsible') fields.assignedById = value;
          if (one.field === 'comments') fields.comments = value;
          if (one.field === 'kpp') requisite(one.card).RQ_KPP = value;
          if (one.field === 'address') address(one.card).ADDRESS_1 = value;
          const contact = one.field === 'phone' ? `+7 900 ${drawn}` : `${value}@m.example`;
          if (one.field === 'phone' || one.field === 'email')
            fm.push({
              id: ++world.double.state.nextId,
              typeId: one.field.toUpperCase(),
              valueType: 'WORK',
              value: contact,
            });
          const isContact = one.field === 'phone' || one.field === 'email';
          hers.set(
            isContact ? `${one.card}/${value}` : `${one.card}/${one.field}`,
            isContact ? contact : value,
          );
          touch(one.card);
          break;
        }
        case 'manager-deletes': {
          const it = item(one.card);
          const ours = ({ value }: { value: string }): boolean => value.startsWith('+7 347');
          if (one.what === 'phone') {
            gone.set(one.card, [
              ...(gone.get(one.card) ?? []),
              ...it.fm.filter(ours).map(({ value }) => value),
            ]);
            it.fm = it.fm.filter((contact) => !ours(contact));
          }
          const { banks } = world.double.state;
          if (one.what === 'bank')
            for (const [id, row] of banks)
              if (Number(row.ENTITY_ID) === requisite(one.card).ID) banks.delete(id);
          touch(one.card);
          break;
        }
        case 'push': {
          let seen = 0;
          world.double.fate = () => (++seen === one.lost ? 'drop-after' : 'answer');
          await world.push(cards);
          world.double.fate = () => 'answer';
          break;
        }
        case 'pull': {
          const before = JSON.stringify([...world.double.state.items]);
          await world.pull(cards);
          expect(JSON.stringify([...world.double.state.items])).toBe(before);
          break;
        }
        default: {
          const open = world.open();
          const change = open[one.nth % Math.max(open.length, 1)];
          if (!change) return;
          if (one.who === 'refuse') {
            world.refuse(change.id);
            if (change.field !== 'email') released.add(change.theirs);
          } else {
            world.journal.move('crm_change', [change.id], 'approved');
            world.journal.move('crm_change', [change.id], 'sent');
            const index = cards.findIndex(({ ref1c }) => ref1c === change.ref);
            const at = { title: 'name', RQ_KPP: 'kpp' }[change.field];
            if (at && index >= 0) cards[index] = { ...cards[index]!, [at]: change.theirs };
            released.add(change.theirs);
          }
        }
      }
      check();
    },
    async end() {
      await world.push(cards);
      await world.pull(cards, true);
      check();
      const { items, requisites, addresses } = world.double.state;
      expect([items.size, requisites.size, addresses.size]).toEqual([CARDS, CARDS, 2 * CARDS]);
      for (const [index, { ref1c, name, kpp }] of cards.entries())
        for (const [field, ours, theirs] of [
          ['title', name, look(index, 'title')],
          ['RQ_KPP', kpp, look(index, 'kpp')],
        ] as const) {
          if (ours === theirs) continue;
          const listed = world.all().filter((one) => one.ref === ref1c && one.field === field);
          expect(listed.map((one) => one.theirs)).toContain(theirs);
        }
      const { writes } = world.double.counts;
      await world.push(cards);
      expect(world.double.counts.writes).toBe(writes);
    },
  };
}

function edited(
  from: OnecCard,
  field: 'name' | 'kpp' | 'address' | 'phone' | 'email',
  value: number,
): OnecCard {
  switch (field) {
    case 'name':
      return { ...from, name: `ООО «Название ${value}»` };
    case 'kpp':
      return { ...from, kpp: `02740100${value}` };
    case 'address':
      return { ...from, addresses: [{ kind: 'legal', text: `450077, г. Уфа, д. ${value}` }] };
    case 'phone':
      return { ...from, phones: value === 0 ? [] : [`+7 347 555000${value}`] };
    case 'email':
      return { ...from, emails: value === 0 ? [] : [`new${value}@onec.example`] };
  }
}
