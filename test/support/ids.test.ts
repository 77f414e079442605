import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUuid, sha256, uuidV5, ZERO_UUID } from '../../src/support/ids.ts';

test('a seed gives the same UUID for ever: 1C finds what was loaded by it', () => {
  expect(uuidV5('bgbilling:demo:contract:101')).toBe('954fa0f2-df85-5bc3-9f6b-7088433850a0');
  expect(uuidV5('bgbilling:demo:контрагент:1')).toBe('a4d73b74-6e17-577e-9204-6d2c165a5bf4');
});

test('UUIDs are of version 5 and differ when their seeds do', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(uuidV5(a)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(isUuid(uuidV5(a))).toBe(true);
      expect(uuidV5(a) === uuidV5(b)).toBe(a === b);
    }),
  );
});

test('a UUID is recognised in its one written form', () => {
  expect(isUuid(ZERO_UUID)).toBe(true);
  for (const text of [
    '',
    ZERO_UUID.slice(1),
    `${ZERO_UUID} `,
    'ABCDEF00-0000-0000-0000-000000000000',
    `{${ZERO_UUID}}`,
  ])
    expect(isUuid(text)).toBe(false);
});

test('SHA-256 of text is that of its UTF-8 bytes', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('счёт')).toBe(sha256(Buffer.from('счёт', 'utf8')));
});
