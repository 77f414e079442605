import type { VatRate } from '../../model/vat.ts';
import { VAT_RATES } from '../../model/vat.ts';
import { propertyOf, valuesOf } from '../../schema/lookup.ts';
import { fixed, group, type Mapping, type MappingNode, type Origin, plain } from '../../schema/mapping.ts';
import type { Profile } from '../../schema/profile.ts';
import { no, yes } from './texts.ts';

/**
 * What versions spell differently. Each question is asked of the types of a profile, never of its number, so that a
 * version nobody prepared answers for itself (facts: EnterpriseData §4–§8).
 */

const SALE_LINE = 'Документ.РеализацияТоваровУслуг.Услуги.Строка';
const RATE = 'СтавкаНДС';

/**
 * The first of several places for the same values of which the type has every element. Where it has none of them, the
 * last, whose elements say what is lost.
 */
export function placed<T>(profile: Profile, type: string, ...places: readonly Mapping<T>[]): Mapping<T> {
  const fits = (place: Mapping<T>): boolean =>
    Object.keys(place).every((name) => propertyOf(profile, type, name) !== undefined);
  return places.find(fits) ?? places.at(-1)!;
}

/** Rates are a structure from 1.17 on; before, an enumeration that knows neither 22 nor 7 nor 5 %. */
export function hasRateStructure(profile: Profile): boolean {
  const property = propertyOf(profile, SALE_LINE, RATE);
  return property !== undefined && profile.types[property.type]?.kind === 'object';
}

/** The rates that the version can express exactly. */
export function expressibleRates(profile: Profile): ReadonlySet<VatRate> {
  if (hasRateStructure(profile)) return new Set(VAT_RATES);
  const values = valuesOf(profile, SALE_LINE, RATE) ?? [];
  return new Set(VAT_RATES.filter((rate) => values.includes(rateName(rate))));
}

/** `НДС20`: a rate in the enumeration СтавкиНДС. */
export function rateName(rate: VatRate): string {
  return rate === 'none' ? 'БезНДС' : `НДС${rate}`;
}

/**
 * The element СтавкаНДС of a line or a document.
 * @param reducedKind ВидСтавки of 5 and 7 %, which no live base has confirmed (decisions 8)
 * @returns a node whose writer throws on a rate that is not among `expressibleRates`: never a near miss
 */
export function rateNode<T>(
  profile: Profile,
  from: Origin,
  get: (record: T) => VatRate | undefined,
  reducedKind: string,
  // biome-ignore lint/suspicious/noExplicitAny: a structure in one version, a value in another
): MappingNode<T, any> {
  if (hasRateStructure(profile)) return group(get, rateStructure(from, reducedKind));
  const known = expressibleRates(profile);
  return plain(from, (record) => {
    const rate = get(record);
    if (rate !== undefined && !known.has(rate))
      throw new Error(`EnterpriseData ${profile.version} has no rate ${rate}`);
    return rate === undefined ? undefined : rateName(rate);
  });
}

function rateStructure(from: Origin, reducedKind: string): Mapping<VatRate> {
  const kinds: Readonly<Record<VatRate, string>> = {
    22: 'Общая',
    20: 'Общая',
    10: 'Пониженная',
    7: reducedKind,
    5: reducedKind,
    0: 'Нулевая',
    none: 'БезНДС',
  };
  return {
    Ставка: plain(from, (rate) => (rate === 'none' ? undefined : String(rate))),
    РасчетнаяСтавка: fixed(no),
    НеОблагается: plain(from, (rate) => (rate === 'none' ? yes : no)),
    ВидСтавки: plain(from, (rate) => kinds[rate]),
  };
}

/**
 * Whether ЗначенияПолей wants the XML of the contact package. The schemas of all versions say «a string»; what differs
 * is the library of the receiving base: one that takes rates as a structure also takes a plain presentation
 * (decisions 12, not proved on a live base).
 */
export function wantsContactXml(profile: Profile): boolean {
  return !hasRateStructure(profile);
}
