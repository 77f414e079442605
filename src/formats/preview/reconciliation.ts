import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { type ReconciledSums, type Reconciliation, spread } from '../../model/reconciliation.ts';
import { type Html, html } from '../../support/html.ts';
import { plural } from '../../support/text.ts';

const ROWS = 200;

/** Accruals ↔ documents ↔ package ↔ books: totals always, contracts only where they do not agree. */
export function reconciliationSection({
  contracts,
  totals,
  difference,
  differing,
  more,
}: Reconciliation): Html {
  const count = differing.length + more;
  const known = totals.booked !== null;
  const shown = differing.slice(0, ROWS);
  const agree =
    count === 0 ? 'суммы сходятся до копейки' : plural(count, 'расхождение', 'расхождения', 'расхождений');
  return html`<section id="reconciliation"><h2>Сверка: ${agree}</h2>
<p class="soft">Акты и УПД, ${plural(contracts, 'договор', 'договора', 'договоров')}.${
    totals.accrued === null && ' Начислений в выгрузке нет.'
  }${!known && ' Квитанций 1С на этот месяц ещё не было.'}</p>
<table class="sums"><thead><tr><th>Договор</th><th class="number">Начислено, ₽</th><th class="number">В документах, ₽</th><th class="number">В пакете, ₽</th>${
    known && html`<th class="number">В 1С, ₽</th>`
  }<th class="number">Разница, ₽</th></tr></thead>
<tbody>${shown.map(
    (row) => html`<tr><td>${row.contract}</td>${sums(row, known, spread(row))}</tr>
`,
  )}</tbody>
<tfoot><tr><td>Всего</td>${sums(totals, known, difference)}</tr></tfoot></table>${
    count > shown.length && html`<p>… и ещё ${count - shown.length}</p>`
  }</section>`;
}

function sums(row: ReconciledSums, known: boolean, difference: Kopecks): Html[] {
  const { accrued, documents, packaged, booked } = row;
  const columns: [title: string, sum: Kopecks | null][] = [
    ['Начислено', accrued],
    ['В документах', documents],
    ['В пакете', packaged],
    ...(known ? [['В 1С', booked] as [string, Kopecks | null]] : []),
    ['Разница', difference],
  ];
  return columns.map(
    ([title, sum]) =>
      html`<td class="number" data-title="${title}">${sum === null ? '—' : sumForPeople(sum)}</td>`,
  );
}
