import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/package/read.ts';
import { checkPackage } from '../../src/pipeline/check/check.ts';
import { sha256 } from '../../src/support/ids.ts';
import { monthCopy } from './sample-month.ts';

const hashOf = (path: string): string => sha256(readFileSync(path));

/** Everything in a folder, hidden and temporary files too. */
function everything(path: string): string[] {
  return existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [];
}

describe('the same month', () => {
  it('gives the same bytes again, and in another empty folder', async () => {
    const one = monthCopy('december-2025');
    const other = monthCopy('december-2025', (config) => {
      config.exchange.dir = join(config.folder, 'elsewhere', 'обмен');
    });
    const [first] = (await one.build()).packages;
    const before = hashOf(first!.files[0]!);
    const [again] = (await one.build({ clock: () => new Date('2030-01-01') })).packages;
    const [there] = (await other.build({ clock: () => new Date('2027-05-05') })).packages;
    expect(first!.files[0]).toContain(join('exchange', 'outbox', 'bashnet-2025-12-1-1of1.zip'));
    expect(there!.files[0]).toContain(join('elsewhere', 'обмен', 'outbox'));
    expect([again!.packageId, again!.seq, hashOf(again!.files[0]!)]).toEqual([first!.packageId, 1, before]);
    expect([there!.packageId, there!.seq, hashOf(there!.files[0]!)]).toEqual([first!.packageId, 1, before]);
  });

  it('re-emits its file when that was moved away, under the same number', async () => {
    const month = monthCopy('december-2025');
    const [first] = (await month.build()).packages;
    const moved = monthCopy('december-2025').root;
    const [again] = (await month.build({ out: moved })).packages;
    expect([again!.seq, hashOf(again!.files[0]!)]).toEqual([1, hashOf(first!.files[0]!)]);
  });

  it('changed in one row is another package with the next number', async () => {
    const month = monthCopy('december-2025');
    const [first] = (await month.build()).packages;
    const path = join(month.input, 'payments.csv');
    writeFileSync(path, readFileSync(path, 'latin1').replace(/admin/, 'nimda'), 'latin1');
    const [second] = (await month.build()).packages;
    expect(second!.packageId).not.toBe(first!.packageId);
    expect([first!.seq, second!.seq]).toEqual([1, 2]);
    expect(everything(join(month.config.exchange.dir, 'outbox'))).toEqual([
      'bashnet-2025-12-1-1of1.zip',
      'bashnet-2025-12-2-1of1.zip',
    ]);
  });
});

describe('what a build leaves behind', () => {
  it('is a package that only its owner may read, a journal, and nothing else', async () => {
    const month = monthCopy('december-2025');
    const [built] = (await month.build()).packages;
    expect(statSync(built!.files[0]!).mode & 0o777).toBe(0o600);
    expect(everything(month.config.exchange.dir)).toEqual(['outbox', 'outbox/bashnet-2025-12-1-1of1.zip']);
    const { manifest, faults } = await readManifest(built!.files[0]!);
    expect(faults).toEqual([]);
    expect(manifest).toMatchObject({
      packageId: built!.packageId,
      part: 1,
      parts: 1,
      period: '2025-12',
      seq: 1,
      documents: built!.documents,
    });
    expect(JSON.stringify(manifest)).not.toContain(month.root);
    expect(await checkPackage(built!.files[0]!)).toEqual([]);
  });

  it('is nothing at all in a dry run', async () => {
    const month = monthCopy('december-2025');
    const before = everything(month.root);
    const { exit, packages } = await month.build({ dryRun: true });
    expect([exit, packages[0]!.seq, packages[0]!.files]).toEqual([0, 1, []]);
    expect(everything(month.root)).toEqual(before);
  });

  it('draws no number in a dry run beside a journal', async () => {
    const month = monthCopy('december-2025');
    await month.build();
    writeFileSync(join(month.input, 'balances.csv'), 'cid;saldo_in\n1;0\n');
    month.config.installation = 'bashnet-2';
    expect((await month.build({ dryRun: true })).packages[0]!.seq).toBe(2);
    expect((await month.build({ dryRun: true })).packages[0]!.seq).toBe(2);
    expect((await month.build()).packages[0]!.seq).toBe(2);
  });

  it('is no half of a package where an error stops it', async () => {
    const early = monthCopy('december-2025');
    writeFileSync(join(early.input, 'documents.csv'), '');
    expect(await early.build()).toMatchObject({ exit: 1, packages: [] });
    expect(everything(early.config.exchange.dir)).toEqual([]);
    const late = monthCopy('december-2025', (config) => {
      config.documents.types = { 1: 'bill' };
    });
    expect(await late.build()).toMatchObject({ exit: 2, packages: [] });
    expect(everything(late.config.exchange.dir)).toEqual(['outbox']);
    expect(everything(join(late.root, '.bg1c'))).toEqual([]);
  });
});

