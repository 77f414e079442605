import { createHash } from 'node:crypto';
import type { Fault, Severity } from '../../faults/fault.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { type Period, periodName } from '../../model/period.ts';
import type { DocumentKind } from '../../model/types.ts';
import { russianDate } from '../../support/dates.ts';
import { plural } from '../../support/text.ts';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';

/** What the page shows. */
export interface Preview {
  organization: string;
  period: Period;
  packageId: string;
  seq: number;
  part: number;
  parts: number;
  totals: readonly { kind: DocumentKind; count: number; sum: Kopecks; vat: Kopecks }[];
  documents: readonly PreviewDocument[];
  leftOut: readonly { kind: DocumentKind; number: string; codes: readonly string[] }[];
  faults: readonly Fault[];
  /** Accruals against documents by contract; only those that differ need be given. */
  reconciliation: readonly { contract: string; accrued: Kopecks; documents: Kopecks }[];
}

export interface PreviewDocument {
  kind: DocumentKind;
  number: string;
  date: string;
  counterparty: string;
  inn: string;
  account: string;
  sum: Kopecks;
  vat: Kopecks;
}

const KINDS: Record<DocumentKind, string> = {
  bill: 'Счёт',
  act: 'Акт',
  'vat-invoice': 'Счёт-фактура',
  upd: 'УПД',
};
const KINDS_MANY: Record<DocumentKind, string> = {
  bill: 'Счета на оплату',
  act: 'Акты',
  'vat-invoice': 'Счета-фактуры',
  upd: 'УПД',
};
const WORDS: Record<Severity, string> = { error: 'Ошибка', warning: 'Предупреждение', notice: 'К сведению' };
const PLACES_SHOWN = 3;

/** One self-contained page of a package for a person: totals, documents, findings, reconciliation. */
export function previewPage(preview: Preview): string {
  const title = `${preview.organization}: документы за ${periodName(preview.period)}`;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<h1>${title}</h1>
<p class="soft">Пакет № ${preview.seq}, часть ${preview.part} из ${preview.parts} · <code>${preview.packageId}</code></p>
${totalsSection(preview)}
${leftOutSection(preview)}
${reconciliationSection(preview)}
${faultsSection(preview)}
${documentsSection(preview)}
</body>
</html>
`;
  return page.html;
}

function totalsSection({ totals }: Preview): Html {
  const rows = totals.filter(({ count }) => count > 0);
  return html`<h2>Что в пакете</h2>
<table class="cards"><thead><tr><th>Документы</th><th class="number">Штук</th><th class="number">Сумма, ₽</th><th class="number">В т. ч. НДС, ₽</th></tr></thead>
<tbody>${rows.map(
    ({ kind, count, sum, vat }) =>
      html`<tr><td data-title="Документы">${KINDS_MANY[kind]}</td><td class="number" data-title="Штук">${count}</td><td class="number" data-title="Сумма">${sumForPeople(sum)}</td><td class="number" data-title="В т. ч. НДС">${sumForPeople(vat)}</td></tr>
`,
  )}</tbody></table>`;
}

function leftOutSection({ leftOut }: Preview): Html | undefined {
  if (leftOut.length === 0) return undefined;
  return html`<h2>Не переданы: ${plural(leftOut.length, 'документ', 'документа', 'документов')}</h2>
<table class="cards"><thead><tr><th>Документ</th><th>Номер</th><th>Замечания</th></tr></thead>
<tbody>${leftOut.map(
    ({ kind, number, codes }) =>
      html`<tr><td data-title="Документ">${KINDS[kind]}</td><td data-title="Номер">${number || '—'}</td><td data-title="Замечания"><code>${codes.join(', ')}</code></td></tr>
`,
  )}</tbody></table>`;
}

function reconciliationSection({ reconciliation }: Preview): Html {
  const differing = reconciliation.filter(({ accrued, documents }) => accrued !== documents);
  if (differing.length === 0)
    return html`<h2>Сверка с начислениями</h2><p>Документы и начисления сходятся до копейки.</p>`;
  return html`<h2>Сверка с начислениями: ${plural(differing.length, 'расхождение', 'расхождения', 'расхождений')}</h2>
<table class="cards"><thead><tr><th>Договор</th><th class="number">Начислено, ₽</th><th class="number">В документах, ₽</th><th class="number">Разница, ₽</th></tr></thead>
<tbody>${differing.map(
    ({ contract, accrued, documents }) =>
      html`<tr><td data-title="Договор">${contract}</td><td class="number" data-title="Начислено">${sumForPeople(accrued)}</td><td class="number" data-title="В документах">${sumForPeople(documents)}</td><td class="number" data-title="Разница">${sumForPeople(documents - accrued)}</td></tr>
`,
  )}</tbody></table>`;
}

function faultsSection({ faults }: Preview): Html {
  if (faults.length === 0) return html`<h2>Замечания</h2><p>Замечаний нет.</p>`;
  return html`<h2>Замечания</h2>${faults.map(({ severity, code, message, remedy, paths, count }) => {
    const more = count > PLACES_SHOWN ? ` и ещё ${count - PLACES_SHOWN}` : '';
    return html`<div class="finding ${severity}"><p><span class="word">${WORDS[severity]}.</span> ${message}</p><p class="soft">${remedy}</p>${
      paths.length > 0 && html`<p><code>${paths.slice(0, PLACES_SHOWN).join(', ')}${more}</code></p>`
    }<p><code>${code}</code></p></div>
`;
  })}`;
}

function documentsSection({ documents }: Preview): Html {
  return html`<h2>Документы</h2>
<table class="cards"><thead><tr><th>Документ</th><th>Номер</th><th>Дата</th><th>Контрагент</th><th>Лицевой счёт</th><th class="number">Сумма, ₽</th><th class="number">НДС, ₽</th></tr></thead>
<tbody>${documents.map(
    ({ kind, number, date, counterparty, inn, account, sum, vat }) =>
      html`<tr><td class="whole" data-title="Документ">${KINDS[kind]}</td><td class="whole" data-title="Номер">${number}</td><td class="whole" data-title="Дата">${russianDate(date)}</td><td data-title="Контрагент"><span>${counterparty}${inn !== '' && html`<br><span class="soft">ИНН ${inn}</span>`}</span></td><td data-title="Лицевой счёт">${account}</td><td class="number" data-title="Сумма">${sumForPeople(sum)}</td><td class="number" data-title="НДС">${sumForPeople(vat)}</td></tr>
`,
  )}</tbody></table>`;
}
