import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import type { Passport } from '../../exchange/passport-file.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Journal } from '../../journal/journal.ts';
import { VAT_RATES, type VatRate } from '../../model/vat.ts';
import { listProfiles } from '../../schema/load.ts';
import type { Profile } from '../../schema/profile.ts';
import { russianDate } from '../../support/dates.ts';
import { chosenProfile, DEFAULT_VERSION, FORMAT, ownSchemas } from './format-fit.ts';
import { knownPassport, passportDay } from './known-passport.ts';

/**
 * Which version of EnterpriseData a package is made in (design §8): the passport of the base decides, without one the
 * configuration. What the base would refuse is refused here.
 */

/** A choice that a package can be made with. */
export interface FormatChoice {
  /** The configuration with the chosen version and what the passport narrows: it shapes the package and its id. */
  config: Config;
  profile: Profile;
  passport?: Passport;
  /** Warnings for the caller alone, that are not to stand in the package nor in an answer that is kept. */
  aside: readonly Fault[];
}

/**
 * - `onec.format` is set: that version; where the passport does not name it, a fault.
 * - It is not set: of the versions that both sides know 1.20, where the base takes it, else the newest that can hold
 *   everything needed. So the version changes when the base forces it, not whenever the base learns another one.
 * - No passport of the configured base, or one that could not tell its versions: `onec.format`, else 1.20.
 * @param journal undefined where there is none yet
 */
export function chooseFormat(
  config: Config,
  journal: Journal | undefined,
  disk: Disk,
): { choice?: FormatChoice; fault?: Fault } {
  const { passport, fault: doubt } = knownPassport(config, journal, disk);
  const aside = doubt ? [doubt] : [];
  if (passport?.loader === false) {
    const values = { date: russianDate(passportDay(passport)), configuration: configurationOf(passport) };
    return { fault: fault('BG1C-BASE-LOADER', values) };
  }
  const { format: wanted } = config.onec;
  const telling = passport !== undefined && passport.formatVersions.length > 0;
  if (telling && wanted !== undefined && !passport.formatVersions.includes(wanted)) {
    const accepted = versionsText(passport.formatVersions);
    const values = { version: wanted, accepted, date: russianDate(passportDay(passport)) };
    return { fault: fault('BG1C-FORMAT-REFUSED', values, { path: 'onec.format' }) };
  }
  const decides = telling && wanted === undefined;
  const { profile, fault: unfit } = decides ? bestProfile(config, passport) : chosenProfile(config);
  if (!profile) return { fault: unfit! };
  const rates = passport && missingRates(passport);
  const byPassport = { ...(decides && { format: true as const }), ...(rates && { rates }) };
  const onec = {
    ...config.onec,
    format: profile.version,
    ...((decides || rates) && { byPassport }),
  };
  return { choice: { config: { ...config, onec }, profile, ...(passport && { passport }), aside } };
}

/** The base has no such organisation: the whole load would stop there (decisions 1). */
export function organizationFault(
  passport: Passport | undefined,
  { name, inn, kpp }: { name: string; inn: string; kpp?: string | undefined },
): Fault | undefined {
  // An empty list is what a user without the right to it would see.
  if (!passport || passport.organizations.length === 0) return undefined;
  if (passport.organizations.some((one) => one.inn === inn && one.kpp === (kpp ?? ''))) return undefined;
  return fault('BG1C-BASE-ORGANIZATION', {
    organization: name,
    requisites: requisitesText(inn, kpp),
    date: russianDate(passportDay(passport)),
    known: passport.organizations
      .map((one) => `${one.name} (${requisitesText(one.inn, one.kpp)})`)
      .join(', '),
  });
}

/** «БухгалтерияПредприятия 3.0.150.1» */
export function configurationOf({ configuration: { name, version } }: Passport): string {
  return `${name} ${version}`.trim();
}

/** In rising order. */
export function versionsText(versions: readonly string[]): string {
  return [...versions].sort((a, b) => compareVersions(a, b)).join(', ');
}

/** The rates that the base does not know; undefined where it knows all or could not tell: the package id stays then. */
function missingRates({ vatRates }: Passport): VatRate[] | undefined {
  const missing = VAT_RATES.filter((rate) => !vatRates.includes(rate));
  return vatRates.length === 0 || missing.length === 0 ? undefined : missing;
}

function bestProfile(config: Config, passport: Passport): { profile?: Profile; fault?: Fault } {
  const known = listProfiles(FORMAT, ownSchemas(config.folder));
  const both = passport.formatVersions
    .filter((version) => known.includes(version))
    .sort((a, b) => Number(b === DEFAULT_VERSION) - Number(a === DEFAULT_VERSION) || compareVersions(b, a));
  let first: Fault | undefined;
  for (const version of both) {
    const { profile, fault: unfit } = chosenProfile({ ...config, onec: { ...config.onec, format: version } });
    if (profile) return { profile };
    first ??= unfit;
  }
  if (first) return { fault: first };
  const values = {
    accepted: versionsText(passport.formatVersions),
    known: versionsText(known),
    date: russianDate(passportDay(passport)),
  };
  return { fault: fault('BG1C-FORMAT-NONE', values) };
}

/** `1.8` stands before `1.17`. */
function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function requisitesText(inn: string, kpp: string | undefined): string {
  return kpp ? `ИНН ${inn}, КПП ${kpp}` : `ИНН ${inn}`;
}
