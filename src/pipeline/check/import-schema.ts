import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Fault, fault } from '../../faults/fault.ts';
import { expressibleRates } from '../../formats/enterprise-data/dialect.ts';
import { lossText } from '../../formats/enterprise-data/losses.ts';
import { BILLS, examineVersion, type ObjectFit } from '../../formats/enterprise-data/writers.ts';
import { VAT_RATES, type VatRate } from '../../model/vat.ts';
import { importXdtoPackage } from '../../schema/import-xdto.ts';
import { isOwnProfile, loadWrittenTypes } from '../../schema/load.ts';
import type { Profile } from '../../schema/profile.ts';
import { profileText } from '../../schema/profile-text.ts';
import { writeFileAtomic } from '../../support/files.ts';
import { shipped } from '../../support/root.ts';
import { outputFault } from '../build/build.ts';
import { misfitText, ownSchemas, unfitFault } from '../build/format-fit.ts';

/** A version of EnterpriseData taken over from the customer's 1C. */
export interface SchemaImport {
  version?: string;
  /** The profile; absent where nothing was written. */
  file?: string;
  /** A profile of the same version was there before. */
  replaced?: boolean;
  /** What the version cannot carry of each object, in Russian. */
  losses: ObjectLosses[];
  /** VAT rates that the version cannot express: documents with them will be left out. */
  missingRates: VatRate[];
  faults: Fault[];
}

export interface ObjectLosses {
  element: string;
  losses: string[];
}

const FORMAT = 'enterprise-data';

/** Packages of the known versions have 0.6–1.4 MB. */
const LARGEST_PACKAGE = 32 * 1024 * 1024;

/**
 * Makes a profile of an XDTO package (`XDTOPackages/EnterpriseData_…/Ext/Package.bin`) beside the config, of any version,
 * also one that nobody prepared, and says what our objects lose in it.
 * @param folder of the config
 */
export function importSchema(path: string, folder: string): SchemaImport {
  const file = basename(path);
  const refused = (...faults: Fault[]): SchemaImport => ({ losses: [], missingRates: [], faults });
  const unread = (reason: string): SchemaImport =>
    refused(fault('BG1C-SCHEMA-IMPORT', { file, reason }, { path: file }));
  if (resolve(ownSchemas(folder)) === shipped('schemas'))
    return unread('в папку самой программы описания не записываются: укажите --config <ваш bg1c.yaml>');
  const bytes = readPackage(path);
  if (typeof bytes === 'string') return unread(bytes);
  const { profile, faults } = importXdtoPackage(bytes, file, loadWrittenTypes(FORMAT));
  if (!profile) return refused(...faults);
  const fits = examineVersion(profile);
  const unfit = unfitFaults(profile, fits);
  const told = { version: profile.version, ...tellLosses(profile, fits), faults: unfit };
  if (unfit.some(({ severity }) => severity === 'error')) return told;
  const target = join(ownSchemas(folder), FORMAT, `${profile.version}.json`);
  const replaced = isOwnProfile(FORMAT, profile.version, ownSchemas(folder));
  try {
    writeFileAtomic(target, profileText(profile));
  } catch (error) {
    const found = outputFault(error);
    if (!found) throw error;
    return { ...told, faults: [...unfit, found] };
  }
  return { ...told, file: target, replaced };
}

/** @returns the bytes, or in Russian why there are none */
function readPackage(path: string): Uint8Array | string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'такого файла нет';
  if (!found.isFile()) return 'это не файл';
  if (found.size > LARGEST_PACKAGE) return 'файл больше 32 МБ';
  return readFileSync(path);
}

/** One kind of bill is enough; everything else is needed. */
function unfitFaults({ version }: Profile, fits: readonly ObjectFit[]): Fault[] {
  const bills = fits.filter(({ needed }) => !needed);
  const noBill = bills.every(({ misfit }) => misfit);
  return fits
    .filter(({ misfit }) => misfit)
    .map((fit) => {
      if (fit.needed || noBill) return unfitFault(version, fit);
      const other = BILLS.find((bill) => bill !== fit.element)!.replace('Документ.', '');
      const values = { version, object: fit.element, reason: misfitText(fit.misfit!), other };
      return fault('BG1C-SCHEMA-BILL', values);
    });
}

function tellLosses(
  profile: Profile,
  fits: readonly ObjectFit[],
): Pick<SchemaImport, 'losses' | 'missingRates'> {
  const rates = expressibleRates(profile);
  return {
    losses: fits
      .filter(({ losses }) => losses.length > 0)
      .map(({ element, losses }) => ({ element, losses: losses.map(lossText) })),
    missingRates: VAT_RATES.filter((rate) => !rates.has(rate)),
  };
}
