import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { loadProfile } from '../../../src/schema/load.ts';
import { formatOf } from './formats.ts';
import { messageOf } from './month.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bg1c-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const MESSAGE = messageOf(formatOf(loadProfile('enterprise-data', '1.22')));

async function check(text: string, ...keys: string[]): Promise<{ exit: number; out: string }> {
  let out = '';
  const take = (piece: string): void => {
    out += piece;
  };
  writeFileSync(join(folder, 'Message_a_b.xml'), text);
  const io = { cwd: folder, out: take, err: take, interactive: false };
  const exit = await run(['check', 'Message_a_b.xml', ...keys], io, () => new Date(0));
  return { exit, out };
}

describe('bg1c check <message.xml>', () => {
  it('needs no configuration, and counts what it found', async () => {
    const { exit, out } = await check(MESSAGE);
    expect(exit).toBe(0);
    expect(out).toContain('Сообщение EnterpriseData 1.22');
    expect(out).toContain('Документ.СчетФактураВыданный: 2');
    expect(out).toContain('замечаний нет');
  });

  it('ends with 1 where there are errors and with 0 where there are warnings alone', async () => {
    const broken = await check(MESSAGE.replaceAll('0274000002', '0274000003'));
    expect(broken.exit).toBe(1);
    expect(broken.out).toContain('BG1C-MESSAGE-INN');
    const foreign = await check(MESSAGE.replaceAll('EnterpriseData/1.22', 'EnterpriseData/1.33'));
    expect(foreign.exit).toBe(0);
    expect(foreign.out).toContain('BG1C-MESSAGE-VERSION');
  });

  it('answers programs with one object', async () => {
    const { out } = await check(MESSAGE.slice(0, -20), '--json');
    expect(JSON.parse(out)).toMatchObject({
      bg1c: 1,
      command: 'check',
      exit: 1,
      version: '1.22',
      objects: { 'Справочник.Контрагенты': 1 },
      faults: [{ code: 'BG1C-MESSAGE-READ' }],
    });
  });
});
