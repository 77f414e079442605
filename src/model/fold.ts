import type { Line } from './types.ts';
import { type VatRate, vatInside } from './vat.ts';

/** A negative line that was taken from a positive one. */
export interface Fold {
  negative: number;
  target: number;
  amount: number;
}

export type FoldResult =
  | { ok: true; lines: Line[]; kept: number[]; folds: Fold[] }
  | { ok: false; negative: number };

/**
 * Folds negative lines into the others, so that books, УПД and PDF show the same lines (design §4, decisions 16):
 * only against lines of the same rate, largest first; a line that becomes zero drops; a changed line gets quantity 1
 * and price = sum; VAT is recomputed, and the residue against the document's VAT goes to the largest lines of the rate.
 * Where a rate's lines all drop, so does its VAT.
 * @returns the lines left, `kept` (their indexes before) and what was folded; or the line that finds no room, itself or
 *   with its VAT
 */
export function foldNegative(lines: readonly Line[]): FoldResult {
  const work = lines.map((line) => ({ ...line }));
  const folds: Fold[] = [];
  for (const [index, line] of work.entries()) {
    if (line.sum >= 0) continue;
    const targets = work
      .map((target, at) => ({ target, at }))
      .filter(({ target }) => target.sum > 0 && target.rate === line.rate)
      .sort((a, b) => b.target.sum - a.target.sum || a.at - b.at);
    for (const { target, at } of targets) {
      const amount = Math.min(target.sum, -line.sum);
      if (amount === 0) break;
      folds.push({ negative: index, target: at, amount });
      Object.assign(target, { sum: target.sum - amount, quantity: 1000, price: target.sum - amount });
      line.sum += amount;
    }
    if (line.sum < 0) return { ok: false, negative: index };
  }
  const changed = new Set(
    folds.flatMap(({ negative, target }) => [work[negative]!.rate, work[target]!.rate]),
  );
  const kept = work.flatMap((line, index) => (line.sum > 0 ? [index] : []));
  const left = kept.map((index) => work[index]!);
  for (const rate of changed)
    if (!settleVat(lines, left, rate))
      return { ok: false, negative: lines.findIndex((line) => line.sum < 0 && line.rate === rate) };
  return { ok: true, lines: left, kept, folds };
}

/** Keeps the VAT of a rate; false where its lines cannot hold it, each between nothing and its sum. */
function settleVat(before: readonly Line[], left: readonly Line[], rate: VatRate): boolean {
  const mine = left.filter((line) => line.rate === rate).sort((a, b) => b.sum - a.sum);
  for (const line of mine) line.vat = vatInside(line.sum, rate);
  let residue = before.reduce((sum, line) => sum + (line.rate === rate ? line.vat : 0), 0);
  for (const line of mine) residue -= line.vat;
  for (const line of mine) {
    const share = residue > 0 ? Math.min(residue, line.sum - line.vat) : Math.max(residue, -line.vat);
    line.vat += share;
    residue -= share;
  }
  return mine.length === 0 || residue === 0;
}
