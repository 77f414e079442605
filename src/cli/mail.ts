import type { BadAddress } from '../journal/letters.ts';
import { badAddresses } from '../pipeline/deliver/addresses.ts';
import { exitCodeOf } from '../pipeline/exit.ts';
import { russianDate } from '../support/dates.ts';
import { plural } from '../support/text.ts';
import { alignRows } from './align.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { faultsText } from './report-faults.ts';

interface Options {
  forgive?: string;
  config?: string;
  json?: boolean;
}

export const registerMail: Register = (program, context) => {
  program
    .command('mail')
    .description('адреса, с которых письма возвращаются: на них документы больше не посылаются')
    .option('--forgive <адрес>', 'адрес верен: посылать на него снова')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText('after', '\nПримеры:\n  bg1c mail\n  bg1c mail --forgive buh@tulpar.example\n')
    .action(async ({ forgive, config: path, json = false }: Options) => {
      const { io, clock } = context;
      const { config, faults } = commandConfig(io, path);
      if (!config) return refuse(context, 'mail', faults, json);
      await guarded(context, 'mail', config, json, () => {
        const { addresses, faults: found } = badAddresses({ config, forgive, clock });
        if (!addresses) return refuse(context, 'mail', found, json);
        const exit = exitCodeOf(found, true, 0);
        if (json) printJson(context, 'mail', { exit, addresses, faults: found });
        else io.out(`${faultsText(found)}${addressesText(addresses)}`);
        context.exit(exit);
      });
    });
};

function addressesText(addresses: readonly BadAddress[]): string {
  if (addresses.length === 0) return 'Адресов, с которых письма возвращаются, нет.\n';
  const rows = addresses.map(({ address, code, at, bounces }) => [
    address,
    code,
    plural(bounces, 'возврат', 'возврата', 'возвратов'),
    `последний ${russianDate(at.slice(0, 10))}`,
  ]);
  return `Письма возвращаются с адресов: ${addresses.length}\n${alignRows(rows)}Исправьте адрес там, где он ведётся; если он верен — bg1c mail --forgive <адрес>\n`;
}
