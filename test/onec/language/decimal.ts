import { BslException, Unsupported } from './errors.ts';

/** Fractional digits of a quotient. */
const QUOTIENT_SCALE = 27;

/** Numbers of 1C are exact decimals: 0.1 + 0.2 is 0.3. Kept as units · 10^-scale without trailing zeros. */
export class Decimal {
  readonly units: bigint;
  readonly scale: number;

  constructor(units: bigint, scale = 0) {
    let [value, digits] = [units, scale];
    while (digits > 0 && value % 10n === 0n) {
      value /= 10n;
      digits--;
    }
    this.units = value;
    this.scale = digits;
  }

  /** «12.50», «-7»: a point, no grouping. */
  toString(): string {
    const digits = (this.units < 0n ? -this.units : this.units).toString().padStart(this.scale + 1, '0');
    const whole = digits.slice(0, digits.length - this.scale);
    const text = this.scale === 0 ? whole : `${whole}.${digits.slice(digits.length - this.scale)}`;
    return this.units < 0n ? `-${text}` : text;
  }
}

export const ZERO = new Decimal(0n);

/** @param value an integer of JavaScript: lengths, indexes, counts */
export function integer(value: number): Decimal {
  if (!Number.isSafeInteger(value)) throw new Unsupported(`${value} — не целое`);
  return new Decimal(BigInt(value));
}

/** @returns undefined where the text is no decimal with a point */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const units = BigInt(match[2]! + fraction);
  return new Decimal(match[1] === '-' ? -units : units, fraction.length);
}

/** The value as an integer of JavaScript. */
export function toInteger(value: Decimal): number {
  if (value.scale !== 0) throw new Unsupported(`нужно целое число, а передано ${value}`);
  return Number(value.units);
}

function aligned(left: Decimal, right: Decimal): { a: bigint; b: bigint; scale: number } {
  const scale = Math.max(left.scale, right.scale);
  return { a: left.units * pow10(scale - left.scale), b: right.units * pow10(scale - right.scale), scale };
}

export function pow10(power: number): bigint {
  return 10n ** BigInt(power);
}

export function add(left: Decimal, right: Decimal): Decimal {
  const { a, b, scale } = aligned(left, right);
  return new Decimal(a + b, scale);
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, negate(right));
}

export function negate(value: Decimal): Decimal {
  return new Decimal(-value.units, value.scale);
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return new Decimal(left.units * right.units, left.scale + right.scale);
}

/** Rounded half away from zero at the 27th digit of the fraction. */
export function divide(left: Decimal, right: Decimal): Decimal {
  if (right.units === 0n) throw new BslException('Деление на 0');
  const numerator = left.units * pow10(QUOTIENT_SCALE + right.scale);
  return new Decimal(divideRounded(numerator, right.units * pow10(left.scale)), QUOTIENT_SCALE);
}

/** The sign is that of the dividend; fractions are divided too: 5.5 % 2 is 1.5. */
export function remainder(left: Decimal, right: Decimal): Decimal {
  if (right.units === 0n) throw new BslException('Деление на 0');
  const { a, b, scale } = aligned(left, right);
  return new Decimal(a % b, scale);
}

export function compare(left: Decimal, right: Decimal): number {
  const { a, b } = aligned(left, right);
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Half away from zero. @param digits of the fraction; negative: before the point */
export function round(value: Decimal, digits: number): Decimal {
  if (value.scale <= digits) return value;
  const units = divideRounded(value.units, pow10(value.scale - digits));
  return digits >= 0 ? new Decimal(units, digits) : new Decimal(units * pow10(-digits));
}

/** Half towards zero: РежимОкругления.Окр15как10. */
export function roundHalfDown(value: Decimal, digits: number): Decimal {
  if (value.scale <= digits) return value;
  const divisor = pow10(value.scale - digits);
  const whole = value.units / divisor;
  const rest = value.units - whole * divisor;
  const up = (rest < 0n ? -rest : rest) * 2n > divisor;
  const units = up ? whole + (rest < 0n ? -1n : 1n) : whole;
  return digits >= 0 ? new Decimal(units, digits) : new Decimal(units * pow10(-digits));
}

/** Without its fraction: Цел(). */
export function truncate(value: Decimal): Decimal {
  return new Decimal(value.units / pow10(value.scale));
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const a = numerator < 0n ? -numerator : numerator;
  const b = denominator < 0n ? -denominator : denominator;
  const rounded = (a * 2n + b) / (b * 2n);
  return negative ? -rounded : rounded;
}
