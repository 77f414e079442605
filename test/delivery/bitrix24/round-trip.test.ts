import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Counterparty } from '../../../src/model/types.ts';
import { openTemplate } from '../../onec/processing/template.ts';
import { edit } from '../../onec/scenarios/hers.ts';
import { monthOf, removeMonths } from '../../onec/scenarios/months.ts';
import { CURRENT, OLD } from '../../onec/scenarios/suite.ts';
import { createWorld, filesOf, type World } from '../../onec/scenarios/world.ts';
import { innOf } from './counterparties.ts';
import { type PortalDouble, portalDouble, type TestTime, testTime } from './double.ts';
import type { Item, OldRow } from './double-state.ts';

/** From the accountant's base to the CRM and back: the model of a base, our commands, the double of a portal. */
const template = openTemplate();
const CARD = 'Справочник.Контрагенты';
const ended: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  delete process.env.TEST_BITRIX24;
});
afterAll(removeMonths);

interface Office {
  world: World;
  double: PortalDouble;
  time: TestTime;
  buyer: Counterparty;
  item: Item;
  requisite: OldRow;
  /** Texts of a card in 1C: attributes and contacts. */
  card(uuid: string): { fields: Record<string, string>; contacts: string[] } | undefined;
  /** Folder load as the schedule does it; states of the last receipt by UUID. */
  load(): { state: string; message?: string | undefined; uuid: string }[];
}

