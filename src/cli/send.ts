import { join, resolve } from 'node:path';
import { type Captured, CHANNEL_NAMES, type ChannelName } from '../delivery/channel.ts';
import { channelNamed } from '../delivery/registry.ts';
import { fault } from '../faults/fault.ts';
import { deliverDocuments } from '../pipeline/deliver/deliver.ts';
import { reachOf } from '../pipeline/deliver/reach.ts';
import { writeFileAtomic } from '../support/files.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';
import { deliverText, reachText } from './report-deliver.ts';
import { sleep } from './sleep.ts';

interface Options {
  only?: string;
  dryRun?: boolean;
  out?: string;
  check?: boolean;
  config?: string;
  json?: boolean;
}

/** Longest pause that the command waits out, ms: what is due later is left to the next call or the watcher. */
const PATIENCE = 90_000;

export const registerSend: Register = (program, context) => {
  program
    .command('send')
    .description('отправить документы контрагентам: те, что в 1С проведены такими же, как в пакете')
    .argument('<канал>', CHANNEL_NAMES.join(', '))
    .argument('[пакет]', 'файл пакета; без него — документы двух последних месяцев')
    .option('--only <номер>', 'только этот документ: номер или идентификатор (UUID)')
    .option('--dry-run', 'показать, что ушло бы, ничего не отправляя и не записывая')
    .option('--out <папка>', 'при --dry-run: записать туда то, что ушло бы (письма — файлами .eml)')
    .option('--check', 'только проверить получателей: кто примет, кого пригласить, кому почтой')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c send sbis --check\n  bg1c send sbis --dry-run\n  bg1c send edo-folder outbox/done/bashnet-2026-10-1-1of1.zip\n  bg1c send mail --dry-run --out письма\n  bg1c send mail --only А10/1045\n' +
        '\nОстановка — Ctrl+C: начатая отправка будет закончена. Повторный вызов дважды не отправит.\nКод возврата 4: о каких-то отправках неизвестно, дошли ли они (bg1c resolve).\n',
    )
    .action(async (name: string, input: string | undefined, options: Options) => {
      const { io, clock } = context;
      const { only, out, dryRun = false, check = false, json = false } = options;
      const channel = CHANNEL_NAMES.includes(name as ChannelName) && channelNamed(name as ChannelName);
      if (!channel) {
        const reason = `нет канала «${name}»; возможно: ${CHANNEL_NAMES.join(', ')}`;
        return refuse(context, 'send', [fault('BG1C-CONFIG-VALUE', { key: 'send', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'send', faults, json);
      const path = input === undefined ? undefined : resolve(io.cwd, input);
      const stop = new AbortController();
      const signals = ['SIGTERM', 'SIGINT'] as const;
      const onSignal = (): void => stop.abort();
      for (const signal of signals) process.once(signal, onSignal);
      const surroundings = {
        config,
        clock,
        random: Math.random,
        sleep: (ms: number) => sleep(ms, stop.signal),
        signal: stop.signal,
      };
      try {
        await guarded(context, 'send', config, json, async () => {
          if (check) {
            const result = await reachOf({ channel, path, only, surroundings });
            if (json) printJson(context, 'send', result);
            else io.out(reachText(result));
            return context.exit(result.exit);
          }
          const onProgress = io.interactive
            ? (done: number) => io.err(`\r${channel.title}: обработано ${done}`)
            : undefined;
          const request = { channel, path, only, dryRun, patience: PATIENCE, surroundings, onProgress };
          const onCaptured = out === undefined ? undefined : captureInto(resolve(io.cwd, out), channel.name);
          const result = await deliverDocuments({ ...request, onCaptured });
          if (io.interactive) io.err('\r\u001b[K');
          if (json) printJson(context, 'send', result);
          else io.out(deliverText(result, channel.title));
          context.exit(result.exit);
        });
      } finally {
        for (const signal of signals) process.off(signal, onSignal);
      }
    });
};

/** Writes down what would have gone out: a letter is a file that mail programs open. */
function captureInto(folder: string, channel: ChannelName): (one: Captured) => void {
  const extension = channel === 'mail' ? 'eml' : 'txt';
  let count = 0;
  return ({ key, body }) => {
    const name = `${String(++count).padStart(5, '0')}-${key}.${extension}`;
    writeFileAtomic(join(folder, name), body);
  };
}
