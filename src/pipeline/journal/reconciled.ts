import { type Fault, fault } from '../../faults/fault.ts';
import type { Journal } from '../../journal/journal.ts';
import { russianDate } from '../../support/dates.ts';

/**
 * A journal that was restored from a copy does not know what happened after the copy: numbers it gives might have been
 * given, letters it sends might have been sent. Until it is reconciled (`bg1c restore --reconcile`) nothing is built or
 * delivered.
 */
export function unreconciled(journal: Journal): Fault | undefined {
  const restored = journal.records.settings.get('restored-at');
  if (restored === undefined) return undefined;
  return fault('BG1C-JOURNAL-RESTORED', { file: journal.path, date: russianDate(restored) });
}
