import { expect } from 'vitest';
import type { ReceiptObject, ReceiptState } from '../../../src/journal/receipt.ts';
import type { DocumentStatus, Standing } from '../../../src/pipeline/books/status.ts';
import type { PackageFile } from './package-files.ts';
import { deletionsIn, isDocument, type ObjectEnd, type Outcome, objectsIn, objectsOf } from './scenario.ts';
import { filesOf, type IssuedReceipt, type World } from './world.ts';

/** How each object of each package file must end; files count from 0. */
export type Ending = (uuid: string, file: number) => ObjectEnd;

export function endingOf(world: World, { ends = [], others = 'created' }: Outcome): Ending {
  const files = world.month.files.map((file) => new Set(objectsIn(file)));
  for (const { uuid } of ends)
    if (!files.some((known) => known.has(uuid))) throw new Error(`no object ${uuid} in the month`);
  return (uuid, file) => {
    const explicit = ends.filter((one) => one.uuid === uuid && (one.file ?? file) === file);
    // What an earlier file has brought is there by then.
    const before = files.findIndex((known) => known.has(uuid)) < file;
    return explicit[0] ?? { uuid, state: before && others === 'created' ? 'found' : others };
  };
}

const THERE: readonly ReceiptState[] = ['created', 'updated', 'found'];

/** The last receipt of a package file. */
export function receiptOf(
  { manifest }: PackageFile,
  receipts: readonly IssuedReceipt[],
): IssuedReceipt | undefined {
  return receipts.findLast((one) => one.packageId === manifest.packageId && one.part === manifest.part);
}

/** One receipt a part that names every object once, with the state it must have. @param again after one more load */
export function expectReceipts(
  world: World,
  ending: Ending,
  receipts: readonly IssuedReceipt[],
  again = false,
): void {
  for (const [index, file] of world.month.files.entries()) {
    const receipt = receiptOf(file, receipts)!;
    expect(receipt, `квитанция ${file.name}`).toMatchObject({ complete: true });
    const wanted = objectsIn(file).map((uuid) => {
      const end = ending(uuid, index);
      return `${uuid} ${again ? stateAgain(end) : end.state}`;
    });
    expect(receipt.objects.map(({ uuid, state }) => `${uuid} ${state}`).sort(), nameOf(world)).toEqual(
      wanted.sort(),
    );
    for (const object of receipt.objects) if (!again) expectObject(object, ending(object.uuid, index));
  }
}

function stateAgain({ state, again }: ObjectEnd): ReceiptState {
  return again ?? (THERE.includes(state) ? 'found' : state);
}

function expectObject(
  { uuid, state, ref1c, message = '', kind, posted }: ReceiptObject,
  end: ObjectEnd,
): void {
  if (state !== 'failed') expect(ref1c !== undefined, `${kind} ${uuid}: ссылка`).toBe(THERE.includes(state));
  if (end.message) expect(message, `${kind} ${uuid}`).toMatch(end.message);
  if (posted !== undefined) expect(posted, `${kind} ${uuid}: проведён`).toBe(end.posted ?? !end.marked);
}

/** Names in the place of UUIDs, for whoever reads a failure. */
function nameOf({ records }: World): string {
  return records
    .flatMap((record) => objectsOf(record).map((uuid) => [uuid, record] as const))
    .map(([uuid, record]) => `${uuid} ${record.record} ${'number' in record ? record.number : record.name}`)
    .join('\n');
}

/** `bg1c status` knows of every document what the accountant's base has. */
export async function expectStatus(
  world: World,
  ending: Ending,
  { foreign }: Outcome,
  again = false,
): Promise<void> {
  const answer = await world.bg1c('status', '--period', world.month.period);
  const found = (answer.documents as DocumentStatus[]).map(
    ({ kind, number, uuid, standing }) => `${kind} ${number} ${uuid} ${standing}`,
  );
  const wanted = world.records.filter(isDocument).map(({ record, number, uuid }) => {
    const last = world.month.files.findLastIndex((file) => objectsIn(file).includes(uuid));
    const end = ending(uuid, last);
    return `${record} ${number} ${uuid} ${foreign ? 'waiting' : standingOf(end, again)}`;
  });
  expect(found.sort()).toEqual(wanted.sort());
}

function standingOf(end: ObjectEnd, again: boolean): Standing {
  const state = again ? stateAgain(end) : end.state;
  if (end.marked) return 'marked';
  if (state === 'created' || state === 'updated' || state === 'found')
    return end.standing ?? (end.posted === false ? 'unposted' : 'posted');
  return state;
}

/** A package that leaves work for a person waits in `error` with a note, another one lies in `done`. */
export function expectPlaces(world: World, ending: Ending): void {
  for (const [index, { name, records, manifest }] of world.month.files.entries()) {
    const waits = [
      ...records.flatMap((record) =>
        objectsOf(record).filter((uuid) => needsPerson(ending(uuid, index), isDocument(record))),
      ),
      // The schedule has no answer to it.
      ...deletionsIn(manifest).filter((uuid) => !isSettled(ending(uuid, index))),
    ];
    const place = waits.length > 0 ? 'error' : 'done';
    expect(filesOf(world.path('outbox', place)), `${name} → ${place}`).toContain(name);
    expect(filesOf(world.path('outbox', 'error')).includes(`${name}.txt`), `${name}.txt`).toBe(
      waits.length > 0,
    );
  }
}

function isSettled({ marked, settled }: ObjectEnd): boolean {
  return (marked ?? settled) === true;
}

function needsPerson(end: ObjectEnd, document: boolean): boolean {
  const state = stateAgain(end);
  return state === 'failed' || state === 'conflict' || (document && !THERE.includes(state));
}
