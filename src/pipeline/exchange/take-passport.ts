import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { standingOf } from '../../exchange/infobase.ts';
import { FileRefusal, readSmall } from '../../exchange/json-file.ts';
import { parsePassport } from '../../exchange/passport-file.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Infobase } from '../../journal/receipt.ts';
import { sha256 } from '../../support/ids.ts';

export interface PassportTaken {
  taken: boolean;
  /** True: the journal had it already. */
  known?: boolean;
  infobase?: Infobase;
  faults: Fault[];
}

/** Passports are a few kilobytes, with an organisation a line; bytes. */
const LARGEST = 1024 * 1024;

/** Whether a file is meant as a passport of a base: then what is wrong with it is said of a passport. */
export function isPassport(disk: Disk, file: string): boolean {
  if ((disk.stat(file)?.size ?? 0) > LARGEST) return false;
  return /^\s*\{[^{]*"passportVersion"/.test(disk.read(file).toString('utf8'));
}

/** Puts the passport of a base into the journal; one of another base than the configured one decides nothing. */
export function takePassportFile(disk: Disk, file: string, config: Config, journal: Journal): PassportTaken {
  try {
    const bytes = readSmall(disk, file);
    const { infobase } = parsePassport(bytes);
    const { id, connection } = infobase;
    const foreign = config.onec.infobase !== undefined && standingOf(config, infobase) === 'foreign';
    const faults = foreign ? [fault('BG1C-PASSPORT-FOREIGN', { infobase: id, connection })] : [];
    const hash = sha256(bytes);
    if (journal.records.passports.find(id, connection)?.sha256 === hash)
      return { taken: true, known: true, infobase, faults };
    const passport = bytes.toString('utf8');
    journal.atomically(() =>
      journal.records.passports.record({ infobase: id, connection, sha256: hash, passport }),
    );
    return { taken: true, infobase, faults };
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return { taken: false, faults: [fault('BG1C-PASSPORT-READ', { file, reason: error.message })] };
  }
}
