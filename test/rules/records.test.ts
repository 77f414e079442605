import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CanonicalRecord } from '../../src/model/types.ts';
import { checkRecord } from '../../src/rules/records.ts';
import { shipped } from '../../src/support/root.ts';

const MONTHS = ['october-2026', 'december-2025'];
const records = MONTHS.flatMap((month) =>
  readFileSync(shipped(`samples/${month}/out/documents.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CanonicalRecord),
);
const one = (kind: CanonicalRecord['record']): Record<string, unknown> =>
  structuredClone(records.find(({ record }) => record === kind)) as unknown as Record<string, unknown>;

describe('records of the samples', () => {
  it('are of every kind but the УПД, and valid', () => {
    const kinds = new Set(records.map(({ record }) => record));
    expect([...kinds].sort()).toEqual([
      'act',
      'bill',
      'contract',
      'counterparty',
      'organization',
      'service',
      'vat-invoice',
    ]);
    expect(records.map(checkRecord).filter((found) => found !== undefined)).toEqual([]);
  });

  it('have lines that add up to the document, and VAT too', () => {
    for (const record of records) {
      if (!('lines' in record)) continue;
      expect(
        record.lines.reduce((sum, line) => sum + line.sum, 0),
        record.number,
      ).toBe(record.sum);
      expect(
        record.lines.reduce((sum, line) => sum + line.vat, 0),
        record.number,
      ).toBe(record.vat);
    }
  });
});

describe('a record that is not valid', () => {
  const act = one('act');
  const line = (act.lines as Record<string, unknown>[])[0]!;

  it.each<[string, Record<string, unknown>]>([
    ['an unknown field', { ...act, colour: 'red' }],
    ['a field missing', { ...act, sum: undefined }],
    ['a sum of zero', { ...act, sum: 0 }],
    ['half a kopeck', { ...act, sum: 10.5 }],
    ['more than 1C holds', { ...act, sum: 1_000_000_000_000_000 }],
    ['VAT below zero', { ...act, vat: -1 }],
    ['no lines', { ...act, lines: [] }],
    ['a number that 1C cannot hold', { ...act, number: '123456789012' }],
    ['a date as people write it', { ...act, date: '31.10.2026' }],
    ['a month thirteen', { ...act, period: '2026-13' }],
    ['a UUID of another version', { ...act, uuid: '59b6ea3d-d789-41e2-bbc6-0d0bfd40abb6' }],
    ['a UUID in capitals', { ...act, uuid: String(act.uuid).toUpperCase() }],
    ['a key of no table', { ...act, key: 'akt:17' }],
    ['a line of a negative sum', { ...act, lines: [{ ...line, sum: -1 }] }],
    ['a line of a rate that is none', { ...act, lines: [{ ...line, rate: 18 }] }],
    ['a line without a service', { ...act, lines: [{ ...line, service: '20' }] }],
    ['a VAT invoice without its act', { ...one('vat-invoice'), act: undefined }],
    ['ИНН of eleven digits', { ...one('counterparty'), inn: '02990000501' }],
    ['a name longer than 1C’s', { ...one('counterparty'), name: 'а'.repeat(101) }],
    ['an empty phone', { ...one('counterparty'), phones: [''] }],
    ['a contract without an account', { ...one('contract'), account: '' }],
    ['a service of no unit', { ...one('service'), unit: 'шт' }],
    ['an organisation of capitals', { ...one('organization'), code: 'Bashnet' }],
  ])('is found: %s', (_, record) => {
    const plain = JSON.parse(JSON.stringify(record)) as CanonicalRecord;
    const found = checkRecord(plain);
    expect(found).toMatchObject({ code: 'BG1C-RECORD-INVALID', severity: 'error' });
    expect(found!.message).toContain(`${plain.record} ${plain.uuid}`);
  });
});
