import { basename, join, resolve } from 'node:path';
import { sumForPeople } from '../model/money.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../model/types.ts';
import { copyTemplates, type PrintResult, printPackage } from '../pipeline/documents/print.ts';
import { exitCodeOf } from '../pipeline/exit.ts';
import { plural } from '../support/text.ts';
import { type CommandContext, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

interface Options {
  config?: string;
  out?: string;
  doc?: string;
  copyTemplates?: string;
  json?: boolean;
}

const KINDS: Record<DocumentKind, string> = {
  bill: 'Счета на оплату',
  act: 'Акты',
  'vat-invoice': 'Счета-фактуры',
  upd: 'УПД',
};

export const registerPrint: Register = (program, context) => {
  program
    .command('print')
    .description('напечатать документы пакета в PDF: счета, акты, счета-фактуры, УПД')
    .argument('[пакет]', 'файл пакета (.zip)')
    .option('--out <папка>', 'куда положить файлы (по умолчанию print/<имя пакета>)')
    .option('--doc <номер>', 'только этот документ: номер или идентификатор (UUID)')
    .option('--copy-templates <папка>', 'записать шаблоны форм и писем, чтобы изменить их')
    .option('--config <файл>', 'файл настроек: подписант, печать, логотип, шаблоны')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c print outbox/bashnet-2026-10-1-1of1.zip\n  bg1c print пакет.zip --doc А10/1045 --out print\n  bg1c print --copy-templates templates\n',
    )
    .action(async (input: string | undefined, options: Options) => {
      const { io, clock } = context;
      const json = options.json ?? false;
      if (options.copyTemplates !== undefined)
        return copy(context, resolve(io.cwd, options.copyTemplates), json);
      if (input === undefined) return program.error("error: missing required argument 'пакет'");
      const { config, faults } = commandConfig(io, options.config, input);
      if (!config) return refuse(context, 'print', faults, json);
      const path = resolve(io.cwd, input);
      const out = resolve(io.cwd, options.out ?? join('print', basename(path, '.zip')));
      const progress = (files: number): void => io.err(`\rНапечатано: ${files}`);
      const watched = io.interactive && !json;
      const result = await printPackage({
        ...{ config, path, out, only: options.doc, clock },
        progress: watched ? progress : undefined,
      });
      if (watched && result.files.length > 0) io.err('\n');
      if (json) printJson(context, 'print', result);
      else io.out(printText(result));
      context.exit(result.exit);
    });
};

function copy(context: CommandContext, folder: string, json: boolean): void {
  const { copied, kept, faults } = copyTemplates(folder);
  if (json) printJson(context, 'print', { folder, copied, kept, faults });
  else {
    const stayed = kept.length > 0 ? `Уже были там и не тронуты: ${kept.join(', ')}\n` : '';
    context.io.out(
      `${faultsText(faults)}Шаблоны записаны в ${folder}: ${copied.join(', ') || 'ничего нового'}\n${stayed}Что менять, сказано в README.md. Укажите эту папку в настройках print.templates и channels.mail.templates.\n`,
    );
  }
  context.exit(exitCodeOf(faults, faults.length === 0, 0));
}

function printText({ folder, files, leftOut, faults }: PrintResult): string {
  const totals = DOCUMENT_KINDS.flatMap((kind) => {
    const own = files.filter((one) => one.kind === kind);
    const sum = own.reduce((all, one) => all + one.sum, 0);
    return own.length > 0 ? [`${KINDS[kind]}: ${own.length}, сумма ${sumForPeople(sum)}\n`] : [];
  });
  const where = files.length > 0 ? `Файлы: ${folder}\n` : '';
  const written = plural(files.length, 'файл', 'файла', 'файлов');
  return `${faultsText(faults)}${totals.join('')}${where}Итог: ${written}, не напечатано ${leftOut}; ${faultsSummary(faults)}.\n`;
}
