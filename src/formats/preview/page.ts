import type { Fault, Severity } from '../../faults/fault.ts';
import { KIND_NAMES, KIND_NAMES_MANY } from '../../model/document-name.ts';
import { type Kopecks, sumForPeople } from '../../model/money.ts';
import { printedNumber } from '../../model/numbering.ts';
import { type Period, periodName } from '../../model/period.ts';
import type { Reconciliation } from '../../model/reconciliation.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../model/types.ts';
import { russianDate } from '../../support/dates.ts';
import { type Html, html, join } from '../../support/html.ts';
import { selfContainedPage } from '../../support/html-page.ts';
import { plural } from '../../support/text.ts';
import { faultsSection } from './faults.ts';
import { reconciliationSection } from './reconciliation.ts';
import { STYLE } from './style.ts';

/** What the page shows. */
export interface Preview {
  organization: { name: string; inn: string };
  period: Period;
  packageId: string;
  seq: number;
  part: number;
  parts: number;
  /** «EnterpriseData 1.20» */
  format: string;
  /** Of this part. */
  totals: readonly { kind: DocumentKind; count: number; sum: Kopecks; vat: Kopecks }[];
  documents: readonly PreviewDocument[];
  /** Of the whole package. */
  leftOut: {
    count: number;
    documents: readonly { kind: DocumentKind; number: string; key: string; codes: readonly string[] }[];
  };
  /** What 1C is asked to mark for deletion. */
  deletions: readonly { kind: DocumentKind; number: string; date: string; sum: Kopecks }[];
  faults: readonly Fault[];
  /** Of the whole package; absent where there is nothing to compare. */
  reconciliation?: Reconciliation | undefined;
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
  /** «№ 1 от 05.11.2026», when it is a correction. */
  correction?: string;
}

/** Documents that were left out or are to be deleted, shown one by one. */
const LISTED = 200;

/**
 * One self-contained page of a part of a package for a person: what is in it, what is not, whether the sums agree.
 * No script, nothing from outside; every value is escaped (html.ts), and the policy forbids what would still run.
 */
export function previewPage(preview: Preview): string {
  const { organization, period, seq, part, parts, packageId, format } = preview;
  const title = `${organization.name}: документы за ${periodName(period)}`;
  const of = parts > 1 ? `, часть ${part} из ${parts}` : '';
  const body = html`<header>
<h1>${title}</h1>
<p class="soft">Пакет № ${seq}${of} · ИНН ${organization.inn} · ${format} · <code>${packageId}</code></p>
${summary(preview)}
</header>
<main>
${totalsSection(preview)}
${leftOutSection(preview)}
${deletionsSection(preview)}
${preview.reconciliation && reconciliationSection(preview.reconciliation)}
${faultsSection(preview.faults)}
${documentsSection(preview)}
</main>`;
  return selfContainedPage({ title, style: STYLE, body });
}

/** What has to be looked at, in one line; each leads to its section. */
function summary({ leftOut, deletions, reconciliation, faults }: Preview): Html {
  const differing = reconciliation ? reconciliation.differing.length + reconciliation.more : 0;
  const count = (severity: Severity): number =>
    faults.filter((one) => one.severity === severity).reduce((sum, one) => sum + one.count, 0);
  const [errors, warnings] = [count('error'), count('warning')];
  const links: [show: boolean, href: string, text: string, look: string][] = [
    [leftOut.count > 0, 'left-out', `не передано ${leftOut.count}`, 'error'],
    [deletions.length > 0, 'deletions', `к удалению ${deletions.length}`, 'error'],
    [
      differing > 0,
      'reconciliation',
      `сверка: ${plural(differing, 'расхождение', 'расхождения', 'расхождений')}`,
      'warning',
    ],
    [errors > 0, 'faults', plural(errors, 'ошибка', 'ошибки', 'ошибок'), 'error'],
    [
      warnings > 0,
      'faults',
      plural(warnings, 'предупреждение', 'предупреждения', 'предупреждений'),
      'warning',
    ],
  ];
  const shown = links.filter(([show]) => show);
  return shown.length === 0
    ? html`<p class="summary"><span class="chip fine">Всё передано, суммы сходятся</span></p>`
    : html`<p class="summary">${shown.map(
        ([, href, text, look]) => html`<a class="chip ${look}" href="#${href}">${text}</a> `,
      )}</p>`;
}

