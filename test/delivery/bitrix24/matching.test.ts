import { describe, expect, it } from 'vitest';
import { counterparty, innOf, refOf } from './counterparties.ts';
import type { Item, OldRow } from './double-state.ts';
import { type CrmWorld, crmWorld, OWNERS, PORTAL } from './world.ts';

/** Whose card is whose, and what becomes of what people entered. */

/** A company that a manager entered. */
function company(
  world: CrmWorld,
  id: number,
  fields: Record<string, unknown>,
  requisite?: Partial<OldRow>,
): Item {
  const { items, requisites } = world.double.state;
  const item: Item = {
    id,
    type: 4,
    fields: { updatedTime: world.time.now().toISOString(), ...fields },
    fm: [],
  };
  items.set(id, item);
  if (requisite) requisites.set(id + 1000, { ID: id + 1000, ENTITY_TYPE_ID: 4, ENTITY_ID: id, ...requisite });
  return item;
}

const OURS = { RQ_INN: innOf(1), RQ_KPP: '027401001' };
const only = (world: CrmWorld): Item => [...world.double.state.items.values()][0]!;

describe('a card and its item', () => {
  it.each([0, 40])('templates of requisites by their meaning, whatever their number (%i)', async (shift) => {
    const world = await crmWorld({ shift });
    await world.push([
      counterparty(1),
      counterparty(2, { kind: 'sole-trader', inn: '029900000161', fullName: 'ИП Сафин Рустам Маратович' }),
    ]);
    const rows = [...world.double.state.requisites.values()];
    expect(rows.map(({ PRESET_ID }) => Number(PRESET_ID))).toEqual([1 + shift, 2 + shift]);
    expect(rows[1]).toMatchObject({ RQ_LAST_NAME: 'Сафин', RQ_SECOND_NAME: 'Маратович' });
  });

  it('ИНН and КПП of a manager`s company: joined, empty fields filled, hers kept and listed', async () => {
    const world = await crmWorld();
    company(world, 11, { title: 'Ромашка', comments: 'вип', originatorId: 'ONE_C', originId: '77' }, OURS);
    expect(await world.push([counterparty(1)])).toMatchObject({ joined: 1, created: 0 });
    const { state } = world.double;
    expect(only(world).fields).toMatchObject({
      title: 'Ромашка',
      comments: 'вип',
      originatorId: 'ONE_C',
      originId: '77',
      UF_CRM_BG_ACCOUNT: ['100001'],
    });
    expect([...state.requisites.values()]).toMatchObject([{ RQ_OGRN: '1120299000051' }]);
    expect(world.open()).toMatchObject([{ kind: 'conflict', field: 'title', theirs: 'Ромашка' }]);
    const { writes } = world.double.counts;
    await world.push([counterparty(1)]);
    expect(world.double.counts.writes).toBe(writes);
  });

  it.each(['02000 00015', '0200-000015', '0200\u00a0000015'])(
    'an ИНН typed as «%s» is the same ИНН',
    async (typed) => {
      const world = await crmWorld();
      company(world, 11, {}, { ...OURS, RQ_INN: typed });
      expect(await world.push([counterparty(1)])).toMatchObject({ joined: 1, created: 0 });
    },
  );

  it('a branch has its own КПП: another company is not its head', async () => {
    const world = await crmWorld();
    company(world, 11, { title: 'Голова' }, { ...OURS, RQ_KPP: '770001001' });
    expect(await world.push([counterparty(1)])).toMatchObject({ created: 1, joined: 0 });
  });

  it('a КПП that the manager left out: joined where the taxpayer stands once on both sides', async () => {
    const world = await crmWorld();
    company(world, 11, { title: 'Ромашка' }, { RQ_INN: innOf(1) });
    expect(await world.push([counterparty(1)])).toMatchObject({ joined: 1 });
    expect([...world.double.state.requisites.values()]).toMatchObject([OURS]);
  });

  it('… and asked about where 1C has a branch of it', async () => {
    const world = await crmWorld();
    company(world, 11, { title: 'Ромашка' }, { RQ_INN: innOf(1) });
    const branch = counterparty(2, { inn: innOf(1), kpp: '770001001' });
    expect(await world.push([counterparty(1), branch])).toMatchObject({ unclear: 2, created: 0, joined: 0 });
    expect(world.open().map(({ kind }) => kind)).toEqual(['which', 'which']);
  });

  it('two cards of 1C with one ИНН and КПП are asked about', async () => {
    const world = await crmWorld();
    const twin = counterparty(2, { inn: innOf(1) });
    expect(await world.push([counterparty(1), twin])).toMatchObject({ unclear: 2, created: 0 });
    expect(world.open()[0]!.theirs).toContain('несколько карточек');
  });

  it('without ИНН the same telephone is enough to ask; nothing alike is made anew', async () => {
    const world = await crmWorld();
    const item = company(world, 11, { title: 'Кто-то' });
    item.fm.push({ id: 1, typeId: 'PHONE', valueType: 'WORK', value: '+7 347 2000001' });
    const { inn: _, kpp: __, ...nameless } = counterparty(1);
    const { inn: ___, kpp: ____, ...other } = counterparty(2);
    expect(await world.push([nameless, other])).toMatchObject({ unclear: 1, created: 1 });
    expect(world.open()[0]!.theirs).toContain('11');
  });

  it('companies that are merged in the CRM answer the question by themselves', async () => {
    const world = await crmWorld();
    company(world, 11, {}, OURS);
    company(world, 12, {}, OURS);
    await world.push([counterparty(1)]);
    world.double.state.items.delete(12);
    world.double.state.requisites.delete(1012);
    expect(await world.push([counterparty(1)])).toMatchObject({ joined: 1, unclear: 0 });
    expect(world.open().filter(({ kind }) => kind === 'which')).toEqual([]);
  });
});

