import type { Channel, ChannelName } from '../../delivery/channel.ts';
import { configuredChannels } from '../../delivery/registry.ts';
import { type Fault, stopsBuild } from '../../faults/fault.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { type DeliverResult, deliverDocuments } from './deliver.ts';

/** Delivery by the watcher itself (`deliver.auto`). */
export interface AutoDelivery {
  channels: readonly Channel[];
  /**
   * Goes on with a channel when there is something to do: a package or a receipt came, something is due, states are to
   * be asked for. Takes a look's time and no more: the rest comes with the next look.
   * @returns faults for which the channel has to wait
   */
  goOn(channel: Channel, signal: AbortSignal): Promise<readonly Fault[]>;
}

/** Time of one look that a channel may take, ms. */
const TURN = 20_000;
/** States of what was sent are asked for so often, ms. */
const STATES = 15 * 60_000;

export function createAutoDelivery(exchange: Exchange): AutoDelivery {
  const { config, clock, log } = exchange;
  const { deliveries, packages, receipts } = exchange.journal.records;
  /** What each channel has seen, and when it is to be looked at again whatever happens. */
  const turns = new Map<ChannelName, { seen: string; again: Date }>();
  return {
    channels: config.deliver.auto ? configuredChannels(config) : [],
    async goOn(channel, signal) {
      const now = clock();
      const turn = turns.get(channel.name);
      const seen = `${packages.list().length} ${receipts.newest()}`;
      const due = deliveries.nextDue(channel.name);
      if (turn?.seen === seen && turn.again > now && (due === undefined || due > now)) return [];
      const until = new Date(now.getTime() + TURN);
      const result = await deliverDocuments({
        channel,
        dryRun: false,
        patience: 0,
        until,
        surroundings: { config, clock, random: Math.random, sleep: async () => undefined, signal },
        openJournal: exchange.openJournal,
      });
      const rest = result.summary?.broken ? (result.summary.next ?? now) : undefined;
      turns.set(channel.name, { seen, again: rest ?? new Date(now.getTime() + STATES) });
      tell(log, result);
      return result.faults.filter(stopsBuild);
    },
  };
}

function tell(log: Exchange['log'], { channel, summary, news, faults }: DeliverResult): void {
  const codes = faults.map(({ code }) => code);
  if (!summary) {
    log.warn('delivery.refused', { channel, codes });
    return;
  }
  const { sent, found, rejected, leftOut, later, givenUp, inDoubt, undecided } = summary;
  const states = Object.entries(news).map(([state, count]) => `${state}:${count}`);
  const counts = { sent, found, rejected, leftOut, later, givenUp, inDoubt, undecided };
  const quiet = sent + found + rejected + givenUp + states.length === 0;
  if (!quiet) log.info('delivery', { channel, ...counts, states, codes: [...new Set(codes)] });
}
