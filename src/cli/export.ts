import { resolve } from 'node:path';
import { Option } from 'commander';
import { fault } from '../faults/fault.ts';
import { isPeriod } from '../model/period.ts';
import { type ExportEncoding, type ExportResult, exportTables } from '../pipeline/export/export.ts';
import { FROM_DATABASE } from '../sources/registry.ts';
import { plural } from '../support/text.ts';
import { type CommandContext, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsText } from './report-faults.ts';

interface Options {
  out: string;
  period?: string;
  config?: string;
  encoding: ExportEncoding;
  anonymize?: boolean;
  json?: boolean;
}

export const registerExport: Register = (program, context) => {
  program
    .command('export')
    .description('записать месяц файлами CSV: из базы BGBilling или из другой выгрузки')
    .argument('[выгрузка]', 'папка или файл; без неё месяц берётся из базы, указанной в настройках')
    .requiredOption('--out <папка>', 'куда записать: новая или пустая папка')
    .option('--period <ГГГГ-ММ>', 'месяц; обязателен для базы данных')
    .addOption(
      new Option('--encoding <кодировка>', 'utf-8 или windows-1251')
        .choices(['utf-8', 'windows-1251'])
        .default('utf-8'),
    )
    .option('--anonymize', 'заменить названия, ИНН, адреса, телефоны, почту и счета вымышленными')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c export --period 2026-10 --out выгрузка\n  bg1c export выгрузка.xml --out для-поддержки --anonymize\n',
    )
    .action((input: string | undefined, options: Options) => runExport(context, input, options));
};

async function runExport(
  context: CommandContext,
  input: string | undefined,
  options: Options,
): Promise<void> {
  const { io } = context;
  const { period, encoding, anonymize = false, json = false } = options;
  if (period !== undefined && !isPeriod(period)) {
    const reason = `«${period}» — не месяц: нужно ГГГГ-ММ, например 2026-10`;
    return refuse(context, 'export', [fault('BG1C-CONFIG-VALUE', { key: '--period', reason })], json);
  }
  const { config, faults } = commandConfig(io, options.config, input);
  if (!config) return refuse(context, 'export', faults, json);
  if (input === undefined && config.source.kind !== 'bgbilling-db') {
    const reason = 'в настройках не база данных (bgbilling-db): укажите папку или файл выгрузки';
    return refuse(context, 'export', [fault('BG1C-CONFIG-VALUE', { key: 'source.kind', reason })], json);
  }
  const out = resolve(io.cwd, options.out);
  const from = input === undefined ? FROM_DATABASE : resolve(io.cwd, input);
  const result = await exportTables({ config, input: from, period, out, encoding, anonymize });
  if (json) printJson(context, 'export', { ...result, out });
  else io.out(exportText(result, out, anonymize));
  context.exit(result.exit);
}

function exportText({ files, faults }: ExportResult, out: string, anonymous: boolean): string {
  if (files.length === 0) return `${faultsText(faults)}Итог: ничего не записано.\n`;
  const lines = files.map(({ name, rows }) => `  ${name}: ${plural(rows, 'строка', 'строки', 'строк')}\n`);
  const who = anonymous
    ? 'Персональные данные заменены вымышленными.\n'
    : 'В файлах персональные данные: не пересылайте их открыто.\n';
  return `${faultsText(faults)}Записано в ${out}\n${lines.join('')}${who}`;
}
