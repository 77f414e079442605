import { describe, expect, it } from 'vitest';
import { counterpartyKey, createIdentity } from '../../src/model/identity.ts';
import { isUuid } from '../../src/support/ids.ts';

const bashnet = createIdentity('bashnet');

/** 1C finds by these UUIDs what it loaded years ago: a line of this list is never changed, only added. */
const GOLDEN: [string, () => string, string][] = [
  ['node', () => bashnet.node(), '40288f10-f6e7-540e-88d7-5c6775eb51b8'],
  [
    'organization',
    () => bashnet.organization('0299000011', '027401001'),
    '50b959a2-1e5c-5752-86db-12c0fa88e46e',
  ],
  [
    'organization without КПП',
    () => bashnet.organization('029900010106', ''),
    'f9522922-059e-51ea-bb95-315fb19f1aa1',
  ],
  [
    'counterparty',
    () => bashnet.counterparty('0299000050/027401001'),
    '8c8f1ad7-1f87-5a28-8c70-a8d115c57fbf',
  ],
  [
    'counterparty without КПП',
    () => bashnet.counterparty('029900010106/'),
    'fe01615e-5a94-547e-a604-97130ddea82c',
  ],
  [
    'counterparty without ИНН',
    () => bashnet.counterparty('cid:1031'),
    '7e8ce189-365c-5c66-9ba4-80dc6eb83385',
  ],
  ['contract', () => bashnet.contract('1001'), 'c26c3b78-21fc-5f19-b885-054ddd14ad32'],
  ['service', () => bashnet.service('20'), '663b9a03-9736-5adf-9df6-08c9560792e4'],
  ['service of a charge', () => bashnet.service('charge-10'), '73339b91-d22c-578e-80e9-3c9aae62319f'],
  ['general service', () => bashnet.service('fallback'), '3cff2ab6-78bd-5608-bc63-422b4efd127d'],
  [
    'bank account',
    () => bashnet.bankAccount('0299000011', '40702810206000000001', '048073601'),
    '917c47f9-99ed-5459-87e5-8c3f31c17e26',
  ],
  ['bill', () => bashnet.document('bill:3401', 'bill'), '90ce12bc-12b1-51a3-8613-ca7ad649f776'],
  ['act', () => bashnet.document('invoice:3401', 'act'), '59b6ea3d-d789-51e2-bbc6-0d0bfd40abb6'],
  [
    'VAT invoice',
    () => bashnet.document('invoice:3402', 'vat-invoice'),
    'bcd7ab03-0a33-5d49-aaf0-d215d5ad3ff0',
  ],
  [
    'card of 1C',
    () => bashnet.card('3f6c1b7e-41f0-11ee-9d2a-a8a159d2c101'),
    '73d9cfb6-7c94-5d02-899f-d915d6dc9b8e',
  ],
  ['folder of services', () => bashnet.serviceGroup('Услуги связи'), 'ba49788b-bff8-5d6a-b38e-ec121fbd6e26'],
  [
    'correction of a VAT invoice',
    () => bashnet.correction('invoice:3402', 1),
    '3b41ea23-e5b9-5dbc-b407-78130e9d2f29',
  ],
];

describe('identity', () => {
  it.each(GOLDEN)('%s is what it always was', (_, uuid, golden) => {
    expect(uuid()).toBe(golden);
  });

  it('gives UUIDs of version 5, all different', () => {
    const uuids = GOLDEN.map(([, uuid]) => uuid());
    expect(new Set(uuids).size).toBe(uuids.length);
    for (const uuid of uuids) expect(isUuid(uuid) && uuid[14] === '5').toBe(true);
  });

  it('never meets another installation', () => {
    const other = createIdentity('bashnet-2');
    expect(other.contract('1001')).not.toBe(bashnet.contract('1001'));
    expect(other.node()).not.toBe(bashnet.node());
  });

  it('leaves a card that came from us as it is', () => {
    const own = bashnet.counterparty('0299000050/027401001');
    expect(bashnet.card(own)).toBe(own);
  });

  it('tells a bill from an act with the same id, and an act from its VAT invoice', () => {
    expect(bashnet.document('bill:17', 'bill')).not.toBe(bashnet.document('invoice:17', 'act'));
    expect(bashnet.document('invoice:17', 'act')).not.toBe(bashnet.document('invoice:17', 'vat-invoice'));
  });
});

describe('counterpartyKey', () => {
  it.each([
    ['0299000050', '027401001', '1001', '0299000050/027401001'],
    ['029900010106', undefined, '1025', '029900010106/'],
    [undefined, undefined, '1031', 'cid:1031'],
    [undefined, '027401001', '1031', 'cid:1031'],
    ['', '', '1031', 'cid:1031'],
  ])('%s and %s of cid %s: %s', (inn, kpp, cid, key) => {
    expect(counterpartyKey(inn, kpp, cid)).toBe(key);
  });
});
