import fc from 'fast-check';
import { expect } from 'vitest';
import type { OnecCard } from '../../../src/model/onec-card.ts';
import { counterparty, refOf } from './counterparties.ts';
import type { Item, OldRow } from './double-state.ts';
import { contactsModel } from './two-sides-contacts.ts';
import { type CrmWorld, crmWorld } from './world.ts';

/**
 * Two people who edit the same cards, one in 1C and one in the CRM, and what must hold whatever they do, whichever
 * answer is lost and wherever the program is killed. Every value of the manager is hers alone («m7»), so that it is seen
 * at once where it is gone; but for telephones and e-mails that she types as the accountant has them.
 */
const CARDS = 2;

/** What may befall a push: the answer to a request is lost, or the program is killed after one; 0: nothing does. */
interface Trouble {
  lost: number;
  killed: number;
}

export type Step =
  | { who: 'accountant'; card: number; field: 'name' | 'kpp' | 'address' | 'phone' | 'email'; value: number }
  | {
      who: 'manager';
      card: number;
      field: 'title' | 'kpp' | 'address' | 'phone' | 'email' | 'responsible' | 'comments';
    }
  | { who: 'manager-deletes'; card: number; what: 'phone' | 'email' | 'bank' }
  | { who: 'manager-types-the-same'; card: number; what: 'phone' | 'email'; value: number }
  | ({ who: 'push' } & Trouble)
  | { who: 'pull' }
  | { who: 'refuse' | 'approve'; nth: number };

export interface Story {
  /** Of the push that makes the cards. */
  first: Trouble;
  steps: Step[];
}

const card = fc.nat(CARDS - 1);
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({ lost: fc.nat(6), killed: fc.constant(0) }),
  fc.record({ lost: fc.constant(0), killed: fc.integer({ min: 1, max: 6 }) }),
);
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
    what: fc.constantFrom('phone', 'email', 'bank'),
  }),
  fc.record({
    who: fc.constant('manager-types-the-same' as const),
    card,
    what: fc.constantFrom('phone', 'email'),
    value: fc.integer({ min: 1, max: 3 }),
  }),
  trouble.map((what) => ({ who: 'push' as const, ...what })),
  fc.record({ who: fc.constant('pull' as const) }),
  fc.record({ who: fc.constantFrom('refuse' as const, 'approve' as const), nth: fc.nat(3) }),
);
export const anyStory: fc.Arbitrary<Story> = fc.record({
  first: trouble,
  steps: fc.array(step, { minLength: 5, maxLength: 25 }),
});

/** Plays a story; what must hold is looked at after each of its steps and at the end. */
export async function play({ first, steps }: Story): Promise<void> {
  const { world, take, end } = await begin(first);
  try {
    for (const one of steps) await take(one);
    await end();
  } finally {
    await world.double.close();
  }
}

interface Play {
  world: CrmWorld;
  take(step: Step): Promise<void>;
  end(): Promise<void>;
}

async function begin(first: Trouble): Promise<Play> {
  const world = await crmWorld();
  const cards = Array.from({ length: CARDS }, (_, index) => counterparty(index + 1));
  let drawn = 0;
  /** Values of the manager that must be there: by place. */
  const hers = new Map<string, string>();
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
  const contacts = cards.map((_, index) =>
    contactsModel(
      () => item(index),
      () => [...cards[index]!.phones, ...cards[index]!.emails],
      world.double.state,
    ),
  );
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
    for (const one of contacts) one.check();
    for (const [place, value] of hers) {
      if (released.has(value)) continue;
      const [index, field] = place.split('/') as [string, string];
      if (field.startsWith('m')) expect(item(Number(index)).fm.map((one) => one.value)).toContain(value);
      else expect(look(Number(index), field)).toBe(value);
    }
  };
  const push = async (what: Trouble): Promise<void> => {
    const whole = await pushInTrouble(world, cards, what);
    for (const one of contacts) one.pushed(whole);
  };

  await pushInTrouble(world, cards, first);
  await push({ lost: 0, killed: 0 });
  return {
    world,
    async take(one) {
      switch (one.who) {
        case 'accountant':
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
          const isContact = one.field === 'phone' || one.field === 'email';
          if (isContact)
            fm.push({
              id: ++world.double.state.nextId,
              typeId: one.field.toUpperCase(),
              valueType: 'WORK',
              value: contact,
            });
          hers.set(
            isContact ? `${one.card}/${value}` : `${one.card}/${one.field}`,
            isContact ? contact : value,
          );
          touch(one.card);
          break;
        }
        case 'manager-deletes': {
          if (one.what !== 'bank') contacts[one.card]!.deleteAll(one.what);
          const { banks } = world.double.state;
          if (one.what === 'bank')
            for (const [id, row] of banks)
              if (Number(row.ENTITY_ID) === requisite(one.card).ID) banks.delete(id);
          touch(one.card);
          break;
        }
        case 'manager-types-the-same':
          contacts[one.card]!.type(one.what, one.what === 'phone' ? phone(one.value) : email(one.value));
          touch(one.card);
          break;
        case 'push':
          await push(one);
          break;
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
      await push({ lost: 0, killed: 0 });
      await world.pull(cards, true);
      check();
      for (const one of contacts) one.checkSettled();
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

/** @returns whether it came to its end */
async function pushInTrouble(
  world: CrmWorld,
  cards: readonly OnecCard[],
  { lost, killed }: Trouble,
): Promise<boolean> {
  class Killed extends Error {}
  let [requests, calls] = [0, 0];
  const { all } = world.portal;
  world.double.fate = () => (++requests === lost ? 'drop-after' : 'answer');
  world.portal.all = async (commands, writes) => {
    const outcomes = await all(commands, writes);
    // The portal did it, the journal never heard of it.
    if (++calls === killed) throw new Killed();
    return outcomes;
  };
  try {
    const { failed } = await world.push(cards);
    return failed.length === 0;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return false;
  } finally {
    world.double.fate = () => 'answer';
    world.restart();
  }
}

const phone = (value: number): string => `+7 347 555000${value}`;
const email = (value: number): string => `new${value}@onec.example`;

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
      return { ...from, phones: value === 0 ? [] : [phone(value)] };
    case 'email':
      return { ...from, emails: value === 0 ? [] : [email(value)] };
  }
}
