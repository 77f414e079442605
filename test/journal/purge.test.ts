import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { temporaryFolders } from '../support/folders.ts';

const folder = temporaryFolders();
const clock = (): Date => new Date('2026-11-03T08:00:00Z');

const OLD = '2023-05-01T00:00:00.000Z';
const NEW = '2026-05-01T00:00:00.000Z';
const BEFORE = '2024-01-01T00:00:00.000Z';

/** Texts about persons, by where they stand, with the day by which they are judged. */
const ROWS: readonly (readonly [table: string, insert: (text: string, at: string) => string])[] = [
  [
    'receipt',
    (text, at) =>
      `INSERT INTO receipt VALUES (NULL, '${text}-id', '${text}-hash', 1, 1, 'b', 'c', 'own', 1, 0, '${text} в квитанции', '${at}', '${at}')`,
  ],
  [
    'receipt_object',
    (text, at) =>
      `INSERT INTO receipt_object SELECT id, '${text}-uuid', 'act', 'created', NULL, '1', '2023-05-01', 1, 0, '${text} ИНН', NULL, 1, 0, '[]', '${text} об акте'
       FROM receipt WHERE taken_at = '${at}'`,
  ],
  [
    'intake',
    (text, at) =>
      `INSERT INTO intake VALUES (NULL, 'done', '${text}.zip', 'h', 'r', 'done', '${text}.zip', 0, '[]', '${at}', '${at}')`,
  ],
  ['letter', (text, at) => `INSERT INTO letter VALUES ('k', '${text}@example.org', 'ok', '${at}')`],
  [
    'letter_bounce',
    (text, at) =>
      `INSERT INTO letter_bounce VALUES ('${at}', 'k', '${text}@example.org', 1, '5.1.1', '${at}', 0)`,
  ],
  [
    'crm_change',
    (text, at) =>
      `INSERT INTO crm_change VALUES (NULL, 'p', 'sent', 'change', NULL, 4, 1, 'item', 'name', '${text} карточка', '${text} у нас', '${text} у них', '${at}', '${at}', NULL)`,
  ],
];

/** Every byte of the journal and of the files beside it. */
function bytesOf(path: string): string {
  return readdirSync(dirname(path))
    .map((name) => readFileSync(join(dirname(path), name), 'utf8'))
    .join('');
}

describe('a purge', () => {
  it('leaves no byte of what was told of persons before the day, and all of what came after it', () => {
    const path = join(folder(), 'journal.db');
    const { journal } = openJournal(path, clock);
    const { packages } = journal!.records;
    const row = { organization: 'one', seq: 1, packageId: 'p', period: '2023-05', mode: 'billing' };
    packages.record({ ...row, parts: 1, documents: 1 }, '0.1.0');
    const direct = new Database(path);
    for (const [, insert] of ROWS)
      for (const [text, at] of [
        ['Иванов', OLD],
        ['Петров', NEW],
      ] as const)
        direct.exec(insert(text, at));
    direct.close();
    expect(bytesOf(path)).toMatch(/Иванов/);
    const { receipts } = journal!.forget(BEFORE);
    expect(receipts).toBe(1);
    const left = bytesOf(path);
    // Ids stay: they keep the same receipt from being taken twice.
    expect(left.replaceAll(/Иванов-(id|hash|uuid)/g, '')).not.toMatch(/Иванов/);
    for (const text of [
      'в квитанции',
      'ИНН',
      'об акте',
      '.zip',
      '@example.org',
      'карточка',
      'у нас',
      'у них',
    ])
      expect(left, text).toMatch(new RegExp(`Петров ?${text.replace('.', '\\.')}`));
    expect(journal!.integrity()).toBe('ok');
    journal!.close();
  });
});
