import type { Clock } from '../support/clock.ts';
import { all, type Connection } from './database.ts';

/** Where an address was learned: from the card in 1C, or from the CRM with the accountant's word. */
export type AddressSource = 'onec' | 'bitrix24';

/** Who an address belongs to: ИНН and КПП; a party without ИНН is known by its UUID alone. */
export interface Addressee {
  inn?: string | undefined;
  kpp?: string | undefined;
  /** UUID of the counterparty: ours, or the card's in 1C. */
  counterparty?: string | undefined;
}

/** E-mail addresses of counterparties, for letters. */
export interface AddressBook {
  /** Addresses by ИНН and КПП, first come first. */
  emailsOf(inn: string, kpp: string): string[];
  /** Addresses of a party known by its UUID. */
  emailsOfCounterparty(uuid: string): string[];
  /** Adds an address; a known one stays as it is. */
  add(of: Addressee, email: string, source: AddressSource): void;
  /** Puts the addresses of one source in the place of those it gave before. */
  replace(of: Addressee, emails: readonly string[], source: AddressSource): void;
}

export function createAddressBook(connection: Connection, clock: Clock): AddressBook {
  const byKey = connection.prepare(
    `SELECT email FROM address_book WHERE inn = ? AND kpp = ? AND inn <> '' GROUP BY email ORDER BY min(id)`,
  );
  const byUuid = connection.prepare(
    `SELECT email FROM address_book WHERE counterparty = ? AND counterparty <> '' GROUP BY email ORDER BY min(id)`,
  );
  const insert = connection.prepare(
    `INSERT OR IGNORE INTO address_book (inn, kpp, counterparty, email, source, added_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const ofSource = connection.prepare(
    'SELECT id, email FROM address_book WHERE inn = ? AND kpp = ? AND counterparty = ? AND source = ?',
  );
  const remove = connection.prepare('DELETE FROM address_book WHERE id = ?');
  const emails = (rows: { email: string }[]): string[] => rows.map(({ email }) => email);
  const key = ({ inn = '', kpp = '', counterparty = '' }: Addressee): [string, string, string] => [
    inn,
    kpp,
    counterparty.toLowerCase(),
  ];
  const add: AddressBook['add'] = (of, email, source) =>
    void insert.run(...key(of), email.toLowerCase(), source, clock().toISOString());
  return {
    emailsOf: (inn, kpp) => emails(all(byKey, inn, kpp)),
    emailsOfCounterparty: (uuid) => emails(all(byUuid, uuid.toLowerCase())),
    add,
    replace(of, wanted, source) {
      const kept = new Set(wanted.map((email) => email.toLowerCase()));
      for (const { id, email } of all<{ id: number; email: string }>(ofSource, ...key(of), source))
        if (!kept.has(email)) remove.run(id);
      for (const email of kept) add(of, email, source);
    },
  };
}
