import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { receiptKey } from '../config/receipt-key.ts';
import type { Config } from '../config/types.ts';
import { realDisk } from '../exchange/disk.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { journalFault, openJournal } from '../journal/journal.ts';
import { type Received, receiveFile } from '../pipeline/books/receive.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

export const registerReceipt: Register = (program, context) => {
  program
    .command('receipt')
    .description('принять квитанции 1С, если наблюдатель не работает')
    .argument('<файл...>', 'файлы квитанций (.json); подпись ищется рядом (.json.sig)')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText('after', '\nПример:\n  bg1c receipt exchange/receipts/*.json\n')
    .action((files: string[], options: { config?: string; json?: boolean }) => {
      const { io, clock } = context;
      const json = options.json ?? false;
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'receipt', faults, json);
      const { key, fault: unknown } = receiptKey(config);
      if (unknown) return refuse(context, 'receipt', [unknown], json);
      const { journal, fault: refused } = openJournal(config.journal.path, clock);
      if (!journal) return refuse(context, 'receipt', [refused!], json);
      try {
        const receipts = files.map((file) => {
          const path = resolve(io.cwd, file);
          return { file, ...take(path, config, () => receiveFile(realDisk, path, config, key, journal)) };
        });
        const found = receipts.flatMap((one) => one.faults);
        const exit = receipts.every(({ taken }) => taken) ? EXIT.done : exitCodeOf(found, false, 0);
        if (json) printJson(context, 'receipt', { exit, receipts });
        else {
          const taken = receipts.filter((one) => one.taken).length;
          io.out(
            `${faultsText(found)}Итог: принято квитанций ${taken} из ${files.length}; ${faultsSummary(found)}.\n`,
          );
        }
        context.exit(exit);
      } finally {
        journal.close();
      }
    });
};

function take(path: string, config: Config, work: () => Received): Received {
  const refuse = (found: Fault): Received => ({ taken: false, faults: [found] });
  const missing = (reason: string): Received => refuse(fault('BG1C-RECEIPT-READ', { file: path, reason }));
  if (!existsSync(path)) return missing('файла нет');
  try {
    return work();
  } catch (error) {
    const locked = journalFault(config.journal.path, error);
    if (locked) return refuse(locked);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code !== undefined && syscall !== undefined) return missing(`файл не читается (${code})`);
    throw error;
  }
}
