import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../../src/journal/journal.ts';
import { MIGRATIONS } from '../../src/journal/migrations.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();
const clock = (): Date => new Date('2026-11-03T08:00:00Z');

const path = (): string => join(folder(), '.bg1c', 'journal.db');

function opened(file: string): Journal {
  const { journal, fault } = openJournal(file, clock);
  if (!journal) throw new Error(fault!.message);
  return journal;
}

/** Draws the number of a package and keeps it, as a build does. */
function draw(
  journal: Journal,
  organization: string,
  packageId: string,
  end: 'commit' | 'rollback' = 'commit',
): number {
  expect(journal.begin()).toBeUndefined();
  const seq = journal.sequenceOf(organization, packageId);
  journal.recordPackage(
    { organization, seq, packageId, period: '2026-10', mode: 'billing', parts: 1, documents: 3 },
    '0.1.0',
  );
  journal[end]();
  return seq;
}

describe('numbers of packages', () => {
  it('count up from 1 for each organisation, without gaps', () => {
    const journal = opened(path());
    expect(['a', 'b', 'c'].map((id) => draw(journal, 'main', id))).toEqual([1, 2, 3]);
    expect(['d', 'e'].map((id) => draw(journal, 'other', id))).toEqual([1, 2]);
    expect(draw(journal, 'main', 'f')).toBe(4);
    journal.close();
  });

  it('are the same for the same package, also after the journal was closed', () => {
    const file = path();
    const journal = opened(file);
    draw(journal, 'main', 'a');
    draw(journal, 'main', 'b');
    expect(draw(journal, 'main', 'a')).toBe(1);
    journal.close();
    const again = opened(file);
    expect(draw(again, 'main', 'b')).toBe(2);
    expect(draw(again, 'main', 'c')).toBe(3);
    expect(
      again.packages().map(({ organization, seq, packageId }) => [organization, seq, packageId]),
    ).toEqual([
      ['main', 1, 'a'],
      ['main', 2, 'b'],
      ['main', 3, 'c'],
    ]);
    again.close();
  });

  it('taken back are drawn again: nothing of it is left', () => {
    const file = path();
    const journal = opened(file);
    expect(draw(journal, 'main', 'a', 'rollback')).toBe(1);
    expect(journal.packages()).toEqual([]);
    expect(draw(journal, 'main', 'b')).toBe(1);
    journal.close();
  });

  it('of a build that was killed are not drawn', () => {
    const file = path();
    const journal = opened(file);
    journal.begin();
    journal.recordPackage(
      {
        organization: 'main',
        seq: 1,
        packageId: 'a',
        period: '2026-10',
        mode: 'billing',
        parts: 1,
        documents: 3,
      },
      '0.1.0',
    );
    journal.close();
    const again = opened(file);
    expect(again.begin()).toBeUndefined();
    again.rollback();
    expect(again.packages()).toEqual([]);
    again.close();
  });

  it('are forgotten with a journal in memory, which leaves no file', () => {
    const before = readdirSync('.');
    const journal = opened(':memory:');
    expect(draw(journal, 'main', 'a')).toBe(1);
    journal.close();
    expect(draw(opened(':memory:'), 'main', 'b')).toBe(1);
    expect(readdirSync('.')).toEqual(before);
  });
});

