import { describe, expect, it } from 'vitest';
import { bitrix24Channel } from '../../../src/delivery/bitrix24/documents.ts';
import { COMPANY } from '../../formats/upd/fixtures.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { configFor } from '../config.ts';
import { channelContract, type Side, type Trouble } from '../contract.ts';
import { createDeliveryWorld } from '../world.ts';
import { type Fate, portalDouble, testTime } from './double.ts';
import { emptyPortal } from './double-state.ts';

/** Documents of the delivery engine on their way into the double of a portal. */
const FATES: Readonly<Partial<Record<Trouble, Fate>>> = {
  'lost-before': 'drop-before',
  'lost-after': 'drop-after',
  'killed-before': 'drop-before',
  'killed-after': 'drop-after',
  'broken-before': 'broken-before',
  'broken-after': 'broken-after',
  busy: 'busy',
  refused: 'refused',
};
const WRITES = /\.(add|update|set|register)$/;

async function openSide(
  documents: 'comment' | 'invoice',
): Promise<Side & { state: ReturnType<typeof emptyPortal> }> {
  const time = testTime();
  const state = emptyPortal();
  state.items.set(1, { id: 1, type: 4, fields: { title: COMPANY.name }, fm: [] });
  const requisite = { RQ_INN: COMPANY.inn, RQ_KPP: COMPANY.kpp };
  state.requisites.set(2, { ID: 2, ENTITY_TYPE_ID: 4, ENTITY_ID: 1, ...requisite });
  const double = await portalDouble(time, state);
  let writes = 0;
  let planned: { at: number; trouble: Trouble; kill: () => void } | undefined;
  double.fate = (method) => {
    time.advance(1000);
    if (!WRITES.test(method)) return 'answer';
    writes++;
    if (planned?.at !== writes) return 'answer';
    const { trouble, kill } = planned;
    if (trouble.startsWith('killed')) kill();
    return FATES[trouble]!;
  };
  process.env.TEST_BITRIX24_CHANNEL = double.webhook;
  const pdf = { name: 'Документ.pdf', bytes: Buffer.from('%PDF-1.7') };
  return {
    state,
    channel: bitrix24Channel(() => () => ({ pdf, faults: [] })),
    config: configFor({ bitrix24: { webhookEnv: 'TEST_BITRIX24_CHANNEL', documents } }),
    meet: (nth, trouble, kill) => {
      planned = { at: writes + nth, trouble, kill };
    },
    writes: () => writes,
    copies: (key) => state.comments.filter(({ text }) => text.includes(key)).length,
    secrets: ['s3cr3t'],
    close: () => double.close(),
  };
}

channelContract('bitrix24', {
  troubles: Object.keys(FATES) as Trouble[],
  open: () => openSide('comment'),
});

describe('documents in the CRM', () => {
  const folder = temporaryFolders();

  it('a comment with the PDF at the card of the counterparty', async () => {
    const side = await openSide('comment');
    const world = createDeliveryWorld(folder());
    await world.run(side.channel, side.config, world.tasks(side.channel, 1));
    expect(side.state.comments).toMatchObject([
      { type: 'company', item: 1, files: [{ name: 'Документ.pdf' }] },
    ]);
    expect(side.state.comments[0]!.text).toContain('УПД № 1 от');
    await side.close();
  });

  it.each(['lost-after', 'broken-after', 'lost-before', 'busy', 'killed-after'] as const)(
    'a bill as a smart invoice: «%s» at each of its writes, and there is one of everything',
    async (trouble) => {
      for (let nth = 1; nth <= 4; nth++) {
        const side = await openSide('invoice');
        const world = createDeliveryWorld(folder());
        const [task] = world.tasks(side.channel, 1);
        const [source] = task!.parcel.documents;
        const bill = { ...source!.document, record: 'bill' as const };
        const billed = {
          ...task!,
          parcel: { ...task!.parcel, documents: [{ ...source!, document: bill }] },
        } as typeof task;
        side.meet(nth, trouble, () => undefined);
        for (let run = 0; run < 6 && world.row(billed!)?.status !== 'done'; run++) {
          await world.run(side.channel, side.config, [billed!]);
          world.pass(11 * 60_000);
        }
        expect(world.row(billed!), `write ${nth}`).toMatchObject({ status: 'done', outcome: 'ok' });
        const invoices = [...side.state.items.values()].filter(({ type }) => type === 31);
        expect(invoices).toMatchObject([
          {
            fields: {
              xmlId: task!.parcel.key,
              companyId: 1,
              title: expect.stringContaining('Счёт № 1') as string,
            },
          },
        ]);
        expect(side.state.rows.get(invoices[0]!.id)).toHaveLength(1);
        expect(side.copies(task!.parcel.key)).toBe(1);
        expect(side.state.comments[0]!.type).toBe('dynamic_31');
        await side.close();
      }
    },
  );

  it('a counterparty without a card is a finding, and nothing is sent', async () => {
    const side = await openSide('comment');
    side.state.requisites.clear();
    const world = createDeliveryWorld(folder());
    const { faults, sent } = await world.run(side.channel, side.config, world.tasks(side.channel, 1));
    expect([sent, faults.map(({ code }) => code)]).toEqual([0, ['BG1C-CRM-UNLINKED']]);
    expect(side.writes()).toBe(0);
    await side.close();
  });
});
