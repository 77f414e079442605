import type { Clock } from '../support/clock.ts';
import { type Connection, one } from './database.ts';
import type { DeliveryOutcome, DeliveryRow, Lease, NewDelivery, RemoteRow, Verdict } from './delivery.ts';
import { createDeliveryRows, type DeliveryRows } from './delivery-rows.ts';
import { settled } from './delivery-verdicts.ts';
import type { Transition } from './states.ts';

/**
 * Deliveries of all channels. Each call is one fact; several are one inside `journal.atomically`. Whoever holds the
 * lease of a delivery settles it; a lease that ran out is in doubt, for its holder may have died in the middle.
 */
export interface DeliveryStore extends Omit<DeliveryRows, 'expired'> {
  /** When the oldest delivery was formed that the other side still may change. */
  oldestOpen(channel: string): string | undefined;
  /** Puts down a delivery that waits. */
  enrol(delivery: NewDelivery): DeliveryRow;
  /**
   * Begins an attempt: the delivery is put down if it is new, and is running under the lease.
   * @returns the row as it was before, or undefined where it is not waiting (another has it, or it is done)
   */
  begin(delivery: NewDelivery, content: string, lease: Lease): DeliveryRow | undefined;
  /** Begins a question about what is in doubt. @returns false where it is not waiting any more */
  ask(id: number, lease: Lease): boolean;
  /** Extends a lease. @returns false where it was lost */
  renew(id: number, lease: Lease): boolean;
  /** Ends an attempt or a question. @returns false where the lease was lost: then nothing is changed */
  settle(id: number, owner: string, verdict: Verdict): boolean;
  /** Leases that ran out come into doubt. @returns how many */
  expire(channel: string): number;
  /** Everything that waits may have been sent by a journal that was lost. */
  doubtAll(): void;
  /** A newer content takes the place of one that was surely not sent. */
  replace(id: number): void;
  /** A person's word on what is in doubt, given up or rejected. */
  decide(id: number, sent: boolean): void;
  /** What the other side says of one. @returns whether it is news */
  remote(key: string, remote: RemoteRow, externalId?: string): boolean;
  /** From which instant on an attempt is within the limit of so many in a window of ms; undefined: now. */
  freeAt(channel: string, limit: number, window: number): Date | undefined;
  cursor(channel: string, name: string): string | undefined;
  keepCursor(channel: string, name: string, value: string): void;
}

/** In the place of a failure: a person says that it was not sent. */
export const DECIDED = 'decided';
/** States after which nothing comes any more. */
const FINAL = "('signed', 'rejected', 'annulled', 'failed')";

