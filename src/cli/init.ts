import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIG_FILE } from '../config/load.ts';
import { fault } from '../faults/fault.ts';
import { EXIT } from '../pipeline/exit.ts';
import { ensureFolder } from '../support/files.ts';
import { shipped } from '../support/root.ts';
import { type Register, refuse } from './command.ts';

/** The month that `--demo` copies. */
const DEMO = 'samples/october-2026';

export const registerInit: Register = (program, context) => {
  program
    .command('init')
    .description('создать файл настроек bg1c.yaml с пояснениями')
    .argument('[папка]', 'где создать', '.')
    .option('--demo', 'добавить учебный месяц: можно сразу собрать пакет')
    .action((folder: string, { demo }: { demo?: boolean }) => {
      const target = resolve(context.io.cwd, folder);
      const file = join(target, CONFIG_FILE);
      if (existsSync(file)) return refuse(context, 'init', [fault('BG1C-CONFIG-EXISTS', { file })], false);
      ensureFolder(target);
      if (demo) {
        cpSync(shipped(`${DEMO}/in`), join(target, 'in'), { recursive: true });
        copyFileSync(shipped(`${DEMO}/${CONFIG_FILE}`), file);
      } else copyFileSync(shipped('schemas/config.template.yaml'), file);
      const next = demo
        ? `  bg1c build ${join(folder, 'in')} --config ${join(folder, CONFIG_FILE)}`
        : `  1. впишите реквизиты своей организации и типы документов\n  2. bg1c doctor --config ${join(folder, CONFIG_FILE)}\n  3. bg1c build <папка выгрузки> --config ${join(folder, CONFIG_FILE)}`;
      context.io.out(`Создан ${file}\nДальше:\n${next}\n`);
      context.exit(EXIT.done);
    });
};
