import { sumForPeople } from '../model/money.ts';
import { periodName } from '../model/period.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../model/types.ts';
import {
  type DocumentStatus,
  type PackageStatus,
  type PartStatus,
  STANDINGS,
  type Standing,
  type Status,
} from '../pipeline/books/status.ts';
import { moment, russianDate } from '../support/dates.ts';
import { plural } from '../support/text.ts';
import { alignRows } from './align.ts';
import { deliveryText } from './report-deliver.ts';
import { watcherText } from './report-watcher.ts';

/** How much is told of single documents: nothing of those that need nobody, each of them, or all of one document. */
export type Detail = 'attention' | 'every' | 'one';

export const STANDING_TITLES: Record<Standing, string> = {
  waiting: 'ждёт квитанции',
  posted: 'в базе, проведён',
  unposted: 'в базе, не проведён',
  differs: 'в базе, но отличается от пакета',
  marked: 'в базе помечен на удаление',
  skipped: 'не загружен: пропущен при загрузке',
  conflict: 'не загружен: в базе есть похожий документ',
  failed: 'не загружен: ошибка 1С',
  missing: 'в базе больше нет',
};

const KINDS: Record<DocumentKind, { one: string; many: string }> = {
  bill: { one: 'Счёт', many: 'счета' },
  act: { one: 'Акт', many: 'акты' },
  'vat-invoice': { one: 'Счёт-фактура', many: 'счета-фактуры' },
  upd: { one: 'УПД', many: 'УПД' },
};

const FIELDS: Record<string, string> = {
  number: 'номер',
  date: 'дата',
  sum: 'сумма',
  vat: 'НДС',
  counterparty: 'контрагент (ИНН, КПП)',
};

const PART_STATES = {
  staged: 'собран, но ещё не выдан: запустите наблюдателя или повторите bg1c build',
  publishing: 'собран, но ещё не выдан: запустите наблюдателя или повторите bg1c build',
  lost: 'утрачен до выдачи: выдайте ещё раз — bg1c rebuild',
  published: 'выдан, ждёт загрузки в 1С',
  partly: 'обработан в 1С не весь',
  received: 'обработан в 1С',
} as const;

/** Standings of documents that need nobody. */
const CALM: readonly Standing[] = ['posted', 'waiting'];
/** Months shown in full; the earlier ones are counted. */
const MONTHS_SHOWN = 3;
/** Documents told of one by one without being asked. */
const DOCUMENTS_SHOWN = 20;

/**
 * Where everything is, for a person.
 * @param names of organisations by their code
 * @param now tells for how long the watcher has not been heard of
 */
