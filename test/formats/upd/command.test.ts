import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import type { Fault } from '../../../src/faults/fault.ts';
import type { UpdList, UpdRow } from '../../../src/formats/upd/list.ts';
import type { CanonicalRecord } from '../../../src/model/types.ts';
import type { Manifest } from '../../../src/package/manifest.ts';
import { openArchive } from '../../../src/support/archive.ts';
import { sha256 } from '../../../src/support/ids.ts';
import { shipped } from '../../../src/support/root.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { zipOf } from '../../support/zips.ts';

const folder = temporaryFolders();

const SIGNER = `    signer:
      position: Генеральный директор
      name: { last: Каримов, first: Ильдар, middle: Фанисович }
`;

interface Run {
  exit: number;
  stdout: string;
  files: UpdRow[];
  faults: Fault[];
}

async function bg1c(cwd: string, args: string[], now = '2026-11-03T08:00:00Z'): Promise<Run> {
  let stdout = '';
  const out = (text: string): void => {
    stdout += text;
  };
  const exit = await run(args, { cwd, out, err: out, interactive: false }, () => new Date(now));
  const json = args.includes('--json') ? (JSON.parse(stdout) as Partial<Run>) : {};
  return { exit, stdout, files: json.files ?? [], faults: json.faults ?? [] };
}

const codes = ({ faults }: Run): string[] => [...new Set(faults.map(({ code }) => code))].sort();

