import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Receipt, ReceiptObject } from '../../src/journal/receipt.ts';
import { uuidV5 } from '../../src/support/ids.ts';
import { entriesOf } from '../golden/sample.ts';
import { type ExchangeWorld, preparedWorld } from './world.ts';

const PACKAGE = 'one-2026-10-1-1of1.zip';

/** A world whose first package lies in the outbox. */
const built = preparedWorld((world) => {
  world.drop('one.zip');
  return world.once();
});

/** Every object in one state. */
const every =
  (state: ReceiptObject['state']) =>
  ({ objects }: Receipt): void => {
    for (const object of objects) object.state = state;
  };

describe("1C's UUIDs", () => {
  const pairs = async (world: ExchangeWorld, name: string): Promise<{ uuid: string; ref1c: string }[]> =>
    (await entriesOf(world.path('outbox', name)))
      .get('refs.jsonl')!
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { uuid: string; ref1c: string });

  it('travel with the next package of the same base: its cards, and other documents of its buyers', async () => {
    const world = await built();
    expect(await pairs(world, PACKAGE)).toEqual([]);
    let receipt: Receipt | undefined;
    await world.answer(PACKAGE, (found) => {
      receipt = found;
    });
    await world.once();
    world.drop('later.zip');
    await world.once();
    const told = await pairs(world, 'one-2026-10-2-1of1.zip');
    const known = receipt!.objects.map(({ uuid, ref1c }) => ({ uuid, ref1c: ref1c! }));
    expect(told).toEqual(known.sort((a, b) => (a.uuid < b.uuid ? -1 : 1)));
    const owner = receipt!.objects.find(({ kind }) => kind === 'counterparty')!;
    expect(owner.ref1c).not.toBe(owner.uuid);
  });

  it('stay as they were when a package is given out again after more receipts', async () => {
    const world = await built();
    const name = await world.answer(PACKAGE);
    const receipt = JSON.parse(readFileSync(world.path('receipts', name), 'utf8')) as Receipt;
    await world.once();
    world.drop('later.zip');
    await world.once();
    const later = 'one-2026-10-2-1of1.zip';
    const bytes = readFileSync(world.path('outbox', later));
    Object.assign(receipt, { receiptId: uuidV5('again'), finishedAt: '2026-11-03T09:50:00Z' });
    for (const object of receipt.objects) object.ref1c = uuidV5(`moved ${object.uuid}`);
    writeFileSync(world.path('receipts', 'moved.json'), JSON.stringify(receipt));
    await world.once();
    await world.build('later.zip');
    expect(readFileSync(world.path('outbox', later))).toEqual(bytes);
  });

  it.each([
    [
      'another base',
      (receipt: Receipt) => void Object.assign(receipt.infobase, { connection: 'File="copy";' }),
    ],
    ['objects that are conflicts', every('conflict')],
    ['objects that are missing', every('missing')],
  ])('are not learned from %s', async (_, edit) => {
    const world = await built();
    await world.answer(PACKAGE, edit);
    await world.once();
    world.drop('later.zip');
    await world.once();
    expect(await pairs(world, 'one-2026-10-2-1of1.zip')).toEqual([]);
  });
});