export function statusText(
  status: Status,
  detail: Detail,
  names: ReadonlyMap<string, string>,
  now: Date,
): string {
  const blocks: string[] = [];
  if (detail === 'one') blocks.push(...status.documents.map((one) => documentLines(one).join('\n')));
  else if (status.packages.length > 0)
    blocks.push(...monthBlocks(status, names), ...documentBlocks(status, detail));
  else
    blocks.push(
      'В журнале пока ничего нет: положите выгрузку месяца в папку inbox или выполните bg1c build.',
    );
  const work = detail === 'one' ? [] : watcherText(status, now);
  if (work.length > 0) blocks.push(work.join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

interface Month {
  period: string;
  organization: string;
  documents: DocumentStatus[];
  packages: PackageStatus[];
}

/** The latest first; each organisation by itself. */
function monthsOf({ documents, packages }: Status): Month[] {
  const months = new Map<string, Month>();
  const at = ({ period, organization }: { period: string; organization: string }): Month => {
    const key = `${period} ${organization}`;
    const month = months.get(key) ?? { period, organization, documents: [], packages: [] };
    months.set(key, month);
    return month;
  };
  for (const one of packages) at(one).packages.push(one);
  for (const one of documents) at(one.package).documents.push(one);
  return [...months.values()].sort(
    (a, b) => b.period.localeCompare(a.period) || a.organization.localeCompare(b.organization),
  );
}

function monthBlocks(status: Status, names: ReadonlyMap<string, string>): string[] {
  const months = monthsOf(status);
  const shown = new Set([...new Set(months.map(({ period }) => period))].slice(0, MONTHS_SHOWN));
  const blocks = months
    .filter(({ period }) => shown.has(period))
    .map((month) => {
      const { period, organization } = month;
      const head = `${capital(periodName(period))}, ${names.get(organization) ?? organization}`;
      return `${head}\n${monthText(month)}`;
    });
  const earlier = months.filter(({ period }) => !shown.has(period));
  if (earlier.length > 0) blocks.push(earlierText(earlier));
  return blocks;
}

function monthText({ documents, packages }: Month): string {
  const kinds = DOCUMENT_KINDS.filter((kind) => documents.some((one) => one.kind === kind));
  const row = (title: string, cell: (kind: DocumentKind) => string): string[] => [title, ...kinds.map(cell)];
  const count = (kind: DocumentKind, standing?: Standing): string => {
    const found = documents.filter((one) => one.kind === kind && (!standing || one.standing === standing));
    return found.length === 0 ? '—' : String(found.length);
  };
  const present = STANDINGS.filter((one) => documents.some(({ standing }) => standing === one)).reverse();
  const table = [
    row('', (kind) => KINDS[kind].many),
    ...present.map((standing) => row(STANDING_TITLES[standing], (kind) => count(kind, standing))),
    row('всего', (kind) => count(kind)),
    row('на сумму, ₽', (kind) =>
      sumForPeople(documents.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.sum, 0)),
    ),
  ];
  return `${kinds.length > 0 ? alignRows(table) : ''}${packages.flatMap(packageLines).join('\n')}`;
}

function earlierText(months: readonly Month[]): string {
  const documents = months.flatMap((month) => month.documents);
  const open = documents.filter(({ standing }) => standing !== 'posted');
  const first = months.at(-1)!.period;
  const last = months[0]!.period;
  const lines = [
    `Раньше (${first} — ${last}): ${plural(documents.length, 'документ', 'документа', 'документов')}, ` +
      `${open.length === 0 ? 'все в базе и проведены' : `из них не в базе или не проведены: ${open.length}`}`,
  ];
  for (const period of [...new Set(open.map((one) => one.package.period))])
    lines.push(`  ${periodName(period)}: подробно — bg1c status --period ${period}`);
  return lines.join('\n');
}

function packageLines({ seq, createdAt, documents, parts }: PackageStatus): string[] {
  const lines = [
    `  Пакет № ${seq} от ${russianDate(createdAt)}, ${plural(documents, 'документ', 'документа', 'документов')}: ${partsText(parts)}`,
  ];
  for (const { part, refusal, foreign } of parts) {
    const which = parts.length > 1 ? `, часть ${part}` : '';
    if (refusal) lines.push(`    1С не приняла${which} (${moment(refusal.finishedAt)}): ${refusal.message}`);
    if (foreign)
      lines.push(
        `    Есть квитанция другой базы${which} (${moment(foreign.finishedAt)}), она не учтена: ${foreign.infobase}, ${foreign.connection}`,
      );
  }
  return lines;
}

function partsText(parts: readonly PartStatus[]): string {
  const states = [...new Set(parts.map(({ state }) => PART_STATES[state]))];
  if (states.length === 1) return states[0]!;
  return states
    .map((state) => {
      const numbers = parts.filter((one) => PART_STATES[one.state] === state).map(({ part }) => part);
      return `${numbers.length > 1 ? 'части' : 'часть'} ${numbers.join(', ')} — ${state}`;
    })
    .join('; ');
}

function documentBlocks({ documents }: Status, detail: Detail): string[] {
  const every = detail === 'every' || documents.length <= DOCUMENTS_SHOWN;
  const urgent = documents
    .filter(({ standing }) => every || !CALM.includes(standing))
    .sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing));
  if (urgent.length === 0) return [];
  const shown = detail === 'every' ? urgent : urgent.slice(0, DOCUMENTS_SHOWN);
  const title = every ? 'Документы' : 'Требуют внимания';
  const blocks = [`${title}: ${urgent.length}\n${shown.flatMap(documentLines).join('\n')}`];
  if (shown.length < urgent.length)
    blocks.push(`Показаны ${shown.length} из ${urgent.length}; все документы — с ключом --all`);
  return blocks;
}

function documentLines(document: DocumentStatus): string[] {
  const { kind, number, date, sum, source, package: made, standing, books, vatInvoiceBooks } = document;
  const { differences, history, deliveries } = document;
  const lines = [
    `${KINDS[kind].one} № ${number || '—'} от ${russianDate(date)} на ${sumForPeople(sum)} ₽: ${STANDING_TITLES[standing]}`,
    `  откуда: BGBilling, ${source.key}${source.line === null ? '' : `, строка ${source.line} таблицы documents`}`,
    `  пакет:  № ${made.seq} (${made.organization}, ${made.period}), часть ${made.part}: ${PART_STATES[made.state]}`,
  ];
  for (const [title, found] of [
    ['в базе:', books],
    ['  и счёт-фактура:', vatInvoiceBooks],
  ] as const) {
    if (!found) continue;
    const { number: theirs, date: day, sum: total, ref, finishedAt, message } = found;
    const figures = [
      theirs && `№ ${theirs}`,
      day && `от ${russianDate(day)}`,
      total !== null && `на ${sumForPeople(total)} ₽`,
      ref && history && `ссылка ${ref}`,
    ].filter(Boolean);
    lines.push(
      `  ${title} ${figures.join(' ')}${figures.length > 0 ? '; ' : ''}квитанция ${moment(finishedAt)}`,
    );
    if (message) lines.push(`  1С:     ${message}`);
  }
  if (differences.length > 0)
    lines.push(`  отличаются: ${differences.map((field) => FIELDS[field]).join(', ')}`);
  for (const one of deliveries) lines.push(`  ${deliveryText(one)}`);
  for (const { finishedAt, state } of history?.slice(1) ?? [])
    lines.push(`  раньше: ${moment(finishedAt)} ${STANDING_TITLES[state as Standing] ?? 'в базе'}`);
  return lines;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