export function createDeliveryStore(
  connection: Connection,
  atomically: <T>(work: () => T) => T,
  move: Transition,
  clock: Clock,
): DeliveryStore {
  const sql = (text: string) => connection.prepare(text);
  const { expired, ...rows } = createDeliveryRows(connection);
  const insert = sql(
    `INSERT INTO delivery (key, channel, organization, package, part, status, outcome, attempts, lookups, not_before,
       formed, created_at, changed_at) VALUES (?, ?, ?, ?, ?, 'waiting', ?, 0, 0, ?, ?, ?, ?)`,
  );
  const insertDocument = sql(
    'INSERT INTO delivery_document (delivery, document, hash, correction) VALUES (?, ?, ?, ?)',
  );
  const insertAttempt = sql('INSERT INTO delivery_attempt (delivery, channel, at) VALUES (?, ?, ?)');
  const nth = sql('SELECT at FROM delivery_attempt WHERE channel = ? ORDER BY at DESC LIMIT 1 OFFSET ?');
  const extend = sql(
    `UPDATE delivery SET lease_until = ? WHERE id = ? AND status = 'running' AND lease_owner = ?`,
  );
  const now = (): string => clock().toISOString();
  const change = (
    id: number,
    to: Parameters<typeof move<'delivery'>>[2],
    columns: Record<string, string | number | null>,
  ): void => move('delivery', [id], to, { ...columns, changed_at: now() });

  const record = ({
    key,
    channel,
    organization,
    package: from,
    part,
    formed,
    documents,
    doubtful,
  }: NewDelivery) => {
    const outcome: DeliveryOutcome | null = doubtful ? 'in-doubt' : null;
    const at = now();
    const { lastInsertRowid } = insert.run(
      key,
      channel,
      organization,
      from,
      part,
      outcome,
      at,
      formed,
      at,
      at,
    );
    for (const { uuid, hash, correction } of documents)
      insertDocument.run(Number(lastInsertRowid), uuid, hash, correction);
    return rows.byId(Number(lastInsertRowid))!;
  };

  return {
    ...rows,
    oldestOpen: (channel) =>
      one<{ formed: string | null }>(
        sql(
          `SELECT min(formed) AS formed FROM delivery WHERE channel = ? AND (status <> 'done' OR outcome = 'ok')
             AND (remote_state IS NULL OR remote_state NOT IN ${FINAL})`,
        ),
        channel,
      )?.formed ?? undefined,
    enrol: (delivery) => atomically(() => rows.byKey(delivery.key) ?? record(delivery)),
    begin: (delivery, content, { owner, until }) =>
      atomically(() => {
        const row = rows.byKey(delivery.key) ?? record(delivery);
        if (row.status !== 'waiting') return undefined;
        change(row.id, 'running', {
          content,
          package: delivery.package,
          part: delivery.part,
          attempts: row.attempts + 1,
          lease_owner: owner,
          lease_until: until,
        });
        insertAttempt.run(row.id, row.channel, now());
        return row;
      }),
    ask: (id, { owner, until }) =>
      atomically(() => {
        if (rows.byId(id)?.status !== 'waiting') return false;
        change(id, 'running', { lease_owner: owner, lease_until: until });
        return true;
      }),
    renew: (id, { owner, until }) => extend.run(until, id, owner).changes === 1,
    settle: (id, owner, verdict) =>
      atomically(() => {
        const row = rows.byId(id);
        if (row?.status !== 'running' || row.leaseOwner !== owner) return false;
        const { to, columns } = settled(row, verdict);
        change(id, to, { lease_owner: null, lease_until: null, ...columns });
        return true;
      }),
    expire: (channel) =>
      atomically(() => {
        const lost = expired(channel, now());
        for (const { id } of lost)
          change(id, 'waiting', {
            outcome: 'in-doubt',
            lease_owner: null,
            lease_until: null,
            not_before: now(),
            failure: 'unknown',
            failure_code: 'lease-expired',
          });
        return lost.length;
      }),
    doubtAll: () =>
      void sql(
        "UPDATE delivery SET outcome = 'in-doubt' WHERE status IN ('waiting', 'running', 'dead')",
      ).run(),
    replace: (id) => change(id, 'dead', { failure: 'rejected', failure_code: 'replaced' }),
    decide: (id, sent) =>
      change(id, sent ? 'done' : 'waiting', {
        outcome: sent ? 'ok' : null,
        attempts: 0,
        lookups: 0,
        not_before: now(),
        failure: null,
        failure_code: sent ? null : DECIDED,
      }),
    remote(key, { state, code, name }, externalId) {
      const row = rows.byKey(key);
      if (!row || (row.remoteState === state && row.remoteCode === code && row.remoteName === name))
        return false;
      sql(
        `UPDATE delivery SET remote_state = ?, remote_code = ?, remote_name = ?, external_id = coalesce(?, external_id),
           changed_at = ? WHERE id = ?`,
      ).run(state, code, name, externalId ?? null, now(), row.id);
      return true;
    },
    freeAt(channel, limit, window) {
      const earliest = one<{ at: string }>(nth, channel, limit - 1)?.at;
      if (earliest === undefined) return undefined;
      const free = new Date(Date.parse(earliest) + window);
      return free > clock() ? free : undefined;
    },
    cursor: (channel, name) =>
      one<{ value: string }>(
        sql('SELECT value FROM delivery_cursor WHERE channel = ? AND name = ?'),
        channel,
        name,
      )?.value,
    keepCursor: (channel, name, value) =>
      void sql(
        `INSERT INTO delivery_cursor (channel, name, value) VALUES (?, ?, ?)
         ON CONFLICT (channel, name) DO UPDATE SET value = excluded.value`,
      ).run(channel, name, value),
  };
}
