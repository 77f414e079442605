import { fault } from '../faults/fault.ts';
import { isPeriod, periodName } from '../model/period.ts';
import { openBilling } from '../pipeline/exchange/billing.ts';
import { closeMonth } from '../pipeline/exchange/close.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { buildText } from './report-build.ts';

export const registerClose: Register = (program, context) => {
  program
    .command('close')
    .description('взять закрытый месяц из базы данных BGBilling и собрать пакет')
    .option('--period <ГГГГ-ММ>', 'месяц; по умолчанию последний закрытый')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText('after', '\nПримеры:\n  bg1c close\n  bg1c close --period 2026-10\n')
    .action(async (options: { period?: string; config?: string; json?: boolean }) => {
      const { io, clock } = context;
      const { period, json = false } = options;
      if (period !== undefined && !isPeriod(period)) {
        const reason = `«${period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
        return refuse(context, 'close', [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'close', faults, json);
      await guarded(context, 'close', config, json, async () => {
        const closed = await closeMonth({ config, period, clock, openBilling });
        const { result } = closed;
        if (!result) return refuse(context, 'close', closed.faults, json);
        if (json) printJson(context, 'close', { period: closed.period, ...result });
        else io.out(`Месяц ${periodName(closed.period!)} взят из BGBilling.\n${buildText(result, false)}`);
        context.exit(result.exit);
      });
    });
};
