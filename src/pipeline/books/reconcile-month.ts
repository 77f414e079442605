import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { moscowMoment } from '../../formats/upd/source.ts';
import { type OpenJournal, openJournal } from '../../journal/journal.ts';
import type { StoredPackage } from '../../journal/packages.ts';
import type { Reconciliation } from '../../model/reconciliation.ts';
import type { Clock } from '../../support/clock.ts';
import { type PeriodState, periodState, withBooks } from '../build/reconciler.ts';

export interface MonthReconciliation {
  organization: string;
  period: string;
  /** The latest package of the month. */
  seq: number;
  packageId: string;
  periodState: PeriodState;
  reconciliation: Reconciliation;
}

/**
 * Accruals ↔ documents ↔ package ↔ books as they are now, by the latest package of each organisation.
 * @param period the latest month of the journal by default
 */
export function reconcileMonth({
  config,
  period,
  clock,
  openJournal: open = openJournal,
}: {
  config: Config;
  period?: string | undefined;
  clock: Clock;
  openJournal?: OpenJournal;
}): { months?: MonthReconciliation[]; faults: Fault[] } {
  const { journal, fault: refused } = open(config.journal.path, clock);
  if (!journal) return { faults: [refused!] };
  try {
    const packages = journal.records.packages.list().filter(({ documents }) => documents > 0);
    const months = packages.map((one) => one.period).sort();
    const wanted = period ?? months.at(-1);
    const latest = new Map<string, StoredPackage>();
    for (const one of packages)
      if (one.period === wanted && one.seq > (latest.get(one.organization)?.seq ?? 0))
        latest.set(one.organization, one);
    if (latest.size === 0)
      return { faults: [fault('BG1C-STATUS-NONE', { wanted: period ?? 'пакетов нет' })] };
    const known = { receipts: journal.records.receipts.newest(), packages: Number.MAX_SAFE_INTEGER };
    const today = moscowMoment(clock()).date;
    const reconciled = [...latest.values()].map((one) => ({
      organization: one.organization,
      period: one.period,
      seq: one.seq,
      packageId: one.packageId,
      periodState: periodState(journal, one.period, today),
      reconciliation: withBooks(journal, config, one, known, journal.records.contractTotals.of(one.id)),
    }));
    return { months: reconciled, faults: [] };
  } finally {
    journal.close();
  }
}
