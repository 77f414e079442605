import { type Channel, ChannelError, type Limits, type Session } from '../../src/delivery/channel.ts';
import { configFor } from './config.ts';
import type { Side, Trouble } from './contract.ts';

/** A channel whose other side is a list in memory, with the troubles of the contract; it can be asked, or not. */
export function openMemory({ asks = true, limits }: { asks?: boolean; limits?: Limits } = {}): Side & {
  /** Every write meets this. */
  always(trouble: Trouble | undefined): void;
} {
  const there = new Map<string, number>();
  let writes = 0;
  let planned: { at: number; trouble: Trouble; kill: () => void } | undefined;
  let always: Trouble | undefined;

  const write = (key: string): void => {
    writes++;
    const trouble = always ?? (planned?.at === writes ? planned.trouble : undefined);
    const fail = (kind: 'before' | 'unknown' | 'rejected', retryAfter?: number): never => {
      throw new ChannelError(kind, `memory-${trouble}`, 'беда', retryAfter);
    };
    if (trouble === 'unreachable') fail('before');
    if (trouble === 'busy') fail('before', 7000);
    if (trouble === 'refused') fail('rejected');
    if (trouble === 'lost-before' || trouble === 'broken-before') fail('unknown');
    if (trouble === 'killed-before') die();
    there.set(key, (there.get(key) ?? 0) + 1);
    if (trouble === 'lost-after' || trouble === 'broken-after') fail('unknown');
    if (trouble === 'killed-after') die();
  };
  const die = (): never => {
    planned!.kill();
    throw new Error('killed');
  };
  const channel: Channel = {
    name: 'mail',
    title: 'память',
    setting: 'mail',
    configured: () => true,
    limits: () => limits ?? { concurrency: 2 },
    carries: () => true,
    async connect({ capture }) {
      const session: Session = {
        async pack({ key }) {
          const send = async () => {
            if (capture) capture({ key, to: 'память', body: key });
            else write(key);
            return {};
          };
          return { shipment: { sha256: key, names: [key], send }, faults: [] };
        },
        ...(asks && { find: async ({ key }) => ({ place: there.has(key) ? 'there' : 'absent' }) }),
        close: async () => undefined,
      };
      return session;
    },
  };
  return {
    channel,
    config: configFor({}),
    meet: (nth, trouble, kill) => {
      planned = { at: writes + nth, trouble, kill };
    },
    always: (trouble) => {
      always = trouble;
    },
    writes: () => writes,
    copies: (key) => there.get(key) ?? 0,
    secrets: [],
    close: async () => undefined,
  };
}

export const MEMORY_TROUBLES: Trouble[] = [
  'unreachable',
  'busy',
  'refused',
  'lost-before',
  'lost-after',
  'broken-before',
  'broken-after',
  'killed-before',
  'killed-after',
];
