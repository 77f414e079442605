import { resolve } from 'node:path';
import { isPackage } from '../package/read.ts';
import { checkPackage } from '../pipeline/check.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { runBuild } from './build.ts';
import { printJson, type Register } from './command.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

export const registerCheck: Register = (program, context) => {
  program
    .command('check')
    .description('проверить выгрузку или готовый пакет, ничего не записывая')
    .argument('<путь>', 'папка или zip выгрузки, или файл пакета')
    .option('--period <ГГГГ-ММ>', 'месяц выгрузки')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .action(async (input: string, options: { period?: string; config?: string; json?: boolean }) => {
      const path = resolve(context.io.cwd, input);
      if (!(await isPackage(path))) return runBuild(context, 'check', input, { ...options, dryRun: true });
      const faults = await checkPackage(path);
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
