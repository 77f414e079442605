import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { journalFault } from '../../journal/journal.ts';
import { outputFault } from '../build/build.ts';

/** The fault of a failed call of the file system: a full disk, a missing right, a share that is gone. */
export function diskFault(error: unknown, folder: string): Fault | undefined {
  const found = outputFault(error, folder);
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (found || code === undefined || syscall === undefined) return found;
  return fault('BG1C-OUTPUT-WRITE', { file: path ?? folder, reason: code });
}

/** The fault of an error that passes or is mended by a person: of the disk or the journal. Anything else is a defect. */
export function passingFault(error: unknown, { exchange, journal }: Config): Fault | undefined {
  return journalFault(journal.path, error) ?? diskFault(error, exchange.dir);
}
