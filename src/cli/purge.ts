import { realDisk } from '../exchange/disk.ts';
import { fault } from '../faults/fault.ts';
import { EXIT } from '../pipeline/exit.ts';
import { purge } from '../pipeline/journal/purge.ts';
import { parseDate } from '../support/dates.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';

export const registerPurge: Register = (program, context) => {
  program
    .command('purge')
    .description('удалить персональные данные старше указанного дня')
    .requiredOption('--before <дата>', 'день ГГГГ-ММ-ДД или ДД.ММ.ГГГГ: удаляется законченное раньше него')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nУдаляются обработанные файлы папки обмена, снимки выгрузок, тексты и реквизиты квитанций в журнале.\nНомера, суммы и идентификаторы остаются: без них документы повторились бы.\n\nПример:\n  bg1c purge --before 01.01.2024\n',
    )
    .action(async (options: { before: string; config?: string; json?: boolean }) => {
      const { io, clock } = context;
      const json = options.json ?? false;
      const day = parseDate(options.before);
      if (!day) {
        const reason = `«${options.before}» — не дата`;
        return refuse(context, 'purge', [fault('BG1C-CONFIG-VALUE', { key: '--before', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'purge', faults, json);
      await guarded(context, 'purge', config, json, () => {
        const { result, fault: refused } = purge(config, day, realDisk, clock);
        if (!result) return refuse(context, 'purge', [refused!], json);
        if (json) printJson(context, 'purge', { exit: EXIT.done, before: day, ...result });
        else {
          const { files, snapshots, receipts, packages } = result;
          io.out(
            `Удалено: файлов обмена ${files}, снимков выгрузок ${snapshots}.\nВ журнале очищено: квитанций ${receipts}, пакетов ${packages} (собрать их заново больше нельзя).\n`,
          );
        }
        context.exit(EXIT.done);
      });
    });
};