describe('a rate table that does not reach the period', () => {
  it('stops the build: no rate is guessed', async () => {
    const month = monthCopy('december-2025', (config) => {
      config.vat.rates = [{ from: '2026-01-01', rate: 22 }];
    });
    const { exit, faults, packages } = await month.build();
    expect([exit, packages]).toEqual([2, []]);
    expect(faults).toContainEqual(
      expect.objectContaining({ code: 'BG1C-CONFIG-VALUE', message: expect.stringContaining('vat.rates') }),
    );
  });
});

describe('a file that is in the way', () => {
  it('is not written over, and no number is drawn', async () => {
    const month = monthCopy('december-2025');
    const out = join(month.config.exchange.dir, 'outbox');
    mkdirSync(out, { recursive: true });
    const path = join(out, 'bashnet-2025-12-1-1of1.zip');
    writeFileSync(path, 'чужое');
    const { exit, faults, packages } = await month.build();
    expect([exit, packages]).toEqual([1, []]);
    expect(faults).toContainEqual(
      expect.objectContaining({ code: 'BG1C-OUTPUT-EXISTS', message: expect.stringContaining(path) }),
    );
    expect(readFileSync(path, 'utf8')).toBe('чужое');
    expect(everything(out)).toEqual(['bashnet-2025-12-1-1of1.zip']);
    const other = await month.build({ out: join(month.root, 'other') });
    expect(other.packages[0]!.seq).toBe(1);
  });

  it('is not written over by the same number of another journal', async () => {
    const month = monthCopy('december-2025');
    const [first] = (await month.build()).packages;
    const before = hashOf(first!.files[0]!);
    month.config.journal.path = join(month.root, 'another.db');
    month.config.onec.post = false;
    const { exit, faults } = await month.build();
    expect(exit).toBe(1);
    expect(faults.map(({ code }) => code)).toContain('BG1C-OUTPUT-EXISTS');
    expect(hashOf(first!.files[0]!)).toBe(before);
  });

  it.each(['exchange', 'journal'])('where a folder of the %s should be is a fault', async (what) => {
    const month = monthCopy('december-2025', (config) => {
      writeFileSync(join(config.folder, 'file'), '');
      if (what === 'exchange') config.exchange.dir = join(config.folder, 'file');
      else config.journal.path = join(config.folder, 'file', 'journal.db');
    });
    const { exit, faults, packages } = await month.build();
    expect([exit, packages]).toEqual([1, []]);
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({
        code: what === 'exchange' ? 'BG1C-OUTPUT-WRITE' : 'BG1C-JOURNAL-WRITE',
        message: expect.stringContaining('file'),
      }),
    ]);
  });
});

/** A file system of one mebibyte, where this machine lets us make one. */
function tinyDisk(): { path: string; remove: () => void } | undefined {
  const path = join(monthCopy('december-2025').root, 'disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path], { stdio: 'pipe' });
    return { path, remove: () => void execFileSync('umount', ['-l', path], { stdio: 'pipe' }) };
  } catch {
    return undefined;
  }
}

const probe = tinyDisk();
probe?.remove();

describe.skipIf(!probe)('a disk that is full (skipped where mount is not allowed)', () => {
  it('leaves nothing half-written and draws no number', async () => {
    const disk = tinyDisk()!;
    try {
      const month = monthCopy('october-2026');
      const out = join(disk.path, 'outbox');
      mkdirSync(out);
      writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(200 * 1024));
      const { exit, faults, packages } = await month.build({ out });
      expect([exit, packages]).toEqual([1, []]);
      const [found] = faults.filter(({ code }) => code === 'BG1C-OUTPUT-WRITE');
      expect(found!.message).toBe(`Не удалось записать ${out}: на диске нет места`);
      expect(everything(out)).toEqual([]);
      expect((await month.build()).packages[0]!.seq).toBe(1);
    } finally {
      disk.remove();
    }
  });

  it('is a fault of the journal too', async () => {
    const disk = tinyDisk()!;
    try {
      const month = monthCopy('october-2026', (config) => {
        config.journal.path = join(disk.path, 'journal.db');
      });
      writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(180 * 1024));
      const { exit, faults, packages } = await month.build();
      expect(packages).toEqual([]);
      expect([1, 2]).toContain(exit);
      expect(faults.filter(({ severity }) => severity === 'error')).toHaveLength(1);
      expect(everything(join(month.config.exchange.dir, 'outbox'))).toEqual([]);
    } finally {
      disk.remove();
    }
  });
});
