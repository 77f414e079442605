import { fault } from '../faults/fault.ts';
import { sumForPeople } from '../model/money.ts';
import { isPeriod } from '../model/period.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { type DocumentStatus, type Standing, type Status, status } from '../pipeline/status.ts';
import { russianDate } from '../support/dates.ts';
import { printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsText } from './report-faults.ts';

export const registerStatus: Register = (program, context) => {
  program
    .command('status')
    .description('показать, где каждый документ: от строки выгрузки до базы 1С')
    .option('--period <ГГГГ-ММ>', 'документы этого месяца')
    .option('--doc <номер>', 'один документ: номер, как в пакете, или идентификатор (UUID)')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .action((options: { period?: string; doc?: string; config?: string; json?: boolean }) => {
      const { io, clock } = context;
      const { period, doc, json = false } = options;
      if (period !== undefined && !isPeriod(period)) {
        const reason = `«${period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
        return refuse(context, 'status', [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'status', faults, json);
      const { status: found, faults: refused } = status({ config, period, document: doc, clock });
      if (!found) return refuse(context, 'status', refused, json);
      const exit = exitCodeOf(refused, true, 0);
      if (json) printJson(context, 'status', { exit, ...found, faults: refused });
      else io.out(`${faultsText(refused)}${statusText(found, period !== undefined || doc !== undefined)}`);
      context.exit(exit === EXIT.leftOut ? EXIT.errors : exit);
    });
};

const STANDINGS: Record<Standing, string> = {
  waiting: 'ждёт квитанции',
  posted: 'в базе, проведён',
  unposted: 'в базе, не проведён',
  differs: 'в базе, но отличается от пакета',
  marked: 'в базе помечен на удаление',
  skipped: 'не загружен',
  conflict: 'не загружен: в базе есть похожий документ',
  failed: 'не загружен: ошибка 1С',
  missing: 'в базе больше нет',
};

const KINDS: Record<DocumentStatus['kind'], string> = {
  bill: 'Счёт',
  act: 'Акт',
  'vat-invoice': 'Счёт-фактура',
  upd: 'УПД',
};

const FIELDS: Record<string, string> = {
  number: 'номер',
  date: 'дата',
  sum: 'сумма',
  vat: 'НДС',
  counterparty: 'контрагент',
};

const STATES = {
  staged: 'собран',
  publishing: 'собран',
  lost: 'утрачен до выдачи',
  published: 'выдан',
  partly: 'загружен не весь',
  received: 'загружен',
} as const;

function statusText({ packages, documents, counts, intake, watcher }: Status, detailed: boolean): string {
  const lines: string[] = [];
  for (const { organization, seq, period, documents: total, parts, packageId } of packages) {
    const states = [...new Set(parts.map(({ state }) => STATES[state]))].join(', ');
    lines.push(`Пакет № ${seq} (${organization}, ${period}): документов ${total}, ${states}; ${packageId}`);
  }
  if (documents.length > 0) lines.push('Документы:');
  for (const [standing, count] of Object.entries(counts) as [Standing, number][])
    lines.push(`  ${STANDINGS[standing]}: ${count}`);
  if (detailed) lines.push('', ...documents.flatMap(documentLines));
  for (const { id, state, name } of intake)
    lines.push(`Во входящих не закончено: № ${id} ${name} (${state})`);
  if (watcher) lines.push(`Наблюдатель: последний отклик ${watcher.at}, процесс ${watcher.pid}`);
  if (lines.length === 0) lines.push('В журнале пока ничего нет.');
  return `${lines.join('\n')}\n`;
}

function documentLines({
  kind,
  number,
  date,
  sum,
  source,
  package: made,
  standing,
  books,
  differences,
  history,
}: DocumentStatus): string[] {
  const lines = [
    `${KINDS[kind]} № ${number || '—'} от ${russianDate(date)} на ${sumForPeople(sum)} ₽: ${STANDINGS[standing]}`,
    `  откуда: ${source.key}${source.line === null ? '' : `, строка ${source.line} таблицы documents`}`,
    `  пакет:  № ${made.seq} (${made.organization}, ${made.period}), часть ${made.part}: ${STATES[made.state]}`,
  ];
  if (books) {
    const { number: theirs, date: day, sum: total, ref, finishedAt, message } = books;
    const figures = [
      theirs && `№ ${theirs}`,
      day && `от ${russianDate(day)}`,
      total !== null && `на ${sumForPeople(total)} ₽`,
      ref && `ссылка ${ref}`,
    ].filter(Boolean);
    lines.push(`  в базе: ${figures.join(' ')}${figures.length > 0 ? '; ' : ''}квитанция ${finishedAt}`);
    if (message) lines.push(`  1С:     ${message}`);
  }
  if (differences.length > 0)
    lines.push(`  отличаются: ${differences.map((field) => FIELDS[field]).join(', ')}`);
  for (const { finishedAt, state, receipt } of history?.slice(1) ?? [])
    lines.push(`  раньше: ${finishedAt} ${STANDINGS[state as Standing] ?? 'в базе'} (квитанция ${receipt})`);
  return lines;
}
