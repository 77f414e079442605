import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { shipped } from '../../src/support/root.ts';
import { monthCopy } from '../pipeline/sample-month.ts';

interface Ended {
  exit: number | null;
  result: { exit: number; faults: { code: string }[]; packages: { seq: number; packageId: string }[] };
}

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** `bg1c build --json` in a process of its own. */
function building(root: string, input: string): Promise<Ended> {
  const args = ['--import', TSX, shipped('src/cli/main.ts'), 'build', input, '--json'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => {
      if (out === '') reject(new Error(`no answer, exit code ${exit}`));
      else resolve({ exit, result: JSON.parse(out) as Ended['result'] });
    });
  });
}

describe('a journal that another program holds', () => {
  it('refuses a build, which writes nothing', async () => {
    const month = monthCopy('december-2025');
    const { journal } = openJournal(month.config.journal.path, () => new Date());
    expect(journal!.begin()).toBeUndefined();
    const { exit, result } = await building(month.root, 'in');
    journal!.rollback();
    journal!.close();
    expect(exit).toBe(2);
    expect(result.faults.map(({ code }) => code)).toContain('BG1C-JOURNAL-LOCKED');
    expect(result.packages).toEqual([]);
    const outbox = join(month.root, 'exchange', 'outbox');
    expect(existsSync(outbox) ? readdirSync(outbox) : []).toEqual([]);
    expect((await month.build()).packages[0]!.seq).toBe(1);
  });
});

describe('two programs at once, on a journal that is not there yet', () => {
  it('with one export make one package', async () => {
    const month = monthCopy('december-2025');
    const ended = await Promise.all([building(month.root, 'in'), building(month.root, 'in')]);
    expect(ended.map(({ exit }) => exit)).toEqual([0, 0]);
    expect(new Set(ended.map(({ result }) => result.packages[0]!.packageId)).size).toBe(1);
    expect(readdirSync(join(month.root, 'exchange', 'outbox'))).toEqual(['bashnet-2025-12-1-1of1.zip']);
  });

  it('with two exports draw two numbers, without a gap', async () => {
    const month = monthCopy('december-2025');
    const other = monthCopy('december-2025');
    const payments = join(other.input, 'payments.csv');
    writeFileSync(payments, readFileSync(payments, 'latin1').replace('admin', 'nimda'), 'latin1');
    const ended = await Promise.all([building(month.root, 'in'), building(month.root, other.input)]);
    expect(ended.map(({ exit }) => exit)).toEqual([0, 0]);
    expect(ended.map(({ result }) => result.packages[0]!.seq).sort()).toEqual([1, 2]);
    expect(readdirSync(join(month.root, 'exchange', 'outbox')).sort()).toEqual([
      'bashnet-2025-12-1-1of1.zip',
      'bashnet-2025-12-2-1of1.zip',
    ]);
  });
});
