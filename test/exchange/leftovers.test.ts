import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../src/exchange/disk.ts';
import { scratchName } from '../../src/pipeline/build/leftovers.ts';
import { rebuild } from '../../src/pipeline/build/rebuild.ts';
import { purge } from '../../src/pipeline/journal/purge.ts';
import { exchangeWorld, NOW } from './world.ts';

const clock = (): Date => new Date(NOW);
/** A process that has ended. */
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;

describe('what a killed watcher was writing', () => {
  it('is removed by the next start; what others wrote stays', async () => {
    const world = await exchangeWorld();
    await world.once();
    const beside = join(world.root, '.bg1c');
    const ours = [
      world.path('inbox', '.2026-10.0a1b2c3d.tmp', 'clients.csv'),
      world.path('done', 'one.zip.txt.0a1b2c3d.tmp'),
      world.path('error', 'one.zip.faults.json.0a1b2c3d.tmp'),
      world.path('receipts', 'error', 'a.json.txt.0a1b2c3d.tmp'),
      join(beside, 'backup', 'journal-2026-11-03.db.0a1b2c3d.tmp'),
      join(beside, 'backup', 'journal-2026-11-03.db.0a1b2c3d.tmp-journal'),
      join(beside, 'journal.db.0a1b2c3d.tmp'),
      join(beside, 'watch.json.0a1b2c3d.tmp'),
    ];
    const others = [
      world.path('inbox', '.upload.0a1b2c3d.tmp'),
      world.path('done', 'list.0a1b2c3d.tmp'),
      world.path('receipts', 'a.json.0a1b2c3d.tmp'),
      join(beside, 'notes.0a1b2c3d.tmp'),
    ];
    for (const path of [...ours, ...others]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
    }
    await world.once();
    const there = (path: string): boolean => realDisk.stat(path) !== undefined;
    expect(ours.filter(there)).toEqual([]);
    expect(others.filter(there)).toEqual(others);
    expect(there(world.path('inbox', '.2026-10.0a1b2c3d.tmp'))).toBe(false);
  });
});

describe('the work folder of a killed build', () => {
  it('is removed by the next build; that of a living one, or of another machine, is not', async () => {
    const world = await exchangeWorld();
    const living = `.${scratchName()}.0123456789ab.tmp`;
    const killed = living.replace(`.${process.pid}.`, `.${DEAD}.`);
    const elsewhere = living.replace(/build\.[0-9a-f]{8}/, 'build.00000000');
    for (const name of [living, killed, elsewhere]) mkdirSync(world.path('outbox', name));
    await world.build('one.zip');
    const left = readdirSync(world.path('outbox')).filter((name) => name.startsWith('.build.'));
    expect(left.sort()).toEqual([elsewhere, living].sort());
  });

  it('beside the journal is removed by the next rebuild', async () => {
    const world = await exchangeWorld();
    await world.build('one.zip');
    const killed = `.${scratchName()}.0123456789ab.tmp`.replace(`.${process.pid}.`, `.${DEAD}.`);
    mkdirSync(join(world.root, '.bg1c', killed));
    await rebuild({ config: world.config, wanted: '2026-10', verify: true, clock });
    expect(readdirSync(join(world.root, '.bg1c'))).not.toContain(killed);
  });
});

describe('snapshots', () => {
  const kept = (root: string): string[] => readdirSync(join(root, '.bg1c', 'sources'));

  it('that no package needs are removed once a day; the others stay', async () => {
    const world = await exchangeWorld();
    world.drop('one.zip');
    await world.once();
    const needed = kept(world.root);
    world.drop('two.zip');
    // All its documents are refused: what was read is of no use.
    const bad = world.path('inbox', 'bad');
    mkdirSync(bad);
    for (const name of readdirSync(join(world.root, 'drop1', 'one'))) {
      const text = readFileSync(join(world.root, 'drop1', 'one', name), 'latin1');
      writeFileSync(join(bad, name), text.replaceAll(';31.10.2026', ';32.10.2026'), 'latin1');
    }
    writeFileSync(join(world.root, '.bg1c', 'sources', 'a.zip.0a1b2c3d.tmp'), '');
    await world.once({ clock: () => new Date('2026-11-04T08:00:00Z') });
    await world.once({ clock: () => new Date('2026-11-05T08:00:00Z') });
    expect(kept(world.root)).toHaveLength(2);
    expect(kept(world.root)).toEqual(expect.arrayContaining(needed));
    expect((await rebuild({ config: world.config, wanted: '2026-10', verify: true, clock })).faults).toEqual(
      [],
    );
  });

  it('that a younger package needs outlive a purge', async () => {
    const world = await exchangeWorld();
    await world.build('one.zip');
    world.config.onec.post = !world.config.onec.post;
    world.drop('one.zip');
    await world.once({ clock: () => new Date('2027-02-01T08:00:00Z') });
    const { result } = purge(world.config, '2027-01-01', realDisk, clock);
    expect(result).toMatchObject({ packages: 1, snapshots: 0 });
    expect(kept(world.root)).toHaveLength(1);
    expect(purge(world.config, '2027-03-01', realDisk, clock).result).toMatchObject({
      packages: 1,
      snapshots: 1,
    });
  });
});
