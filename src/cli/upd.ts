import { basename, join, resolve } from 'node:path';
import { Option } from 'commander';
import type { UpdRow } from '../formats/upd/list.ts';
import { sumForPeople } from '../model/money.ts';
import { makeUpd, type UpdResult } from '../pipeline/documents/upd.ts';
import { printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { codeText, faultsSummary, faultsText } from './report-faults.ts';

interface Options {
  config?: string;
  out?: string;
  zip?: boolean;
  only?: string;
  json?: boolean;
}

const LEFT_OUT_SHOWN = 20;

export const registerUpd: Register = (program, context) => {
  program
    .command('upd')
    .description('составить файлы УПД 5.03 (приказ ЕД-7-26/970@) по документам пакета')
    .argument('<пакет>', 'файл пакета (.zip)')
    .option('--out <папка>', 'куда положить файлы и список (по умолчанию upd/<имя пакета>)')
    .addOption(new Option('--zip', 'одним архивом вместо папки: <папка>.zip').conflicts('only'))
    .option('--only <номер>', 'только этот документ: номер или идентификатор (UUID)')
    .option('--config <файл>', 'файл настроек: подписант и идентификатор ЭДО организации')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c upd outbox/bashnet-2026-10-1-1of1.zip\n  bg1c upd пакет.zip --only А10/1045 --out upd\n  bg1c upd пакет.zip --zip\n',
    )
    .action(async (input: string, options: Options) => {
      const { io, clock } = context;
      const json = options.json ?? false;
      const { config, faults } = commandConfig(io, options.config, input);
      if (!config) return refuse(context, 'upd', faults, json);
      const path = resolve(io.cwd, input);
      const folder = resolve(io.cwd, options.out ?? join('upd', basename(path, '.zip')));
      const zip = options.zip ?? false;
      const out = zip ? `${folder.replace(/\.zip$/, '')}.zip` : folder;
      const result = await makeUpd({ config, path, out, zip, only: options.only, clock });
      if (json) printJson(context, 'upd', result);
      else io.out(updText(result));
      context.exit(result.exit);
    });
};

function updText({ folder, files, faults }: UpdResult): string {
  const written = files.filter(({ state }) => state === 'written');
  const leftOut = files.filter(({ state }) => state === 'left-out');
  const functions = [...new Set(written.map((row) => row.function))].sort();
  const blocks = [faultsText(faults)];
  for (const name of functions)
    blocks.push(
      totalText(
        name,
        written.filter((row) => row.function === name),
      ),
    );
  if (written.length > 0) blocks.push(`Файлы и список (upd.csv): ${folder}\n`);
  if (leftOut.length > 0) blocks.push(leftOutText(leftOut));
  blocks.push(`Итог: файлов ${written.length}, не составлено ${leftOut.length}; ${faultsSummary(faults)}.\n`);
  return blocks.join('');
}

function totalText(name: string, rows: readonly UpdRow[]): string {
  const total = (key: 'sum' | 'vat'): string => sumForPeople(rows.reduce((all, row) => all + row[key], 0));
  return `${name}: ${rows.length}, сумма ${total('sum')}, в т. ч. НДС ${total('vat')}\n`;
}

function leftOutText(rows: readonly UpdRow[]): string {
  const shown = rows
    .slice(0, LEFT_OUT_SHOWN)
    .map(
      ({ number, buyer, codes }) =>
        `  № ${number || '—'}, ${buyer.name}: ${codes.map(codeText).join('; ')}\n`,
    );
  const more = rows.length > LEFT_OUT_SHOWN ? `  … и ещё ${rows.length - LEFT_OUT_SHOWN}\n` : '';
  return `Не составлены (${rows.length}):\n${shown.join('')}${more}`;
}