async function office(profile = CURRENT, documents: 'off' | 'comment' = 'off'): Promise<Office> {
  const world = createWorld({ month: await monthOf('december'), template, profile });
  ended.push(() => world.dispose());
  const time = testTime();
  const double = await portalDouble(time);
  ended.push(() => double.close());
  process.env.TEST_BITRIX24 = double.webhook;
  const config = join(world.root, 'bg1c.yaml');
  writeFileSync(
    config,
    `${readFileSync(config, 'utf8')}\nchannels: { bitrix24: { webhookEnv: TEST_BITRIX24, documents: ${documents} } }\n`,
  );
  world.command('ЗагрузитьПапку');
  world.receipts();
  world.command('ВыгрузитьКонтрагентов');
  expect((await world.bg1c('bitrix24', 'setup', '--yes')).exit).toBe(0);
  expect(await world.bg1c('bitrix24', 'push')).toMatchObject({ exit: 0 });
  const buyer = world.find<Counterparty>('counterparty', 'ООО «Сабантуй-Трейд»');
  const item = [...double.state.items.values()].find(({ fields }) => fields.title === buyer.name)!;
  const requisite = [...double.state.requisites.values()].find(
    ({ ENTITY_ID }) => Number(ENTITY_ID) === item.id,
  )!;
  return {
    world,
    double,
    time,
    buyer,
    item,
    requisite,
    card(uuid) {
      const stored = world.base.store.find(CARD, uuid);
      if (!stored) return undefined;
      const fields = Object.fromEntries(
        [...stored.fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      );
      const rows = stored.parts.get('контактнаяинформация') ?? [];
      return { fields, contacts: rows.map((row) => String(row.get('представление'))) };
    },
    load() {
      world.command('ЗагрузитьПапку');
      return world.receipts().at(-1)?.objects ?? [];
    },
  };
}

/** A manager's edit that the next look sees. */
function manage({ item, requisite, time }: Office, change: () => void): void {
  time.advance(60_000);
  change();
  const now = time.now().toISOString();
  item.fields.updatedTime = now;
  requisite.DATE_MODIFY = now;
}

async function approveAll({ world }: Office): Promise<{ exit: number }> {
  await world.bg1c('bitrix24', 'pull');
  const { result } = (await world.bg1c('bitrix24', 'changes')) as unknown as {
    result: { open: { id: number }[] };
  };
  return world.bg1c('bitrix24', 'approve', ...result.open.map(({ id }) => String(id)));
}

test('an approved КПП and e-mail change these fields of the card, and nothing else of it', async () => {
  const here = await office();
  const { world, buyer, item, requisite } = here;
  edit(world.base, CARD, buyer.uuid, { КодПоОКПО: '12345678', Комментарий: 'важный' });
  const before = here.card(buyer.uuid)!;
  manage(here, () => {
    requisite.RQ_KPP = '027801001';
    item.fm.push({ id: 9001, typeId: 'EMAIL', valueType: 'WORK', value: 'boss@sabantuy.example' });
  });
  expect(await approveAll(here)).toMatchObject({ exit: 0 });
  const underWay = async (): Promise<unknown> =>
    ((await world.bg1c('bitrix24', 'changes')) as unknown as { result: { underWay: unknown[] } }).result
      .underWay;
  expect(await underWay()).toHaveLength(2);
  expect(here.load()).toMatchObject([{ uuid: buyer.uuid, state: 'updated' }]);
  const after = here.card(buyer.uuid)!;
  expect(after.fields).toEqual({ ...before.fields, кпп: '027801001' });
  expect(after.contacts).toEqual([...before.contacts, 'boss@sabantuy.example']);
  expect(filesOf(world.path('outbox', 'done')).length).toBeGreaterThan(0);
  // Both sides agree now: nothing is written and nothing is listed.
  world.command('ВыгрузитьКонтрагентов');
  expect(await underWay()).toEqual([]);
  const { writes } = here.double.counts;
  expect(await world.bg1c('bitrix24', 'push')).toMatchObject({ exit: 0, result: { agreed: 1 } });
  expect(here.double.counts.writes).toBe(writes);
  expect(
    await world.bg1c('receipt', world.path('receipts', filesOf(world.path('receipts')).at(-1)!)),
  ).toMatchObject({
    exit: 0,
  });
});

test('a card that the accountant changed meanwhile stays hers: the package comes to rest in error', async () => {
  const here = await office();
  const { world, buyer, requisite } = here;
  manage(here, () => {
    requisite.RQ_KPP = '027801001';
  });
  expect(await approveAll(here)).toMatchObject({ exit: 0 });
  edit(world.base, CARD, buyer.uuid, { КПП: '027901001' });
  const before = here.card(buyer.uuid);
  expect(here.load()).toMatchObject([
    { state: 'conflict', message: 'правка «027801001» не внесена: в карточке уже «027901001»' },
  ]);
  expect(here.card(buyer.uuid)).toEqual(before);
  expect(filesOf(world.path('outbox', 'error')).some((name) => name.endsWith('.zip'))).toBe(true);
});

test('the same package once more changes nothing', async () => {
  const here = await office();
  manage(here, () => {
    here.requisite.RQ_KPP = '027801001';
  });
  await approveAll(here);
  const [name] = filesOf(here.world.path('outbox')).filter((one) => one.endsWith('.zip'));
  const bytes = readFileSync(here.world.path('outbox', name!));
  here.load();
  const once = here.card(here.buyer.uuid);
  writeFileSync(here.world.path('outbox', name!), bytes);
  expect(here.load()).toMatchObject([{ state: 'found' }]);
  expect(here.card(here.buyer.uuid)).toEqual(once);
});

test('a company that 1C did not have becomes its counterparty, and the CRM knows it by the next push', async () => {
  const here = await office();
  const { world, double, time } = here;
  manage(here, () => {
    const now = time.now().toISOString();
    const state = double.state;
    state.items.set(9501, { id: 9501, type: 4, fields: { title: 'Новая', updatedTime: now }, fm: [] });
    const fields = { RQ_INN: innOf(77), RQ_KPP: '027401001', RQ_COMPANY_NAME: 'ООО «Новая»' };
    state.requisites.set(9503, { ID: 9503, ENTITY_TYPE_ID: 4, ENTITY_ID: 9501, ...fields, DATE_MODIFY: now });
  });
  expect(await approveAll(here)).toMatchObject({ exit: 0 });
  const [made] = here.load();
  expect(made).toMatchObject({ state: 'created' });
  expect(here.card(made!.uuid)!.fields).toMatchObject({ наименование: 'ООО «Новая»', инн: innOf(77) });
  world.command('ВыгрузитьКонтрагентов');
  expect(await world.bg1c('bitrix24', 'push')).toMatchObject({ result: { joined: 1, created: 0 } });
  expect(double.state.items.get(9501)!.fields.originId).toBe(made!.uuid);
});

test('БСП 2.3 has no call that adds an e-mail: the card stays whole, the accountant is told', async () => {
  const here = await office(OLD);
  const { buyer, item } = here;
  manage(here, () => {
    item.fm.push({ id: 9001, typeId: 'EMAIL', valueType: 'WORK', value: 'boss@sabantuy.example' });
  });
  await approveAll(here);
  const before = here.card(buyer.uuid);
  expect(here.load()).toMatchObject([
    { state: 'failed', message: 'эта версия 1С не внесла в карточку «boss@sabantuy.example», впишите сами' },
  ]);
  expect(here.card(buyer.uuid)).toEqual(before);
});

test('booked documents stand at the cards with their PDFs, once; beside them how far they have come', async () => {
  const here = await office(CURRENT, 'comment');
  const { world, double } = here;
  for (const name of filesOf(world.path('receipts')))
    if (name.endsWith('.json')) await world.bg1c('receipt', world.path('receipts', name));
  const sent = (await world.bg1c('send', 'bitrix24')) as unknown as { exit: number; sent: number };
  const { comments, items } = double.state;
  expect(comments.length).toBeGreaterThan(5);
  expect(
    comments.every(
      ({ files }) => Buffer.from(files[0]!.base64, 'base64').subarray(0, 5).toString() === '%PDF-',
    ),
  ).toBe(true);
  expect(comments.every(({ item, type }) => type === 'company' && items.has(item))).toBe(true);
  expect(new Set(comments.map(({ text }) => text)).size).toBe(comments.length);
  expect([0, 1, 3]).toContain(sent.exit);
  const documents = comments.length;
  await world.bg1c('send', 'bitrix24');
  expect(comments).toHaveLength(documents);
  expect(await world.bg1c('bitrix24', 'states')).toMatchObject({
    result: { known: documents, written: documents },
  });
  expect(
    comments
      .slice(documents)
      .every(({ text, files }) => text.includes('проведён в 1С') && files.length === 0),
  ).toBe(true);
  const { writes } = double.counts;
  expect(await world.bg1c('bitrix24', 'states')).toMatchObject({ result: { written: 0 } });
  expect(double.counts.writes).toBe(writes);
}, 60_000);
