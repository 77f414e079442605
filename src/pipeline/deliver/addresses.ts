import { existsSync } from 'node:fs';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { BadAddress } from '../../journal/letters.ts';
import type { Clock } from '../../support/clock.ts';

export interface AddressesRequest {
  config: Config;
  /** An address that is right after all, in a person's word. */
  forgive?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal | undefined;
}

/** Addresses from which letters come back, after one of them was forgiven. */
export function badAddresses({ config, forgive, clock, openJournal: open = openJournal }: AddressesRequest): {
  addresses?: BadAddress[];
  faults: Fault[];
} {
  const { path } = config.journal;
  // Whoever only looks creates nothing.
  const { journal, fault: refused } = open(existsSync(path) ? path : ':memory:', clock);
  if (!journal) return { faults: [refused!] };
  try {
    const { letters } = journal.records;
    const unknown = forgive !== undefined && !journal.atomically(() => letters.forgive(forgive));
    return {
      addresses: letters.badAddresses(),
      faults: unknown ? [fault('BG1C-MAIL-UNKNOWN', { address: forgive })] : [],
    };
  } finally {
    journal.close();
  }
}
