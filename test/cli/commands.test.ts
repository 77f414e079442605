import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { entriesOf } from '../golden/sample.ts';
import { type MonthCopy, monthCopy } from '../pipeline/sample-month.ts';
import { temporaryFolders } from '../support/folders.ts';
import { bg1c, jsonOf } from './command.ts';

const folder = temporaryFolders();
let month: MonthCopy;
let file: string;

beforeAll(async () => {
  month = monthCopy('december-2025');
  const built = await bg1c(month.root, 'build', 'in', '--json');
  expect(built.exit).toBe(0);
  file = (jsonOf(built).packages as { files: string[] }[])[0]!.files[0]!;
});

describe('bg1c build', () => {
  it('tells people what it did: sums, objects, file, verdict', async () => {
    const { exit, out, err } = await bg1c(month.root, 'build', 'in');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('ООО «Башнет», декабрь 2025. Пакет № 1\n');
    expect(out).toMatch(/Акты +10 +84\u00a0970,54 +14\u00a0131,75\n/);
    expect(out).toContain(`Файл: ${file}\n`);
    expect(out).toMatch(/Итог: ничего не изменилось, пакет собран раньше; .*\.\n$/);
  });

  it('--json prints one versioned object and nothing else', async () => {
    const outcome = await bg1c(month.root, 'build', 'in', '--json');
    expect(outcome.err).toBe('');
    expect(jsonOf(outcome)).toMatchObject({
      bg1c: 1,
      command: 'build',
      exit: 0,
      period: '2025-12',
      packages: [{ seq: 1, files: [file] }],
      leftOut: [],
    });
  });

  it('--dry-run and check write nothing and say so', async () => {
    const other = monthCopy('december-2025');
    const dry = await bg1c(other.root, 'build', 'in', '--dry-run');
    expect(dry.exit).toBe(0);
    expect(dry.out).toContain('пробный запуск');
    expect(dry.out).toContain('Итог: пакет соберётся');
    const checked = await bg1c(other.root, 'check', 'in', '--json');
    expect(jsonOf(checked)).toMatchObject({ command: 'check', exit: 0 });
    expect(readFileSync(join(other.root, 'bg1c.yaml'))).toBeTruthy();
    expect(() => readFileSync(join(other.root, '.bg1c', 'journal.db'))).toThrow('ENOENT');
  });

  it('finds the settings beside the export, also beside one in an archive', async () => {
    const away = folder();
    expect((await bg1c(away, 'check', join(month.root, 'in'))).exit).toBe(0);
    const zipped = folder();
    copyFileSync(join(month.root, 'bg1c.yaml'), join(zipped, 'bg1c.yaml'));
    writeFileSync(join(zipped, 'in.zip'), 'не архив');
    const { exit, out, err } = await bg1c(away, 'build', join(zipped, 'in.zip'));
    expect([exit, err]).toEqual([1, '']);
    expect(out).toContain('BG1C-SOURCE-ARCHIVE');
  });

  it('without settings names the file it looked for', async () => {
    const away = folder();
    mkdirSync(join(away, 'in'));
    const { exit, out, err } = await bg1c(away, 'build', 'in');
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(`Не найден файл настроек ${join(away, 'bg1c.yaml')}`);
    const json = await bg1c(away, 'build', 'in', '--json');
    expect(json.err).toBe('');
    expect(jsonOf(json)).toMatchObject({ bg1c: 1, exit: 2, faults: [{ code: 'BG1C-CONFIG-NOT-FOUND' }] });
  });

  it('takes --config as a file or a folder', async () => {
    const away = folder();
    for (const config of [month.root, join(month.root, 'bg1c.yaml')])
      expect((await bg1c(away, 'check', join(month.root, 'in'), '--config', config)).exit).toBe(0);
  });

  it('names documents that were left out, and exits 3', async () => {
    const broken = monthCopy('december-2025');
    const path = join(broken.input, 'documents.csv');
    const text = readFileSync(path, 'latin1');
    const number = /^invoice;\d+;\d+;2;[^;]*;([^;]+);/m.exec(text)![1]!;
    writeFileSync(path, text.replace(`;${number};`, ';12-3;'), 'latin1');
    const { exit, out } = await bg1c(broken.root, 'build', 'in');
    expect(exit).toBe(3);
    expect(out).toContain('Не переданы (2):');
    expect(out).toMatch(/Акт № 12-3 \(invoice:\d+\): .+ \(BG1C-NUMBER-PRINT\)\n/);
    expect(out).toContain('но не все документы вошли (не передано: 2)');
  });

  it('counts findings beyond those it shows', async () => {
    const broken = monthCopy('december-2025');
    const path = join(broken.input, 'document_lines.csv');
    const orphans = Array.from(
      { length: 300 },
      (_, n) => `invoice;${90_000 + n};1;x;20;x;1;x;1,00;1,00;;;;`,
    ).join('\r\n');
    writeFileSync(path, `${readFileSync(path, 'latin1').trimEnd()}\r\n${orphans}\r\n`, 'latin1');
    const { exit, out } = await bg1c(broken.root, 'build', 'in');
    expect(exit).toBe(0);
    expect(out.match(/BG1C-LINE-ORPHAN\n/g)).toHaveLength(5);
    expect(out).toMatch(/Итог: .* 300 предупреждений|30\d предупреждени/);
  });
});

