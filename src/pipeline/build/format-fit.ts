import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { expressibleRates } from '../../formats/enterprise-data/dialect.ts';
import { lossText } from '../../formats/enterprise-data/losses.ts';
import { examineVersion, type ObjectFit } from '../../formats/enterprise-data/writers.ts';
import { rateText } from '../../model/vat.ts';
import type { Manifest } from '../../package/manifest.ts';
import { DamagedProfile, isOwnProfile, listProfiles, loadProfile } from '../../schema/load.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Misfit, MisfitReason } from '../../schema/writer-plan.ts';
import type { AssemblyContext } from '../../sources/assembly/context.ts';

/** What the chosen version of EnterpriseData can and cannot carry of a month. */

export const FORMAT = 'enterprise-data';

/** Where neither the configuration nor a passport of the base says which (design §6). */
export const DEFAULT_VERSION = '1.20';

/** Profiles that the customer imported from 1C lie beside the config: `own` of `loadProfile`. */
export function ownSchemas(folder: string): string {
  return join(folder, 'schemas');
}

/** The profile of `onec.format`, or why nothing can be made in it. What the base takes is not looked at here. */
export function chosenProfile(config: Config): { profile?: Profile; fault?: Fault } {
  const own = ownSchemas(config.folder);
  const { format: version = DEFAULT_VERSION, bill } = config.onec;
  const known = listProfiles(FORMAT, own);
  if (!known.includes(version)) {
    const values = { version, known: known.join(', ') };
    return { fault: fault('BG1C-FORMAT-UNKNOWN', values, { path: 'onec.format' }) };
  }
  let profile: Profile;
  try {
    profile = loadProfile(FORMAT, version, own);
  } catch (error) {
    return { fault: damagedFault(error) };
  }
  const unfit = examineVersion(profile).find(
    ({ element, needed, misfit }) => misfit && (needed || element === `Документ.${bill}`),
  );
  if (!unfit) return { profile };
  if (unfit.needed) return { fault: unfitFault(version, unfit) };
  const reason = `EnterpriseData ${version}, «${unfit.element}»: ${misfitText(unfit.misfit!)}`;
  return { fault: fault('BG1C-CONFIG-VALUE', { key: 'onec.bill', reason }, { path: 'onec.bill' }) };
}

/** @throws whatever else it was */
export function damagedFault(error: unknown): Fault {
  if (!(error instanceof DamagedProfile)) throw error;
  return fault('BG1C-SCHEMA-DAMAGED', { file: error.file });
}

/** An object without which no package can be made. */
export function unfitFault(version: string, { element, misfit }: ObjectFit): Fault {
  return fault('BG1C-SCHEMA-UNFIT', { version, object: element, reason: misfitText(misfit!) });
}

const MISFITS: Readonly<Record<MisfitReason, string>> = {
  'no-root': 'такого объекта в этой версии нет',
  absent: 'нет поля, без которого объект передать нельзя',
  unmapped: 'есть обязательное поле, которого программа не заполняет',
  shape: 'поле устроено иначе, чем в известных версиях',
  value: 'нет нужного значения перечисления',
};

export function misfitText({ path, reason }: Misfit): string {
  return path === '' ? MISFITS[reason] : `${MISFITS[reason]} (${path})`;
}

/** A profile of the customer's own shapes a package as the settings do: part of the package id. */
export function profileFingerprint(config: Config, profile: Profile): string[] {
  return isOwnProfile(FORMAT, profile.version, ownSchemas(config.folder)) ? [profile.origin.sha256] : [];
}

/**
 * Refuses VAT rates that the version cannot express, never a near miss (design §6), or that the base does not know: its
 * loader would leave an empty shell of the document.
 */
export function rateRefusal(profile: Profile, { onec }: Config): NonNullable<AssemblyContext['refuses']> {
  const { version } = profile;
  const expressible = expressibleRates(profile);
  const missing = onec.byPassport?.rates ?? [];
  return (rate, number, where) => {
    const values = { number, rate: rateText(rate) };
    if (!expressible.has(rate)) return fault('BG1C-RATE-FORMAT', { ...values, version }, where);
    return missing.includes(rate) ? fault('BG1C-RATE-BASE', values, where) : undefined;
  };
}

/** `--fail-on-loss`: what the version lost of the month, as errors. */
export function lossFaults(version: string, losses: Manifest['losses']): Fault[] {
  return losses.map(({ name, count }) =>
    fault('BG1C-FORMAT-LOSS', { version, loss: lossText(name), count }, { path: name }),
  );
}
