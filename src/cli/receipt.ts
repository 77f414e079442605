import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { receiptKey } from '../config/receipt-key.ts';
import type { Config } from '../config/types.ts';
import { realDisk } from '../exchange/disk.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { journalFault, openJournal } from '../journal/journal.ts';
import { type Received, receiveFile } from '../pipeline/books/receive.ts';
import { isPassport, takePassportFile } from '../pipeline/exchange/take-passport.ts';
import { EXIT, exitCodeOf } from '../pipeline/exit.ts';
import { printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsSummary, faultsText } from './report-faults.ts';

export const registerReceipt: Register = (program, context) => {
  program
    .command('receipt')
    .description('принять квитанции 1С и паспорт базы, если наблюдатель не работает')
    .argument(
      '<файл...>',
      'файлы квитанций (.json; подпись ищется рядом, .json.sig) и паспорт базы (base.json)',
    )
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
          const work = (): Taken =>
            isPassport(realDisk, path)
              ? { passport: true, ...takePassportFile(realDisk, path, config, journal) }
              : receiveFile(realDisk, path, config, key, journal);
          return { file, ...take(path, config, work) };
        });
        const found = receipts.flatMap((one) => one.faults);
        const exit = receipts.every(({ taken }) => taken) ? EXIT.done : exitCodeOf(found, false, 0);
        if (json) printJson(context, 'receipt', { exit, receipts });
        else {
          const own = receipts.filter(({ passport }) => !passport);
          const said = [
            ...(own.length > 0
              ? [`принято квитанций ${own.filter(({ taken }) => taken).length} из ${own.length}`]
              : []),
            ...receipts
              .filter(({ passport }) => passport)
              .map(({ taken }) => (taken ? 'паспорт базы принят' : 'паспорт базы не принят')),
          ];
          io.out(`${faultsText(found)}Итог: ${said.join('; ')}; ${faultsSummary(found)}.\n`);
        }
        context.exit(exit);
      } finally {
        journal.close();
      }
    });
};

/** A receipt, or the passport of a base. */
type Taken = Pick<Received, 'taken' | 'faults'> & { passport?: true };

function take(path: string, config: Config, work: () => Taken): Taken {
  const refuse = (found: Fault): Taken => ({ taken: false, faults: [found] });
  const missing = (reason: string): Taken => refuse(fault('BG1C-RECEIPT-READ', { file: path, reason }));
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
