import type { Journal } from '../journal/journal.ts';
import { type Channel, ChannelError, type RemoteState, type Session } from './channel.ts';

/** What became of things that were sent before. */
export interface News {
  /** How many came into each state. */
  states: Partial<Record<RemoteState, number>>;
  /** Why the feed was not read to its end. */
  failure?: ChannelError | undefined;
}

/** Reads the feed of a channel from its durable cursors on; each page and its cursor are one fact. */
export async function readNews(channel: Channel, session: Session, journal: Journal): Promise<News> {
  const { deliveries } = journal.records;
  const since = deliveries.oldestOpen(channel.name);
  const states: News['states'] = {};
  if (!session.changes || since === undefined) return { states };
  const get = (name: string): string | undefined => deliveries.cursor(channel.name, name);
  try {
    for await (const { changes, cursor } of session.changes({ get, since: new Date(since) }))
      journal.atomically(() => {
        for (const { key, remote, externalId } of changes)
          if (deliveries.remote(key, remote, externalId))
            states[remote.state] = (states[remote.state] ?? 0) + 1;
        deliveries.keepCursor(channel.name, cursor.name, cursor.value);
      });
    return { states };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { states, failure: error };
  }
}
