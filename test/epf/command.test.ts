import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildEpf, EPF_TEMPLATE } from '../../src/epf/build.ts';
import { bg1c, jsonOf } from '../cli/command.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();

test('bg1c epf writes the processing beside, twice the same bytes', async () => {
  const cwd = folder();
  const file = join(cwd, 'BGBillingЗагрузка.epf');
  const first = await bg1c(cwd, 'epf');
  expect([first.exit, first.err]).toEqual([0, '']);
  expect(first.out).toContain(`Обработка записана: ${file} (`);
  const bytes = readFileSync(file);
  expect(bytes.equals(Buffer.from(buildEpf(EPF_TEMPLATE).built!.epf))).toBe(true);
  await bg1c(cwd, 'epf', '--out', 'другая.epf');
  expect(readFileSync(join(cwd, 'другая.epf')).equals(bytes)).toBe(true);
});

test('--xml adds the sources for the Configurator; --json says where things are', async () => {
  const cwd = folder();
  const outcome = await bg1c(cwd, 'epf', '--out', 'x/y.epf', '--xml', 'исходники', '--json');
  expect(jsonOf(outcome)).toMatchObject({
    command: 'epf',
    exit: 0,
    file: join(cwd, 'x', 'y.epf'),
    xml: join(cwd, 'исходники'),
  });
  const root = readFileSync(join(cwd, 'исходники', 'BGBillingЗагрузка.xml'), 'utf8');
  expect(root).toContain('<ExternalDataProcessor ');
  expect(existsSync(join(cwd, 'исходники', 'BGBillingЗагрузка', 'Forms', 'Форма', 'Ext', 'Form.xml'))).toBe(
    true,
  );
});

test('a place that cannot be written is a fault with exit code 1', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'занято.epf'));
  const { exit, out, err } = await bg1c(cwd, 'epf', '--out', 'занято.epf');
  expect([exit, out]).toEqual([1, '']);
  expect(err).toContain('BG1C-EPF-WRITE');
});
