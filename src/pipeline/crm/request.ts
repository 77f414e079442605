import { existsSync } from 'node:fs';
import type { Bitrix24Config, Config } from '../../config/types.ts';
import { type Access, webhookAccess } from '../../delivery/bitrix24/access.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { type Journal, type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { Clock } from '../../support/clock.ts';
import type { ExitCode } from '../exit.ts';

/** What the commands of the CRM share. */
export interface CrmRequest {
  config: Config;
  clock: Clock;
  sleep: (ms: number) => Promise<void>;
  openJournal?: OpenJournal;
}

export interface CrmOutcome<T> {
  exit: ExitCode;
  /** Absent where nothing could be begun. */
  result?: T;
  faults: Fault[];
}

/** What the work itself gives. */
export type Worked<T> = { result?: T; faults: Fault[] };

interface Opened {
  channel: Bitrix24Config;
  access: Access;
  journal: Journal;
}

/**
 * The portal of the settings and the journal; a fault where there is none. Nothing is asked of the portal.
 * @param mayMake whether a journal is made where there is none yet
 */
export function openCrm(
  { config, clock, openJournal: open = openJournal }: CrmRequest,
  mayMake: boolean,
): { opened?: Opened; fault?: Fault } {
  const channel = config.channels.bitrix24;
  if (!channel) return { fault: fault('BG1C-CRM-NONE') };
  const { access, fault: unknown } = webhookAccess(channel);
  if (!access) return { fault: unknown! };
  const { path } = config.journal;
  const { journal, fault: refused } = open(mayMake || existsSync(path) ? path : ':memory:', clock);
  return journal ? { opened: { channel, access, journal } } : { fault: refused! };
}
