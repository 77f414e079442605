import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../src/exchange/disk.ts';
import { exportTables } from '../../src/pipeline/export/export.ts';
import { openJsonSource } from '../../src/sources/bgbilling-json/source.ts';
import { acceptedWorld } from '../diff/world.ts';
import { exchangeWorld } from '../exchange/world.ts';

/** Findings that nothing else provokes: each is raised once, by what it is meant for. */

it('BG1C-SUPER-CIRCLE: sub-contracts that name each other as super-contract', async () => {
  const world = acceptedWorld();
  const input = world.export({ 1: { sum: 122_00 }, 2: { sum: 244_00 }, 3: { sum: 1_00 } });
  const file = join(input, 'contracts.csv');
  const text = readFileSync(file, 'latin1');
  // scid, sub_mode 0: the balance hangs on the super-contract.
  const rows = text
    .split('\r\n')
    .map((row) => row.replace(/^1;(.*);0;0;0$/, '1;$1;2;0;0').replace(/^2;(.*);0;0;0$/, '2;$1;1;0;0'));
  writeFileSync(file, rows.join('\r\n'), 'latin1');
  const { faults, packages } = await world.build({}, { input });
  expect(faults.filter(({ code }) => code === 'BG1C-SUPER-CIRCLE')).toHaveLength(2);
  expect(packages[0]!.documents.act.count).toBe(1);
});

it('BG1C-EXPORT-CP1251: a name that windows-1251 does not hold', async () => {
  const world = acceptedWorld();
  const input = world.export({ 1: { sum: 122_00 } });
  const file = join(input, 'clients.csv');
  const text = new TextDecoder('windows-1251').decode(readFileSync(file));
  writeFileSync(file, `\ufeff${text.replace('Абонент 1', 'Әлем')}`);
  const out = join(world.root, 'out');
  const request = { config: world.config, input, out, anonymize: false } as const;
  const { faults } = await exportTables({ ...request, encoding: 'windows-1251' });
  expect(faults.map(({ code }) => code)).toContain('BG1C-EXPORT-CP1251');
});

describe('the watcher', () => {
  it('BG1C-PASSPORT-READ: a passport that is no JSON', async () => {
    const world = await exchangeWorld();
    writeFileSync(world.path('base.json'), '{');
    const { log } = await world.once();
    expect(log.flatMap(({ codes = [] }) => codes)).toContain('BG1C-PASSPORT-READ');
  });

  it('BG1C-WATCH-LOCK: a folder where the lock should be', async () => {
    const world = await exchangeWorld();
    const dir = world.path();
    mkdirSync(join(dir, '.bg1c.lock'), { recursive: true });
    const { exit, faults } = await world.once();
    expect([exit, faults]).toEqual([2, ['BG1C-WATCH-LOCK']]);
  });

  it('BG1C-INBOX-DEFECT: the program itself fails', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    // Who looks into the outbox while something is worked on is the build.
    const list: typeof realDisk.list = (path) => {
      const building = world.names('inwork').length > 0;
      if (path === world.path('outbox') && building) throw new TypeError('no such thing');
      return realDisk.list(path);
    };
    const { exit } = await world.once({ disk: { ...realDisk, list } });
    expect(exit).toBe(70);
    expect(world.note('error/one.zip').faults).toMatchObject([{ code: 'BG1C-INBOX-DEFECT' }]);
  });
});

it('BG1C-SOURCE-SECTION-UNKNOWN: a table that no export has', async () => {
  const folder = acceptedWorld().root;
  const row = '[{"cid": "1", "contract_title": "Ю", "scid": "0", "sub_mode": "0"}]';
  writeFileSync(
    join(folder, 'export.json'),
    `{"format": "bgbilling-export", "version": 1, "tariffs": [{"id": "1"}], "clients": [], "contracts": ${row}, "services": [], "documents": []}`,
  );
  const { faults } = await openJsonSource(join(folder, 'export.json'), { encoding: 'auto' });
  expect(faults.filter(({ code }) => code === 'BG1C-SOURCE-SECTION-UNKNOWN')).toMatchObject([
    { message: expect.stringContaining('tariffs') },
  ]);
});