describe('counterparties', () => {
  it('keep what was first said of a contract', () => {
    const journal = opened(path());
    journal.begin();
    journal.rememberCounterparty('1', { uuid: 'u1', inn: '0299000050', kpp: '027401001' });
    journal.rememberCounterparty('1', { uuid: 'u2', inn: '0299000050', kpp: '025643001' });
    journal.commit();
    journal.begin();
    expect(journal.counterparties.byContract('1')).toMatchObject({ uuid: 'u1', kpp: '027401001' });
    expect(journal.counterparties.byContract('2')).toBeUndefined();
    journal.rollback();
    journal.close();
  });

  it('of one ИНН and КПП answer with the oldest', () => {
    const journal = opened(path());
    journal.begin();
    for (const [contract, uuid] of [
      ['9', 'u9'],
      ['1', 'u1'],
      ['5', 'u9'],
    ] as const)
      journal.rememberCounterparty(contract, { uuid, inn: '0299000050', kpp: '027401001' });
    journal.commit();
    journal.begin();
    const { byKey, byUuid, byContract } = journal.counterparties;
    expect(byKey('0299000050', '027401001')).toMatchObject({ uuid: 'u9' });
    expect(byKey('0299000050', '')).toBeUndefined();
    expect(byUuid('u1')).toMatchObject({ inn: '0299000050' });
    expect(byContract('9')!.age).toBeLessThan(byContract('1')!.age);
    journal.rollback();
    journal.close();
  });
});

describe('the file', () => {
  it('is its owner’s alone, with everything beside it', () => {
    const file = path();
    const journal = opened(file);
    draw(journal, 'main', 'a');
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dirname(file)))
      expect(statSync(join(dirname(file), name)).mode & 0o777, name).toBe(0o600);
    journal.close();
  });

  it.each([
    ['is text', 'это не база данных'.repeat(500)],
    ['is cut short', undefined],
  ])('that %s is a fault and stays as it is', (_, text) => {
    const file = path();
    mkdirSync(dirname(file));
    if (text !== undefined) writeFileSync(file, text);
    else {
      const journal = opened(file);
      draw(journal, 'main', 'a');
      journal.close();
      new Database(file).pragma('wal_checkpoint(TRUNCATE)');
      const { size } = statSync(file);
      writeFileSync(file, Buffer.alloc(size, 0x41));
    }
    const before = statSync(file).size;
    const { journal, fault } = openJournal(file, clock);
    expect(journal).toBeUndefined();
    expect(fault).toMatchObject({ code: 'BG1C-JOURNAL-DAMAGED', message: expect.stringContaining(file) });
    expect(statSync(file).size).toBe(before);
  });

  it('of a newer program is refused, and named as such', () => {
    const file = path();
    opened(file).close();
    const database = new Database(file);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    database.close();
    const { journal, fault } = openJournal(file, clock);
    expect(journal).toBeUndefined();
    expect(fault!.code).toBe('BG1C-JOURNAL-NEWER');
    expect(fault!.message).toContain(
      `версия журнала ${MIGRATIONS.length + 1}, а эта знает ${MIGRATIONS.length}`,
    );
  });

  it('in a folder that is a file is a fault', () => {
    const root = folder();
    writeFileSync(join(root, 'file'), '');
    const { fault } = openJournal(join(root, 'file', 'journal.db'), clock);
    expect(fault).toMatchObject({
      code: 'BG1C-JOURNAL-WRITE',
      message: expect.stringMatching(/ENOTDIR|EEXIST/),
    });
    expect(existsSync(join(root, 'file', 'journal.db'))).toBe(false);
  });

  it('of the first release becomes one of today', () => {
    const file = path();
    mkdirSync(dirname(file));
    const old = new Database(file);
    old.exec(MIGRATIONS[0]!);
    old.exec('PRAGMA user_version = 1');
    old.exec(
      "INSERT INTO package VALUES ('main', 7, 'a', '2026-09', 'billing', 1, 3, '0.1.0', '2026-10-01T00:00:00Z')",
    );
    old.exec("INSERT INTO counterparty VALUES (1, '1001', 'u1', '0299000050', '027401001')");
    old.close();
    const journal = opened(file);
    expect(journal.packages()).toEqual([
      expect.objectContaining({ organization: 'main', seq: 7, packageId: 'a' }),
    ]);
    expect(draw(journal, 'main', 'b')).toBe(8);
    journal.begin();
    expect(journal.counterparties.byContract('1001')).toMatchObject({ uuid: 'u1' });
    journal.rollback();
    expect(journal.integrity()).toBe('ok');
    journal.close();
  });
});
