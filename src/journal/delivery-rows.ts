import { all, type Connection, one } from './database.ts';
import type { DeliveryDocument, DeliveryRow } from './delivery.ts';

/** Looking deliveries up. */
export interface DeliveryRows {
  /** Deliveries that hold any of the documents, the latest first. */
  ofDocuments(uuids: readonly string[], channel?: string): DeliveryRow[];
  byId(id: number): DeliveryRow | undefined;
  byKey(key: string): DeliveryRow | undefined;
  /** Deliveries of a channel that wait, by the instant from which they may be tried. */
  waiting(channel: string): DeliveryRow[];
  /** When the next delivery that waits may be tried. */
  nextDue(channel: string): Date | undefined;
  /** What a person has to decide: in doubt, and nobody asks any more. */
  undecided(channel: string): DeliveryRow[];
  /** Leases of a channel that ran out before an instant. */
  expired(channel: string, before: string): DeliveryRow[];
}

const DELIVERY = `SELECT id, key, channel, organization, package, part, status, outcome, attempts, lookups,
  lease_owner AS leaseOwner, lease_until AS leaseUntil, not_before AS notBefore, formed, content,
  external_id AS externalId, remote_state AS remoteState, remote_code AS remoteCode, remote_name AS remoteName,
  failure, failure_code AS failureCode, created_at AS createdAt, changed_at AS changedAt FROM delivery`;
/** Values asked for at once. */
const BATCH = 200;

type Bare = Omit<DeliveryRow, 'documents'>;

export function createDeliveryRows(connection: Connection): DeliveryRows {
  const sql = (text: string) => connection.prepare(text);
  const byId = sql(`${DELIVERY} WHERE id = ?`);
  const byKey = sql(`${DELIVERY} WHERE key = ?`);
  const earliest = sql("SELECT min(not_before) AS at FROM delivery WHERE channel = ? AND status = 'waiting'");

  const whole = (found: readonly Bare[]): DeliveryRow[] =>
    batches(found).flatMap((batch) => {
      const documents = new Map(batch.map(({ id }): [number, DeliveryDocument[]] => [id, []]));
      const text = `SELECT delivery, document AS uuid, hash, correction FROM delivery_document
        WHERE delivery IN (${marks(batch)})`;
      const ids = batch.map(({ id }) => id);
      for (const { delivery, ...document } of all<DeliveryDocument & { delivery: number }>(sql(text), ...ids))
        documents.get(delivery)!.push(document);
      return batch.map((row) => ({ ...row, documents: documents.get(row.id)! }));
    });
  const single = (row: Bare | undefined): DeliveryRow | undefined => row && whole([row])[0];
  const where = (condition: string, ...values: string[]): DeliveryRow[] =>
    whole(all<Bare>(sql(`${DELIVERY} WHERE ${condition}`), ...values));

  return {
    ofDocuments(uuids, channel) {
      const found = new Map<number, Bare>();
      for (const batch of batches(uuids)) {
        const text = `${DELIVERY} WHERE id IN
          (SELECT delivery FROM delivery_document WHERE document IN (${marks(batch)}))`;
        for (const row of all<Bare>(sql(text), ...batch)) found.set(row.id, row);
      }
      const wanted = [...found.values()].filter((row) => channel === undefined || row.channel === channel);
      return whole(wanted.sort((a, b) => b.id - a.id));
    },
    byId: (id) => single(one<Bare>(byId, id)),
    byKey: (key) => single(one<Bare>(byKey, key)),
    waiting: (channel) => where("channel = ? AND status = 'waiting' ORDER BY not_before, id", channel),
    nextDue(channel) {
      const at = one<{ at: string | null }>(earliest, channel)?.at;
      return at ? new Date(at) : undefined;
    },
    undecided: (channel) =>
      where("channel = ? AND status = 'dead' AND outcome = 'in-doubt' ORDER BY id", channel),
    expired: (channel, before) =>
      where("channel = ? AND status = 'running' AND lease_until < ?", channel, before),
  };
}

function batches<T>(values: readonly T[]): T[][] {
  const count = Math.ceil(values.length / BATCH);
  return Array.from({ length: count }, (_, nth) => values.slice(nth * BATCH, (nth + 1) * BATCH));
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
