import { expect, test } from 'vitest';
import { type DocumentState, putStates } from '../../../src/delivery/bitrix24/states.ts';
import type { DeliveryRow } from '../../../src/journal/delivery.ts';
import type { DocumentRow } from '../../../src/journal/documents.ts';
import type { BookRow } from '../../../src/journal/receipts.ts';
import { stateText } from '../../../src/pipeline/crm/states.ts';
import { type CrmWorld, crmWorld, PORTAL } from './world.ts';

const KEY = '5b1d40a2-52aa-51ee-9d2a-a8a159d2c101';
const formed = new Date('2026-11-03T08:00:00Z');
const state = (text: string): DocumentState => ({ key: KEY, text, formed });

/** A portal with the comment about one document. */
async function world(): Promise<CrmWorld> {
  const made = await crmWorld();
  made.journal.records.crm.keepPiece(PORTAL, 'comment', {
    piece: KEY,
    id: 7,
    fields: { place: 'company:12' },
  });
  return made;
}

const put = ({ portal, journal, time }: CrmWorld, text: string): ReturnType<typeof putStates> =>
  putStates(portal, journal, [state(text)], time.now);
const texts = ({ double }: CrmWorld): string[] => double.state.comments.map(({ text }) => text);

test('the state is a comment of its own, written over when it changes, else not touched', async () => {
  const at = await world();
  expect(await put(at, 'Акт № 1: проведён в 1С')).toEqual({ known: 1, written: 1, open: 0 });
  expect(await put(at, 'Акт № 1: проведён в 1С')).toEqual({ known: 1, written: 0, open: 0 });
  expect(await put(at, 'Акт № 1: подписан покупателем')).toEqual({ known: 1, written: 1, open: 0 });
  expect(texts(at)).toEqual([`Акт № 1: подписан покупателем\nbg1c-state:${KEY}`]);
});

test('an answer that was lost leaves one comment', async () => {
  const at = await world();
  at.double.fate = (method) => (method === 'batch' ? 'drop-after' : 'answer');
  expect(await put(at, 'Акт № 1: проведён в 1С')).toMatchObject({ written: 0, open: 1 });
  at.double.fate = () => 'answer';
  // The portal may still be at it.
  expect(await put(at, 'Акт № 1: проведён в 1С')).toMatchObject({ written: 0, open: 1 });
  at.time.advance(70_000);
  await put(at, 'Акт № 1: отправлен по почте 05.11.2026');
  await put(at, 'Акт № 1: отправлен по почте 05.11.2026');
  expect(texts(at)).toEqual([`Акт № 1: отправлен по почте 05.11.2026\nbg1c-state:${KEY}`]);
});

test('what a manager deleted is not written again', async () => {
  const at = await world();
  await put(at, 'Акт № 1: проведён в 1С');
  at.double.state.comments = [];
  await put(at, 'Акт № 1: подписан покупателем');
  await put(at, 'Акт № 1: подписан покупателем');
  expect(texts(at)).toEqual([]);
});

test('a state in the words of a manager', () => {
  const row = { kind: 'act', number: 'А10/1045', date: '2026-10-31' } as DocumentRow;
  const sent = (channel: string, remoteState: string | null): DeliveryRow =>
    ({ channel, remoteState, outcome: 'ok', changedAt: '2026-11-05T10:00:00Z' }) as DeliveryRow;
  const books = { posted: true } as BookRow;
  expect(stateText(row, undefined, [])).toBeUndefined();
  expect(stateText(row, books, [sent('mail', 'sent'), sent('sbis', 'signed')])).toBe(
    'Акт № А10/1045 от 31.10.2026: проведён в 1С; отправлен по почте 05.11.2026; подписан покупателем',
  );
  expect(stateText(row, books, [sent('mail', 'failed')])).toContain('письмо не доставлено');
  expect(stateText(row, undefined, [{ ...sent('sbis', 'sent'), outcome: 'in-doubt' }])).toBeUndefined();
});
