import { type Kopecks, sumForPeople } from '../model/money.ts';
import { type ReconciledSums, type Reconciliation, spread } from '../model/reconciliation.ts';
import type { PeriodState } from '../pipeline/build/reconciler.ts';
import { plural } from '../support/text.ts';
import { alignRows } from './align.ts';

const STATES: Record<PeriodState, string> = {
  closed: 'месяц закрыт в BGBilling',
  open: 'месяц ещё не закончился, суммы могут измениться',
  over: 'закрыт ли месяц в BGBilling, неизвестно',
};

/** Accruals ↔ documents ↔ package ↔ books. @param shown contracts that are shown one by one, when they differ */
export function reconciliationText(
  { contracts, totals, difference, differing, more }: Reconciliation,
  state: PeriodState,
  shown: number,
): string {
  const count = differing.length + more;
  const verdict = count === 0 ? 'суммы сходятся' : plural(count, 'расхождение', 'расхождения', 'расхождений');
  const head = `  Сверка, ${plural(contracts, 'договор', 'договора', 'договоров')}: ${verdict} (${STATES[state]})\n`;
  const rows = differing.slice(0, shown).map((row) => [row.contract, ...cells(row, spread(row))]);
  const table = alignRows([
    ['', 'начислено', 'в документах', 'в пакете', 'в 1С', 'разница'],
    ...rows,
    [`всего по ${plural(contracts, 'договору', 'договорам', 'договорам')}`, ...cells(totals, difference)],
  ]);
  const hidden = count - rows.length;
  const rest = hidden > 0 ? `    … и ещё ${hidden}: полный список — с ключом --json\n` : '';
  return `${head}${table.replace(/^/gm, '  ').trimEnd()}\n${rest}`;
}

function cells({ accrued, documents, packaged, booked }: ReconciledSums, difference: Kopecks): string[] {
  return [accrued, documents, packaged, booked, difference].map((sum) =>
    sum === null ? '—' : sumForPeople(sum),
  );
}
