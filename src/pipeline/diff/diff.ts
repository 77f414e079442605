import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';
import { openJournal } from '../../journal/journal.ts';
import { documentName } from '../../model/document-name.ts';
import { sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import { DOCUMENT_KINDS, type Document, type DocumentKind } from '../../model/types.ts';
import { isPackage } from '../../package/read.ts';
import type { Clock } from '../../support/clock.ts';
import { russianDate } from '../../support/dates.ts';
import { FILE_MODE, scratchFolder } from '../../support/files.ts';
import { build } from '../build/build.ts';
import { scratchName } from '../build/leftovers.ts';
import { type ExitCode, exitCodeOf } from '../exit.ts';
import { type ComparedRecord, changedFields, type FieldChange } from './fields.ts';
import {
  acceptedSide,
  type Entry,
  editedFigures,
  exportSide,
  type Loaded,
  packageSide,
  type Side,
} from './sides.ts';

export interface DiffRequest {
  /** A file of a package, or an export. */
  path: string;
  /** What it is compared with; what 1C accepted by default. */
  other?: string | undefined;
  /** Needed for exports and for what 1C accepted. */
  config: () => { config?: Config; faults: Fault[] };
  period?: string | undefined;
  clock: Clock;
}

/** `left-out`: it is in the export, and an error keeps it out of the package. */
type State = 'new' | 'same' | 'changed' | 'vanished' | 'left-out';

export interface DiffObject {
  state: Exclude<State, 'same'>;
  kind: Entry['kind'];
  uuid: string;
  name: string;
  /** Only of what is changed. */
  changes?: FieldChange[];
  /** False: the file of the accepted package is gone, so only the figures could be compared. */
  complete?: boolean;
}

export interface DiffResult {
  exit: ExitCode;
  /** Titles of what was compared. */
  before?: string;
  after?: string;
  counts: Partial<Record<Entry['kind'], Record<State, number>>>;
  /** All but those that are the same; the changed requisites of counterparties first. */
  objects: DiffObject[];
  /** Documents that a person has changed in 1C after they were accepted; the comparison is with what was sent. */
  edited: { kind: DocumentKind; uuid: string; name: string; changes: FieldChange[] }[];
  faults: Fault[];
}

/** Compares object by object: hashes first, fields only of what is another. Nothing is written. */
export async function diff(request: DiffRequest): Promise<DiffResult> {
  const scratch = scratchFolder(tmpdir(), scratchName());
  try {
    const after = await sideOf(request, request.path, join(scratch.path, 'after'));
    if (!after.side) return failed(after.faults);
    const before =
      request.other === undefined
        ? await accepted(request, after.side, (side) => compare(side, after.side!))
        : await sideOf(request, request.other, join(scratch.path, 'before'));
    const faults = [...after.faults, ...before.faults];
    if ('result' in before && before.result) return { ...before.result, faults, exit: exitOf(faults) };
    if (!('side' in before) || !before.side) return failed(faults);
    return { ...(await compare(before.side, after.side)), faults, exit: exitOf(faults) };
  } finally {
    scratch.remove();
  }
}

/** What is left out of an export is said; it is no reason to fail. */
function exitOf(faults: readonly Fault[]): ExitCode {
  return exitCodeOf(faults, true, 0);
}

function failed(faults: Fault[]): DiffResult {
  return { exit: exitCodeOf(faults, false, 0), counts: {}, objects: [], edited: [], faults };
}

async function sideOf(
  request: DiffRequest,
  path: string,
  file: string,
): Promise<{ side?: Side; faults: Fault[] }> {
  if (await isPackage(path)) return packageSide(path);
  const { config, faults } = request.config();
  if (!config) return { faults };
  writeFileSync(file, '', { mode: FILE_MODE });
  const buffer: string[] = [];
  const flush = (): void => appendFileSync(file, buffer.splice(0).join(''));
  const {
    packages,
    leftOut,
    faults: found,
  } = await build({
    config,
    input: path,
    period: request.period as never,
    dryRun: true,
    observe(_, record) {
      buffer.push(`${JSON.stringify(record)}\n`);
      if (buffer.length >= 1000) flush();
    },
    clock: request.clock,
  });
  flush();
  if (packages.length === 0) return { faults: found };
  const scope = new Map(packages.map(({ organization, period }) => [organization.code, period]));
  const periods = [...new Set(scope.values())].map(periodName).join(', ');
  const keys = new Set(leftOut.map(({ key }) => key));
  return { side: exportSide(`выгрузка ${path} (${periods})`, scope, file, keys), faults: found };
}

/** @param work done while the journal is open */
async function accepted(
  { config: ask, clock }: DiffRequest,
  { scope }: Side,
  work: (side: Side) => Promise<Compared>,
): Promise<{ result?: Compared; faults: Fault[] }> {
  const { config, faults } = ask();
  if (!config) return { faults };
  const { infobase } = config.onec;
  const { path } = config.journal;
  const nothing = {
    faults: [fault('BG1C-DIFF-NOTHING', { scope: [...scope].map((one) => one.join(' ')).join(', ') })],
  };
  if (!infobase || !existsSync(path)) return nothing;
  const { journal, fault: refused } = openJournal(path, clock);
  if (!journal) return { faults: [refused!] };
  try {
    const receipts = journal.records.receipts.newest();
    const known = { infobase: infobase.id, receipts, packages: Number.MAX_SAFE_INTEGER };
    const side = acceptedSide(journal, known, scope);
    for await (const _ of side.entries()) return { result: await work(side), faults: [] };
    return nothing;
  } finally {
    journal.close();
  }
}

type Compared = Required<Pick<DiffResult, 'before' | 'after' | 'counts' | 'objects' | 'edited'>>;

async function compare(before: Side, after: Side): Promise<Compared> {
  const old = new Map<string, Entry>();
  for await (const entry of before.entries()) if (!old.has(entry.id)) old.set(entry.id, entry);
  const counts: DiffResult['counts'] = {};
  const count = ({ kind }: Entry, state: State): void => {
    counts[kind] ??= { new: 0, same: 0, changed: 0, vanished: 0, 'left-out': 0 };
    counts[kind][state]++;
  };
  const seen = new Set<string>();
  const changed: Entry[] = [];
  const objects: DiffObject[] = [];
  for await (const entry of after.entries()) {
    const { id, kind, uuid, name, hash } = entry;
    if (seen.has(id)) continue;
    seen.add(id);
    const was = old.get(id);
    const state = !was ? 'new' : was.hash === hash ? 'same' : 'changed';
    count(entry, state);
    if (state === 'new') objects.push({ state, kind, uuid, name });
    if (state === 'changed') changed.push(entry);
  }
  const vanished = [...old.values()].filter(({ id }) => !seen.has(id));
  const ids = new Set([...changed, ...vanished].map(({ id }) => id));
  const [was, is] = [await before.load(ids), await after.load(ids)];
  const isLeftOut = ({ id, kind }: Entry): boolean => after.leftOut?.has(id.slice(kind.length + 1)) ?? false;
  // A buyer whose documents are left out is in the export as they are.
  const named = new Set(vanished.filter(isLeftOut).flatMap(({ id }) => namedBy(id, was, before)));
  const goneAs = (entry: Entry): 'vanished' | 'left-out' =>
    isLeftOut(entry) || named.has(entry.uuid) ? 'left-out' : 'vanished';
  for (const entry of vanished) count(entry, goneAs(entry));
  for (const entry of changed) objects.push(changedObject(entry, before, was, is));
  for (const entry of vanished) {
    const { id, kind, uuid } = entry;
    const name = entry.name || nameOf(was.records.get(id)) || uuid;
    objects.push({ state: goneAs(entry), kind, uuid, name });
  }
  const edited = (before.edited?.() ?? []).map((one) => {
    const { kind, uuid } = one.sent;
    return { kind, uuid, name: documentName(one.sent), changes: editedFigures(one) };
  });
  return { before: before.title, after: after.title, counts, objects: inOrder(objects), edited };
}

/** UUIDs of what a document names, as far as it is known. */
function namedBy(id: string, { records }: Loaded, { sent }: Side): string[] {
  const record = records.get(id);
  if (record && 'lines' in record)
    return [record.counterparty, record.contract, ...record.lines.map(({ service }) => service)];
  const row = sent?.(id);
  return row ? [row.counterparty, row.contract] : [];
}

function nameOf(record: ComparedRecord | undefined): string | undefined {
  return record && 'name' in record ? record.name : undefined;
}

function changedObject({ id, kind, uuid, name }: Entry, before: Side, was: Loaded, is: Loaded): DiffObject {
  const now = is.records.get(id)!;
  const old = was.records.get(id);
  const object = { state: 'changed' as const, kind, uuid, name };
  if (old) {
    const named = (one: string): string => is.names.get(one) ?? was.names.get(one) ?? one;
    return { ...object, changes: changedFields(old, now, named), complete: true };
  }
  const sent = before.sent?.(id);
  if (!sent || !('lines' in now)) return { ...object, changes: [], complete: false };
  const changes = figures(now).flatMap(([field, after, of]) => {
    const earlier = of(sent);
    return earlier === after ? [] : [{ field, before: earlier, after }];
  });
  return { ...object, changes, complete: false };
}

type Sent = NonNullable<ReturnType<NonNullable<Side['sent']>>>;

/** What the journal keeps of every document. */
function figures(now: Document): [field: string, after: string, of: (sent: Sent) => string][] {
  return [
    ['Номер', now.number || '—', ({ number }) => number || '—'],
    ['Дата', russianDate(now.date), ({ date }) => russianDate(date)],
    ['Сумма', sumForPeople(now.sum), ({ sum }) => sumForPeople(sum)],
    ['НДС', sumForPeople(now.vat), ({ vat }) => sumForPeople(vat)],
  ];
}

const KINDS: readonly Entry['kind'][] = ['counterparty', 'contract', 'service', ...DOCUMENT_KINDS];
const STATES: readonly DiffObject['state'][] = ['changed', 'vanished', 'left-out', 'new'];

function inOrder(objects: DiffObject[]): DiffObject[] {
  const rank = ({ kind, state }: DiffObject): number => KINDS.indexOf(kind) * 10 + STATES.indexOf(state);
  return objects.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
