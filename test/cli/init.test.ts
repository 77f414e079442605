import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFingerprint } from '../../src/config/fingerprint.ts';
import { loadConfig } from '../../src/config/load.ts';
import { shipped } from '../../src/support/root.ts';
import { temporaryFolders } from '../support/folders.ts';
import { bg1c, jsonOf } from './command.ts';

const folder = temporaryFolders();

describe('bg1c init', () => {
  it('writes a configuration that loads, and says what comes next', async () => {
    const cwd = folder();
    const { exit, out, err } = await bg1c(cwd, 'init', 'касса');
    expect([exit, err]).toEqual([0, '']);
    expect(readdirSync(join(cwd, 'касса'))).toEqual(['bg1c.yaml']);
    expect(loadConfig(join(cwd, 'касса', 'bg1c.yaml')).faults).toEqual([]);
    expect(out).toContain('bg1c doctor --config касса/bg1c.yaml');
  });

  it('never touches a configuration that is there', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'bg1c.yaml'), 'моё');
    for (const args of [['init'], ['init', '--demo']]) {
      const { exit, err } = await bg1c(cwd, ...args);
      expect(exit).toBe(2);
      expect(err).toContain('BG1C-CONFIG-EXISTS');
    }
    expect(readFileSync(join(cwd, 'bg1c.yaml'), 'utf8')).toBe('моё');
    expect(readdirSync(cwd)).toEqual(['bg1c.yaml']);
  });

  it('--demo never touches an export that is there', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'in'));
    writeFileSync(join(cwd, 'in', 'clients.csv'), 'моё');
    const { exit, err } = await bg1c(cwd, 'init', '--demo');
    expect(exit).toBe(2);
    expect(err).toContain(join(cwd, 'in'));
    expect(readFileSync(join(cwd, 'in', 'clients.csv'), 'utf8')).toBe('моё');
    expect(existsSync(join(cwd, 'bg1c.yaml'))).toBe(false);
  });

  it('where a file is in the way is a fault, not a crash', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'file'), '');
    for (const target of ['file', 'file/sub']) {
      const { exit, err } = await bg1c(cwd, 'init', target);
      expect(exit).toBe(1);
      expect(err).toContain('BG1C-OUTPUT-WRITE');
    }
  });

  it('--demo gives a month that builds by the command it names', async () => {
    const cwd = folder();
    const { out } = await bg1c(cwd, 'init', '--demo', 'проба');
    const command = /bg1c (build .*)/.exec(out)![1]!.trim().split(' ');
    const built = await bg1c(cwd, ...command, '--json');
    expect([built.exit, built.err]).toEqual([0, '']);
    const [file] = (jsonOf(built).packages as { files: string[] }[])[0]!.files;
    expect(file).toBe(join(cwd, 'проба', 'exchange', 'outbox', 'bashnet-2026-10-1-1of1.zip'));
    expect(existsSync(file!)).toBe(true);
  });

  it('--demo has settings for every step after the package, and they shape the package of the sample', async () => {
    const cwd = folder();
    await bg1c(cwd, 'init', '--demo');
    const demo = loadConfig(join(cwd, 'bg1c.yaml'));
    const sample = loadConfig(shipped('samples/october-2026/bg1c.yaml'));
    expect(demo.faults).toEqual([]);
    expect(Object.keys(demo.config!.channels).sort()).toEqual(['edoFolder', 'mail']);
    expect(demo.config!.organizations[0]!.signer?.name.last).toBe('Каримов');
    expect(configFingerprint(demo.config!)).toBe(configFingerprint(sample.config!));
  });
});
