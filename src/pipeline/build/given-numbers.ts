import type { Config } from '../../config/types.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Period } from '../../model/period.ts';
import type { GivenNumbers } from '../../sources/assembly/numbers.ts';
import type { Ledger } from './ledger.ts';

/**
 * Numbers as the journal knows them for a month.
 * @param readOnly of a package that is made again: its numbers were given when it was made
 */
export function givenNumbers(
  { records: { numbers, receipts }, packages }: Journal,
  { onec: { infobase } }: Config,
  period: Period,
  before: Ledger['before'],
  readOnly: boolean,
): GivenNumbers {
  // A first month asks nothing of the database.
  const otherMonths = packages().some((one) => one.period !== period);
  return {
    of: numbers.of,
    booked: (document) => infobase && receipts.numberOf(infobase.id, document, before.receipts),
    last: numbers.last,
    given: numbers.given,
    give: (number) => {
      if (!readOnly) numbers.give(number);
    },
    elsewhere: (kind, year, number, document) =>
      otherMonths ? numbers.elsewhere({ kind, year, number, document }, period, before.packages) : undefined,
  };
}
