import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configFingerprint } from '../../src/config/fingerprint.ts';
import { readSecret } from '../../src/config/secret.ts';
import { load, loaded, MINIMAL } from './files.ts';

const sbis = (settings: string): string => `${MINIMAL}channels: { sbis: { ${settings} } }\n`;
const PASSWORD = 'login: bashnet, passwordEnv: SBIS_PASSWORD';
const PRINT = `certificate: '${'a1'.repeat(20)}'`;

describe('channels.sbis', () => {
  it('is complete with a login and a mode', () => {
    expect(loaded(sbis(`${PASSWORD}, mode: draft`)).channels.sbis).toMatchObject({
      url: 'https://online.sbis.ru',
      mode: 'draft',
      unconnected: 'leave-out',
      documentType: 'ДокОтгрИсх',
      perMinute: 60,
      streams: 3,
      timeout: 60,
    });
  });

  it.each([
    ['no mode', PASSWORD, 'channels.sbis.mode'],
    ['nobody to enter as', 'mode: draft', 'channels.sbis.login'],
    [
      'two ways to enter',
      `${PASSWORD}, mode: draft, service: { clientId: '1', secretEnv: A, keyEnv: B }`,
      'channels.sbis.login',
    ],
    ['no password', 'login: bashnet, mode: draft', 'channels.sbis.passwordEnv'],
    ['no secret of the keys', "service: { clientId: '1', keyEnv: B }, mode: draft", 'channels.sbis.service'],
    ['no key', "service: { clientId: '1', secretEnv: A }, mode: draft", 'channels.sbis.service'],
    ['plain http', `${PASSWORD}, mode: draft, url: 'http://online.sbis.ru'`, 'channels.sbis.url'],
    [
      'an address with a path',
      `${PASSWORD}, mode: draft, url: 'https://sbis.ru/service'`,
      'channels.sbis.url',
    ],
    ['no program', `${PASSWORD}, mode: command, ${PRINT}`, 'channels.sbis.command'],
    [
      'a program without a place for the file',
      `${PASSWORD}, mode: command, ${PRINT}, command: [sign]`,
      'channels.sbis.command',
    ],
    ['no certificate', `${PASSWORD}, mode: command, command: [sign, '{in}']`, 'channels.sbis.certificate'],
    ['no words', `${PASSWORD}, mode: draft, absent: []`, 'channels.sbis.absent'],
    ['too many streams', `${PASSWORD}, mode: draft, streams: 6`, 'channels.sbis.streams'],
  ])('is refused with %s', (_, settings, key) => {
    const { faults } = load(sbis(settings));
    expect(faults.map(({ source }) => source?.key)).toContainEqual(key);
  });

  it('takes paths from the folder of the file', () => {
    const config = loaded(`${MINIMAL}channels:
  edoFolder: { dir: edo }
  sbis: { login: b, passwordFile: secrets/sbis, mode: draft }
`);
    expect(config.channels.edoFolder?.dir).toBe(join(config.folder, 'edo'));
    expect(config.channels.sbis?.passwordFile).toBe(join(config.folder, 'secrets', 'sbis'));
  });

  it('shapes no package', () => {
    const plain = configFingerprint(loaded(MINIMAL));
    expect(configFingerprint(loaded(sbis(`${PASSWORD}, mode: draft`)))).toBe(plain);
    expect(configFingerprint(loaded(`${MINIMAL}deliver: { when: at-once, auto: true }\n`))).toBe(plain);
  });
});

describe('a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bg1c-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (text: string): string => {
    const path = join(folder, 'secret');
    writeFileSync(path, text);
    return path;
  };

  it('comes out of a variable, or out of a file without its last line break', () => {
    process.env.TEST_SECRET = 'из переменной';
    expect(readSecret('k', 'TEST_SECRET', undefined)).toEqual({ secret: 'из переменной' });
    expect(readSecret('k', undefined, file('из файла\r\n'))).toEqual({ secret: 'из файла' });
    expect(readSecret('k', undefined, file(' с пробелом \n'))).toEqual({ secret: ' с пробелом ' });
  });

  it.each([
    ['a variable that is not set', () => readSecret('k', 'TEST_NO_SECRET', undefined), 'kEnv'],
    ['an empty file', () => readSecret('k', undefined, file('\n')), 'kFile'],
    ['no file', () => readSecret('k', undefined, join(folder, 'none')), 'kFile'],
    ['nothing at all', () => readSecret('k', undefined, undefined), 'kEnv'],
  ])('that is not there is a fault: %s', (_, read, key) => {
    expect(read().fault).toMatchObject({ code: 'BG1C-CONFIG-VALUE', paths: [key] });
  });
});
