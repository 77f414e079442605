import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { buildVersion } from '../../src/support/version.ts';
import { temporaryFolders } from '../support/folders.ts';
import { bg1c } from './command.ts';

const folder = temporaryFolders();
const COMMANDS = [
  ...[
    'init',
    'build',
    'check',
    'explain',
    'diff',
    'preview',
    'export',
    'doctor',
    'schema',
    'epf',
    'upd',
    'print',
  ],
  ...[
    'watch',
    'receipt',
    'status',
    'report',
    'mail',
    'send',
    'resolve',
    'rebuild',
    'close',
    'purge',
    'restore',
  ],
  'bitrix24',
];

/** Words of English that commander would leave behind. */
const ENGLISH =
  /\b(Usage|Options|Arguments|Commands|default|choices|error|display|help for|missing|unknown|required|argument|command)\b/;

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s names every command, in Russian', async (...args) => {
    const { exit, out, err } = await bg1c(folder(), ...args);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^Вызов: bg1c/);
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    expect(out).not.toMatch(ENGLISH);
  });

  it.each(COMMANDS)('of %s is Russian and has its arguments and keys', async (command) => {
    const { exit, out } = await bg1c(folder(), command, '--help');
    expect(exit).toBe(0);
    expect(out).toMatch(new RegExp(`^Вызов: bg1c ${command}`));
    expect(out).not.toMatch(ENGLISH);
    for (const line of out.split('\n').filter((one) => /^ {2}-/.test(one)))
      expect(line).toMatch(/[а-яё]{3}/i);
  });

  it('is shown, with the code of a wrong call, where no command is named', async () => {
    for (const args of [[], ['schema']]) {
      const { exit, out, err } = await bg1c(folder(), ...args);
      expect([exit, out]).toEqual([2, '']);
      expect(err).toContain('Команды:');
    }
  });

  it('--version is the version and the commit alone', async () => {
    expect(await bg1c(folder(), '--version')).toEqual({ exit: 0, out: `${buildVersion()}\n`, err: '' });
  });
});

describe('a wrong call', () => {
  it.each([
    ['an unknown command', ['bild', 'in'], 'Нет такой команды: «bild»', 'build'],
    ['an unknown key', ['build', 'in', '--perid', '2026-10'], 'Нет такого ключа: «--perid»', '--period'],
    ['a missing argument', ['build'], 'Не указано: выгрузка', ''],
    ['the second argument missing', ['explain', 'a.zip'], 'Не указано: номер', ''],
    ['a key without its value', ['build', 'in', '--out'], 'У ключа --out <папка> не указано значение', ''],
    ['one word too many', ['build', 'in', 'out'], 'Лишние слова в команде', ''],
    [
      'a value that is not to be chosen',
      ['export', '--encoding', 'koi8-r'],
      'Ключ --encoding <кодировка> не может быть «koi8-r»',
      'windows-1251',
    ],
    ['an unknown command of schema', ['schema', 'lst'], 'Нет такой команды: «lst»', 'list'],
  ])('%s: exit code 2, in Russian, on stderr', async (_, args, words, suggestion) => {
    const { exit, out, err } = await bg1c(folder(), ...args);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(words);
    expect(err).toContain(suggestion);
    expect(err).not.toMatch(ENGLISH);
  });

  it.each(['2026-13', '2026-1', '10.2026', 'октябрь'])(
    '--period %s is refused with what is wanted',
    async (period) => {
      for (const command of ['build', 'check']) {
        const { exit, out, err } = await bg1c(folder(), command, 'in', '--period', period);
        expect([exit, out]).toEqual([2, '']);
        expect(err).toContain(`«${period}» — не месяц: нужно ГГГГ-ММ`);
      }
    },
  );
});

describe('a defect', () => {
  it('is told in short, as ours, with exit code 70', async () => {
    let err = '';
    const io = {
      cwd: folder(),
      out: () => {
        throw new Error('сломалось');
      },
      err: (text: string) => {
        err += text;
      },
      interactive: false,
    };
    expect(await run(['schema', 'list'], io, () => new Date(0))).toBe(70);
    expect(err).toMatch(/^Внутренняя ошибка bg1c: сломалось\nЭто ошибка программы, а не ваших данных\./);
  });
});
