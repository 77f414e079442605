import type { CardChange, Counterparty } from '../../model/types.ts';
import { type Html, html } from '../../support/html.ts';
import { selfContainedPage } from '../../support/html-page.ts';
import { STYLE } from './style.ts';

/** What the page of a package of counterparties shows. */
export interface CardsPreview {
  organization: { name: string; inn: string };
  packageId: string;
  seq: number;
  cards: readonly Counterparty[];
}

const FIELDS: Readonly<Record<CardChange['field'], string>> = {
  name: 'Наименование',
  fullName: 'Полное наименование',
  inn: 'ИНН',
  kpp: 'КПП',
  ogrn: 'ОГРН',
  address: 'Юридический адрес',
  email: 'E-mail (добавить)',
};

/** One self-contained page: which cards are new, and what changes in those that 1C has. Safe as {@link previewPage} is. */
export function cardsPage({ organization, packageId, seq, cards }: CardsPreview): string {
  const title = `${organization.name}: контрагенты из Битрикс24`;
  const fresh = cards.filter(({ changes }) => changes === undefined);
  const changed = cards.filter(({ changes }) => changes !== undefined);
  const body = html`<header>
<h1>${title}</h1>
<p class="soft">Пакет № ${seq} · ИНН ${organization.inn} · <code>${packageId}</code></p>
</header>
<main>
${changed.length > 0 && changedSection(changed)}
${fresh.length > 0 && freshSection(fresh)}
</main>`;
  return selfContainedPage({ title, style: STYLE, body });
}

function changedSection(cards: readonly Counterparty[]): Html {
  const rows = cards.flatMap((card) =>
    card.changes!.map(
      ({
        field,
        before,
        after,
      }) => html`<tr><td>${nameOf(card)}</td><td>${FIELDS[field]}</td><td>${before}</td><td>${after}</td></tr>
`,
    ),
  );
  return html`<section><h2>Правки карточек</h2>
<p class="soft">Поле изменится, если в 1С в нём ещё прежнее значение; остальное в карточке не тронется.</p>
<table><thead><tr><th>Контрагент</th><th>Поле</th><th>В 1С</th><th>Станет</th></tr></thead><tbody>
${rows}</tbody></table></section>`;
}

function freshSection(cards: readonly Counterparty[]): Html {
  const rows = cards.map(
    (
      card,
    ) => html`<tr><td>${nameOf(card)}</td><td>${card.address ?? ''}</td><td>${[...card.emails, ...card.phones].join(', ')}</td></tr>
`,
  );
  return html`<section><h2>Новые контрагенты</h2>
<table><thead><tr><th>Контрагент</th><th>Юридический адрес</th><th>Почта, телефоны</th></tr></thead><tbody>
${rows}</tbody></table></section>`;
}

function nameOf({ name, inn = '', kpp = '' }: Counterparty): Html {
  return html`${name}<br><span class="soft">ИНН ${inn}${kpp && ` · КПП ${kpp}`}</span>`;
}
