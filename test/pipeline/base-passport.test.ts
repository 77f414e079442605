import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/types.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { readManifest } from '../../src/package/read.ts';
import type { BuildResult } from '../../src/pipeline/build/build.ts';
import { rebuild } from '../../src/pipeline/build/rebuild.ts';
import { examine } from '../../src/pipeline/check/doctor.ts';
import { sha256 } from '../../src/support/ids.ts';
import { bg1c } from '../cli/command.ts';
import { exchangeWorld } from '../exchange/world.ts';
import { type MonthCopy, monthCopy } from './sample-month.ts';

const BASE = { id: 'e0a4c2d6-8b57-4f3a-9c44-6d1f0b7a2e35', connection: 'File="C:\\\\Base";' };
const clock = () => new Date('2026-11-03T08:00:00Z');

/** The passport that the samples show, with the organisation of the sample months. */
const SAMPLE = JSON.parse(readFileSync('samples/receipts/base.json', 'utf8')) as Record<string, unknown>;

/** A month whose settings name the base; the version only where asked for. */
function month(format?: string): MonthCopy {
  return monthCopy('october-2026', ({ onec }) => {
    onec.infobase = { id: BASE.id, connection: [BASE.connection] };
    onec.format = format;
  });
}

/** Puts a passport into the exchange folder, as the processing does. */
function lay({ config }: MonthCopy, told: Record<string, unknown>): void {
  mkdirSync(config.exchange.dir, { recursive: true });
  const passport = { ...SAMPLE, infobase: BASE, ...told };
  writeFileSync(join(config.exchange.dir, 'base.json'), JSON.stringify(passport));
}

/** Puts a passport into the journal, as the watcher does. */
function keep({ config }: MonthCopy, told: Record<string, unknown>): void {
  const passport = JSON.stringify({ ...SAMPLE, infobase: BASE, ...told });
  const { journal } = openJournal(config.journal.path, clock);
  const { id, connection } = { ...BASE, ...(told.infobase as typeof BASE | undefined) };
  journal!.atomically(() =>
    journal!.records.passports.record({ infobase: id, connection, sha256: sha256(passport), passport }),
  );
  journal!.close();
}

const codes = ({ faults }: BuildResult): string[] => faults.map(({ code }) => code);
const chosen = ({ packages }: BuildResult) => packages.map(({ format }) => [format.version, format.chosenBy]);

async function doctor(config: Config): Promise<Map<string, { ok: boolean; detail: string }>> {
  const examinations = await examine(config, clock);
  return new Map(examinations.map(({ subject, ...rest }) => [subject, rest]));
}

describe('the version of the format', () => {
  it('is the default without a passport', async () => {
    expect(chosen(await month().build())).toEqual([['1.20', undefined]]);
  });

  it.each([
    [['1.8', '1.20', '1.22'], '1.20', 'the default, where the base takes it'],
    [['1.8', '1.22', '1.17'], '1.22', 'else the newest that both know'],
    [['1.8', '1.17', '1.30'], '1.17', 'else the newest that both know'],
  ])('by the passport %j is %s: %s', async (formatVersions, version) => {
    const one = month();
    keep(one, { formatVersions });
    const built = await one.build();
    expect(chosen(built)).toEqual([[version, 'passport']]);
    const { manifest } = await readManifest(built.packages[0]!.files[0]!);
    expect(manifest!.format).toEqual({
      name: 'EnterpriseData',
      version,
      bill: 'ЗаказКлиента',
      chosenBy: 'passport',
    });
  });

  it('of the settings stands where the base takes it', async () => {
    const one = month('1.17');
    lay(one, { formatVersions: ['1.17', '1.20'] });
    expect(chosen(await one.build())).toEqual([['1.17', undefined]]);
  });

  it('of the settings that the base does not take stops the build, and says what it takes', async () => {
    const one = month('1.22');
    lay(one, { formatVersions: ['1.8', '1.20', '1.17'] });
    const built = await one.build();
    expect([built.exit, built.packages, codes(built)]).toEqual([2, [], ['BG1C-FORMAT-REFUSED']]);
    expect(built.faults[0]!.message).toContain('1.22');
    expect(built.faults[0]!.message).toContain('1.8, 1.17, 1.20');
  });

  it('that nobody here knows stops the build', async () => {
    const one = month();
    lay(one, { formatVersions: ['1.4', '1.0.beta'] });
    const built = await one.build();
    expect([built.exit, codes(built)]).toEqual([2, ['BG1C-FORMAT-NONE']]);
  });

  it('is the default where the base could not tell', async () => {
    const one = month();
    lay(one, { formatVersions: [] });
    expect(chosen(await one.build())).toEqual([['1.20', undefined]]);
  });

  it('follows the newest passport, wherever it lies', async () => {
    const one = month();
    keep(one, { formatVersions: ['1.17'], createdAt: '2026-10-01T00:00:00Z' });
    lay(one, { formatVersions: ['1.22'], createdAt: '2026-11-01T00:00:00Z' });
    expect(chosen(await one.build())).toEqual([['1.22', 'passport']]);
    lay(one, { formatVersions: ['1.22'], createdAt: '2026-09-01T00:00:00Z' });
    expect(chosen(await one.build())).toEqual([['1.17', 'passport']]);
  });
});

