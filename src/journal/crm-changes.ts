import type { Clock } from '../support/clock.ts';
import { all, type Connection, one, type Value } from './database.ts';
import type { Events } from './events.ts';
import type { CrmChangeState } from './states.ts';

/**
 * What differs between a card of 1C and the CRM and is a person's to decide:
 * `change` — the CRM's value is newer; `conflict` — both sides changed it, or they differed at their first meeting;
 * `new` — a company of the CRM that 1C does not have; `which` — it is not clear which item is the card's.
 */
export type CrmChangeKind = 'change' | 'conflict' | 'new' | 'which';

export interface CrmFinding {
  kind: CrmChangeKind;
  /** UUID of the card in 1C; undefined for what 1C does not have. */
  ref?: string | undefined;
  /** Item of the CRM: 4 company, 3 contact; 0 where it is not known which one. */
  type: number;
  item: number;
  /** `requisite`, `email`, `bank:…` */
  piece: string;
  field: string;
  /** How a person calls the counterparty. */
  title: string;
  /** Value in 1C, value in the CRM, as texts. */
  ours: string;
  theirs: string;
}

export interface CrmChange extends CrmFinding {
  /** Number by which the accountant names it. */
  id: number;
  state: CrmChangeState;
  foundAt: string;
  /** Package that carries it to 1C. */
  package?: string | undefined;
}

/** What waits for a person's decision, and what was decided. */
export interface CrmChangeStore {
  /** Puts a finding down, once: one that was put down and not changed since stays as decided. */
  find(portal: string, finding: CrmFinding): void;
  /** Findings of a state, by number. */
  list(portal: string, state: CrmChangeState): CrmChange[];
  get(portal: string, id: number): CrmChange | undefined;
  /** Findings of a card, or of an item that no card has, that are open or refused. */
  standing(portal: string, of: { ref: string } | { type: number; item: number }): CrmChange[];
}

const CHANGE = `SELECT id, state, kind, ref, type, item, piece, field, title, ours, theirs, found_at AS foundAt,
  package FROM crm_change`;

type Row = Omit<CrmChange, 'ref' | 'package'> & { ref: string | null; package: string | null };

export function createCrmChangeStore(connection: Connection, events: Events, clock: Clock): CrmChangeStore {
  const latest = connection.prepare(
    `${CHANGE} WHERE portal = ? AND type = ? AND item = ? AND coalesce(ref, '') = ? AND piece = ? AND field = ?
     ORDER BY id DESC LIMIT 1`,
  );
  const insert = connection.prepare(
    `INSERT INTO crm_change (portal, state, kind, ref, type, item, piece, field, title, ours, theirs, found_at)
     VALUES (?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = connection.prepare(
    'UPDATE crm_change SET kind = ?, title = ?, ours = ?, theirs = ?, found_at = ? WHERE id = ?',
  );
  const byState = connection.prepare(`${CHANGE} WHERE portal = ? AND state = ? ORDER BY id`);
  const byId = connection.prepare(`${CHANGE} WHERE portal = ? AND id = ?`);
  const ofRef = connection.prepare(
    `${CHANGE} WHERE portal = ? AND ref = ? AND state IN ('open', 'refused') ORDER BY id`,
  );
  const ofItem = connection.prepare(
    `${CHANGE} WHERE portal = ? AND type = ? AND item = ? AND ref IS NULL AND state IN ('open', 'refused')
     ORDER BY id`,
  );
  return {
    find(portal, { kind, ref, type, item, piece, field, title, ours, theirs }) {
      const key: Value[] = [portal, type, item, ref ?? '', piece, field];
      const known = one<Row>(latest, ...key);
      const same = known?.ours === ours && known.theirs === theirs && known.kind === kind;
      if (known && same && known.state !== 'withdrawn') return;
      const now = clock().toISOString();
      if (known?.state === 'open') {
        update.run(kind, title, ours, theirs, now, known.id);
        return;
      }
      insert.run(portal, kind, ref ?? null, type, item, piece, field, title, ours, theirs, now);
      const { id } = one<Row>(latest, ...key)!;
      events.add('crm_change.open', `crm_change:${id}`, kind);
    },
    list: (portal, state) => all<Row>(byState, portal, state).map(changeOf),
    get(portal, id) {
      const row = one<Row>(byId, portal, id);
      return row && changeOf(row);
    },
    standing: (portal, of) =>
      ('ref' in of ? all<Row>(ofRef, portal, of.ref) : all<Row>(ofItem, portal, of.type, of.item)).map(
        changeOf,
      ),
  };
}

function changeOf({ ref, package: carrier, ...row }: Row): CrmChange {
  return { ...row, ref: ref ?? undefined, package: carrier ?? undefined };
}
