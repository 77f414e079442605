import { resolve } from 'node:path';
import { fault } from '../faults/fault.ts';
import { isPeriod } from '../model/period.ts';
import { type DiffObject, type DiffResult, diff } from '../pipeline/diff/diff.ts';
import { alignRows } from './align.ts';
import { printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

interface Options {
  period?: string;
  config?: string;
  json?: boolean;
}

export const registerDiff: Register = (program, context) => {
  program
    .command('diff')
    .description('сравнить пакет или выгрузку с другим пакетом или с тем, что приняла 1С: объект за объектом')
    .argument('<пакет|выгрузка>', 'что сравнить: файл пакета (.zip) или выгрузка')
    .argument('[другое]', 'с чем: пакет или выгрузка; если не указано — с тем, что 1С приняла по квитанциям')
    .option('--period <ГГГГ-ММ>', 'месяц выгрузки, если в ней их несколько')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c diff выгрузка/2026-10\n  bg1c diff outbox/bashnet-2026-10-2-1of1.zip outbox/done/bashnet-2026-10-1-1of1.zip\n\n' +
        'Коды: 0 — сравнено (различия тоже), 1 — сравнить нельзя, 2 — ошибка вызова или настроек, 3 — часть документов\nвыгрузки не собирается.\n',
    )
    .action(async (path: string, other: string | undefined, options: Options) => {
      const { io, clock } = context;
      const { period, json = false } = options;
      if (period !== undefined && !isPeriod(period)) {
        const reason = `«${period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
        return refuse(context, 'diff', [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
      }
      const result = await diff({
        path: resolve(io.cwd, path),
        other: other === undefined ? undefined : resolve(io.cwd, other),
        config: () => commandConfig(io, options.config, path),
        period,
        clock,
      });
      if (json) printJson(context, 'diff', result);
      else io.out(diffText(result));
      context.exit(result.exit);
    });
};

const SHOWN = 50;

const KINDS: readonly (readonly [DiffObject['kind'], string])[] = [
  ['counterparty', 'Контрагенты'],
  ['contract', 'Договоры'],
  ['service', 'Услуги'],
  ['bill', 'Счета на оплату'],
  ['act', 'Акты'],
  ['vat-invoice', 'Счета-фактуры'],
  ['upd', 'УПД'],
];

const COLUMNS = [
  ['same', 'те же'],
  ['changed', 'изменены'],
  ['new', 'новые'],
  ['vanished', 'исчезли'],
  ['left-out', 'не собраны'],
] as const;

const STATES: Record<DiffObject['state'], string> = {
  new: 'добавлено',
  changed: 'изменено',
  vanished: 'больше нет',
  'left-out': 'в выгрузке есть, но не собирается',
};

function diffText({ before, after, counts, objects, edited, faults }: DiffResult): string {
  if (before === undefined) return faultsText(faults);
  // What does not change the comparison is told by `check`: differences would be lost among it.
  const errors = faults.filter(({ severity }) => severity === 'error');
  const rest = faults.length > errors.length ? ' (все замечания покажет bg1c check)' : '';
  const columns = COLUMNS.filter(
    ([state]) => state !== 'left-out' || objects.some((one) => one.state === state),
  );
  const rows = KINDS.flatMap(([kind, title]) => {
    const found = counts[kind];
    return found ? [[title, ...columns.map(([state]) => String(found[state]))]] : [];
  });
  const table = alignRows([['', ...columns.map(([, title]) => title)], ...rows]);
  const requisites = objects.filter(({ kind, state }) => kind === 'counterparty' && state === 'changed');
  const others = objects.filter((one) => !requisites.includes(one));
  const blocks = [
    faultsText(errors),
    `Было:  ${before}\nСтало: ${after}\n\n${table}`,
    section('Реквизиты контрагентов изменены', requisites),
    section('Различия', others),
    editedText(edited),
  ];
  return `${blocks.filter((block) => block !== '').join('\n')}\nИтог: ${verdict(objects)}; ${faultsSummary(faults)}${rest}.\n`;
}

/** What was sent is compared; that the books have something else is said beside. */
function editedText(edited: DiffResult['edited']): string {
  if (edited.length === 0) return '';
  const lines = edited
    .slice(0, SHOWN)
    .flatMap(({ name, changes }) => [
      `  ${name}`,
      ...changes.map(({ field, before, after }) => `      ${field}: передано ${before}, в 1С ${after}`),
    ]);
  const more = edited.length > SHOWN ? [`  … и ещё ${edited.length - SHOWN}`] : [];
  return `Изменены в 1С после загрузки (${edited.length}):\n${[...lines, ...more].join('\n')}\n`;
}

function verdict(objects: readonly DiffObject[]): string {
  if (objects.length === 0) return 'всё то же самое';
  const count = (state: DiffObject['state']): number => objects.filter((one) => one.state === state).length;
  const left = count('left-out');
  return `изменено ${count('changed')}, новых ${count('new')}, исчезло ${count('vanished')}${left > 0 ? `, не собрано ${left}` : ''}`;
}

function section(title: string, objects: readonly DiffObject[]): string {
  if (objects.length === 0) return '';
  const lines = objects.slice(0, SHOWN).flatMap(objectLines);
  const more =
    objects.length > SHOWN ? [`  … и ещё ${objects.length - SHOWN}: полный список — с ключом --json`] : [];
  return `${title} (${objects.length}):\n${[...lines, ...more].join('\n')}\n`;
}

function objectLines({ state, kind, name, uuid, changes = [], complete = true }: DiffObject): string[] {
  const called = kind === 'contract' ? `Договор ${name}` : name;
  return [
    `  ${called || uuid} — ${STATES[state]}`,
    ...changes.map(({ field, before = 'нет', after = 'нет' }) => `      ${field}: ${before} → ${after}`),
    ...(complete ? [] : ['      файла принятого пакета нет на месте: строки и реквизиты не сравнить']),
  ];
}
