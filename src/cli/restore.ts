import { resolve } from 'node:path';
import { fault } from '../faults/fault.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { reconcile, restore } from '../pipeline/journal/restore.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsText } from './report-faults.ts';

export const registerRestore: Register = (program, context) => {
  program
    .command('restore')
    .description('поставить копию журнала на место журнала и сверить его с папкой обмена')
    .argument('[копия]', 'файл из папки backup рядом с журналом')
    .option('--reconcile', 'взять в журнал пакеты и квитанции папки обмена, которых в нём нет')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПорядок: остановите наблюдателя; bg1c restore <копия>; bg1c restore --reconcile; запустите наблюдателя.\nПрежний журнал остаётся рядом под другим именем.\n\nПримеры:\n  bg1c restore .bg1c/backup/journal-2026-11-03.db\n  bg1c restore --reconcile\n',
    )
    .action(
      async (copy: string | undefined, options: { reconcile?: boolean; config?: string; json?: boolean }) => {
        const { io, clock } = context;
        const json = options.json ?? false;
        const { config, faults } = commandConfig(io, options.config);
        if (!config) return refuse(context, 'restore', faults, json);
        if (copy === undefined && !options.reconcile) {
          const reason = 'укажите файл копии или ключ --reconcile';
          return refuse(context, 'restore', [fault('BG1C-CONFIG-VALUE', { key: 'restore', reason })], json);
        }
        await guarded(context, 'restore', config, json, async () => {
          const put = copy === undefined ? {} : restore(config, resolve(io.cwd, copy), clock);
          if (put.fault) return refuse(context, 'restore', [put.fault], json);
          const reconciled = options.reconcile ? await reconcile(config, clock) : undefined;
          const exit = reconciled
            ? exitCodeOf(reconciled.faults, reconciled.faults.length === 0, 0)
            : EXIT.done;
          if (json) printJson(context, 'restore', { exit, ...put, ...reconciled });
          else {
            if (copy !== undefined) io.out(`Журнал ${config.journal.path} восстановлен.\n`);
            if (put.kept !== undefined) io.out(`Прежний журнал: ${put.kept}\n`);
            if (reconciled) {
              io.out(faultsText(reconciled.faults));
              if (exit === EXIT.done)
                io.out(
                  `Сверено: файлов пакетов добавлено ${reconciled.parts}, квитанций ${reconciled.receipts}.\n`,
                );
            } else io.out('Дальше: bg1c restore --reconcile\n');
          }
          context.exit(exit);
        });
      },
    );
};
