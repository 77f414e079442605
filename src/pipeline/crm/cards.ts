import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { COUNTERPARTIES_FILE, parseCounterparties } from '../../exchange/counterparties-file.ts';
import { standingOf } from '../../exchange/infobase.ts';
import { FileRefusal } from '../../exchange/json-file.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import type { OnecCard } from '../../model/onec-card.ts';
import type { Clock } from '../../support/clock.ts';
import { russianDate } from '../../support/dates.ts';

/** Older than this, what the accountant did since is missed. */
const OLD_DAYS = 7;
const DAY_MS = 24 * 3600 * 1000;

export interface OnecCards {
  /** Without persons where there is no consent to bring them to the cloud. */
  cards: OnecCard[];
  createdAt: string;
  /** Warnings and notices. */
  faults: Fault[];
}

/** The counterparties that 1C put into the exchange folder. @param file another file */
export function readCards(
  config: Config,
  file: string | undefined,
  clock: Clock,
): { found?: OnecCards; fault?: Fault } {
  const path = file ?? join(config.exchange.dir, COUNTERPARTIES_FILE);
  const refuse = (reason: string): { fault: Fault } => ({
    fault: fault('BG1C-CRM-CARDS', { file: path, reason }),
  });
  let read: ReturnType<typeof parseCounterparties>;
  try {
    read = parseCounterparties(readFileSync(path));
  } catch (error) {
    if (error instanceof FileRefusal) return refuse(error.message);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    return refuse(code === 'ENOENT' ? 'файла нет' : `файл не читается (${code})`);
  }
  const { infobase, createdAt } = read;
  if (standingOf(config, infobase) === 'foreign')
    return {
      fault: fault('BG1C-CRM-CARDS-FOREIGN', {
        file: path,
        infobase: `${infobase.id}, ${infobase.connection}`,
      }),
    };
  const cards = read.cards.filter(({ kind }) => kind !== 'person' || config.consent.bitrix24);
  const faults: Fault[] = [];
  if (clock().getTime() - Date.parse(createdAt) > OLD_DAYS * DAY_MS)
    faults.push(fault('BG1C-CRM-CARDS-OLD', { date: russianDate(createdAt) }));
  const persons = read.cards.length - cards.length;
  if (persons > 0) faults.push(fault('BG1C-CRM-PERSONS', { count: persons }));
  return { found: { cards, createdAt, faults } };
}
