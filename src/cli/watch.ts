import { realDisk } from '../exchange/disk.ts';
import { createLog } from '../exchange/log.ts';
import { openJournal } from '../journal/journal.ts';
import { openBilling } from '../pipeline/exchange/billing.ts';
import { watch } from '../pipeline/exchange/watch.ts';
import { type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsText } from './report-faults.ts';
import { sleep } from './sleep.ts';

export const registerWatch: Register = (program, context) => {
  program
    .command('watch')
    .description('следить за папкой обмена: собирать пакеты и принимать квитанции')
    .option('--once', 'обработать то, что есть, и закончить: для cron и планировщика заданий')
    .option('--config <файл>', 'файл настроек')
    .addHelpText(
      'after',
      '\nЖурнал работы — строки JSON в потоке ошибок. Остановка — Ctrl+C или SIGTERM: начатый шаг будет закончен.\nУстановка службой: docs/watcher.ru.md\n\nПримеры:\n  bg1c watch\n  bg1c watch --once\n',
    )
    .action(async (options: { once?: boolean; config?: string }) => {
      const { io, clock } = context;
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'watch', faults, false);
      const stop = new AbortController();
      const signals = ['SIGTERM', 'SIGINT'] as const;
      const onSignal = (): void => stop.abort();
      for (const signal of signals) process.once(signal, onSignal);
      try {
        const ended = await watch({
          config,
          once: options.once ?? false,
          signal: stop.signal,
          disk: realDisk,
          clock,
          log: createLog((line) => io.err(line), clock),
          openJournal,
          openBilling,
          sleep,
        });
        if (ended.faults.length > 0) io.err(faultsText(ended.faults));
        context.exit(ended.exit);
      } finally {
        for (const signal of signals) process.off(signal, onSignal);
      }
    });
};