function records(sample: string): CanonicalRecord[] {
  const text = readFileSync(shipped(`samples/${sample}/out/documents.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CanonicalRecord);
}

/**
 * A folder with a sample's package and configuration.
 * @param keep what of its records the package shall have
 */
function withPackage(
  sample: string,
  {
    settings = SIGNER,
    keep = (): boolean => true,
  }: { settings?: string; keep?: (record: CanonicalRecord) => boolean } = {},
): { cwd: string; documents: number } {
  const cwd = folder();
  const source = shipped(`samples/${sample}`);
  const config = readFileSync(join(source, 'bg1c.yaml'), 'utf8');
  writeFileSync(
    join(cwd, 'bg1c.yaml'),
    config.replace(/^ {4}firms: .*\n/m, (line) => line + settings),
  );
  const kept = records(sample).filter(keep);
  const text = `${kept.map((record) => JSON.stringify(record)).join('\n')}\n`;
  const entries = readdirSync(join(source, 'out')).map((name) => ({
    name,
    data: name === 'documents.jsonl' ? text : readFileSync(join(source, 'out', name), 'utf8'),
  }));
  const manifest = JSON.parse(entries.find(({ name }) => name === 'manifest.json')!.data) as Manifest;
  const own = manifest.entries.find(({ name }) => name === 'documents.jsonl')!;
  Object.assign(own, { size: Buffer.byteLength(text), sha256: sha256(text) });
  const all = entries.map((entry) =>
    entry.name === 'manifest.json' ? { ...entry, data: JSON.stringify(manifest) } : entry,
  );
  writeFileSync(join(cwd, 'package.zip'), zipOf(all));
  const documents = kept.filter(({ record }) => ['act', 'vat-invoice', 'upd'].includes(record)).length;
  return { cwd, documents };
}

/** Documents that lack nothing. */
const payable = (sample: string): ((record: CanonicalRecord) => boolean) => {
  const prepaid = records(sample).filter((one) => one.record === 'contract' && one.prepaid);
  const uuids = new Set(prepaid.map(({ uuid }) => uuid));
  return (record) => !('contract' in record && uuids.has(record.contract));
};

const UTF8 = 'october-2026-utf8';
const SMALL = { keep: payable(UTF8) };

describe('bg1c upd', () => {
  it.each(['october-2026', UTF8, 'december-2025'])(
    'makes a file of each document of %s, or says why not',
    async (sample) => {
      const { cwd, documents } = withPackage(sample);
      const made = await bg1c(cwd, ['upd', 'package.zip', '--json']);
      expect(made.files).toHaveLength(documents);
      const written = made.files.filter(({ state }) => state === 'written');
      const leftOut = made.files.filter(({ state }) => state === 'left-out');
      expect(leftOut.every((row) => row.codes.length > 0 && row.file === undefined)).toBe(true);
      expect(made.exit).toBe(leftOut.length > 0 ? 3 : 0);
      expect(written.length).toBeGreaterThan(leftOut.length);
      const out = join(cwd, 'upd', 'package');
      expect(readdirSync(out).sort()).toEqual(
        [...written.map(({ file }) => file), 'upd.csv', 'upd.json'].sort(),
      );
    },
  );

  it('writes files that bg1c check takes', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const { exit, files } = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    expect(exit).toBe(0);
    expect(new Set(files.map((row) => row.function))).toEqual(new Set(['СЧФДОП', 'ДОП']));
    for (const { file, number } of files) {
      const checked = await bg1c(cwd, ['check', join('out', file!), '--json']);
      expect(checked.exit).toBe(0);
      expect(JSON.parse(checked.stdout)).toMatchObject({
        command: 'check',
        version: '5.03',
        number,
        faults: [],
      });
    }
  });

  it('makes the same bytes on another day, after a run that was broken off too', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const out = join(cwd, 'out');
    const args = ['upd', 'package.zip', '--out', 'out', '--json'];
    const first = await bg1c(cwd, args);
    const contents = (): string[] =>
      readdirSync(out).map((name) => `${name} ${sha256(readFileSync(join(out, name)))}`);
    const before = contents();
    const list = JSON.parse(readFileSync(join(out, 'upd.json'), 'utf8')) as UpdList;
    writeFileSync(join(out, 'upd.json'), JSON.stringify({ ...list, files: [] }));
    const again = await bg1c(cwd, args, '2026-12-24T23:00:00Z');
    expect(again.files).toEqual(first.files);
    expect(contents()).toEqual(before);
  });

  it('makes one document alone, by number or UUID, and leaves the others as they are', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const all = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    const { number, uuid } = all.files[1]!;
    const list = (): UpdList => JSON.parse(readFileSync(join(cwd, 'out', 'upd.json'), 'utf8')) as UpdList;
    const before = list();
    for (const wanted of [number, uuid, uuid.toUpperCase()]) {
      const one = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--only', wanted, '--json']);
      expect(one.files.map((row) => row.uuid)).toEqual([uuid]);
      expect(list()).toEqual(before);
    }
    const none = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--only', '999', '--json']);
    expect([none.exit, codes(none)]).toEqual([2, ['BG1C-OBJECT-NOT-FOUND']]);
  });

  it('replaces a file whose name has become another', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    const names = readdirSync(join(cwd, 'out'));
    const config = readFileSync(join(cwd, 'bg1c.yaml'), 'utf8');
    writeFileSync(join(cwd, 'bg1c.yaml'), config.replace(SIGNER, `    edoId: 2BE-0299\n${SIGNER}`));
    const again = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    expect(again.files.every(({ file }) => file?.includes('_2BE-0299_'))).toBe(true);
    expect(readdirSync(join(cwd, 'out'))).toHaveLength(names.length);
    expect(again.faults.find(({ code }) => code === 'BG1C-UPD-PARTICIPANT')?.message).toContain(
      '(покупатели)',
    );
  });

  it('deletes nothing outside its folder, whatever a list says', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const args = ['upd', 'package.zip', '--out', 'out', '--json'];
    await bg1c(cwd, args);
    const path = join(cwd, 'out', 'upd.json');
    const list = JSON.parse(readFileSync(path, 'utf8')) as UpdList;
    list.files[0]!.file = '../bg1c.yaml';
    writeFileSync(path, JSON.stringify(list));
    expect((await bg1c(cwd, args)).exit).toBe(0);
    expect(existsSync(join(cwd, 'bg1c.yaml'))).toBe(true);
  });

  it('writes a table for a spreadsheet', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const { files } = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    const [head, ...rows] = readFileSync(join(cwd, 'out', 'upd.csv'), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toMatch(/^\ufeff?Номер;Дата;Функция;Покупатель;ИНН;КПП;Сумма;НДС;Состояние;Файл;Замечания$/);
    expect(rows).toHaveLength(files.length);
    expect(rows[0]).toContain(`;${(files[0]!.sum / 100).toFixed(2).replace('.', ',')};`);
  });

  it.each<[string, Parameters<typeof withPackage>[1], string, number]>([
    ['without a signer', { settings: '' }, 'BG1C-UPD-SIGNER', 2],
    [
      'of a package of bills',
      { keep: ({ record }) => !['act', 'vat-invoice', 'upd'].includes(record) },
      'BG1C-UPD-NONE',
      1,
    ],
    [
      'of a package that lacks a contract',
      { keep: ({ record }) => record !== 'contract' },
      'BG1C-PACKAGE-DAMAGED',
      1,
    ],
  ])('%s is refused', async (_, changes, code, exit) => {
    const { cwd } = withPackage(UTF8, changes);
    const made = await bg1c(cwd, ['upd', 'package.zip', '--json']);
    expect([made.exit, codes(made)]).toEqual([exit, [code]]);
    expect(made.files).toEqual([]);
  });

  it('refuses a damaged package and a folder of another one', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    await bg1c(cwd, ['upd', 'package.zip', '--out', 'out']);
    const path = join(cwd, 'out', 'upd.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace(/"packageId": "."/, '"packageId": "0"')
        .replace(/"part": 1/, '"part": 2'),
    );
    const other = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    expect([other.exit, codes(other)]).toEqual([2, ['BG1C-UPD-FOLDER']]);
    writeFileSync(join(cwd, 'package.zip'), 'no zip');
    const damaged = await bg1c(cwd, ['upd', 'package.zip', '--json']);
    expect([damaged.exit, codes(damaged)]).toEqual([1, ['BG1C-PACKAGE-DAMAGED']]);
  });

  it('--zip puts the same files and lists into one archive, the same bytes again', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    const args = ['upd', 'package.zip', '--zip', '--out', 'all.zip', '--json'];
    const made = await bg1c(cwd, args);
    expect(made.exit).toBe(0);
    const path = join(cwd, 'all.zip');
    const archive = await openArchive(path, { entries: 1000, entryBytes: 2 ** 24, ratio: 1000 });
    const names = archive.entries.map(({ name }) => name);
    expect([...names].sort()).toEqual(readdirSync(join(cwd, 'out')).sort());
    expect(names.slice(0, -2)).toEqual(made.files.map(({ file }) => file));
    for (const name of names) {
      const bytes = Buffer.concat((await archive.read(name).toArray()) as Buffer[]);
      expect(bytes.equals(readFileSync(join(cwd, 'out', name)))).toBe(true);
    }
    archive.close();
    const before = sha256(readFileSync(path));
    await bg1c(cwd, args, '2026-12-24T23:00:00Z');
    expect(sha256(readFileSync(path))).toBe(before);
    expect(readdirSync(cwd).sort()).toEqual(['all.zip', 'bg1c.yaml', 'out', 'package.zip']);
  });

  it('--zip writes over no other file, and goes with no --only', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    writeFileSync(join(cwd, 'all.zip'), zipOf([{ name: 'чужое.txt', data: 'x' }]));
    const before = readFileSync(join(cwd, 'all.zip'));
    const made = await bg1c(cwd, ['upd', 'package.zip', '--zip', '--out', 'all', '--json']);
    expect([made.exit, codes(made)]).toEqual([2, ['BG1C-UPD-FOLDER']]);
    expect(readFileSync(join(cwd, 'all.zip')).equals(before)).toBe(true);
    expect((await bg1c(cwd, ['upd', 'package.zip', '--zip', '--only', '1'])).exit).toBe(2);
  });

  it('tells people what it made', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const { stdout } = await bg1c(cwd, ['upd', 'package.zip']);
    expect(stdout).toMatch(/СЧФДОП: \d+, сумма .*, в т\. ч\. НДС /);
    expect(stdout).toMatch(/Итог: файлов \d+, не составлено 0; 1 справка\./);
  });
});

describe('bg1c check of an УПД', () => {
  it('of another name says so, and ends with 1', async () => {
    const { cwd } = withPackage(UTF8, SMALL);
    const { files } = await bg1c(cwd, ['upd', 'package.zip', '--out', 'out', '--json']);
    writeFileSync(join(cwd, 'foreign.xml'), readFileSync(join(cwd, 'out', files[0]!.file!)));
    const checked = await bg1c(cwd, ['check', 'foreign.xml']);
    expect(checked.exit).toBe(1);
    expect(checked.stdout).toContain('ОШИБКА BG1C-UPD-RULE');
    expect(checked.stdout).toContain('0400400007');
  });
});
