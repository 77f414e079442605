import type { FailureClass } from './channel.ts';

/**
 * When a failed attempt is tried again, by the class of its failure; seconds, growing. Behind the last one it is given
 * up. What is unknown is not sent again but asked for, and not at once: the other side may still be working on it.
 */
export const PAUSES = {
  before: [5, 15, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600],
  unknown: [15, 30, 120, 600, 1800, 3600, 6 * 3600],
} as const satisfies Partial<Record<FailureClass, readonly number[]>>;

/** Failures one after another, whatever they concern, after which a run ends: the other side is not well. */
export const FAILURES_IN_A_ROW = 10;

/** How long a holder of a delivery may be silent, ms: longer than any single request may take. */
export const LEASE = 10 * 60_000;

/** Part of a pause by which it is shortened or lengthened, so that many do not come back at the same instant. */
const SPREAD = 0.2;

/**
 * @param nth how many failures of this class there were, from 1
 * @param retryAfter what the other side asked for, ms
 * @returns ms to wait; undefined: given up
 */
export function pauseAfter(
  failure: keyof typeof PAUSES,
  nth: number,
  random: () => number,
  retryAfter = 0,
): number | undefined {
  const seconds = PAUSES[failure][nth - 1];
  if (seconds === undefined) return undefined;
  return Math.max(retryAfter, Math.round(seconds * 1000 * (1 + SPREAD * (2 * random() - 1))));
}