describe('bg1c check of a package', () => {
  it('is content with a good one', async () => {
    const { exit, out } = await bg1c(folder(), 'check', file);
    expect(exit).toBe(0);
    expect(out).toBe(`Пакет ${file} цел, сообщение соответствует схеме.\n`);
    expect(jsonOf(await bg1c(folder(), 'check', file, '--json'))).toMatchObject({
      command: 'check',
      exit: 0,
      package: file,
      faults: [],
    });
  });

  it('says what is wrong with a damaged one', async () => {
    const path = join(folder(), 'bashnet-2025-12-1-1of1.zip');
    writeFileSync(path, readFileSync(file).subarray(0, 5000));
    const { exit, out } = await bg1c(folder(), 'check', path);
    expect(exit).toBe(1);
    expect(out).toContain('BG1C-PACKAGE-DAMAGED');
  });
});

describe('bg1c explain', () => {
  it('names file, line and column of each value, settings and constants', async () => {
    const { number } = (await recordsOf()).find(({ record }) => record === 'act')!;
    const { exit, out, err } = await bg1c(folder(), 'explain', file, number);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(
      /КлючевыеСвойства\/Номер = .*\n +← documents\.csv, строка \d+, столбец 6 \(format_number\) — с учётом numbering\.map; при numbering\.by: own — по шаблону, при onec — номер 1С\n/,
    );
    expect(out).toContain('← настройка organizations.inn');
    expect(out).toContain('← постоянное значение формата');
    expect(out).not.toContain('unknown');
  });

  it('--json has the same, one object', async () => {
    const { uuid } = (await recordsOf()).find(({ record }) => record === 'counterparty')!;
    const outcome = await bg1c(folder(), 'explain', file, uuid, '--json');
    expect(outcome.err).toBe('');
    expect(jsonOf(outcome)).toMatchObject({
      bg1c: 1,
      command: 'explain',
      exit: 0,
      objects: [{ uuid, element: 'Справочник.Контрагенты' }],
    });
  });

  it('of what is not there exits 2', async () => {
    const { exit, err } = await bg1c(folder(), 'explain', file, 'нет такого');
    expect(exit).toBe(2);
    expect(err).toContain('BG1C-OBJECT-NOT-FOUND');
  });
});

describe('bg1c doctor', () => {
  it('looks at versions, format, folder and journal', async () => {
    const { exit, out } = await bg1c(month.root, 'doctor');
    expect(exit).toBe(0);
    expect(out).toMatch(/✓ Версии: .*\n/);
    expect(out).toContain('✓ Формат: EnterpriseData 1.17');
    expect(out).toMatch(/✓ Журнал: .*: цел, 1 пакет/);
    expect(out).toContain('Всё в порядке.');
  });

  it('creates nothing', async () => {
    const other = monthCopy('december-2025');
    rmSync(join(other.root, 'in'), { recursive: true });
    const { exit, out } = await bg1c(other.root, 'doctor');
    expect(exit).toBe(0);
    expect(out).toContain('будет создан');
    expect(() => readFileSync(join(other.root, '.bg1c', 'journal.db'))).toThrow('ENOENT');
  });

  it('enters the channels that are set up, and says which cannot be reached', async () => {
    const other = monthCopy('december-2025');
    const settings =
      'channels:\n  edoFolder: { dir: edo }\n  mail: { from: { name: Башнет, address: a@isp.example }, smtp: { host: 127.0.0.1, port: 9, security: none } }\n';
    appendFileSync(join(other.root, 'bg1c.yaml'), settings);
    const { exit, out } = await bg1c(other.root, 'doctor');
    expect(exit).toBe(1);
    expect(out).toContain('✓ Канал «папка ЭДО»: папка доступна');
    expect(out).toMatch(/✗ Канал «[^»]*»: нет связи с почтовым сервером: на этом порту никто не отвечает\n/);
    expect(() => readdirSync(join(other.root, 'edo'))).toThrow('ENOENT');
  });

  it('finds a journal that is none', async () => {
    const other = monthCopy('december-2025');
    mkdirSync(join(other.root, '.bg1c'));
    writeFileSync(join(other.root, '.bg1c', 'journal.db'), 'не база '.repeat(1000));
    const outcome = await bg1c(other.root, 'doctor', '--json');
    expect(jsonOf(outcome)).toMatchObject({
      exit: 1,
      examinations: expect.arrayContaining([expect.objectContaining({ subject: 'Журнал', ok: false })]),
    });
  });
});

describe('bg1c schema', () => {
  it('lists the versions in the box', async () => {
    const { exit, out } = await bg1c(folder(), 'schema', 'list');
    expect(exit).toBe(0);
    expect(out).toContain('enterprise-data 1.20');
    expect(out).toContain('enterprise-data 1.17');
    expect(jsonOf(await bg1c(folder(), 'schema', 'list', '--json'))).toMatchObject({
      command: 'schema list',
      formats: expect.any(Array),
    });
  });

  it('shows what a version holds', async () => {
    const { exit, out } = await bg1c(folder(), 'schema', 'show', '1.20');
    expect(exit).toBe(0);
    expect(out).toContain('Документ.РеализацияТоваровУслуг');
    const unknown = await bg1c(folder(), 'schema', 'show', '9.99');
    expect(unknown.exit).toBe(2);
    expect(unknown.err).toContain('BG1C-FORMAT-UNKNOWN');
    expect(unknown.err).toContain('1.20');
  });
});

async function recordsOf(): Promise<{ record: string; uuid: string; number: string }[]> {
  const text = (await entriesOf(file)).get('documents.jsonl')!;
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as never);
}
