import type { Config } from '../config/types.ts';
import { fault } from '../faults/fault.ts';
import { isPeriod, type Period, periodName } from '../model/period.ts';
import { reconcileMonth } from '../pipeline/books/reconcile-month.ts';
import { status } from '../pipeline/books/status.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { type CommandContext, guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsText } from './report-faults.ts';
import { reconciliationText } from './report-reconciliation.ts';
import { type Detail, statusText } from './report-status.ts';

interface Options {
  period?: string;
  doc?: string;
  all?: boolean;
  reconcile?: boolean;
  config?: string;
  json?: boolean;
}

export const registerStatus: Register = (program, context) => {
  program
    .command('status')
    .description('показать, где каждый документ: от строки выгрузки до базы 1С')
    .option('--period <ГГГГ-ММ>', 'документы этого месяца')
    .option('--doc <номер>', 'один документ: номер, как в пакете, или идентификатор (UUID)')
    .option('--all', 'каждый документ, а не только те, что требуют внимания')
    .option('--reconcile', 'сверка по договорам: начислено, в документах, в пакете, в 1С')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c status\n  bg1c status --period 2026-10 --all\n  bg1c status --doc А-1024\n  bg1c status --reconcile --period 2026-10\n',
    )
    .action(async (options: Options) => {
      const { io, clock } = context;
      const { period, doc, all = false, json = false } = options;
      if (period !== undefined && !isPeriod(period)) {
        const reason = `«${period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
        return refuse(context, 'status', [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'status', faults, json);
      if (options.reconcile) return printReconciliation(context, config, period, json);
      await guarded(context, 'status', config, json, () => {
        const { status: found, faults: refused } = status({ config, period, document: doc, clock });
        if (!found) return refuse(context, 'status', refused, json);
        const exit = exitCodeOf(refused, true, 0);
        const detail: Detail = doc !== undefined ? 'one' : all ? 'every' : 'attention';
        if (json) printJson(context, 'status', { exit, ...found, faults: refused });
        else {
          io.out(faultsText(refused));
          if (!refused.some(({ code }) => code === 'BG1C-STATUS-NONE'))
            io.out(statusText(found, detail, namesOf(config), clock()));
        }
        context.exit(exit === EXIT.leftOut ? EXIT.errors : exit);
      });
    });
};

/** The sums of a month, contract by contract, with the books as they are now. */
function printReconciliation(
  context: CommandContext,
  config: Config,
  period: string | undefined,
  json: boolean,
): Promise<void> {
  const { io, clock } = context;
  return guarded(context, 'status', config, json, () => {
    const { months, faults } = reconcileMonth({ config, period, clock });
    if (!months) return refuse(context, 'status', faults, json);
    const names = namesOf(config);
    if (json) printJson(context, 'status', { exit: EXIT.done, months, faults });
    else
      for (const { organization, period: month, seq, reconciliation, periodState } of months) {
        const title = `${names.get(organization) ?? organization}, ${periodName(month as Period)}. Пакет № ${seq}\n`;
        io.out(`${title}${reconciliationText(reconciliation, periodState, RECONCILED_SHOWN)}\n`);
      }
    context.exit(EXIT.done);
  });
}

const RECONCILED_SHOWN = 50;

function namesOf({ organizations }: Config): ReadonlyMap<string, string> {
  return new Map(organizations.map(({ code, name }) => [code, name]));
}
