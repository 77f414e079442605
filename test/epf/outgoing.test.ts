import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { shipped } from '../../src/support/root.ts';

/** What the processing writes into the exchange folder: published schemas and samples that keep them. */
const SAMPLES = shipped('samples/receipts');
const RECEIPT = readdirSync(SAMPLES).find((name) => /^bashnet-.*\.json$/.test(name))!;
const text = (name: string): string => readFileSync(join(SAMPLES, name), 'utf8');

/** @returns what is wrong by a schema of ours, or an empty text */
function problem(schema: string, value: unknown): string {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile(
    JSON.parse(readFileSync(shipped(`schemas/${schema}.schema.json`), 'utf8')) as object,
  );
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

interface SampleReceipt {
  packageId: string;
  complete: boolean;
  objects: { uuid: string; state: string; kind: string; posted?: boolean; message?: string }[];
}

const receipt = (): SampleReceipt => JSON.parse(text(RECEIPT)) as SampleReceipt;

test('the sample receipt keeps the schema and names every object once', () => {
  const { objects, complete } = receipt();
  expect(problem('receipt', receipt())).toBe('');
  expect(complete).toBe(true);
  expect(new Set(objects.map(({ uuid }) => uuid)).size).toBe(objects.length);
  expect(objects.some(({ state, message }) => state === 'conflict' && message)).toBe(true);
  expect(objects.some(({ posted, message }) => posted === false && message)).toBe(true);
});

test.each([
  ['an unknown state', (value: SampleReceipt) => Object.assign(value.objects[0]!, { state: 'lost' })],
  ['an unknown kind', (value: SampleReceipt) => Object.assign(value.objects[0]!, { kind: 'upd' })],
  ['roubles for kopecks', (value: SampleReceipt) => Object.assign(value.objects.at(-1)!, { sum: 12.5 })],
  ['an unknown key', (value: SampleReceipt) => Object.assign(value, { extra: 1 })],
  ['no package', (value: SampleReceipt) => Object.assign(value, { packageId: undefined })],
  ['another version', (value: SampleReceipt) => Object.assign(value, { receiptVersion: 2 })],
])('the schema of receipts refuses %s', (_, spoil) => {
  const value = receipt();
  spoil(value);
  expect(problem('receipt', JSON.parse(JSON.stringify(value)))).not.toBe('');
});

test('the signature is the HMAC of the bytes', () => {
  const hmac = createHmac('sha256', 'sample-key').update(readFileSync(join(SAMPLES, RECEIPT)));
  expect(text(`${RECEIPT}.sig`)).toBe(hmac.digest('hex'));
});

test('the sample passport keeps the schema', () => {
  expect(problem('base-passport', JSON.parse(text('base.json')))).toBe('');
});

test('each line of the sample counterparties keeps the schema; the first is the head', () => {
  const [head, ...lines] = text('counterparties.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(problem('counterparties', head)).toBe('');
  expect(head!.counterpartiesVersion).toBe(1);
  for (const line of lines) {
    expect(problem('counterparties', line)).toBe('');
    expect(line.ref1c).toBeTruthy();
  }
});