describe('what a manager deletes', () => {
  it('a company is asked about, and made again only when that is wanted', async () => {
    const world = await crmWorld();
    await world.push([counterparty(1)]);
    const { state } = world.double;
    const [id] = [...state.items.keys()];
    state.items.delete(id!);
    for (const rows of [state.requisites, state.banks]) rows.clear();
    state.addresses.clear();
    const changed = counterparty(1, { name: 'ООО «Новое имя»' });
    expect(await world.push([changed])).toMatchObject({ unclear: 1, created: 0 });
    expect(world.open()[0]!.theirs).toContain(`карточка CRM ${id} удалена`);
  });

  it('a bank account is not made again without a word', async () => {
    const world = await crmWorld();
    await world.push([counterparty(1)]);
    world.double.state.banks.clear();
    const changed = counterparty(1, { name: 'ООО «Новое имя»' });
    await world.push([changed]);
    expect(world.double.state.banks.size).toBe(0);
    const [deleted] = world.open();
    expect(deleted).toMatchObject({ piece: expect.stringContaining('bank:') as string, field: 'deleted' });
    world.refuse(deleted!.id);
    await world.push([changed]);
    expect(world.double.state.banks.size).toBe(1);
    expect(world.open()).toEqual([]);
  });

  it('a telephone of ours that she deleted stays deleted', async () => {
    const world = await crmWorld();
    await world.push([counterparty(1)]);
    only(world).fm = [];
    await world.push([counterparty(1, { name: 'ООО «Новое имя»' })]);
    expect(only(world).fm).toEqual([]);
  });
});

it('an address that somebody enters between our look and our write is not written over', async () => {
  const world = await crmWorld();
  const { state } = world.double;
  world.double.fate = () => {
    for (const { ID } of state.requisites.values())
      if (!state.addresses.has(`6:${ID}`))
        state.addresses.set(`6:${ID}`, {
          TYPE_ID: 6,
          ENTITY_TYPE_ID: 8,
          ENTITY_ID: ID,
          ADDRESS_1: 'её адрес',
        });
    return 'answer';
  };
  expect(await world.push([counterparty(1)])).toMatchObject({ created: 1, failed: [] });
  expect([...state.addresses.values()].map(({ ADDRESS_1 }) => ADDRESS_1)).toEqual([
    'её адрес',
    'г. Уфа, ул. Кирова, д. 1',
  ]);
  expect(world.open()).toMatchObject([{ kind: 'conflict', piece: 'address:6', theirs: 'её адрес' }]);
});

