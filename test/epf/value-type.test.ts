import { expect, test } from 'vitest';
import { parseValueType } from '../../src/epf/description/value-type.ts';

test.each([
  ['string', { kind: 'string', length: 0 }],
  ['string(10)', { kind: 'string', length: 10 }],
  ['number(15,2)', { kind: 'number', digits: 15, fraction: 2 }],
  ['number(10)', { kind: 'number', digits: 10, fraction: 0 }],
  ['boolean', { kind: 'boolean' }],
  ['date', { kind: 'date' }],
  ['dateTime', { kind: 'dateTime' }],
  ['any', { kind: 'any' }],
])('reads %s', (text, type) => {
  expect(parseValueType(text)).toEqual(type);
});

test.each([
  '',
  'text',
  'string(10,2)',
  'string(2000)',
  'number',
  'number(33)',
  'number(2,3)',
  'boolean(1)',
  'date(1)',
])('refuses «%s»', (text) => {
  expect(parseValueType(text)).toBeUndefined();
});
