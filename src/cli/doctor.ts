import { examine } from '../pipeline/check/doctor.ts';
import { EXIT } from '../pipeline/exit.ts';
import { printJson, type Register, refuse } from './command.ts';
import { commandConfig } from './config.ts';

export const registerDoctor: Register = (program, context) => {
  program
    .command('doctor')
    .description('проверить настройки, базу биллинга, папки, журнал, каналы отправки и версии')
    .option('--config <файл>', 'файл настроек')
    .option('--json', 'результат для программ: один объект JSON')
    .action(async (options: { config?: string; json?: boolean }) => {
      const { config, faults } = commandConfig(context.io, options.config);
      if (!config) return refuse(context, 'doctor', faults, options.json ?? false);
      const examinations = await examine(config, context.clock);
      const exit = examinations.every(({ ok }) => ok) ? EXIT.done : EXIT.errors;
      if (options.json) printJson(context, 'doctor', { exit, examinations });
      else {
        for (const { subject, ok, detail } of examinations)
          context.io.out(`${ok ? '✓' : '✗'} ${subject}: ${detail}\n`);
        context.io.out(exit === EXIT.done ? 'Всё в порядке.\n' : 'Исправьте отмеченное знаком ✗.\n');
      }
      context.exit(exit);
    });
};
