import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { backupProblem } from '../../src/journal/backup.ts';
import { type Journal, openJournal, type Records } from '../../src/journal/journal.ts';
import { takeLock } from '../../src/journal/lock.ts';
import { MIGRATIONS } from '../../src/journal/migrations.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();
const clock = (): Date => new Date('2026-11-03T08:00:00Z');

function opened(path = join(folder(), 'journal.db')): { journal: Journal; path: string } {
  return { journal: openJournal(path, clock).journal!, path };
}

describe('the schema of the journal', () => {
  it('of the first step is brought up to date with its packages, numbers and counterparties', () => {
    const path = join(folder(), 'journal.db');
    const old = new Database(path);
    old.exec(MIGRATIONS[0]!);
    old.exec(`PRAGMA user_version = 1;
      INSERT INTO package VALUES ('one', 1, 'p1', '2026-09', 'billing', 1, 5, '0.1.0', '2026-10-01'),
        ('one', 2, 'p2', '2026-10', 'billing', 2, 7, '0.1.0', '2026-11-01');
      INSERT INTO counterparty VALUES (3, '1001', 'u', '0299000011', '');`);
    old.close();
    const { journal } = opened(path);
    expect(journal.packages().map(({ seq, packageId, parts }) => [seq, packageId, parts])).toEqual([
      [1, 'p1', 1],
      [2, 'p2', 2],
    ]);
    expect(journal.sequenceOf('one', 'p3')).toBe(3);
    expect(journal.counterparties.byContract('1001')).toMatchObject({ uuid: 'u', age: 3 });
    expect(journal.records.packages.find('p1')!.origin).toBeUndefined();
    journal.close();
  });

  it('of a later program is refused', () => {
    const { journal, path } = opened();
    journal.close();
    const later = new Database(path);
    later.exec('PRAGMA user_version = 99');
    later.close();
    expect(openJournal(path, clock).fault).toMatchObject({
      code: 'BG1C-JOURNAL-NEWER',
      message: expect.stringContaining('версия журнала 99'),
    });
  });
});

describe('events', () => {
  it('are only ever added, whoever asks', () => {
    const { journal, path } = opened();
    journal.records.events.add('test', 'journal');
    journal.close();
    const direct = new Database(path);
    expect(() => direct.exec(`UPDATE event SET code = 'x'`)).toThrow('only added');
    expect(() => direct.exec('DELETE FROM event')).toThrow('only added');
    direct.close();
  });
});

