import type { Clock } from '../../support/clock.ts';
import type { Operating } from './answer.ts';

/**
 * The two limits of a portal (facts: bitrix24 §2): a bucket of calls that drains at the plan's rate, and seconds of
 * execution of each method in ten minutes.
 */
export interface Limits {
  /** Waits until a call fits into the bucket. */
  take(): Promise<void>;
  /** The portal said that the bucket is full. */
  overflow(): void;
  /** How many calls of a method may go now by the seconds left, judged by their usual length; 0: wait. */
  room(method: string): number;
  /** Waits until one of the methods has room again. */
  wait(methods: readonly string[]): Promise<void>;
  /** What an answer told about a method. */
  observe(method: string, time: Operating): void;
  /** The portal said that a method has used its seconds up. */
  exhausted(method: string): void;
  /** Usual length of a call, seconds. */
  usual(method: string): number;
}

/** The portal blocks at 50 (at 250 with the higher rate); other programs at the same address share the bucket. */
const BURST_SECONDS = 20;
/** Seconds of a method in ten minutes, less a margin. */
const OPERATING_LIMIT = 480 * 0.9;
/** Ten baskets of a minute: so much comes back when the oldest goes. */
const BASKET = 0.1;
/** How long a method that was refused rests where the portal does not say. */
const REST_MS = 60_000;
/** Before anything was measured (lengths in the examples of the documentation), seconds. */
const FIRST_GUESS: Readonly<Record<string, number>> = {
  'crm.item.add': 2,
  'crm.item.update': 2,
  'crm.item.import': 2.5,
};
const OTHER_GUESS = 0.5;
/** Weight of the latest measurement. */
const LATEST = 0.2;

interface Use {
  seconds: number;
  /** ms */
  resetAt: number;
}

export function createLimits(rate: number, clock: Clock, sleep: (ms: number) => Promise<void>): Limits {
  const burst = rate * BURST_SECONDS;
  const lengths = new Map<string, number>();
  const uses = new Map<string, Use>();
  let level = 0;
  let seen = clock().getTime();

  const drain = (): void => {
    const now = clock().getTime();
    level = Math.max(0, level - ((now - seen) / 1000) * rate);
    seen = now;
  };
  const usual = (method: string): number => lengths.get(method) ?? FIRST_GUESS[method] ?? OTHER_GUESS;
  const left = (method: string): number => {
    const use = uses.get(method);
    if (!use) return OPERATING_LIMIT;
    const back = clock().getTime() >= use.resetAt ? use.seconds * BASKET : 0;
    return OPERATING_LIMIT - (use.seconds - back);
  };
  const room = (method: string): number => Math.max(0, Math.floor(left(method) / usual(method)));
  return {
    async take() {
      drain();
      if (level + 1 > burst) {
        await sleep(Math.ceil(((level + 1 - burst) / rate) * 1000));
        drain();
      }
      level++;
    },
    overflow() {
      drain();
      level = burst;
    },
    room(method) {
      const use = uses.get(method);
      const over = use !== undefined && clock().getTime() >= use.resetAt;
      // A basket went and it is not known how full it was: one call asks.
      return over ? Math.max(1, room(method)) : room(method);
    },
    async wait(methods) {
      const until = Math.min(...methods.map((method) => uses.get(method)?.resetAt ?? 0));
      const ms = until - clock().getTime();
      if (ms > 0) await sleep(ms);
    },
    observe(method, { operating, operating_reset_at: resetAt, duration }) {
      if (duration !== undefined)
        lengths.set(method, usual(method) * (1 - LATEST) + Number(duration) * LATEST);
      if (operating !== undefined && resetAt !== undefined)
        uses.set(method, { seconds: Number(operating), resetAt: Number(resetAt) * 1000 });
    },
    exhausted(method) {
      const known = uses.get(method);
      const now = clock().getTime();
      const resetAt = known && known.resetAt > now ? known.resetAt : now + REST_MS;
      uses.set(method, { seconds: Math.max(known?.seconds ?? 0, OPERATING_LIMIT + usual(method)), resetAt });
    },
    usual,
  };
}
