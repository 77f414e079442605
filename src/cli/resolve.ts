import { fault } from '../faults/fault.ts';
import { resolveDelivery } from '../pipeline/deliver/resolve.ts';
import { EXIT } from '../pipeline/exit.ts';
import { guarded, printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';

const DECISIONS = ['sent', 'not-sent'];

export const registerResolve: Register = (program, context) => {
  program
    .command('resolve')
    .description('решить, ушла ли доставка, о которой это неизвестно')
    .argument('<доставка>', 'номер доставки: его показывают bg1c send и bg1c status')
    .argument('<решение>', 'sent — ушла, not-sent — не ушла: будет отправлена снова')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .addHelpText('after', '\nПримеры:\n  bg1c resolve 1042 sent\n  bg1c resolve 1042 not-sent\n')
    .action(async (wanted: string, decision: string, options: { config?: string; json?: boolean }) => {
      const { io, clock } = context;
      const json = options.json ?? false;
      if (!DECISIONS.includes(decision)) {
        const reason = `«${decision}» — не решение: нужно ${DECISIONS.join(' или ')}`;
        return refuse(context, 'resolve', [fault('BG1C-CONFIG-VALUE', { key: 'resolve', reason })], json);
      }
      const { config, faults } = commandConfig(io, options.config);
      if (!config) return refuse(context, 'resolve', faults, json);
      await guarded(context, 'resolve', config, json, () => {
        const sent = decision === 'sent';
        const { delivery, fault: refused } = resolveDelivery({ config, wanted, sent, clock });
        if (!delivery) return refuse(context, 'resolve', [refused!], json);
        const { id, key, channel, status, outcome } = delivery;
        if (json)
          printJson(context, 'resolve', { exit: EXIT.done, delivery: { id, key, channel, status, outcome } });
        else
          io.out(
            `Доставка ${id} (${channel}): ${sent ? 'отправлена' : 'будет отправлена снова при bg1c send'}.\n`,
          );
        context.exit(EXIT.done);
      });
    });
};
