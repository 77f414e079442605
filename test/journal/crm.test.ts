import { expect, test } from 'vitest';
import type { CrmFinding } from '../../src/journal/crm-changes.ts';
import { openJournal } from '../../src/journal/journal.ts';

const clock = (): Date => new Date('2026-11-03T08:00:00Z');
const journal = () => openJournal(':memory:', clock).journal!;
const finding: CrmFinding = {
  kind: 'change',
  ref: '7b1d40a2-52aa-11ee-9d2a-a8a159d2c101',
  type: 4,
  item: 7,
  piece: 'requisite',
  field: 'RQ_KPP',
  title: 'ООО «Тулпар»',
  ours: '027401001',
  theirs: '027801001',
};

test('the address book knows a party by ИНН and КПП, one without them by its UUID, each address once', () => {
  const { addressBook } = journal().records;
  const tulpar = { inn: '0299000050', kpp: '027401001', counterparty: 'AAAA' };
  addressBook.replace(tulpar, ['Buh@tulpar.example', 'boss@tulpar.example'], 'onec');
  addressBook.add({ inn: '0299000050', kpp: '027401001' }, 'buh@tulpar.example', 'bitrix24');
  addressBook.add({ counterparty: 'bbbb' }, 'person@example.org', 'onec');
  expect(addressBook.emailsOf('0299000050', '027401001')).toEqual([
    'buh@tulpar.example',
    'boss@tulpar.example',
  ]);
  expect(addressBook.emailsOf('0299000050', '027801001')).toEqual([]);
  expect(addressBook.emailsOf('', '')).toEqual([]);
  expect(addressBook.emailsOfCounterparty('BBBB')).toEqual(['person@example.org']);
  addressBook.replace(tulpar, ['boss@tulpar.example'], 'onec');
  // The other one was also learned from the CRM.
  expect(addressBook.emailsOf('0299000050', '027401001')).toEqual([
    'boss@tulpar.example',
    'buh@tulpar.example',
  ]);
});

test('a finding is put down once; what was decided stays until one of the sides changes', () => {
  const { records, move } = journal();
  const { crmChanges } = records;
  const open = () => crmChanges.list('p', 'open').map(({ id, theirs }) => [id, theirs]);
  crmChanges.find('p', finding);
  crmChanges.find('p', finding);
  crmChanges.find('p', { ...finding, theirs: '2' });
  expect(open()).toEqual([[1, '2']]);
  move('crm_change', [1], 'refused');
  crmChanges.find('p', { ...finding, theirs: '2' });
  expect(open()).toEqual([]);
  crmChanges.find('p', { ...finding, theirs: '3' });
  expect(open()).toEqual([[2, '3']]);
  expect(crmChanges.standing('p', { ref: finding.ref! }).map(({ state }) => state)).toEqual([
    'refused',
    'open',
  ]);
  expect(crmChanges.standing('p', { type: 4, item: 7 })).toEqual([]);
});

test('a purge takes the values of what is settled', () => {
  const opened = journal();
  const { crmChanges } = opened.records;
  crmChanges.find('p', finding);
  crmChanges.find('p', { ...finding, field: 'RQ_INN' });
  opened.move('crm_change', [1], 'withdrawn');
  opened.forget('2027-01-01T00:00:00Z');
  expect(crmChanges.get('p', 1)).toMatchObject({ title: '', ours: '', theirs: '', field: 'RQ_KPP' });
  expect(crmChanges.get('p', 2)).toMatchObject({ title: finding.title, theirs: finding.theirs });
});

test('cards, pieces and cursors are of a portal each', () => {
  const { crm } = journal().records;
  crm.keep('a', { ref: 'r', type: 4, id: 1, hash: 'h' });
  crm.keepPiece('a', 'r', { piece: 'item', id: 1, fields: { title: 'x' } });
  crm.moveCursor('a', 'item:4', '2026-11-03T08:00:00Z');
  expect([crm.card('b', 'r'), crm.owner('b', 4, 1), crm.cursor('b', 'item:4')]).toEqual(
    Array(3).fill(undefined),
  );
  expect(crm.owner('a', 4, 1)).toMatchObject({ ref: 'r', hash: 'h' });
  crm.unsettle('a', 'r');
  expect(crm.cards('a').get('r')).toMatchObject({ id: 1, hash: undefined });
  crm.dropPiece('a', 'r', 'item');
  expect(crm.pieces('a', 'r').size).toBe(0);
});