function totalsSection({ totals }: Preview): Html {
  const rows = totals.filter(({ count }) => count > 0);
  return html`<section><h2>Что в пакете</h2>
<table class="sums"><thead><tr><th>Документы</th><th class="number">Штук</th><th class="number">Сумма, ₽</th><th class="number">В т. ч. НДС, ₽</th></tr></thead>
<tbody>${rows.map(
    ({ kind, count, sum, vat }) =>
      html`<tr><td>${KIND_NAMES_MANY[kind]}</td><td class="number" data-title="Штук">${count}</td><td class="number" data-title="Сумма, ₽">${sumForPeople(sum)}</td><td class="number" data-title="В т. ч. НДС, ₽">${sumForPeople(vat)}</td></tr>
`,
  )}</tbody></table></section>`;
}

function leftOutSection({ leftOut: { count, documents } }: Preview): Html | undefined {
  if (count === 0) return undefined;
  const shown = documents.slice(0, LISTED);
  return html`<section id="left-out"><h2>Не передано: ${plural(count, 'документ', 'документа', 'документов')}</h2>
<p class="soft">Причина — в замечании с тем же кодом.</p>
<table><thead><tr><th>Документ</th><th>Замечания</th></tr></thead>
<tbody>${shown.map(
    ({ kind, number, key, codes }) =>
      html`<tr><td>${KIND_NAMES[kind]} № ${number || key}</td><td>${join(
        codes.map((code) => html`<code>${code}</code>`),
        ', ',
      )}</td></tr>
`,
  )}</tbody></table>${count > shown.length && html`<p>… и ещё ${count - shown.length}</p>`}</section>`;
}

function deletionsSection({ deletions }: Preview): Html | undefined {
  if (deletions.length === 0) return undefined;
  const shown = deletions.slice(0, LISTED);
  return html`<section id="deletions"><h2>Просьба пометить на удаление: ${plural(deletions.length, 'документ', 'документа', 'документов')}</h2>
<p class="soft">Они приняты 1С раньше, а в биллинге их больше нет.</p>
<table><thead><tr><th>Документ</th><th>Дата</th><th class="number">Сумма, ₽</th></tr></thead>
<tbody>${shown.map(
    ({ kind, number, date, sum }) =>
      html`<tr><td>${KIND_NAMES[kind]} № ${number || '—'}</td><td class="whole">${russianDate(date)}</td><td class="number">${sumForPeople(sum)}</td></tr>
`,
  )}</tbody></table>${deletions.length > shown.length && html`<p>… и ещё ${deletions.length - shown.length}</p>`}</section>`;
}

/** A table a kind; on a phone each document becomes a card (style.ts). */
function documentsSection({ documents, part, parts }: Preview): Html {
  const of = parts > 1 ? ` части ${part}` : '';
  const kinds = DOCUMENT_KINDS.map((kind) => ({ kind, own: documents.filter((one) => one.kind === kind) }));
  return html`<section><h2>Документы${of}</h2>${kinds
    .filter(({ own }) => own.length > 0)
    .map(
      ({ kind, own }) => html`
<table class="documents"><caption>${KIND_NAMES_MANY[kind]}: ${own.length}</caption>
<thead><tr><th>Номер</th><th>Дата</th><th>Контрагент</th><th>Лицевой счёт</th><th class="number">Сумма, ₽</th><th class="number">НДС, ₽</th></tr></thead>
<tbody>${own.map(documentRow)}</tbody></table>`,
    )}</section>`;
}

function documentRow({
  number,
  date,
  counterparty,
  inn,
  account,
  sum,
  vat,
  correction,
}: PreviewDocument): Html {
  const mark = correction !== undefined && html`<br><span class="soft">испр. ${correction}</span>`;
  const printed = printedNumber(number);
  const onPaper = printed !== number && html`<br><span class="soft">на печати ${printed}</span>`;
  const tax = inn !== '' && html`<br><span class="soft">ИНН ${inn}</span>`;
  return html`<tr><td class="whole">${number || 'даст 1С'}${onPaper}${mark}</td><td class="whole">${russianDate(date)}</td><td>${counterparty}${tax}</td><td>${account}</td><td class="number">${sumForPeople(sum)}</td><td class="number">${sumForPeople(vat)}</td></tr>
`;
}
