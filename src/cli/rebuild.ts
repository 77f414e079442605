import { resolve } from 'node:path';
import { rebuild } from '../pipeline/build/rebuild.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

interface Options {
  verify?: boolean;
  out?: string;
  config?: string;
  json?: boolean;
}

export const registerRebuild: Register = (program, context) => {
  program
    .command('rebuild')
    .description('выдать пакет ещё раз: собрать его заново из сохранённой выгрузки и журнала')
    .argument('<пакет>', 'идентификатор пакета или месяц ГГГГ-ММ')
    .option('--verify', 'только сравнить с выданным, ничего не записывая')
    .option('--out <папка>', 'куда положить (по умолчанию outbox папки обмена)')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText('after', '\nПримеры:\n  bg1c rebuild 2026-10 --verify\n  bg1c rebuild 2026-10 --out копия\n')
    .action(async (wanted: string, { verify = false, out, config: file, json = false }: Options) => {
      const { io, clock } = context;
      const { config, faults } = commandConfig(io, file);
      if (!config) return refuse(context, 'rebuild', faults, json);
      await guarded(context, 'rebuild', config, json, async () => {
        const folder = out === undefined ? undefined : resolve(io.cwd, out);
        const result = await rebuild({ config, wanted, verify, out: folder, clock });
        const exit = exitCodeOf(result.faults, result.packages.length > 0, 0);
        if (json) printJson(context, 'rebuild', { exit, ...result });
        else {
          io.out(faultsText(result.faults));
          for (const { organization, seq, period, packageId, files } of result.packages)
            io.out(
              `Пакет № ${seq} (${organization}, ${period}, ${packageId}) ${verify ? 'собран заново: совпадает с выданным' : 'выдан ещё раз'}\n${files.map((path) => `  Файл: ${path}\n`).join('')}`,
            );
          io.out(
            `Итог: ${exit === EXIT.done ? 'готово' : 'есть ошибки'}; ${faultsSummary(result.faults)}.\n`,
          );
        }
        context.exit(exit);
      });
    });
};
