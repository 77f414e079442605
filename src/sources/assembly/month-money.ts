import { type FaultWhere, fault } from '../../faults/fault.ts';
import { isPeriod, type Period, periodName, periodOf } from '../../model/period.ts';
import type { Source, SourceRow } from '../source.ts';
import type { TableName } from '../tables.ts';
import { cellReader } from './cells.ts';
import type { Put, Say } from './month-tables.ts';
import { rowReport } from './payments.ts';

/** Readers of what was charged and paid, as in `month-tables.ts`. */

export async function readAccruals(
  source: Source,
  period: Period | undefined,
  put: Put,
  say: Say,
): Promise<void> {
  const read = cellReader(source, 'accruals', say);
  const others = new Set<string>();
  for await (const batch of source.read('accruals', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      const year = cells.integer('yy');
      const month = cells.integer('mm');
      if (cid === undefined || cells.failed()) continue;
      const own = periodOf(year ?? 0, month ?? 0);
      if (own === period) put(Number(cid), row);
      else reportOther(own, 'accruals', others, cells.where('mm'), say);
    }
}

/** @returns a row of each type; of different titles the first of the alphabet, whatever the order of rows */
export async function readCharges(
  source: Source,
  period: Period | undefined,
  put: Put,
  say: Say,
): Promise<Map<string, SourceRow>> {
  const read = cellReader(source, 'charges', say);
  const others = new Set<string>();
  const types = new Map<string, SourceRow>();
  for await (const batch of source.read('charges', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      const date = cells.requiredDate('dt');
      if (cid === undefined || date === undefined || cells.failed()) continue;
      const own = date.slice(0, 7);
      if (own !== period) {
        reportOther(own, 'charges', others, cells.where('dt'), say);
        continue;
      }
      const known = types.get(cells.raw('pt'));
      if (!known || cells.raw('charge_type') < read(known).raw('charge_type'))
        types.set(cells.raw('pt'), row);
      put(Number(cid), row);
    }
  return types;
}

/** Payments of prepaid contracts. @param since those before this day are too old */
export async function readPayments(
  source: Source,
  since: string | undefined,
  prepaid: (cid: number) => boolean,
  put: Put,
  say: Say,
): Promise<void> {
  const read = cellReader(source, 'payments', rowReport('payments', say));
  for await (const batch of source.read('payments', say))
    for (const row of batch) {
      const cells = read(row);
      const cid = cells.id('cid');
      if (cid === undefined || since === undefined || !prepaid(Number(cid))) continue;
      const day = cells.requiredDate('dt');
      if (day !== undefined && day >= since) put(Number(cid), row);
    }
}

/** What prepaid contracts had before the month. */
export async function readBalances(
  source: Source,
  prepaid: (cid: number) => boolean,
  put: Put,
  say: Say,
): Promise<void> {
  const read = cellReader(source, 'balances', rowReport('balances', say));
  for await (const batch of source.read('balances', say))
    for (const row of batch) {
      const cid = read(row).id('cid');
      if (cid !== undefined && prepaid(Number(cid))) put(Number(cid), row);
    }
}

/** Once for each month met: an export of a year must not give a notice a row. */
function reportOther(period: string, table: TableName, seen: Set<string>, where: FaultWhere, say: Say): void {
  if (seen.has(period)) return;
  seen.add(period);
  say(
    fault(
      'BG1C-ROW-OTHER-PERIOD',
      { table, period: isPeriod(period) ? periodName(period) : `«${period}»` },
      where,
    ),
  );
}
