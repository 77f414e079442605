import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** One call of the packed program, as a new user would make it. */
interface Try {
  args: (packageFile: string) => string[];
  /** Exit code that is right for it; 0 where nothing else is said. */
  exit?: number;
  /** What it must print. */
  says?: RegExp;
  /** A file that must be there afterwards, in the user's folder, and what its bytes begin with. */
  gives?: string;
  begins?: string;
}

const OUT = 'demo/exchange/outbox/bashnet-2026-10-1-1of1.zip';
const CONFIG = ['--config', 'demo/bg1c.yaml'];

/** From nothing to a month that was built, looked at, printed and given on. */
const TRIES: readonly Try[] = [
  { args: () => ['--version'] },
  { args: () => ['init', 'demo', '--demo'], gives: 'demo/bg1c.yaml' },
  { args: () => ['build', 'demo/in', ...CONFIG], gives: OUT, begins: 'PK' },
  { args: () => ['epf', '--out', 'demo/load.epf'], gives: 'demo/load.epf' },
  { args: (file) => ['check', file], says: /сообщение соответствует схеме/ },
  { args: (file) => ['explain', file, 'А10/1045'], says: /document_lines\.csv/ },
  {
    args: (file) => ['preview', file, '--out', 'demo/month.html'],
    gives: 'demo/month.html',
    begins: '<!DOCTYPE html>',
  },
  {
    args: (file) => ['print', file, '--out', 'demo/print', ...CONFIG],
    says: /Итог: 91 файл, не напечатано 0/,
    gives: 'demo/print/Акт № А10-1045 от 31.10.2026.pdf',
    begins: '%PDF-',
  },
  // One act has a contract without a date, which УПД cannot name: left out and said so.
  {
    args: (file) => ['upd', file, '--out', 'demo/upd', ...CONFIG],
    exit: 3,
    says: /Итог: файлов 61, не составлено 1/,
    gives: 'demo/upd/upd.csv',
  },
  {
    args: () => ['send', 'mail', '--dry-run', '--out', 'demo/letters', ...CONFIG],
    says: /ушло бы 27\./,
    gives: 'demo/letters',
  },
  {
    args: () => ['send', 'edo-folder', '--dry-run', ...CONFIG],
    exit: 3,
    says: /ушло бы 55, не составлены 1/,
  },
  { args: () => ['status', ...CONFIG], says: /ждёт квитанции/ },
  {
    args: () => ['report', '--out', 'demo/report.html', ...CONFIG],
    says: /Выставлено: 91 из 91/,
    gives: 'demo/report.html',
    begins: '<!DOCTYPE html>',
  },
  // The demo names a mail server that is not there: that, and nothing else, must be found.
  {
    args: () => ['doctor', ...CONFIG],
    exit: 1,
    says: /^([✓].*\n)+✗ Канал «электронная почта»: нет связи.*\n[^✗]*✗\.\n$/,
  },
];

/**
 * Installs a tarball into an empty folder and uses it without a network.
 * @param node another version of Node to run it on; '' for the present one
 * @returns what did not work
 */
export async function tryOut(tarball: string, folder: string, node: string): Promise<string[]> {
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const packages = node === '' ? [tarball] : [tarball, `node@${node}`];
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], folder);
  const program = join(folder, 'node_modules/bgbilling-1c/dist/cli/main.js');
  const interpreter = node === '' ? process.execPath : join(folder, 'node_modules/node/bin/node');
  const home = join(folder, 'work');
  mkdirSync(home);
  const problems: string[] = [];
  let packageFile = '';
  if (withoutNetwork().length === 0)
    console.log('the network cannot be cut off on this machine: tried with it');
  for (const one of TRIES) {
    const command = [interpreter, program, ...one.args(packageFile)];
    const problem = attempt(one, command, home);
    if (problem !== undefined) problems.push(`bg1c ${command.slice(2).join(' ')}: ${problem}`);
    packageFile ||= firstPackage(join(home, 'demo/exchange/outbox'));
  }
  return problems;
}

/** @returns what is wrong with a call, if anything is */
function attempt(
  { exit = 0, says, gives, begins }: Try,
  command: readonly string[],
  home: string,
): string | undefined {
  const [file, ...args] = [...withoutNetwork(), ...command];
  const { status, stdout, stderr } = spawnSync(file!, args, {
    cwd: home,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== exit) return `exit code ${status} instead of ${exit}\n${stdout}${stderr}`;
  if (says && !says.test(stdout)) return `does not say ${says}\n${stdout}${stderr}`;
  if (gives === undefined) return undefined;
  const path = join(home, gives);
  if (!existsSync(path)) return `does not give ${gives}`;
  if (begins !== undefined && !readFileSync(path).subarray(0, begins.length).equals(Buffer.from(begins)))
    return `${gives} does not begin with ${begins}`;
  return undefined;
}

/** A call that cuts the network off, where the system lets us. */
function withoutNetwork(): string[] {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' });
    return ['unshare', '-n'];
  } catch {
    return [];
  }
}

function firstPackage(outbox: string): string {
  const name = existsSync(outbox) ? readdirSync(outbox).find((one) => one.endsWith('.zip')) : undefined;
  return name === undefined ? '' : join(outbox, name);
}
