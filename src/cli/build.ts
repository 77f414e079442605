import { resolve } from 'node:path';
import { fault } from '../faults/fault.ts';
import { isPeriod } from '../model/period.ts';
import { build } from '../pipeline/build/build.ts';
import { type CommandContext, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { buildText } from './report-build.ts';

interface Options {
  period?: string;
  config?: string;
  out?: string;
  dryRun?: boolean;
  failOnLoss?: boolean;
  corrections?: boolean;
  deleteVanished?: boolean;
  json?: boolean;
}

export const registerBuild: Register = (program, context) => {
  program
    .command('build')
    .description('собрать пакет для 1С из выгрузки BGBilling')
    .argument('<выгрузка>', 'папка, zip или файл выгрузки: CSV, XML или JSON')
    .option('--period <ГГГГ-ММ>', 'месяц; не нужен, если в выгрузке он один')
    .option('--config <файл>', 'файл настроек (по умолчанию bg1c.yaml текущей папки или рядом с выгрузкой)')
    .option('--out <папка>', 'куда положить пакет (по умолчанию outbox папки обмена)')
    .option('--dry-run', 'всё проверить, ничего не записывая')
    .option('--fail-on-loss', 'не записывать пакет, если версия EnterpriseData что-то не передаёт')
    .option('--corrections', 'передать исправления: документы, которые 1С приняла, а выгрузка изменила')
    .option(
      '--delete-vanished',
      'просить 1С пометить на удаление принятые документы, которых в выгрузке больше нет',
    )
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c build выгрузка/2026-10\n  bg1c build месяц.zip --period 2026-10 --dry-run\n  bg1c build исправленный-месяц.zip --corrections\n' +
        '\nЧто 1С приняла (есть квитанция), в новый пакет изменённым само не попадает: без --corrections такие документы\n' +
        'остаются как были и перечислены в замечаниях. Сравнить: bg1c diff.\n',
    )
    .action((input: string, options: Options) => runBuild(context, 'build', input, options));
};

/** `build` and, without writing, `check`. */
export async function runBuild(
  context: CommandContext,
  command: string,
  input: string,
  options: Options,
): Promise<void> {
  const { io, clock } = context;
  const json = options.json ?? false;
  if (options.period !== undefined && !isPeriod(options.period)) {
    const reason = `«${options.period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
    return refuse(context, command, [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
  }
  const { config, faults } = commandConfig(io, options.config, input);
  if (!config) return refuse(context, command, faults, json);
  const result = await build({
    config,
    input: resolve(io.cwd, input),
    period: options.period,
    out: options.out === undefined ? undefined : resolve(io.cwd, options.out),
    dryRun: options.dryRun ?? false,
    failOnLoss: options.failOnLoss ?? false,
    corrections: options.corrections ?? false,
    deleteVanished: options.deleteVanished ?? false,
    clock,
    ...(io.interactive && {
      progress: (contracts: number, documents: number) =>
        io.err(`\rдоговоров ${contracts}, документов ${documents} …`),
    }),
  });
  if (io.interactive) io.err('\r\u001b[K');
  if (json) printJson(context, command, result);
  else io.out(buildText(result, options.dryRun ?? false));
  context.exit(result.exit);
}
