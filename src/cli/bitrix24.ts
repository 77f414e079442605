import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { pullFromCrm, pushToCrm, setupCrm } from '../pipeline/crm/crm.ts';
import { approveChanges, linkCard, listChanges, refuseChanges } from '../pipeline/crm/decide.ts';
import type { CrmOutcome, CrmRequest } from '../pipeline/crm/request.ts';
import { statesToCrm } from '../pipeline/crm/states.ts';
import { type CommandContext, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import {
  approvedText,
  changesText,
  pulledText,
  pushedText,
  setupText,
  statesText,
} from './report-bitrix24.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

interface Options {
  config?: string;
  json?: boolean;
  cards?: string;
}

export const registerBitrix24: Register = (program, context) => {
  const group = program
    .command('bitrix24')
    .description('контрагенты между 1С и Битрикс24: перенос, предложения, решения')
    .addHelpText('after', EXAMPLES);
  common(group.command('setup'))
    .description('проверить портал: права, шаблоны реквизитов, поля; создать недостающие поля')
    .option('--yes', 'создать недостающие пользовательские поля')
    .action((options: Options & { yes?: boolean }) =>
      perform(
        context,
        'bitrix24 setup',
        options,
        (request) => setupCrm(request, options.yes ?? false),
        setupText,
      ),
    );
  common(group.command('push'), true)
    .description('1С → CRM: перенести карточки контрагентов, изменившиеся в 1С')
    .option('--dry-run', 'показать по полям, что изменится, и ничего не записать')
    .action((options: Options & { dryRun?: boolean }) => {
      const dryRun = options.dryRun ?? false;
      const { io } = context;
      const progress = (done: number, total: number): void => io.err(`\rперенесено ${done} из ${total}`);
      return perform(
        context,
        'bitrix24 push',
        options,
        (request) => pushToCrm(request, { file: options.cards, dryRun, ...(io.interactive && { progress }) }),
        (result) => pushedText(result, dryRun),
      );
    });
  common(group.command('pull'), true)
    .description('CRM → список: найти, что изменили менеджеры; ни CRM, ни 1С не меняются')
    .option('--all', 'сверить все карточки, а не только недавно изменённые')
    .action((options: Options & { all?: boolean }) =>
      perform(
        context,
        'bitrix24 pull',
        options,
        (request) => pullFromCrm(request, { file: options.cards, everything: options.all ?? false }),
        pulledText,
      ),
    );
  common(group.command('states'))
    .description('дописать к документам в CRM, где они: проведены, отправлены, подписаны')
    .action((options: Options) => perform(context, 'bitrix24 states', options, statesToCrm, statesText));
  common(group.command('changes'))
    .description('что ждёт решения: правки менеджеров, расхождения, новые компании')
    .action((options: Options) => perform(context, 'bitrix24 changes', options, listChanges, changesText));
  common(group.command('approve'), true)
    .description('принять значения CRM: для 1С соберётся пакет контрагентов')
    .argument('<номера...>', 'номера из списка: 1 3 5-9', numbersOf)
    .action((numbers: number[], options: Options) =>
      perform(
        context,
        'bitrix24 approve',
        options,
        (request) => approveChanges(request, numbers, options.cards),
        approvedText,
      ),
    );
  common(group.command('refuse'))
    .description('оставить значения 1С: следующий push вернёт их в CRM')
    .argument('<номера...>', 'номера из списка: 1 3 5-9', numbersOf)
    .action((numbers: number[], options: Options) =>
      perform(
        context,
        'bitrix24 refuse',
        options,
        (request) => refuseChanges(request, numbers),
        ({ refused }) => `Отказано: ${refused}. Значения 1С вернёт в CRM bg1c bitrix24 push.\n`,
      ),
    );
  common(group.command('link'))
    .description('указать, какая карточка CRM — карточка 1С')
    .argument('<номер>', 'номер из списка', numberOf)
    .argument('<id>', 'номер карточки в CRM: последнее число её адреса', numberOf)
    .action((number: number, item: number, options: Options) =>
      perform(
        context,
        'bitrix24 link',
        options,
        (request) => linkCard(request, number, item),
        () => `Связано. Сравнит и перенесёт bg1c bitrix24 push.\n`,
      ),
    );
};

const EXAMPLES = `
Примеры:
  bg1c bitrix24 setup                     что есть на портале и чего не хватает
  bg1c bitrix24 push --dry-run            что изменится в CRM, по полям
  bg1c bitrix24 push                      перенести
  bg1c bitrix24 pull && bg1c bitrix24 changes
  bg1c bitrix24 approve 1 3 5-9           принять и собрать пакет для 1С
  bg1c bitrix24 refuse 2                  оставить как в 1С
  bg1c send bitrix24 && bg1c bitrix24 states   документы и где они
Контрагенты берутся из файла counterparties.jsonl папки обмена: его записывает обработка в 1С.
`;

function common(command: Command, cards = false): Command {
  const all = command
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON');
  return cards ? all.option('--cards <файл>', 'выгрузка контрагентов не из папки обмена') : all;
}

async function perform<T extends object>(
  context: CommandContext,
  name: string,
  { config: file, json = false }: Options,
  work: (request: CrmRequest) => Promise<CrmOutcome<T>>,
  text: (result: T) => string,
): Promise<void> {
  const { io, clock } = context;
  const { config, faults } = commandConfig(io, file);
  if (!config) return refuse(context, name, faults, json);
  const wait = async (ms: number): Promise<void> => void (await sleep(ms));
  const { exit, result, faults: found } = await work({ config, clock, sleep: wait });
  if (json) printJson(context, name, { exit, ...(result && { result }), faults: found });
  else if (result) io.out(`${faultsText(found)}${text(result)}Итог: ${faultsSummary(found)}.\n`);
  else io.err(faultsText(found));
  context.exit(exit);
}

function numberOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`«${text}» — не номер`);
}

/** Commander calls this for each argument with what came before it. */
function numbersOf(text: string, before: number[] | undefined): number[] {
  const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  if (first === undefined) throw new InvalidArgumentError(`«${text}» — не номер и не промежуток вида 5-9`);
  const [from, to] = [Number(first), Number(last ?? first)];
  if (to < from || to - from > MOST) throw new InvalidArgumentError(`«${text}» — неверный промежуток`);
  return [...(before ?? []), ...Array.from({ length: to - from + 1 }, (_, index) => from + index)];
}

const MOST = 10_000;