describe('one fact', () => {
  it('is kept whole or not at all', () => {
    const { journal } = opened();
    const { settings, events } = journal.records;
    expect(() =>
      journal.atomically(() => {
        settings.set('housekeeping', '2026-11-03');
        events.add('test', 'journal');
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    expect(settings.get('housekeeping')).toBeUndefined();
    expect(events.of('journal')).toEqual([]);
    journal.close();
  });

  it('inside another is taken back with it', () => {
    const { journal } = opened();
    const { settings } = journal.records;
    journal.begin();
    journal.atomically(() => settings.set('housekeeping', '2026-11-03'));
    expect(journal.rollback()).toBe(true);
    expect(journal.rollback()).toBe(false);
    expect(settings.get('housekeeping')).toBeUndefined();
    journal.close();
  });
});

/** Gives a document the next number of its series. */
function giveNext({ numbers }: Records, document: string, series = 'act 1/{n}', year = '2026'): number {
  const ordinal = numbers.last(series) + 1;
  numbers.give({
    kind: 'act',
    year,
    number: series.replace('{n}', String(ordinal)),
    document,
    series,
    ordinal,
  });
  return ordinal;
}

describe('numbers given here', () => {
  it('stay with their document, are counted by series, and nothing of a build that failed is left', () => {
    const { journal, path } = opened();
    const { numbers } = journal.records;
    expect(['a', 'b', 'c'].map((document) => giveNext(journal.records, document))).toEqual([1, 2, 3]);
    expect([numbers.of('b'), numbers.of('z')]).toEqual(['act 1/2', undefined]);
    expect(giveNext(journal.records, 'd', 'act 2/{n}')).toBe(1);
    journal.begin();
    expect(giveNext(journal.records, 'lost')).toBe(4);
    journal.rollback();
    journal.close();
    const again = opened(path).journal;
    expect(giveNext(again.records, 'e')).toBe(4);
    again.close();
  });

  it('stand once in a year and kind, whatever counter they come from', () => {
    const { journal } = opened();
    const { numbers } = journal.records;
    giveNext(journal.records, 'a');
    expect(numbers.given('act', '2026', 'act 1/1')).toBe(true);
    expect([numbers.given('act', '2027', 'act 1/1'), numbers.given('bill', '2026', 'act 1/1')]).toEqual([
      false,
      false,
    ]);
    const twice = {
      kind: 'act',
      year: '2026',
      number: 'act 1/1',
      document: 'b',
      series: 'x',
      ordinal: 1,
    } as const;
    expect(() => numbers.give(twice)).toThrow();
    journal.close();
  });
});

describe('counterparties', () => {
  it('known before a build are those of that time, whatever came later', () => {
    const { journal } = opened();
    const { counterparties } = journal.records;
    counterparties.remember('1', { uuid: 'first', inn: '1', kpp: '' });
    const bound = counterparties.newest();
    counterparties.remember('2', { uuid: 'second', inn: '2', kpp: '' });
    counterparties.remember('1', { uuid: 'other', inn: '1', kpp: '' });
    const before = counterparties.before(bound);
    expect(before.byContract('1')).toMatchObject({ uuid: 'first' });
    expect([before.byContract('2'), before.byKey('2', ''), before.byUuid('second')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    journal.close();
  });
});

describe('a copy of the journal', () => {
  it('is whole, private and knows that it is a copy', () => {
    const { journal, path } = opened();
    journal.atomically(() => giveNext(journal.records, 'a'));
    const copy = join(folder(), "it's a copy", 'journal.db');
    journal.backup(copy);
    journal.close();
    expect(backupProblem(copy)).toBeUndefined();
    expect(backupProblem(path)).toContain('не резервная копия');
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const restored = openJournal(copy, clock).journal!;
    expect(giveNext(restored.records, 'b')).toBe(2);
    expect(restored.records.settings.get('restored-at')).toBe('2026-11-03T08:00:00.000Z');
    restored.close();
  });

  it('that is cut short or no database is found out', () => {
    const { journal } = opened();
    for (let n = 0; n < 2000; n++) journal.records.events.add('test', `subject:${n}`);
    const copy = join(folder(), 'copy.db');
    journal.backup(copy);
    journal.close();
    const bytes = readFileSync(copy);
    writeFileSync(copy, bytes.subarray(0, bytes.length / 2));
    expect(backupProblem(copy)).toBeDefined();
    writeFileSync(copy, 'не база данных '.repeat(1000));
    expect(backupProblem(copy)).toBeDefined();
  });

  it('leaves nothing where it cannot be written', () => {
    const { journal } = opened();
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    expect(() => journal.backup(join(root, 'file', 'copy.db'))).toThrow();
    journal.close();
    expect(existsSync(join(root, 'file', 'copy.db'))).toBe(false);
  });
});

describe('damage of the file', () => {
  it('is found by the integrity check', () => {
    const { journal, path } = opened();
    for (let n = 0; n < 5000; n++) journal.records.events.add('test', `subject:${n}`);
    expect(journal.integrity()).toBe('ok');
    journal.close();
    for (const ending of ['-wal', '-shm']) rmSync(path + ending, { force: true });
    const bytes = readFileSync(path);
    bytes.fill(0xff, bytes.length - 40_000, bytes.length - 20_000);
    writeFileSync(path, bytes);
    const { journal: damaged, fault } = openJournal(path, clock);
    const found = damaged ? damaged.integrity() : fault!.message;
    damaged?.close();
    expect(found).not.toBe('ok');
  });
});

describe('a lock', () => {
  it('is had by one, and free again when it is released', () => {
    const path = join(folder(), 'sub', '.lock');
    const first = takeLock(path)!;
    expect(takeLock(path)).toBeUndefined();
    first.release();
    const second = takeLock(path)!;
    expect(second).toBeDefined();
    second.release();
  });

  it('that cannot be taken at all is an error', () => {
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    expect(() => takeLock(join(root, 'file', '.lock'))).toThrow();
  });
});
