import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCounterparties } from '../../src/exchange/counterparties-file.ts';
import { realDisk } from '../../src/exchange/disk.ts';
import { FileRefusal, readSmall } from '../../src/exchange/json-file.ts';
import { parsePassport } from '../../src/exchange/passport-file.ts';
import { parseReceipt, signatureProblem } from '../../src/exchange/receipt-file.ts';
import { shipped } from '../../src/support/root.ts';

/** What 1C writes into the exchange folder, as the samples have it, and what is wrong with it when it is spoilt. */
const SAMPLES = shipped('samples/receipts');
const RECEIPT = readdirSync(SAMPLES).find((name) => /^bashnet-.*\.json$/.test(name))!;
const bytesOf = (name: string): Buffer => readFileSync(join(SAMPLES, name));

type Json = Record<string, unknown>;

/** The sample with a change. */
const spoilt = (name: string, edit: (value: Json) => void): Buffer => {
  const value = JSON.parse(bytesOf(name).toString('utf8')) as Json;
  edit(value);
  return Buffer.from(JSON.stringify(value));
};
const objects = (value: Json): Json[] => value.objects as Json[];

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof FileRefusal) return error.message;
    throw error;
  }
  return '';
}

describe('a receipt', () => {
  it('of the sample is read', () => {
    const receipt = parseReceipt(bytesOf(RECEIPT));
    expect(receipt.objects.filter(({ kind }) => kind === 'act')).toHaveLength(10);
    expect(receipt.objects.find(({ state }) => state === 'conflict')!.message).toBeTruthy();
  });

  it.each<[string, (value: Json) => void, string]>([
    [
      'another version',
      (value) => Object.assign(value, { receiptVersion: 2 }),
      'receiptVersion: «2» — нужно: 1',
    ],
    ['no package', (value) => Object.assign(value, { packageId: undefined }), 'нет поля packageId'],
    ['an unknown field', (value) => Object.assign(value, { extra: 1 }), 'лишнее поле extra'],
    ['a base without an id', (value) => Object.assign(value, { infobase: {} }), 'infobase: нет поля id'],
    [
      'roubles',
      (value) => Object.assign(objects(value).at(-1)!, { sum: 12.5 }),
      'sum: «12.5» — нужно: целое число',
    ],
    [
      'an unknown state',
      (value) => Object.assign(objects(value)[0]!, { state: 'lost' }),
      'objects/0/state: «lost» — возможно: created, updated',
    ],
    [
      'a date with its time',
      (value) => Object.assign(value, { finishedAt: '2026-11-01' }),
      'не подходит (pattern)',
    ],
    [
      'objects that are no list',
      (value) => Object.assign(value, { objects: {} }),
      'objects: значение — нужно: список',
    ],
    ['an object twice', (value) => objects(value).push({ ...objects(value)[0]! }), 'назван дважды'],
  ])('with %s is refused', (_, edit, reason) => {
    expect(refusal(() => parseReceipt(spoilt(RECEIPT, edit)))).toContain(reason);
  });

  it.each([
    ['empty', Buffer.alloc(0), 'файл пуст'],
    ['cut short', bytesOf(RECEIPT).subarray(0, 500), 'обрезан'],
    ['windows-1251', Buffer.from([0x22, 0xcf, 0xf0, 0x22]), 'UTF-8'],
    ['a number', Buffer.from('1'), 'нужно: вложенные поля'],
  ])('that is %s is refused', (_, bytes, reason) => {
    expect(refusal(() => parseReceipt(bytes))).toContain(reason);
  });

  it('keeps the signature that 1C gave it', () => {
    const [bytes, signature] = [bytesOf(RECEIPT), bytesOf(`${RECEIPT}.sig`)];
    expect(signatureProblem(bytes, signature, Buffer.from('sample-key'))).toBeUndefined();
    expect(signatureProblem(bytes, signature, Buffer.from('sample-keY'))).toContain('не подходит');
    expect(signatureProblem(bytes, undefined, Buffer.from('sample-key'))).toContain('нет файла подписи');
  });
});

describe('the passport of a base', () => {
  it('of the sample is read', () => {
    expect(parsePassport(bytesOf('base.json'))).toMatchObject({
      infobase: { name: 'Башнет: бухгалтерия' },
      formatVersions: ['1.20', '1.8', '1.17'],
    });
  });

  it.each<[string, (value: Json) => void, string]>([
    ['no base', (value) => Object.assign(value, { infobase: undefined }), 'нет поля infobase'],
    [
      'a rate that there is not',
      (value) => Object.assign(value, { vatRates: [13] }),
      'vatRates/0: «13» — возможно',
    ],
    [
      'versions as a text',
      (value) => Object.assign(value, { formatVersions: '1.20' }),
      'formatVersions: «1.20» — нужно: список',
    ],
  ])('with %s is refused', (_, edit, reason) => {
    expect(refusal(() => parsePassport(spoilt('base.json', edit)))).toContain(reason);
  });
});

describe('the counterparties of a base', () => {
  const NAME = 'counterparties.jsonl';
  const lines = (): string[] => bytesOf(NAME).toString('utf8').trimEnd().split('\n');
  const told = (edit: (all: string[]) => void): Buffer => {
    const all = lines();
    edit(all);
    return Buffer.from(`${all.join('\n')}\n`);
  };

  it('of the sample are read', () => {
    const { infobase, cards } = parseCounterparties(bytesOf(NAME));
    expect(infobase.name).toBe('Башнет: бухгалтерия');
    expect(cards).toHaveLength(lines().length - 1);
    expect(cards[0]).toMatchObject({ kind: 'legal-entity', inn: '0299000050', name: 'ООО «Тулпар»' });
  });

  it.each<[string, (all: string[]) => void, RegExp]>([
    ['no head', (all) => void all.shift(), /строка 1|первая строка/],
    ['two heads', (all) => void all.push(all[0]!), /строка \d+/],
    ['a card twice', (all) => void all.push(all[1]!), /дважды/],
    ['a line cut short', (all) => void all.push(all[1]!.slice(0, 100)), /строка \d+: .*обрезан/],
    ['a card without a name', (all) => void all.push('{"ref1c":"x"}'), /строка \d+: не та форма/],
  ])('with %s are refused', (_, edit, reason) => {
    expect(refusal(() => parseCounterparties(told(edit)))).toMatch(reason);
  });

  it('of an empty file are refused', () => {
    expect(refusal(() => parseCounterparties(Buffer.alloc(0)))).not.toBe('');
  });
});

describe('a file of somebody else', () => {
  it('that is larger than any of ours is not read', () => {
    const disk = {
      ...realDisk,
      stat: () => ({ kind: 'file' as const, size: 2 ** 33, mtimeMs: 0, changedMs: 0 }),
    };
    expect(refusal(() => readSmall({ ...disk, read: () => expect.fail('read') }, 'big.json'))).toContain(
      'велик',
    );
  });
});
