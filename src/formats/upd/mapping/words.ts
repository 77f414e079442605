import { type Leaf, type Origin, plain, text } from '../../../schema/mapping.ts';
import { russianDate } from '../../../support/dates.ts';

/** A text of people: NFC first, so that «й» typed in two parts stays a letter of windows-1251. */
export function words<T>(from: Origin, get: (record: T) => string | undefined): Leaf<T> {
  return text(from, (record) => get(record)?.normalize('NFC'));
}

/** An ISO day as the format writes it: `31.10.2026`. */
export function day<T>(from: Origin, get: (record: T) => string | undefined): Leaf<T> {
  return plain(from, (record) => {
    const iso = get(record);
    return iso === undefined ? undefined : russianDate(iso);
  });
}
