import type { Clock } from '../support/clock.ts';
import { all, type Connection, one } from './database.ts';

/** To whom a letter went: one row an address. */
export interface LetterRow {
  /** Key of the delivery. */
  delivery: string;
  address: string;
  /** What the server answered for the last of it. */
  reply: string;
  at: string;
}

/** A letter, or one address of it, that was refused or came back. */
export interface Bounce {
  /** What tells one from another: a notice that is read twice counts once. */
  id: string;
  delivery: string;
  address: string;
  /** The address is wrong (5.1.x); anything else may pass. */
  wrongAddress: boolean;
  /** `5.1.1` */
  code: string;
}

/** An address that letters do not go to any more. */
export interface BadAddress {
  address: string;
  code: string;
  at: string;
  bounces: number;
}

/** Letters and what came back; addresses are personal data. */
export interface LetterStore {
  record(delivery: string, addresses: readonly string[], reply: string): void;
  of(delivery: string): LetterRow[];
  /** @returns whether it is news */
  bounced(bounce: Bounce): boolean;
  isBad(address: string): boolean;
  badAddresses(): BadAddress[];
  /** A person says that the address is right: what came back before does not count. @returns whether it was bad */
  forgive(address: string): boolean;
}

/** Bounces of another cause after which an address is given up. */
const PATIENCE = 3;
const BAD = `SELECT address, max(code) AS code, max(at) AS at, count(*) AS bounces FROM letter_bounce
  WHERE forgiven = 0 AND address <> '' GROUP BY address HAVING max(wrong_address) = 1 OR count(*) >= ${PATIENCE}`;

export function createLetterStore(connection: Connection, clock: Clock): LetterStore {
  const insert = connection.prepare(
    `INSERT INTO letter (delivery, address, reply, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (delivery, address) DO UPDATE SET reply = excluded.reply, at = excluded.at`,
  );
  const ofDelivery = connection.prepare(
    'SELECT delivery, address, reply, at FROM letter WHERE delivery = ? ORDER BY address',
  );
  const insertBounce = connection.prepare(
    `INSERT OR IGNORE INTO letter_bounce (id, delivery, address, wrong_address, code, at, forgiven)
     VALUES (?, ?, ?, ?, ?, ?, 0)`,
  );
  const bad = connection.prepare(`SELECT * FROM (${BAD}) WHERE address = ?`);
  const allBad = connection.prepare(`${BAD} ORDER BY address`);
  const forgive = connection.prepare('UPDATE letter_bounce SET forgiven = 1 WHERE address = ?');
  const now = (): string => clock().toISOString();
  const isBad = (address: string): boolean => one(bad, address.toLowerCase()) !== undefined;
  return {
    record(delivery, addresses, reply) {
      for (const address of addresses) insert.run(delivery, address.toLowerCase(), reply, now());
    },
    of: (delivery) => all(ofDelivery, delivery),
    bounced: ({ id, delivery, address, wrongAddress, code }) =>
      insertBounce.run(id, delivery, address.toLowerCase(), Number(wrongAddress), code, now()).changes === 1,
    isBad,
    badAddresses: () => all(allBad),
    forgive(address) {
      const was = isBad(address);
      forgive.run(address.toLowerCase());
      return was;
    },
  };
}