it('telephones and e-mails that 1C has no more go, if they came from 1C and still are as they came', async () => {
  const world = await crmWorld();
  await world.push([counterparty(1)]);
  only(world).fm.push({ id: 901, typeId: 'PHONE', valueType: 'WORK', value: '+7 900 111-22-33' });
  await world.push([counterparty(1, { phones: ['8 (347) 200-00-02'], emails: [] })]);
  expect(only(world).fm.map(({ value }) => value)).toEqual(['+7 900 111-22-33', '8 (347) 200-00-02']);
  // Another spelling of the same telephone is no news.
  const { writes } = world.double.counts;
  await world.push([counterparty(1, { phones: ['+7 347 2000002'], emails: [] })]);
  expect(world.double.counts.writes).toBe(writes);
});

it('a telephone that both had is the manager’s: 1C does not take it away, and does not bring it back', async () => {
  const world = await crmWorld();
  const phones = ['+7 347 2000001', '+7 347 2000002'];
  const typed = { typeId: 'PHONE', valueType: 'WORK', value: '8 (347) 200-00-01' };
  await world.push([counterparty(1, { phones: [] })]);
  only(world).fm = [{ id: 901, ...typed }];
  await world.push([counterparty(1, { phones, emails: [] })]);
  expect(only(world).fm.map(({ value }) => value)).toEqual([typed.value, phones[1]]);
  await world.push([counterparty(1, { phones: [], emails: [] })]);
  expect(only(world).fm).toMatchObject([typed]);
  await world.push([counterparty(1, { phones, emails: [] })]);
  only(world).fm = [];
  await world.push([counterparty(1, { phones, emails: [], name: 'ООО «Новое имя»' })]);
  expect(only(world)).toMatchObject({ fm: [], fields: { title: 'ООО «Новое имя»' } });
});

it.each([4, 5, 6])(
  'telephones of a card whose making was not answered (request %i) are 1C’s all the same',
  async (nth) => {
    const world = await crmWorld();
    let seen = 0;
    world.double.fate = () => (++seen === nth ? 'drop-after' : 'answer');
    await world.push([counterparty(1)]);
    await world.push([counterparty(1, { phones: [], emails: [] })]);
    expect(only(world).fm).toEqual([]);
  },
);

it('a card that the journal does not know is found by our key, whatever became of its ИНН', async () => {
  const world = await crmWorld();
  await world.push([counterparty(1)]);
  [...world.double.state.requisites.values()][0]!.RQ_INN = innOf(9);
  const fresh = await crmWorld();
  world.journal = fresh.journal;
  expect(await world.push([counterparty(1)])).toMatchObject({ joined: 1 });
  expect(world.open()).toMatchObject([{ kind: 'conflict', field: 'RQ_INN', theirs: innOf(9) }]);
  expect(world.journal.records.crm.card(PORTAL, refOf(1))?.id).toBe(only(world).id);
});

describe('whose word counts', () => {
  it('a field of the CRM is filled where it is empty, and never after that', async () => {
    const world = await crmWorld();
    const owners = { ...OWNERS, title: 'crm', requisites: 'crm', phones: 'off' } as const;
    await world.push([counterparty(1)], { owners });
    expect(only(world)).toMatchObject({ fields: { title: 'ООО «Абонент 1»' }, fm: [{ typeId: 'EMAIL' }] });
    const changed = counterparty(1, { name: 'ООО «Другое»', kpp: '027901001', emails: ['new@onec.example'] });
    await world.push([changed], { owners });
    expect(only(world).fields.title).toBe('ООО «Абонент 1»');
    expect([...world.double.state.requisites.values()]).toMatchObject([{ RQ_KPP: '027401001' }]);
    expect(only(world).fm.map(({ value }) => value)).toEqual(['new@onec.example']);
    expect(world.open()).toEqual([]);
  });

  it('what is switched off is not brought over', async () => {
    const world = await crmWorld();
    const off = { requisites: 'off', title: 'off', contract: 'off', emails: 'off', phones: 'off' } as const;
    await world.push([counterparty(1)], { owners: { ...OWNERS, ...off } });
    expect(world.double.state.requisites.size + world.double.state.banks.size).toBe(0);
    expect(only(world)).toMatchObject({ fields: { title: 'ООО «Абонент 1»' }, fm: [] });
    expect(only(world).fields).not.toHaveProperty('UF_CRM_BG_ACCOUNT');
  });
});