describe('a passport of another base', () => {
  const copy = { ...BASE, connection: 'File="D:\\\\Copy";' };

  it('decides nothing, and the build says whose it is', async () => {
    const one = month();
    lay(one, { infobase: copy, formatVersions: ['1.17'], loader: false });
    const built = await one.build();
    expect([built.exit, chosen(built)]).toEqual([0, [['1.20', undefined]]]);
    const found = built.faults.find(({ code }) => code === 'BG1C-PASSPORT-FOREIGN')!;
    expect(found.message).toContain(copy.connection);
    // It concerns this folder, not the package.
    const { manifest } = await readManifest(built.packages[0]!.files[0]!);
    expect(manifest!.faults.map(({ code }) => code)).not.toContain('BG1C-PASSPORT-FOREIGN');
  });

  it('is not asked for where the own one is there', async () => {
    const one = month();
    keep(one, { infobase: copy, formatVersions: ['1.22'], createdAt: '2026-11-02T00:00:00Z' });
    keep(one, { formatVersions: ['1.17'] });
    const built = await one.build();
    expect(chosen(built)).toEqual([['1.17', 'passport']]);
    expect(codes(built)).not.toContain('BG1C-PASSPORT-FOREIGN');
  });

  it('is nobody’s where the settings name no base', async () => {
    const one = month();
    one.config.onec.infobase = undefined;
    lay(one, { formatVersions: ['1.17'] });
    expect(chosen(await one.build())).toEqual([['1.20', undefined]]);
  });
});

it('a passport that cannot be read is a warning, and the last known one decides', async () => {
  const one = month();
  keep(one, { formatVersions: ['1.17'] });
  mkdirSync(one.config.exchange.dir, { recursive: true });
  writeFileSync(join(one.config.exchange.dir, 'base.json'), '{');
  const built = await one.build();
  expect([built.exit, chosen(built)]).toEqual([0, [['1.17', 'passport']]]);
  expect(codes(built)).toContain('BG1C-PASSPORT-READ');
});

describe('what the base would refuse', () => {
  it('is every package where it has no loader', async () => {
    const one = month();
    lay(one, { loader: false });
    const built = await one.build();
    expect([built.exit, codes(built)]).toEqual([2, ['BG1C-BASE-LOADER']]);
  });

  it('is the package of an organisation that it does not have', async () => {
    const one = month();
    const [own] = one.config.organizations;
    const others = [
      { uuid: '3f6c1b7e-41f0-11ee-9d2a-a8a159d2c101', name: 'Другая', inn: own!.inn, kpp: '770101001' },
    ];
    lay(one, { organizations: others });
    const built = await one.build();
    expect([built.exit, built.packages]).toEqual([1, []]);
    const found = built.faults.find(({ code }) => code === 'BG1C-BASE-ORGANIZATION')!;
    expect(found.message).toContain('КПП 770101001');
    lay(one, { organizations: [{ ...others[0], kpp: own!.kpp! }] });
    expect((await one.build()).packages).toHaveLength(1);
  });

  it('is a document with a rate that it does not know: it is left out and named', async () => {
    const one = month();
    lay(one, { vatRates: [20, 18, 10, 0, 'none'] });
    const built = await one.build();
    const refused = built.leftOut.filter((left) => left.codes.includes('BG1C-RATE-BASE'));
    expect(refused.length).toBeGreaterThan(0);
    expect(built.faults.find(({ code }) => code === 'BG1C-RATE-BASE')!.message).toContain('22');
    const plain = await month().build();
    expect(built.leftOut.length).toBe(plain.leftOut.length + refused.length);
  });
});

