import type { Config } from '../../config/types.ts';
import type { Disk } from '../../exchange/disk.ts';
import { standingOf } from '../../exchange/infobase.ts';
import { FileRefusal, readSmall } from '../../exchange/json-file.ts';
import { layoutOf } from '../../exchange/layout.ts';
import { type Passport, parsePassport } from '../../exchange/passport-file.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { moscowMoment } from '../../formats/upd/source.ts';
import type { Journal } from '../../journal/journal.ts';

/** The passport of the configured base, as far as one has come. */
export interface PassportFound {
  passport?: Passport;
  /** Why there is none although something has come: for the caller alone, not for the package. */
  fault?: Fault;
}

/**
 * The newest passport of the configured base: of those the watcher has put into the journal and the one that lies in
 * the exchange folder now. Passports of other bases decide nothing.
 * @param journal undefined where there is none yet
 */
export function knownPassport(config: Config, journal: Journal | undefined, disk: Disk): PassportFound {
  if (config.onec.infobase === undefined) return {};
  const { passport: lying, fault: unreadable } = passportInFolder(config, disk);
  const kept = journal?.records.passports.list().map(({ passport }) => JSON.parse(passport) as Passport);
  const all = [...(lying ? [lying] : []), ...(kept ?? [])].sort((a, b) =>
    b.createdAt.localeCompare(a.createdAt),
  );
  const own = all.find(({ infobase }) => standingOf(config, infobase) === 'own');
  if (own) return { passport: own, ...(unreadable && { fault: unreadable }) };
  if (unreadable) return { fault: unreadable };
  const [foreign] = all;
  if (!foreign) return {};
  const { id, connection } = foreign.infobase;
  return { fault: fault('BG1C-PASSPORT-FOREIGN', { infobase: id, connection }) };
}

/** `base.json` of the exchange folder: also where no watcher takes it in. */
function passportInFolder(config: Config, disk: Disk): PassportFound {
  const { passport: file } = layoutOf(config.exchange.dir);
  const refuse = (reason: string): PassportFound => ({
    fault: fault('BG1C-PASSPORT-READ', { file, reason }),
  });
  try {
    return disk.stat(file)?.kind === 'file' ? { passport: parsePassport(readSmall(disk, file)) } : {};
  } catch (error) {
    if (error instanceof FileRefusal) return refuse(error.message);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    return refuse(`файл не читается (${code})`);
  }
}

/** Day of a passport in Moscow, `2026-11-01`. */
export function passportDay({ createdAt }: Passport): string {
  return moscowMoment(new Date(createdAt)).date;
}
