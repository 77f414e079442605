import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Argument } from 'commander';
import { CONFIG_FILE } from '../config/load.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { outputFault } from '../pipeline/build/build.ts';
import { EXIT } from '../pipeline/exit.ts';
import { proposeFromDatabase } from '../pipeline/propose/config.ts';
import { ensureFolder, writeFileAtomic } from '../support/files.ts';
import { shipped } from '../support/root.ts';
import { plural } from '../support/text.ts';
import { type CommandContext, type Register, refuse } from './command.ts';

/** The month that `--demo` copies. */
const DEMO = 'samples/october-2026';

interface Options {
  demo?: boolean;
  dbEnv?: string;
}

export const registerInit: Register = (program, context) => {
  program
    .command('init')
    .description('создать файл настроек bg1c.yaml с пояснениями')
    .addArgument(new Argument('[папка]', 'где создать').default('.', 'текущая папка'))
    .option('--demo', 'добавить учебный месяц: можно сразу собрать пакет')
    .option(
      '--db-env <имя>',
      'прочитать базу BGBilling и предложить настройки: имя переменной окружения с адресом базы',
    )
    .addHelpText(
      'after',
      '\nПримеры:\n  bg1c init проба --demo\n  export BG1C_DB=mysql://bg1c:пароль@billing:3306/bgbilling\n  bg1c init --db-env BG1C_DB\n',
    )
    .action((folder: string, options: Options) => runInit(context, folder, options));
};

async function runInit(context: CommandContext, folder: string, { demo, dbEnv }: Options): Promise<void> {
  const target = resolve(context.io.cwd, folder);
  const file = join(target, CONFIG_FILE);
  const config = join(folder, CONFIG_FILE);
  const taken = [file, ...(demo ? [join(target, 'in')] : [])].find((path) => existsSync(path));
  if (taken) return refuse(context, 'init', [fault('BG1C-CONFIG-EXISTS', { file: taken })], false);
  let next = `  1. впишите реквизиты своей организации и типы документов\n  2. bg1c doctor --config ${config}\n  3. bg1c build <папка выгрузки> --config ${config}`;
  if (dbEnv !== undefined) {
    const { text, faults } = await proposeFromDatabase(dbEnv, context.io.cwd);
    if (text === undefined) return refuse(context, 'init', faults, false);
    writeFileAtomic(file, text);
    next = databaseSteps(text, config);
  } else {
    const unwritable = createFolder(target);
    if (unwritable) return refuse(context, 'init', [unwritable], false);
    copyFileSync(shipped(demo ? `${DEMO}/demo.yaml` : 'schemas/config.template.yaml'), file);
    if (demo) {
      cpSync(shipped(`${DEMO}/in`), join(target, 'in'), { recursive: true });
      next = `  bg1c build ${join(folder, 'in')} --config ${config}`;
    }
  }
  context.io.out(`Создан ${file}\nДальше:\n${next}\n`);
  context.exit(EXIT.done);
}

/** @returns a fault where a file is in the way, or a right is missing */
function createFolder(path: string): Fault | undefined {
  try {
    ensureFolder(path);
    return undefined;
  } catch (error) {
    const found = outputFault(error);
    if (!found) throw error;
    return found;
  }
}

function databaseSteps(text: string, config: string): string {
  const questions = text.split('\n').filter((line) => line.includes('ВОПРОС:')).length;
  const asked =
    questions === 0 ? '' : ` и ответьте на ${plural(questions, 'вопрос', 'вопроса', 'вопросов')} («ВОПРОС»)`;
  return `  1. впишите реквизиты своих организаций${asked}\n  2. bg1c doctor --config ${config}\n  3. bg1c close --period ГГГГ-ММ --config ${config}`;
}
