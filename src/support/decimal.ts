/**
 * Decimal text ↔ scaled integers. No floats anywhere: «10,50» at scale 2 is the integer 1050.
 */

export type DecimalProblem = 'format' | 'excess-digits' | 'range';
export type DecimalResult = { ok: true; value: number } | { ok: false; problem: DecimalProblem };

const DECIMAL = /^([+-]?)(\d+)(?:[.,](\d+))?$/;

/**
 * Parses a decimal with point or comma. Spaces and no-break spaces between digit groups are accepted,
 * because spreadsheets add them.
 * @param scale number of fractional digits kept; further zeros are accepted, further digits are a problem
 * @returns the scaled integer, or what is wrong (`range`: not exactly representable)
 */
export function parseDecimal(text: string, scale: number): DecimalResult {
  const match = DECIMAL.exec(/[\s\u00a0\u202f]/.test(text) ? ungroup(text) : text);
  if (!match) return { ok: false, problem: 'format' };
  const [, sign, whole, fraction = ''] = match;
  const kept = fraction.slice(0, scale).padEnd(scale, '0');
  if (/[1-9]/.test(fraction.slice(scale))) return { ok: false, problem: 'excess-digits' };
  const value = Number(whole! + kept);
  if (!Number.isSafeInteger(value)) return { ok: false, problem: 'range' };
  return { ok: true, value: sign === '-' && value !== 0 ? -value : value };
}

/** Removes the spaces of digit groups («1 234,50»), and only those. */
function ungroup(text: string): string {
  const trimmed = text.trim();
  return /^[+-]?\d{1,3}([\s\u00a0\u202f]\d{3})+([.,]\d+)?$/.test(trimmed)
    ? trimmed.replace(/[\s\u00a0\u202f]/g, '')
    : trimmed;
}

/** Number of significant fractional digits in a decimal text («10,5000» → 1); 0 where it is no decimal. */
export function significantScale(text: string): number {
  const fraction = DECIMAL.exec(text.trim())?.[3] ?? '';
  return fraction.replace(/0+$/, '').length;
}

/**
 * Formats a scaled integer with exactly `scale` fractional digits («1050», 2 → «10.50»).
 * @param separator «.» for XML and JSON, «,» for people
 */
export function formatDecimal(value: number, scale: number, separator = '.'): string {
  const negative = value < 0;
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, cut)}${separator}${digits.slice(cut)}`;
  return negative ? `-${text}` : text;
}

/** Like {@link formatDecimal} without trailing zeros («1000», 3 → «1»). */
export function formatDecimalShort(value: number, scale: number): string {
  const text = formatDecimal(value, scale);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * Integer division rounded half away from zero (the rounding of Russian accounting).
 * Exact while |numerator| ≤ 2^53.
 */
export function divideHalfUp(numerator: number, denominator: number): number {
  const whole = Math.trunc(numerator / denominator);
  const rest = Math.abs(numerator - whole * denominator);
  return rest * 2 >= Math.abs(denominator) ? whole + Math.sign(numerator) * Math.sign(denominator) : whole;
}
