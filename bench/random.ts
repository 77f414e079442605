/**
 * Chance that is the same on every machine: a value depends on the seed, on what it is for and on an index, never on
 * what was drawn before it. So any row of a month can be made alone, and a month of any size needs no memory.
 */

const SEED = 0x2026_10;

/** 32 bits (the finaliser of MurmurHash3 over seed, purpose and index). */
function bits(purpose: number, index: number): number {
  let hash = (SEED ^ Math.imul(purpose, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca77)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A whole number from 0 to `limit` − 1. */
export function draw(limit: number, purpose: number, index: number): number {
  return bits(purpose, index) % limit;
}

export function pick<T>(choices: readonly T[], purpose: number, index: number): T {
  return choices[draw(choices.length, purpose, index)]!;
}

/**
 * The numbers 0 to `count` − 1, each once, far from their order: neighbours lie about 0.618 of the way apart.
 * Nothing is kept, however many they are.
 */
export function* shuffled(count: number): Generator<number> {
  let step = Math.max(1, Math.floor(count * 0.618));
  while (commonDivisor(step, count) !== 1) step++;
  let index = count > 0 ? SEED % count : 0;
  for (let i = 0; i < count; i++) {
    yield index;
    index = (index + step) % count;
  }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
