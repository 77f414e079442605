import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { realDisk } from '../../src/exchange/disk.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { purge } from '../../src/pipeline/journal/purge.ts';
import { type MonthCopy, monthCopy } from './sample-month.ts';

vi.mock('libsql', async (original) => (await import('../support/impatient-database.ts')).impatient(original));

const clock = (): Date => new Date('2026-11-03T08:00:00Z');

/** A month that was built, and the file of its package. */
async function built(): Promise<{ month: MonthCopy; file: string }> {
  const month = monthCopy('december-2025');
  const result = await month.build();
  expect(result.unchanged).toBeUndefined();
  return { month, file: result.packages[0]!.files[0]! };
}

describe('an export that was built before', () => {
  it('is answered at once with the same result', async () => {
    const month = monthCopy('december-2025');
    const first = await month.build();
    const path = first.packages[0]!.files[0]!;
    utimesSync(path, 1000, 1000);
    const again = await month.build();
    expect(again).toEqual({
      ...first,
      unchanged: true,
      packages: first.packages.map((one) => ({ ...one, waiting: [] })),
    });
    expect(statSync(path).mtimeMs).toBe(1_000_000);
  });

  it.each<[string, (at: { month: MonthCopy; file: string }) => void]>([
    [
      'its bytes',
      ({ month }) => {
        const path = join(month.input, 'payments.csv');
        writeFileSync(path, readFileSync(path, 'latin1').replace(/admin/, 'nimda'), 'latin1');
      },
    ],
    ['another file in its folder', ({ month }) => writeFileSync(join(month.input, 'note.txt'), 'x')],
    [
      'a setting',
      ({ month }) => {
        month.config.onec.post = !month.config.onec.post;
      },
    ],
    ['a package that was taken away', ({ file }) => rmSync(file)],
    [
      'the journal: an event',
      ({ month }) => {
        const { journal } = openJournal(month.config.journal.path, clock);
        journal!.records.events.add('receipt.taken', 'receipt:1');
        journal!.close();
      },
    ],
    [
      'the journal: a counterparty',
      ({ month }) => {
        const { journal } = openJournal(month.config.journal.path, clock);
        const uuid = '00000000-0000-5000-8000-000000000001';
        journal!.rememberCounterparty('999999', { uuid, inn: '0299000050', kpp: '' });
        journal!.close();
      },
    ],
    [
      'an answer that does not read',
      ({ month }) => {
        const folder = join(month.config.journal.path, '..', 'answers');
        for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{');
      },
    ],
  ])('is built again when something has changed: %s', async (_, change) => {
    const at = await built();
    change(at);
    const again = await at.month.build();
    expect(again.unchanged).toBeUndefined();
    expect(again.packages.flatMap(({ files }) => files)).toSatisfy((files: string[]) =>
      files.every(existsSync),
    );
    expect(again.packages).toHaveLength(1);
    expect((await at.month.build()).unchanged).toBe(true);
  });

  it('is no answer to a file that is not ours any more', async () => {
    const { month, file } = await built();
    writeFileSync(file, readFileSync(file).subarray(1));
    const again = await month.build();
    expect(again.unchanged).toBeUndefined();
    expect(again.faults.map(({ code }) => code)).toContain('BG1C-OUTPUT-EXISTS');
  });

  it('is built again where another result was asked for, and where it goes elsewhere', async () => {
    const { month } = await built();
    expect((await month.build({ period: '2025-12' })).unchanged).toBeUndefined();
    expect((await month.build({ dryRun: true })).unchanged).toBeUndefined();
    expect((await month.build({ out: join(month.root, 'other') })).unchanged).toBeUndefined();
    expect((await month.build({ clock: () => new Date('2026-12-03') })).unchanged).toBeUndefined();
  });

  it('waits for who has the journal, as any build', async () => {
    const { month } = await built();
    const { journal } = openJournal(month.config.journal.path, clock);
    journal!.begin();
    try {
      const again = await month.build();
      expect(again.faults.map(({ code }) => code)).toContain('BG1C-JOURNAL-LOCKED');
    } finally {
      journal!.close();
    }
  });

  it('leaves no answer after a purge, nor in readable files before', async () => {
    const { month } = await built();
    const folder = join(month.config.journal.path, '..', 'answers');
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    purge(month.config, '2026-11-04', realDisk, clock);
    expect(existsSync(folder)).toBe(false);
  });
});
