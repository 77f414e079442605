import type { Clock } from '../support/clock.ts';
import { all, type Connection, one } from './database.ts';

/** A card of 1C in a portal of the CRM. */
export interface CrmCardRow {
  /** UUID of the card in 1C. */
  ref: string;
  /** Kind of the item there: 4 company, 3 contact. */
  type: number;
  /** Undefined: being created, outcome not known yet. */
  id?: number | undefined;
  requisite?: number | undefined;
  /** Hash of what was last brought over whole; undefined: something is still to be done. */
  hash?: string | undefined;
  /** ISO instant of the last try to create it. */
  triedAt?: string | undefined;
}

/** A part of a card there (company, requisite, `bank:…`, `address:6`, `phone:…`) and what was agreed on. */
export interface CrmPiece {
  piece: string;
  id?: number | undefined;
  /** Hash of each field's value that both sides had last: a base of comparison without the data themselves. */
  fields: Record<string, string>;
}

/** Which card of 1C is which item of a portal: written before and after each step there. */
export interface CrmStore {
  card(portal: string, ref: string): CrmCardRow | undefined;
  /** The card that an item belongs to. */
  owner(portal: string, type: number, id: number): CrmCardRow | undefined;
  /** All cards of a portal, by UUID. */
  cards(portal: string): Map<string, CrmCardRow>;
  keep(portal: string, row: CrmCardRow): void;
  pieces(portal: string, ref: string): Map<string, CrmPiece>;
  keepPiece(portal: string, ref: string, piece: CrmPiece): void;
  dropPiece(portal: string, ref: string, piece: string): void;
  /** Makes the next run look at a card again. */
  unsettle(portal: string, ref: string): void;
  /** Instant up to which the changes of one kind were looked through; undefined: never. */
  cursor(portal: string, kind: string): string | undefined;
  moveCursor(portal: string, kind: string, at: string): void;
}

type Row = { [K in keyof CrmCardRow]-?: Exclude<CrmCardRow[K], undefined> | null } & {
  ref: string;
  type: number;
};

const CARD = `SELECT ref, type, item AS id, requisite, hash, tried_at AS triedAt FROM crm_card`;

export function createCrmStore(connection: Connection, clock: Clock): CrmStore {
  const byRef = connection.prepare(`${CARD} WHERE portal = ? AND ref = ?`);
  const byItem = connection.prepare(`${CARD} WHERE portal = ? AND type = ? AND item = ?`);
  const listed = connection.prepare(`${CARD} WHERE portal = ?`);
  const upsert = connection.prepare(
    `INSERT INTO crm_card (portal, ref, type, item, requisite, hash, tried_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (portal, ref) DO UPDATE SET type = excluded.type, item = excluded.item,
       requisite = excluded.requisite, hash = excluded.hash, tried_at = excluded.tried_at`,
  );
  const unsettled = connection.prepare('UPDATE crm_card SET hash = NULL WHERE portal = ? AND ref = ?');
  const pieces = connection.prepare(
    'SELECT piece, item AS id, fields FROM crm_piece WHERE portal = ? AND ref = ?',
  );
  const upsertPiece = connection.prepare(
    `INSERT INTO crm_piece (portal, ref, piece, item, fields, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (portal, ref, piece) DO UPDATE SET item = excluded.item, fields = excluded.fields, at = excluded.at`,
  );
  const removePiece = connection.prepare('DELETE FROM crm_piece WHERE portal = ? AND ref = ? AND piece = ?');
  const cursor = connection.prepare('SELECT at FROM crm_cursor WHERE portal = ? AND kind = ?');
  const upsertCursor = connection.prepare(
    `INSERT INTO crm_cursor (portal, kind, at) VALUES (?, ?, ?)
     ON CONFLICT (portal, kind) DO UPDATE SET at = excluded.at`,
  );
  return {
    card: (portal, ref) => cardOf(one<Row>(byRef, portal, ref)),
    owner: (portal, type, id) => cardOf(one<Row>(byItem, portal, type, id)),
    cards: (portal) => new Map(all<Row>(listed, portal).map((row) => [row.ref, cardOf(row)!])),
    keep: (portal, { ref, type, id, requisite, hash, triedAt }) =>
      void upsert.run(portal, ref, type, id ?? null, requisite ?? null, hash ?? null, triedAt ?? null),
    pieces: (portal, ref) =>
      new Map(
        all<{ piece: string; id: number | null; fields: string }>(pieces, portal, ref).map(
          ({ piece, id, fields }) => [
            piece,
            { piece, id: id ?? undefined, fields: JSON.parse(fields) as Record<string, string> },
          ],
        ),
      ),
    keepPiece: (portal, ref, { piece, id, fields }) =>
      void upsertPiece.run(portal, ref, piece, id ?? null, JSON.stringify(fields), clock().toISOString()),
    dropPiece: (portal, ref, piece) => void removePiece.run(portal, ref, piece),
    unsettle: (portal, ref) => void unsettled.run(portal, ref),
    cursor: (portal, kind) => one<{ at: string }>(cursor, portal, kind)?.at,
    moveCursor: (portal, kind, at) => void upsertCursor.run(portal, kind, at),
  };
}

function cardOf(row: Row | undefined): CrmCardRow | undefined {
  if (!row) return undefined;
  const { ref, type, id, requisite, hash, triedAt } = row;
  return {
    ref,
    type,
    id: id ?? undefined,
    requisite: requisite ?? undefined,
    hash: hash ?? undefined,
    triedAt: triedAt ?? undefined,
  };
}
