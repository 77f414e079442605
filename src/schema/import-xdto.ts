import { type Fault, fault } from '../faults/fault.ts';
import { sha256 } from '../support/ids.ts';
import type { Profile } from './profile.ts';
import { reducePackage } from './reduce-package.ts';
import type { WrittenTypes } from './written-types.ts';
import { PackageProblem, readXdtoPackage, type XdtoPackage } from './xdto-package.ts';

export interface XdtoImport {
  /** Absent where there are faults. */
  profile?: Profile;
  faults: Fault[];
}

/**
 * Makes the profile of one version from the XDTO package of a 1C configuration
 * (`XDTOPackages/EnterpriseData_…/Ext/Package.bin`). Also for versions that nobody has seen: types that the version
 * does not have are absent from the profile.
 * @param bytes the file, UTF-8 with or without BOM
 * @param fileName for faults and `Profile.origin`
 */
export function importXdtoPackage(bytes: Uint8Array, fileName: string, wanted: WrittenTypes): XdtoImport {
  try {
    const declared = readXdtoPackage(bytes);
    const version = versionOf(declared, wanted);
    const { roots, types, problems } = reducePackage(declared, wanted);
    if (problems.length > 0) {
      const faults = problems.map(({ type, reason }) =>
        fault('BG1C-SCHEMA-IMPORT-TYPE', { file: fileName, type, reason }, { path: `${fileName} ${type}` }),
      );
      return { faults };
    }
    const origin = { file: fileName, sha256: sha256(bytes) };
    const { namespace } = declared;
    return { profile: { format: wanted.format, version, origin, namespace, roots, types }, faults: [] };
  } catch (error) {
    if (!(error instanceof PackageProblem)) throw error;
    const values = { file: fileName, reason: error.message };
    return { faults: [fault('BG1C-SCHEMA-IMPORT', values, { path: fileName })] };
  }
}

function versionOf({ namespace }: XdtoPackage, wanted: WrittenTypes): string {
  const version = wanted.version ?? namespace.slice(wanted.namespace.indexOf('{version}'));
  if (namespace !== wanted.namespace.replace('{version}', version) || !/^\d+(\.\d+)+$/.test(version))
    throw new PackageProblem(`в нём пространство имён ${namespace}, а нужно ${wanted.namespace}`);
  return version;
}
