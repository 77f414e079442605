import type { Args } from '../language/args.ts';
import { DateTime } from '../language/date-time.ts';
import { compare, Decimal, round, roundHalfDown, toInteger, truncate } from '../language/decimal.ts';
import { Unsupported } from '../language/errors.ts';
import type { Library } from '../language/session.ts';
import type { Value } from '../language/values.ts';
import { fn, systemEnum } from './define.ts';

const rounding = systemEnum('РежимОкругления', ['Окр15как10', 'Окр15как20']);

export const numbers: Library = {
  functions: [
    fn('Цел(Число)', (args) => truncate(args.decimal(0))),
    fn('Окр(Число, Разрядность?, Режим?)', (args) => {
      const digits = args.integer(1, 0);
      return roundsDown(args.optional(2))
        ? roundHalfDown(args.decimal(0), digits)
        : round(args.decimal(0), digits);
    }),
    fn('Мин(Значение, Другое…)', (args) => extreme(args, -1)),
    fn('Макс(Значение, Другое…)', (args) => extreme(args, 1)),
    fn('ПобитовоеИ(А, Б)', (args) => bits(args, (a, b) => a & b)),
    fn('ПобитовоеИли(А, Б)', (args) => bits(args, (a, b) => a | b)),
    fn('ПобитовоеИсключительноеИли(А, Б)', (args) => bits(args, (a, b) => a ^ b)),
  ],
  values: [rounding.value],
};

/** The mode as a member of РежимОкругления or its number: 0 sends a half towards zero, 1 (default) away from it. */
function roundsDown(mode: Value | undefined): boolean {
  if (mode === undefined) return false;
  if (mode instanceof Decimal) return toInteger(mode) === 0;
  const name = rounding.nameOf(mode);
  if (name === undefined) throw new Unsupported('Окр: режим неизвестен');
  return name === 'Окр15как10';
}

/** Of numbers or of dates. */
function extreme(args: Args, sign: number): Value {
  const values = args.list.map((_, index) => args.value(index));
  return values.reduce((best, value) => (order(value, best) * sign > 0 ? value : best));
}

function order(left: Value, right: Value): number {
  if (left instanceof Decimal && right instanceof Decimal) return compare(left, right);
  if (left instanceof DateTime && right instanceof DateTime) return left.seconds - right.seconds;
  throw new Unsupported('Мин и Макс поддержаны для чисел и для дат');
}

function bits(args: Args, operation: (a: bigint, b: bigint) => bigint): Decimal {
  const [a, b] = [args.decimal(0), args.decimal(1)];
  if (a.scale > 0 || b.scale > 0 || a.units < 0n || b.units < 0n)
    throw new Unsupported('побитовые операции не с натуральными числами');
  return new Decimal(operation(a.units, b.units));
}
