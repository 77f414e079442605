import type { KnownCounterparties, KnownCounterparty } from '../sources/assembly/context.ts';
import { type Connection, one } from './database.ts';

/** The UUIDs given to the counterparties of contracts. */
export interface CounterpartyStore {
  /** The youngest one kept: what is known "before" a build is bounded by it. */
  newest(): number;
  /** What was known when `newest()` was so much; a build and its rebuild see the same. */
  before(newest: number): KnownCounterparties;
  /** Keeps a contract's counterparty; the first one stays. */
  remember(contract: string, counterparty: Omit<KnownCounterparty, 'age'>): void;
}

export function createCounterpartyStore(connection: Connection): CounterpartyStore {
  const columns = 'SELECT id AS age, uuid, inn, kpp FROM counterparty';
  const byContract = connection.prepare(`${columns} WHERE contract = ? AND id <= ?`);
  const byKey = connection.prepare(`${columns} WHERE inn = ? AND kpp = ? AND id <= ? ORDER BY id LIMIT 1`);
  const byUuid = connection.prepare(`${columns} WHERE uuid = ? AND id <= ? ORDER BY id LIMIT 1`);
  const others = connection.prepare(`${columns} WHERE uuid = ? AND contract <> ? AND id <= ? LIMIT 1`);
  const newest = connection.prepare('SELECT coalesce(max(id), 0) AS id FROM counterparty');
  const insert = connection.prepare(
    'INSERT INTO counterparty (contract, uuid, inn, kpp) VALUES (?, ?, ?, ?) ON CONFLICT (contract) DO NOTHING',
  );
  return {
    newest: () => one<{ id: number }>(newest)!.id,
    before(bound) {
      // A first month asks for every contract: an empty journal answers without the database.
      if (bound === 0)
        return { byContract: nothing, byKey: nothing, byUuid: nothing, borneByOthers: () => false };
      return {
        byContract: (contract) => one<KnownCounterparty>(byContract, contract, bound),
        byKey: (inn, kpp) => one<KnownCounterparty>(byKey, inn, kpp, bound),
        byUuid: (uuid) => one<KnownCounterparty>(byUuid, uuid, bound),
        borneByOthers: (uuid, contract) => one(others, uuid, contract, bound) !== undefined,
      };
    },
    remember: (contract, { uuid, inn, kpp }) => void insert.run(contract, uuid, inn, kpp),
  };
}

function nothing(): undefined {
  return undefined;
}
