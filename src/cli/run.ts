import { Command, CommanderError, Help } from 'commander';
import { EXIT, type ExitCode } from '../pipeline/exit.ts';
import type { Clock } from '../support/clock.ts';
import { buildVersion } from '../support/version.ts';
import type { CommandContext } from './command.ts';
import { COMMANDS } from './commands.ts';
import type { Io } from './io.ts';

/**
 * Runs one call of `bg1c`.
 * @param args what stands after the program's name
 * @returns the exit code; a defect is reported in short and gives 70
 */
export async function run(args: readonly string[], io: Io, clock: Clock): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const exit = (found: ExitCode): void => {
    code = found;
  };
  const context: CommandContext = { io, clock, exit };
  const program = createProgram(io);
  for (const load of wanted(args)) (await load())(program, context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    io.err(
      `Внутренняя ошибка bg1c: ${(error as Error).message}\nЭто ошибка программы, а не ваших данных. Пришлите нам команду и этот текст:\n${(error as Error).stack ?? ''}\n`,
    );
    return EXIT.internal;
  }
}

/** The command that is called; where none is, all: for the help, and for the one that was meant. */
function wanted(args: readonly string[]): (typeof COMMANDS)[string][] {
  // Keys of the program itself take no value: the first word is the command.
  const name = args.find((one) => !one.startsWith('-'));
  return name !== undefined && Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]!] : Object.values(COMMANDS);
}

function createProgram(io: Io): Command {
  const program = new Command('bg1c');
  return program
    .description('BGBilling → 1С:Бухгалтерия: пакеты документов за месяц')
    .version(buildVersion(), '-V, --version', 'показать версию')
    .helpOption('-h, --help', 'показать справку')
    .helpCommand('help [команда]', 'справка по команде')
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      argumentDescription: (argument) => russianDefault(new Help().argumentDescription(argument)),
      optionDescription: (option) => russianDefault(new Help().optionDescription(option)),
      subcommandTerm: (command) => new Help().subcommandTerm(command).replace('[options]', '[ключи]'),
      commandUsage: (command) =>
        new Help().commandUsage(command).replaceAll('[options]', '[ключи]').replace('[command]', '[команда]'),
    })
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(russianError(text)),
    })
    .exitOverride()
    .showHelpAfterError('(справка: bg1c --help)');
}

const TITLES: Record<string, string> = {
  'Usage:': 'Вызов:',
  'Arguments:': 'Что указать:',
  'Options:': 'Ключи:',
  'Commands:': 'Команды:',
};

/** The description says itself what may be chosen. */
function russianDefault(description: string): string {
  return description.replace(/\((?:choices: .*, )?default: "?(.*?)"?\)$/, '(по умолчанию: $1)');
}

/** Commander's own messages, in Russian. */
function russianError(text: string): string {
  return text
    .replace(/^error: unknown command '(.*)'/, 'Нет такой команды: «$1»')
    .replace(/^error: unknown option '(.*)'/, 'Нет такого ключа: «$1»')
    .replace(/^error: missing required argument '(.*)'/, 'Не указано: $1')
    .replace(/^error: option '(.*)' argument missing/, 'У ключа $1 не указано значение')
    .replace(
      /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
      'Ключ $1 не может быть «$2»; возможно: $3',
    )
    .replace(/^error: too many arguments.*/, 'Лишние слова в команде')
    .replace(/\(Did you mean (.*)\?\)/, '(возможно, имелось в виду: $1)');
}
