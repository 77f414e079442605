import { expect, test } from 'vitest';
import { soakBitrix24 } from '../../../tools/soak-bitrix24.ts';
import { counterparties, counterparty, refOf } from './counterparties.ts';
import { crmWorld } from './world.ts';

test('cards of 1C become companies with requisites, bank, addresses; the second run writes nothing', async () => {
  const world = await crmWorld();
  const cards = counterparties(120);
  const first = await world.push(cards);
  expect(first).toMatchObject({ created: 120, failed: [], unclear: 0 });
  const { state, counts } = world.double;
  expect([state.items.size, state.requisites.size, state.banks.size, state.addresses.size]).toEqual([
    120, 120, 120, 240,
  ]);
  const item = [...state.items.values()][0]!;
  expect(item.fields).toMatchObject({
    title: 'ООО «Абонент 1»',
    originId: refOf(1),
    originatorId: 'bgbilling-1c',
    UF_CRM_BG_ACCOUNT: ['100001'],
  });
  expect(item.fm.map(({ typeId, value }) => [typeId, value])).toEqual([
    ['PHONE', '+7 347 2000001'],
    ['EMAIL', 'buh@abonent1.example'],
  ]);
  const before = { ...counts };
  const second = await world.push(cards);
  expect(second.unchanged).toBe(120);
  expect(counts).toEqual(before);
});

test('a dry run shows each field and writes nothing, in the portal or in the journal', async () => {
  const world = await crmWorld();
  const result = await world.push([counterparty(1)], { dryRun: true });
  expect(result.edits[0]!.fields).toContainEqual({
    piece: 'requisite',
    field: 'RQ_INN',
    from: '',
    to: counterparty(1).inn,
  });
  expect(world.double.state.items.size).toBe(0);
  expect(world.journal.records.crm.cards('portal.example').size).toBe(0);
});

test('the soak in small: answers are lost, limits are kept, the second run writes nothing', async () => {
  const said: string[] = [];
  expect(await soakBitrix24(400, (text) => said.push(text))).toEqual([]);
  expect(said[0]).toMatch(/^Bitrix24, 400 counterparties: \d+ requests/);
});
