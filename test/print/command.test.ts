import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/package/manifest.ts';
import { sha256 } from '../../src/support/ids.ts';
import { shipped } from '../../src/support/root.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { temporaryFolders } from '../support/folders.ts';
import { zipOf } from '../support/zips.ts';
import { SAMPLE } from './sources.ts';

const folder = temporaryFolders();
let cwd: string;
let file: string;

beforeAll(async () => {
  cwd = folder();
  for (const name of ['bg1c.yaml', 'in'])
    cpSync(shipped(`${SAMPLE}/${name}`), join(cwd, name), { recursive: true });
  await bg1c(cwd, 'build', 'in', '--period', '2026-10', '--out', 'out');
  file = join('out', readdirSync(join(cwd, 'out')).find((name) => name.endsWith('.zip'))!);
});

describe('bg1c print', () => {
  it('prints every document of a package into a folder of its own, readable for the owner alone', async () => {
    const { exit, out } = await bg1c(cwd, 'print', file);
    expect({ exit, out }).toMatchObject({ exit: 0 });
    expect(out).toContain('Счета на оплату: 29, сумма 1\u00a0460\u00a0291,09');
    expect(out).toContain('Итог: 91 файл, не напечатано 0');
    const target = join(cwd, 'print', 'bashnet-2026-10-1-1of1');
    const names = readdirSync(target);
    expect(names).toHaveLength(91);
    expect(names).toContain('Счёт-фактура № 1045 от 31.10.2026.pdf');
    expect(statSync(join(target, names[0]!)).mode & 0o777).toBe(0o600);
  });

  it('prints one document by its number, and says when there is none', async () => {
    const one = await bg1c(cwd, 'print', file, '--doc', '501/10', '--out', 'one', '--json');
    expect(jsonOf(one)).toMatchObject({ exit: 0, files: [{ number: '501/10', sum: 628301 }] });
    expect(
      readFileSync(join(cwd, 'one', 'Счёт № 501-10 от 01.10.2026.pdf'))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const none = await bg1c(cwd, 'print', file, '--doc', 'нет', '--out', 'none');
    expect(none).toMatchObject({ exit: 2 });
    expect(none.out).toContain('BG1C-OBJECT-NOT-FOUND');
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });

  it('copies the templates once, and never over a changed one', async () => {
    const first = await bg1c(cwd, 'print', '--copy-templates', 'templates');
    expect(first.exit).toBe(0);
    const shippedNames = ['print', 'mail'].flatMap((name) => readdirSync(shipped(`schemas/${name}`)));
    expect(readdirSync(join(cwd, 'templates')).sort()).toEqual(shippedNames.sort());
    writeFileSync(join(cwd, 'templates', 'act.typ'), 'own');
    const second = await bg1c(cwd, 'print', '--copy-templates', 'templates');
    expect(second.out).toContain('Уже были там и не тронуты');
    expect(readFileSync(join(cwd, 'templates', 'act.typ'), 'utf8')).toBe('own');
  });

  it('without a package it is a wrong call', async () => {
    expect((await bg1c(cwd, 'print')).exit).toBe(2);
  });

  it('a package without documents gives nothing to print', async () => {
    const source = shipped(`${SAMPLE}/out`);
    const entries = readdirSync(source).map((name) => ({
      name,
      data: readFileSync(join(source, name), 'utf8'),
    }));
    const organization = `${entries.find(({ name }) => name === 'documents.jsonl')!.data.split('\n')[0]}\n`;
    const manifest = JSON.parse(entries.find(({ name }) => name === 'manifest.json')!.data) as Manifest;
    const own = manifest.entries.find(({ name }) => name === 'documents.jsonl')!;
    Object.assign(own, { size: Buffer.byteLength(organization), sha256: sha256(organization) });
    const told: Record<string, string> = {
      'documents.jsonl': organization,
      'manifest.json': JSON.stringify(manifest),
    };
    writeFileSync(
      join(cwd, 'empty.zip'),
      zipOf(entries.map(({ name, data }) => ({ name, data: told[name] ?? data }))),
    );
    const { exit, out } = await bg1c(cwd, 'print', 'empty.zip');
    expect(exit).toBe(1);
    expect(out).toContain('BG1C-PRINT-NONE');
  });
});
