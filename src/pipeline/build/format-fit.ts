import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { lossText } from '../../formats/enterprise-data/losses.ts';
import { examineVersion, type ObjectFit } from '../../formats/enterprise-data/writers.ts';
import type { Document } from '../../model/types.ts';
import { rateText, type VatRate } from '../../model/vat.ts';
import type { Manifest } from '../../package/manifest.ts';
import { DamagedProfile, isOwnProfile, listProfiles, loadProfile } from '../../schema/load.ts';
import type { Profile } from '../../schema/profile.ts';
import type { Misfit, MisfitReason } from '../../schema/writer-plan.ts';
import type { ContractResult, LeftOut, Sourced } from '../../sources/assembly/sourced.ts';
import type { Source } from '../../sources/source.ts';

/** What the chosen version of EnterpriseData can and cannot carry of a month. */

const FORMAT = 'enterprise-data';

/** Profiles that the customer imported from 1C lie beside the config: `own` of `loadProfile`. */
export function ownSchemas(folder: string): string {
  return join(folder, 'schemas');
}

/** The profile of `onec.format`, or why nothing can be made in it. */
export function chosenProfile(config: Config): { profile?: Profile; fault?: Fault } {
  const own = ownSchemas(config.folder);
  const { format: version, bill } = config.onec;
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

/** Who hears of documents that the version cannot carry. */
export interface FitContext {
  version: string;
  /** What the version can express exactly. */
  rates: ReadonlySet<VatRate>;
  source: Source;
  report(found: Fault): void;
  leaveOut(document: LeftOut): void;
}

/**
 * Leaves out documents with a VAT rate that the version cannot express: never a near miss (design §6).
 * @returns what is left, or nothing
 */
export function withinRates(result: ContractResult, context: FitContext): ContractResult | undefined {
  const refused = result.documents.filter((found) => unknownRate(found, context.rates) !== undefined);
  if (refused.length === 0) return result;
  for (const found of refused) leaveOut(found, context);
  const documents = result.documents.filter((found) => !refused.includes(found));
  if (documents.length === 0) return undefined;
  const used = new Set(documents.flatMap(({ record }) => record.lines.map(({ service }) => service)));
  return { ...result, documents, services: result.services.filter(({ record }) => used.has(record.uuid)) };
}

function unknownRate({ record }: Sourced<Document>, rates: ReadonlySet<VatRate>): VatRate | undefined {
  return record.lines.find(({ rate }) => !rates.has(rate))?.rate;
}

function leaveOut(found: Sourced<Document>, { version, rates, source, report, leaveOut }: FitContext): void {
  const { record: kind, key, number } = found.record;
  const file = source.files.find(({ table }) => table === 'documents')?.name;
  const line = found.rows.documents?.[0];
  const where = file === undefined || line === undefined ? {} : { source: { file, line } };
  const rate = rateText(unknownRate(found, rates)!);
  const problem = fault('BG1C-RATE-FORMAT', { number, rate, version }, where);
  report(problem);
  leaveOut({ kind, key, number, codes: [problem.code] });
}

/** `--fail-on-loss`: what the version lost of the month, as errors. */
export function lossFaults(version: string, losses: Manifest['losses']): Fault[] {
  return losses.map(({ name, count }) =>
    fault('BG1C-FORMAT-LOSS', { version, loss: lossText(name), count }, { path: name }),
  );
}
