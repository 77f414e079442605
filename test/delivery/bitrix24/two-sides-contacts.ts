import { expect } from 'vitest';
import type { Item, PortalState } from './double-state.ts';

/** What must become of the telephones and e-mails that the accountant may enter, in one card. */
export interface ContactsModel {
  /** The manager types one; one that is there she sees. */
  type(what: 'phone' | 'email', value: string): void;
  /** The manager deletes all of a kind that the accountant may have entered. */
  deleteAll(what: 'phone' | 'email'): void;
  /** A push has ended. @param whole whether it did all it had to */
  pushed(whole: boolean): void;
  /** What holds at any time. */
  check(): void;
  /** What holds after a push that did all. */
  checkSettled(): void;
}

/** Values that the accountant may enter; the manager's alone are others. */
const OF_1C = /^\+7 347 |@onec\.example$|^buh@/;

/** @param inOnec values that the card has in 1C now */
export function contactsModel(
  item: () => Item,
  inOnec: () => string[],
  state: Pick<PortalState, 'nextId'>,
): ContactsModel {
  /** Brought from 1C, as far as the portal shows. */
  const brought = new Set<string>();
  /** Typed by the manager where there was none: nobody else takes it away. */
  const hers = new Set<string>();
  /** Were on both sides at the end of a push. */
  const agreed = new Set<string>();
  /** Of these, what the manager deleted: must not come back. */
  const gone = new Set<string>();
  /** What the manager deleted, whoever had looked: need not come back. */
  const deleted = new Set<string>();
  const there = (): string[] =>
    item()
      .fm.map(({ value }) => value)
      .filter((value) => OF_1C.test(value));
  return {
    type(what, value) {
      if (there().includes(value)) return;
      item().fm.push({ id: ++state.nextId, typeId: what.toUpperCase(), valueType: 'WORK', value });
      gone.delete(value);
      if (!brought.has(value)) hers.add(value);
    },
    deleteAll(what) {
      const one = item();
      const doomed = one.fm.filter(({ typeId, value }) => typeId === what.toUpperCase() && OF_1C.test(value));
      one.fm = one.fm.filter((contact) => !doomed.includes(contact));
      for (const { value } of doomed) {
        hers.delete(value);
        deleted.add(value);
        if (agreed.has(value)) gone.add(value);
      }
    },
    pushed(whole) {
      const [wanted, found] = [inOnec(), there()];
      for (const value of found) if (!hers.has(value)) brought.add(value);
      if (!whole) return;
      for (const value of wanted) if (found.includes(value)) agreed.add(value);
      // What 1C let go of is forgotten: entered again, it is new.
      for (const set of [brought, agreed, gone, deleted])
        for (const value of set) if (!wanted.includes(value)) set.delete(value);
    },
    check() {
      const found = there();
      expect(found.filter((value) => gone.has(value))).toEqual([]);
      for (const value of hers) expect(found).toContain(value);
    },
    checkSettled() {
      const [wanted, found] = [inOnec(), there()];
      expect(new Set(found).size).toBe(found.length);
      for (const value of wanted) if (!deleted.has(value)) expect(found).toContain(value);
      for (const value of found) if (!hers.has(value)) expect(wanted).toContain(value);
    },
  };
}
