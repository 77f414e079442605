import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { rebuild } from '../../src/pipeline/build/rebuild.ts';
import { EXPORT_ARCHIVE } from '../../src/sources/limits.ts';
import { openArchive } from '../../src/support/archive.ts';
import { entriesOf } from '../golden/sample.ts';
import { type ExchangeWorld, exchangeWorld, NOW, preparedWorld } from './world.ts';

const PACKAGE = 'one-2026-10-1-1of1.zip';
const clock = (): Date => new Date(NOW);

const built = preparedWorld((world) => {
  world.drop('one.zip');
  return world.once();
});

const again = ({ config }: ExchangeWorld, verify: boolean, wanted = '2026-10', out?: string) =>
  rebuild({ config, wanted, verify, out, clock });

const snapshots = ({ config }: ExchangeWorld): string => join(config.folder, '.bg1c', 'sources');

/** Spoils the journal by hand. */
function sql({ config }: ExchangeWorld, text: string): void {
  const database = new Database(config.journal.path);
  database.exec(text);
  database.close();
}

describe('the snapshot of an export', () => {
  it.each(['one', 'one.zip'] as const)(
    'of %s is one private file under the hash of its content',
    async (name) => {
      const world = await exchangeWorld();
      world.drop(name);
      await world.once();
      const [file, ...others] = readdirSync(snapshots(world));
      expect(others).toEqual([]);
      expect(file).toMatch(/^[0-9a-f]{64}\.zip$/);
      const path = join(snapshots(world), file!);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const archive = await openArchive(path, EXPORT_ARCHIVE);
      archive.close();
      expect(archive.entries.map((entry) => entry.name).sort()).toEqual([
        'clients.csv',
        'contracts.csv',
        'document_lines.csv',
        'documents.csv',
        'services.csv',
      ]);
    },
  );

  it('is the same for a folder and for a zip with the same files', async () => {
    const world = await exchangeWorld();
    world.drop('one');
    world.drop('one.zip');
    await world.once();
    expect(readdirSync(snapshots(world))).toHaveLength(1);
  });
});

describe('a rebuild', () => {
  it('from the snapshot gives the same bytes', async () => {
    const world = await built();
    const before = readFileSync(world.path('outbox', PACKAGE));
    rmSync(world.path('outbox', PACKAGE));
    rmSync(world.path('done'), { recursive: true });
    const { packages, faults } = await again(world, false);
    expect([packages.length, faults]).toEqual([1, []]);
    expect(readFileSync(world.path('outbox', PACKAGE))).toEqual(before);
    expect(readdirSync(join(world.config.folder, '.bg1c')).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  });

  it('into another folder, by its id, leaves the outbox alone', async () => {
    const world = await built();
    const id = world.journal((journal) => journal.packages()[0]!.packageId);
    rmSync(world.path('outbox', PACKAGE));
    const out = join(world.root, 'copy');
    mkdirSync(out);
    const { packages } = await again(world, false, id.toUpperCase(), out);
    expect(packages[0]!.files).toEqual([join(out, PACKAGE)]);
    expect(existsSync(world.path('outbox', PACKAGE))).toBe(false);
  });

  it('after more months, receipts and other settings is as it was then', async () => {
    const world = await built();
    await world.answer(PACKAGE);
    await world.once();
    world.drop('later.zip');
    await world.once();
    const later = 'one-2026-10-2-1of1.zip';
    expect((await entriesOf(world.path('outbox', later))).get('refs.jsonl')).not.toBe('');
    await world.answer(later, (receipt) => {
      for (const object of receipt.objects) object.ref1c = object.uuid.replace(/^./, 'f');
    });
    await world.once();
    world.config.onec.format = '1.17';
    world.config.documents.types = { '1': 'ignore', '2': 'ignore', '3': 'ignore' };
    const { packages, faults } = await again(world, true);
    expect(faults).toEqual([]);
    expect(packages.map(({ seq, files }) => [seq, files])).toEqual([
      [1, []],
      [2, []],
    ]);
  });

  it('that gives something else says which entry, and writes nothing', async () => {
    const world = await built();
    sql(world, `UPDATE part SET entries = replace(entries, '"sha256":"', '"sha256":"00')`);
    rmSync(world.path('outbox', PACKAGE));
    const { packages, faults } = await again(world, false);
    expect(packages).toEqual([]);
    expect(faults.map(({ code }) => code)).toContain('BG1C-PACKAGE-DIFFERS');
    expect(readdirSync(world.path('outbox')).sort()).toEqual(['done', 'error']);
  });

  it('of what is not in the journal, or has no snapshot any more, says so', async () => {
    const world = await built();
    expect((await again(world, true, '2025-01')).faults).toMatchObject([{ code: 'BG1C-PACKAGE-UNKNOWN' }]);
    rmSync(snapshots(world), { recursive: true });
    expect((await again(world, true)).faults).toMatchObject([{ code: 'BG1C-PACKAGE-SOURCE' }]);
  });

  it('of a snapshot that was spoilt is refused', async () => {
    const world = await built();
    const path = join(snapshots(world), readdirSync(snapshots(world))[0]!);
    writeFileSync(path, readFileSync(path).subarray(0, 500));
    const { packages, faults } = await again(world, true);
    expect(packages).toEqual([]);
    expect(faults.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

describe('a committed package whose file is nowhere', () => {
  it('is made again from the snapshot by the next start', async () => {
    const world = await built();
    const before = readFileSync(world.path('outbox', PACKAGE));
    rmSync(world.path('outbox', PACKAGE));
    // As a crash leaves it after the commit, and then the disk lost the file that was staged.
    sql(world, `UPDATE part SET state = 'publishing'`);
    const { log } = await world.once();
    expect(log.map(({ event }) => event)).toContain('package.remade');
    expect(readFileSync(world.path('outbox', PACKAGE))).toEqual(before);
    expect(world.journal(({ records: { packages } }) => packages.parts(1)[0]!.state)).toBe('published');
  });
});

describe('what a killed build left in the outbox', () => {
  const LEFT = ['.one-2026-10-7-1of2.zip.deadbeef.tmp', '.build.00000000.1.0123456789ab.tmp'];

  it('and did not commit is removed by the next build, whoever makes it; the rest is left alone', async () => {
    const world = await built();
    for (const name of [...LEFT, '.notes.tmp']) writeFileSync(world.path('outbox', name), '');
    await world.build('two.zip');
    const hidden = readdirSync(world.path('outbox')).filter((name) => name.startsWith('.'));
    // The work folder of another machine may be in use.
    expect(hidden.sort()).toEqual([LEFT[1], '.notes.tmp']);
  });
});