describe('the identity of a package', () => {
  it('is the same with a passport that takes nothing away as without one, where the settings choose', async () => {
    const [without] = (await month('1.20').build()).packages;
    const one = month('1.20');
    lay(one, {});
    const [withPassport] = (await one.build()).packages;
    expect(withPassport!.packageId).toBe(without!.packageId);
  });

  it('a rebuild takes the version and the rates of then, whatever the base says now', async () => {
    const one = month();
    lay(one, { formatVersions: ['1.17'], vatRates: [22, 20, 10, 0, 'none'] });
    const [made] = (await one.build()).packages;
    lay(one, { formatVersions: ['1.22'], vatRates: [20], createdAt: '2026-12-01T00:00:00Z' });
    const again = { config: one.config, wanted: made!.packageId, clock };
    expect(await rebuild({ ...again, verify: true })).toMatchObject({
      packages: [{ packageId: made!.packageId }],
      faults: [],
    });
    rmSync(made!.files[0]!);
    const { packages } = await rebuild({ ...again, verify: false });
    const { manifest } = await readManifest(packages[0]!.files[0]!);
    expect(manifest!.format).toMatchObject({ version: '1.17', chosenBy: 'passport' });
  });
});

describe('doctor', () => {
  it('says where the version comes from', async () => {
    const one = month();
    expect((await doctor(one.config)).get('Формат')).toMatchObject({
      ok: true,
      detail: expect.stringContaining('1.20 – по умолчанию') as string,
    });
    expect((await doctor(one.config)).get('Паспорт базы')).toMatchObject({
      ok: true,
      detail: expect.stringContaining('ещё не получен') as string,
    });
    lay(one, { formatVersions: ['1.8', '1.17'] });
    expect((await doctor(one.config)).get('Формат')!.detail).toContain('1.17 – по паспорту базы');
    expect((await doctor(one.config)).get('Паспорт базы')!.detail).toContain('принимает 1.8, 1.17');
    one.config.onec.format = '1.17';
    expect((await doctor(one.config)).get('Формат')!.detail).toContain('из настроек');
    one.config.onec.format = '1.20';
    expect((await doctor(one.config)).get('Формат')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('1.8, 1.17') as string,
    });
  });

  it('marks a passport of another base', async () => {
    const one = month();
    lay(one, { infobase: { ...BASE, id: 'ffffffff-8b57-4f3a-9c44-6d1f0b7a2e35' } });
    expect((await doctor(one.config)).get('Паспорт базы')).toMatchObject({ ok: false });
  });
});

describe('bg1c receipt', () => {
  it('takes a passport too, which then decides', async () => {
    const one = month();
    const config = join(one.root, 'bg1c.yaml');
    writeFileSync(
      config,
      readFileSync(config, 'utf8').replace(
        /^onec:\n {2}format: .*\n/m,
        `onec:\n  infobase: { id: '${BASE.id}', connection: ['${BASE.connection}'] }\n`,
      ),
    );
    writeFileSync(
      join(one.root, 'p.json'),
      JSON.stringify({ ...SAMPLE, infobase: BASE, formatVersions: ['1.22'] }),
    );
    const taken = await bg1c(one.root, 'receipt', 'p.json');
    expect(taken).toMatchObject({ exit: 0, out: 'Итог: паспорт базы принят; замечаний нет.\n' });
    expect((await bg1c(one.root, 'build', 'in', '--period', '2026-10')).out).toContain(
      'Формат: EnterpriseData 1.22 (по паспорту базы)',
    );
    expect((await bg1c(one.root, 'doctor')).out).toContain('1.22 – по паспорту базы');
    writeFileSync(join(one.root, 'p.json'), '{ "passportVersion": 2 }');
    const refused = await bg1c(one.root, 'receipt', 'p.json');
    expect(refused.exit).toBe(1);
    expect(refused.out).toContain('BG1C-PASSPORT-READ');
  });
});

it('an export that comes again after the base has told another version is new work', async () => {
  const world = await exchangeWorld(({ onec }) => {
    onec.format = undefined;
  });
  const packages = (): string[] => world.names('outbox').filter((name) => name.endsWith('.zip'));
  for (let time = 0; time < 2; time++) {
    world.drop('one.zip');
    await world.once();
  }
  expect(packages()).toHaveLength(1);
  const { id, connection } = world.config.onec.infobase!;
  const infobase = { id, connection: connection[0]! };
  writeFileSync(
    world.path('base.json'),
    JSON.stringify({ ...SAMPLE, infobase, formatVersions: ['1.17'], organizations: [] }),
  );
  world.drop('one.zip');
  await world.once();
  expect(packages()).toHaveLength(2);
  const { manifest } = await readManifest(world.path('outbox', packages().at(-1)!));
  expect(manifest!.format).toMatchObject({ version: '1.17', chosenBy: 'passport' });
});
