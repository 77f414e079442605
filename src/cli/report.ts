import { resolve } from 'node:path';
import { fault } from '../faults/fault.ts';
import { reportCsv } from '../formats/report/csv.ts';
import { reportPage } from '../formats/report/page.ts';
import type { MonthReport } from '../formats/report/report.ts';
import { isPeriod, periodName } from '../model/period.ts';
import { EXIT } from '../pipeline/exit.ts';
import { monthReport } from '../pipeline/report/report.ts';
import { writeFileAtomic } from '../support/files.ts';
import { plural } from '../support/text.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';

interface Options {
  period?: string;
  out?: string;
  config?: string;
  json?: boolean;
}

export const registerReport: Register = (program, context) => {
  program
    .command('report')
    .description('отчёт за месяц: выставлено → проведено в 1С → доставлено, и что требует внимания')
    .option('--period <ГГГГ-ММ>', 'месяц; по умолчанию последний в журнале')
    .option('--out <файл>', 'страница; рядом ложится таблица .csv (по умолчанию report-<месяц>.html)')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON, без файлов')
    .addHelpText('after', '\nПримеры:\n  bg1c report\n  bg1c report --period 2026-10 --out отчёт.html\n')
    .action(async (options: Options) => {
      const { io, clock } = context;
      const { period, json = false } = options;
      if (period !== undefined && !isPeriod(period)) {
        const reason = `«${period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
        return refuse(context, 'report', [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'report', faults, json);
      await guarded(context, 'report', config, json, async () => {
        const { report, faults: refused } = await monthReport({ config, period, clock });
        if (!report) return refuse(context, 'report', refused, json);
        if (json) printJson(context, 'report', { exit: EXIT.done, ...report });
        else {
          const page = resolve(io.cwd, options.out ?? `report-${report.period}.html`);
          const table = `${page.replace(/\.html?$/i, '')}.csv`;
          writeFileAtomic(page, reportPage(report));
          writeFileAtomic(table, reportCsv(report));
          io.out(reportText(report, page, table));
        }
        context.exit(EXIT.done);
      });
    });
};

function reportText({ period, steps, tasks }: MonthReport, page: string, table: string): string {
  const whole = steps[0]!.count;
  const progress = steps.map(({ title, count }) => `  ${title}: ${count} из ${whole}\n`).join('');
  const open = tasks.map(
    ({ title, action, documents }) =>
      `  ${title}: ${plural(documents.length, 'документ', 'документа', 'документов')}\n    что делать: ${action}\n`,
  );
  const attention = open.length > 0 ? `Требует внимания:\n${open.join('')}` : 'Внимания ничего не требует.\n';
  return `Отчёт за ${periodName(period)}\n${progress}${attention}Страница: ${page}\nТаблица:  ${table}\n`;
}
