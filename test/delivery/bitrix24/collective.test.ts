import { expect, it, test } from 'vitest';
import { withoutCollective } from '../../../src/delivery/bitrix24/collective.ts';
import { bitrix24Channel } from '../../../src/delivery/bitrix24/documents.ts';
import { createIdentity } from '../../../src/model/identity.ts';
import type { OnecCard } from '../../../src/model/onec-card.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { configFor } from '../config.ts';
import { createDeliveryWorld } from '../world.ts';
import { counterparty, refOf } from './counterparties.ts';

/** «Физические лица» of the one act of all persons is nobody: it is neither a card of the CRM nor gets documents there. */
const INFOBASE = 'e0a4c2d6-8b57-4f3a-9c44-6d1f0b7a2e35';
const config = configFor(
  { bitrix24: { webhookEnv: 'TEST_BITRIX24_COLLECTIVE' } },
  {
    onec: { infobase: { id: INFOBASE, connection: ['File="C:\\Base";'] } },
    consent: { bitrix24: true },
  },
);
const OURS = createIdentity('bashnet').counterparty('persons');
const folder = temporaryFolders();

/** What the base's receipts said of our UUID. */
function kept(cards: readonly OnecCard[], ref1c?: string): string[] {
  const receipts = {
    newest: () => 7,
    refs: (infobase: string, before: number, uuids: readonly string[]) =>
      ref1c !== undefined && infobase === INFOBASE && before === 7 && uuids.includes(OURS)
        ? [{ uuid: OURS, ref1c }]
        : [],
  };
  return withoutCollective(cards, config, { receipts }).map((card) => card.ref1c);
}

/** A card without requisites, as the one of all persons is. */
function bare(number: number, edit: Partial<OnecCard>): OnecCard {
  const { inn: _inn, kpp: _kpp, ogrn: _ogrn, ...card } = counterparty(number, edit);
  return card;
}

test.each(['person', 'legal-entity', 'sole-trader'] as const)(
  'its card is passed over, whatever kind 1C gives it (%s)',
  (kind) => {
    const renamed = { kind, name: 'Абоненты — физлица' };
    expect(kept([bare(1, { ...renamed, ref1c: OURS }), counterparty(2)])).toEqual([refOf(2)]);
    expect(kept([bare(1, renamed), counterparty(2)], refOf(1).toUpperCase())).toEqual([refOf(2)]);
    expect(kept([bare(1, { kind, name: ' Физические  лица ' }), counterparty(2)])).toEqual([refOf(2)]);
  },
);

it('a company of that name has an ИНН, and others are others', () => {
  const cards = [counterparty(1, { name: 'Физические лица' }), bare(2, { name: 'Физические лица ЖК' })];
  expect(kept(cards, refOf(3))).toEqual([refOf(1), refOf(2)]);
});

it('documents of it go nowhere, with or without the consent of persons', () => {
  const channel = bitrix24Channel(() => () => ({ faults: [] }));
  const [task] = createDeliveryWorld(folder()).tasks(channel, 1);
  const [source] = task!.parcel.documents;
  const carries = (bitrix24: boolean, edit: object): boolean =>
    channel.carries(
      { ...source!, counterparty: { ...source!.counterparty, ...edit } },
      { ...config, consent: { ...config.consent, bitrix24 } },
    );
  expect([carries(true, {}), carries(false, {})]).toEqual([true, true]);
  expect([carries(true, { kind: 'person' }), carries(false, { kind: 'person' })]).toEqual([true, false]);
  for (const kind of ['person', 'legal-entity'])
    expect([carries(true, { kind, collective: true }), carries(false, { kind, collective: true })]).toEqual([
      false,
      false,
    ]);
});
