import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exchangeWorld, expectFinished } from './world.ts';

const TMPFS = canMount();

describe.skipIf(!TMPFS)('a disk that is really full (skipped: only root can mount a tmpfs)', () => {
  const mounted: string[] = [];
  afterAll(() => {
    // The database engine may still hold a file: a mount goes with its last holder.
    for (const disk of mounted) execFileSync('umount', ['-l', disk]);
  });

  it.each(['journal', 'exchange'])(
    'under the %s: it waits, and finishes when there is room',
    async (what) => {
      const disk = mountTmpfs(3);
      mounted.push(disk);
      const place = join(disk, what);
      const world = await exchangeWorld((config) => {
        if (what === 'journal') config.journal.path = join(place, 'journal.db');
        else config.exchange.dir = join(place, 'exchange');
      });
      if (what === 'exchange') {
        mkdirSync(place, { recursive: true });
        rmSync(world.path(), { recursive: true });
        mkdirSync(join(place, 'exchange', 'inbox'), { recursive: true });
        execFileSync('ln', ['-s', join(place, 'exchange'), world.path()]);
      }
      await world.once();
      world.drop('one.zip');
      const ballast = join(disk, 'ballast');
      try {
        execFileSync('sh', ['-c', `cat /dev/zero > '${ballast}' 2>/dev/null || true`]);
        const { exit, log } = await world.once();
        expect(exit).toBe(1);
        expect(JSON.stringify(log)).toMatch(/BG1C-(OUTPUT|JOURNAL)-WRITE/);
      } finally {
        rmSync(ballast);
      }
      await world.once();
      expectFinished(world);
    },
  );
});

function canMount(): boolean {
  try {
    execFileSync('umount', [mountTmpfs(1)]);
    return true;
  } catch {
    return false;
  }
}

function mountTmpfs(megabytes: number): string {
  const path = mkdtempSync(join(tmpdir(), 'bg1c-tmpfs-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'pipe' });
  return path;
}
