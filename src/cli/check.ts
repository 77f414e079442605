import { resolve } from 'node:path';
import { isPackage } from '../package/read.ts';
import { ownSchemas } from '../pipeline/build/format-fit.ts';
import { checkPackage } from '../pipeline/check/check.ts';
import { checkMessage, isMessage } from '../pipeline/check/message.ts';
import { checkUpdFile, isUpdFile } from '../pipeline/check/upd.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { runBuild } from './build.ts';
import { type CommandContext, printJson, type Register } from './command.ts';
import { configFolder } from './config.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

export const registerCheck: Register = (program, context) => {
  program
    .command('check')
    .description('проверить выгрузку, готовый пакет, сообщение EnterpriseData или УПД, ничего не записывая')
    .argument('<путь>', 'папка или zip выгрузки, файл пакета, сообщение или УПД (.xml)')
    .option('--period <ГГГГ-ММ>', 'месяц выгрузки')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .action(async (input: string, options: { period?: string; config?: string; json?: boolean }) => {
      const path = resolve(context.io.cwd, input);
      const own = ownSchemas(configFolder(context.io, options.config, input));
      if (isUpdFile(path)) return runCheckUpd(context, path, options.json ?? false);
      if (isMessage(path)) return runCheckMessage(context, path, own, options.json ?? false);
      if (!(await isPackage(path))) return runBuild(context, 'check', input, { ...options, dryRun: true });
      const faults = await checkPackage(path, own);
      const exit = faults.length === 0 ? EXIT.done : exitCodeOf(faults, false, 0);
      if (options.json) printJson(context, 'check', { exit, package: path, faults });
      else
        context.io.out(
          faults.length === 0
            ? `Пакет ${path} цел, сообщение соответствует схеме.\n`
            : `${faultsText(faults)}Итог: ${faultsSummary(faults)}.\n`,
        );
      context.exit(exit);
    });
};

async function runCheckMessage(
  context: CommandContext,
  path: string,
  own: string,
  json: boolean,
): Promise<void> {
  const result = await checkMessage(path, own);
  const { version, objects, faults } = result;
  const exit = faults.some(({ severity }) => severity === 'error') ? EXIT.errors : EXIT.done;
  if (json) printJson(context, 'check', { exit, message: path, ...result });
  else {
    const found = Object.entries(objects).map(([element, count]) => `  ${element}: ${count}\n`);
    const head = version === undefined ? '' : `Сообщение EnterpriseData ${version}\n${found.join('')}`;
    context.io.out(`${faultsText(faults)}${head}Итог: ${faultsSummary(faults)}.\n`);
  }
  context.exit(exit);
}

function runCheckUpd(context: CommandContext, path: string, json: boolean): void {
  const result = checkUpdFile(path);
  const { version, function: kind, number, faults } = result;
  const exit = faults.some(({ severity }) => severity === 'error') ? EXIT.errors : EXIT.done;
  if (json) printJson(context, 'check', { exit, upd: path, ...result });
  else {
    const head = kind === undefined ? '' : `УПД ${version}, функция ${kind}, № ${number ?? '—'}\n`;
    context.io.out(`${faultsText(faults)}${head}Итог: ${faultsSummary(faults)}.\n`);
  }
  context.exit(exit);
}
