import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { shipped } from '../../src/support/root.ts';
import { bg1c } from '../../test/cli/command.ts';
import { monthWorld } from '../../test/report/world.ts';
import { demoText } from '../samples/demo.ts';
import { pictureOfSheet } from './picture.ts';

/** A month that went through the commands of a guide: where their files lie. */
export interface PicturedMonth {
  preview: string;
  /** Folder of printed forms. */
  print: string;
  /** Folder of letters that would have gone out. */
  letters: string;
}

/** What `bg1c init --demo` gives. */
export async function demoMonth(home: string): Promise<PicturedMonth> {
  await call(home, 'init', '--demo');
  return walk(home);
}

/** A month whose acts and VAT invoices make УПД. */
export async function updMonth(home: string): Promise<PicturedMonth> {
  const sample = shipped('samples/october-2026-utf8');
  cpSync(join(sample, 'in'), join(home, 'in'), { recursive: true });
  writeFileSync(join(home, 'bg1c.yaml'), demoText(readFileSync(join(sample, 'bg1c.yaml'), 'utf8')));
  return walk(home);
}

async function walk(home: string): Promise<PicturedMonth> {
  await call(home, 'build', 'in', '--period', '2026-10');
  const outbox = join(home, 'exchange/outbox');
  const file = join(outbox, readdirSync(outbox).find((name) => name.endsWith('.zip'))!);
  const month = {
    preview: join(home, 'preview.html'),
    print: join(home, 'print'),
    letters: join(home, 'letters'),
  };
  await call(home, 'preview', file, '--out', month.preview);
  await call(home, 'print', file, '--out', month.print);
  await call(home, 'send', 'mail', '--dry-run', '--out', month.letters);
  return month;
}

/** The report of a month that was loaded and partly delivered: HTML. */
export async function loadedMonth(home: string): Promise<string> {
  const world = await monthWorld(home);
  const { exit, err } = await world.bg1c('report', '--out', 'report.html');
  if (exit !== 0) throw new Error(err);
  return readFileSync(join(home, 'report.html'), 'utf8');
}

/**
 * @param name of the file, without `.pdf`
 * @param part of the sheet that is not blank
 */
export function printedForm({ print }: PicturedMonth, name: string, part: number): Buffer {
  return pictureOfSheet(join(print, `${name}.pdf`), part);
}

/** The first letter as its reader sees it: HTML. */
export async function letterOf({ letters }: PicturedMonth): Promise<string> {
  const [first] = readdirSync(letters).sort();
  const { html } = await simpleParser(readFileSync(join(letters, first!)));
  if (!html) throw new Error(`${first}: no HTML`);
  return html;
}

async function call(home: string, ...args: string[]): Promise<void> {
  const { exit, out, err } = await bg1c(home, ...args);
  if (exit !== 0) throw new Error(`bg1c ${args.join(' ')}: ${exit}\n${out}${err}`);
}
