import { KIND_NAMES, KIND_NAMES_MANY } from '../../model/document-name.ts';
import { sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import { russianDate } from '../../support/dates.ts';
import { type Html, html } from '../../support/html.ts';
import { selfContainedPage } from '../../support/html-page.ts';
import { plural } from '../../support/text.ts';
import type { MonthReport, ReportTask, Tone } from './report.ts';
import { STYLE } from './style.ts';

/** Documents of a task that are named in its line; the others open by a click. */
const NAMED = 3;

/** One self-contained page: how far the month is, what needs a person, where each document is. */
export function reportPage(report: MonthReport): string {
  const { organizations, period, made } = report;
  const title = `${organizations.join(', ')}: отчёт за ${periodName(period)}`;
  const body = html`<h1>${title}</h1>
<p class="soft">Составлен ${russianDate(made.slice(0, 10))} в ${made.slice(11, 16)} (UTC) по журналу bg1c</p>
${progressSection(report)}
${tasksSection(report)}
${totalsSection(report)}
${channelsSection(report)}
${differencesSection(report)}
${documentsSection(report)}`;
  return selfContainedPage({ title, style: STYLE, body });
}

function progressSection({ steps }: MonthReport): Html {
  const whole = steps[0]!.count;
  return html`<h2>Как идёт месяц</h2>
${steps.map(({ title, count, sum }) => {
  const percent = whole === 0 ? 0 : Math.floor((count * 100) / whole);
  return html`<div class="step"><span>${title}</span><progress max="${whole}" value="${count}">${percent} %</progress><span class="figures">${count} из ${whole} (${percent} %)<br><span class="soft">акты и УПД: ${sumForPeople(sum)} ₽</span></span></div>
`;
})}`;
}

function tasksSection({ tasks }: MonthReport): Html {
  if (tasks.length === 0)
    return html`<h2>Что требует внимания</h2><p class="fine">Ничего: все документы на своих местах.</p>`;
  return html`<h2>Что требует внимания</h2>${tasks.map(taskBlock)}`;
}

function taskBlock({ urgency, title, action, documents }: ReportTask): Html {
  const count = plural(documents.length, 'документ', 'документа', 'документов');
  const named = documents.slice(0, NAMED).join(', ');
  const list =
    documents.length <= NAMED
      ? html`<p class="soft">${named}</p>`
      : html`<details><summary>${named} и ещё ${documents.length - NAMED}</summary><p>${documents.slice(NAMED).join(', ')}</p></details>`;
  return html`<div class="task ${urgency}"><p class="title">${capital(title)}: ${count}</p><p>${action}</p>${list}</div>
`;
}

function totalsSection({ kinds }: MonthReport): Html {
  return html`<h2>Документы по видам</h2>
<table><thead><tr><th>Вид</th><th class="number">Выставлено</th><th class="number">на сумму, ₽</th><th class="number">Проведено в 1С</th><th class="number">на сумму, ₽</th><th class="number">Доставлено</th></tr></thead>
<tbody>${kinds.map(
    ({ kind, count, sum, booked, bookedSum, delivered }) =>
      html`<tr><td data-title="Вид">${KIND_NAMES_MANY[kind]}</td><td class="number" data-title="Выставлено">${count}</td><td class="number" data-title="на сумму, ₽">${sumForPeople(sum)}</td><td class="number" data-title="Проведено в 1С">${booked}</td><td class="number" data-title="на сумму, ₽">${sumForPeople(bookedSum)}</td><td class="number" data-title="Доставлено">${delivered}</td></tr>
`,
  )}</tbody></table>`;
}

function channelsSection({ channels }: MonthReport): Html | undefined {
  if (channels.length === 0) return undefined;
  return html`<h2>Доставка</h2>
<table><thead><tr><th>Канал</th><th class="number">Доставлено</th><th class="number">Подписано</th><th class="number">Ждут</th><th class="number">Под вопросом</th><th class="number">Не приняты</th></tr></thead>
<tbody>${channels.map(
    ({ title, delivered, signed, waiting, doubtful, refused }) =>
      html`<tr><td data-title="Канал">${capital(title)}</td><td class="number" data-title="Доставлено">${delivered}</td><td class="number" data-title="Подписано">${signed}</td><td class="number" data-title="Ждут">${waiting}</td><td class="number" data-title="Под вопросом">${doubtful}</td><td class="number" data-title="Не приняты">${refused}</td></tr>
`,
  )}</tbody></table>`;
}

function differencesSection({ differences }: MonthReport): Html | undefined {
  if (differences.length === 0) return undefined;
  return html`<h2>Начислено и выставлено: ${plural(differences.length, 'расхождение', 'расхождения', 'расхождений')}</h2>
<table><thead><tr><th>Договор</th><th class="number">Начислено, ₽</th><th class="number">В документах, ₽</th><th class="number">Разница, ₽</th></tr></thead>
<tbody>${differences.map(
    ({ contract, accrued, documents }) =>
      html`<tr><td data-title="Договор">${contract}</td><td class="number" data-title="Начислено, ₽">${sumForPeople(accrued)}</td><td class="number" data-title="В документах, ₽">${sumForPeople(documents)}</td><td class="number" data-title="Разница, ₽">${sumForPeople(documents - accrued)}</td></tr>
`,
  )}</tbody></table>`;
}

function documentsSection({ documents }: MonthReport): Html {
  return html`<h2>Все документы: ${documents.length}</h2>
<table class="documents"><thead><tr><th>Документ</th><th>Дата</th><th>Контрагент</th><th class="number">Сумма, ₽</th><th>В 1С</th><th>Доставка</th></tr></thead>
<tbody>${documents.map(
    ({ kind, number, date, buyer, inn, account, sum, booked, deliveries }) =>
      html`<tr><td class="whole" data-title="Документ">${KIND_NAMES[kind]} № ${number || '—'}</td><td class="whole" data-title="Дата">${russianDate(date)}</td><td data-title="Контрагент"><span>${buyer || '—'}${
        (inn !== '' || account !== '') &&
        html`<br><span class="soft">${[inn && `ИНН ${inn}`, account && `л/с ${account}`].filter((part) => part !== '').join(', ')}</span>`
      }</span></td><td class="number" data-title="Сумма, ₽">${sumForPeople(sum)}</td><td class="state" data-title="В 1С">${toned(booked)}</td><td class="state" data-title="Доставка"><span>${
        deliveries.length === 0
          ? html`<span class="soft">—</span>`
          : deliveries.map(
              ({ channel, text, tone }) =>
                html`<span class="row">${channel}: ${toned({ text, tone })}</span> `,
            )
      }</span></td></tr>
`,
  )}</tbody></table>`;
}

function toned({ text, tone }: { text: string; tone: Tone }): Html {
  return html`<span class="${tone}">${text}</span>`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
