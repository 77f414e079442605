import { createReadStream, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Fault, fault } from '../../faults/fault.ts';
import type { Accepted, Known } from '../../journal/accepted.ts';
import { contentHash, type DocumentRow } from '../../journal/documents.ts';
import type { Journal } from '../../journal/journal.ts';
import { documentName } from '../../model/document-name.ts';
import { sumForPeople } from '../../model/money.ts';
import { periodName } from '../../model/period.ts';
import type { CanonicalRecord } from '../../model/types.ts';
import { type Manifest, packageFileName } from '../../package/manifest.ts';
import { openPackage } from '../../package/read.ts';
import type { ComparedRecord, FieldChange } from './fields.ts';

/** One object of a side. `id` is the same on both sides, also where a correction gave a document another UUID. */
export interface Entry {
  id: string;
  kind: ComparedRecord['record'];
  uuid: string;
  name: string;
  hash: string;
}

/** What is compared: the records of a package, of an export, or of what 1C accepted. */
export interface Side {
  title: string;
  /** `organizations[].code` → period: what is to be looked for on the other side. */
  scope: ReadonlyMap<string, string>;
  entries(): AsyncIterable<Entry>;
  /** The records wanted by their ids, as far as they can be had, and the names of parties and contracts. */
  load(ids: ReadonlySet<string>): Promise<Loaded>;
  /** Keys of documents that are there and do not go into a package: they have not vanished. */
  leftOut?: ReadonlySet<string>;
  /** Documents whose figures in the books are others than those that were sent. */
  edited?(): Accepted[];
  /** What the journal keeps of a document whose record cannot be had. */
  sent?(id: string): DocumentRow | undefined;
}

export interface Loaded {
  records: Map<string, ComparedRecord>;
  /** By UUID. */
  names: Map<string, string>;
}

export function entryOf(record: ComparedRecord): Entry {
  const { record: kind, uuid } = record;
  const hash = contentHash(record);
  if (!('lines' in record)) return { id: uuid, kind, uuid, name: record.name, hash };
  const { key, number, date } = record;
  return {
    id: `${kind} ${key}`,
    kind,
    uuid,
    name: documentName({ kind: record.record, number, date, key }),
    hash,
  };
}

type Lines = () => AsyncIterable<string>;

/** @param sources texts of `documents.jsonl`; an object may stand in several of them: the first one counts */
function recordSide(
  title: string,
  scope: ReadonlyMap<string, string>,
  sources: readonly Lines[],
  wanted: (id: string, record: ComparedRecord) => boolean = () => true,
): Side {
  async function* records(): AsyncGenerator<ComparedRecord> {
    for (const source of sources)
      for await (const line of source()) {
        const record = line === '' ? undefined : (JSON.parse(line) as CanonicalRecord);
        if (record && record.record !== 'organization') yield record;
      }
  }
  return {
    title,
    scope,
    async *entries() {
      for await (const record of records()) yield entryOf(record);
    },
    async load(ids) {
      const found = new Map<string, ComparedRecord>();
      const names = new Map<string, string>();
      for await (const record of records()) {
        if (record.record === 'counterparty') names.set(record.uuid, record.name);
        if (record.record === 'contract') names.set(record.uuid, record.name);
        const { id } = entryOf(record);
        if (ids.has(id) && !found.has(id) && wanted(id, record)) found.set(id, record);
      }
      return { records: found, names };
    },
  };
}

/** Opens all parts of a package, whichever of them is named. */
export async function packageSide(path: string): Promise<{ side?: Side; faults: Fault[] }> {
  const first = await openPackage(path);
  if (!first.opened) return { faults: first.faults };
  const { manifest } = first.opened;
  first.opened.close();
  const { organization, period, seq, parts } = manifest;
  const files = Array.from({ length: parts }, (_, index) =>
    join(dirname(path), packageFileName({ ...manifest, part: index + 1 })),
  ).map((file, index) => (index + 1 === manifest.part ? path : file));
  const faults: Fault[] = [];
  for (const file of files) faults.push(...(await sameOne(file, manifest)));
  if (faults.length > 0) return { faults };
  const title = `пакет № ${seq} (${organization.name}, ${periodName(period)})`;
  const scope = new Map([[organization.code, period]]);
  return { side: recordSide(title, scope, files.map(linesOfPackage)), faults: [] };
}

async function sameOne(file: string, { packageId }: Manifest): Promise<Fault[]> {
  const { opened, faults } = await openPackage(file);
  if (!opened) return faults;
  const same = opened.manifest.packageId === packageId;
  const broken = same ? await opened.verify() : [];
  opened.close();
  return same ? broken : [fault('BG1C-PACKAGE-NOT-FOUND', { path: file })];
}

function linesOfPackage(file: string): Lines {
  return async function* () {
    const { opened } = await openPackage(file);
    if (!opened) return;
    try {
      yield* opened.lines('documents.jsonl');
    } finally {
      opened.close();
    }
  };
}

/** What a build told of an export, from a file with a record a line. @param leftOut keys of documents */
export function exportSide(
  title: string,
  scope: ReadonlyMap<string, string>,
  file: string,
  leftOut: ReadonlySet<string>,
): Side {
  return { ...recordSide(title, scope, [() => createInterface({ input: createReadStream(file) })]), leftOut };
}

/** What 1C accepted of organisations' months. */
export function acceptedSide(journal: Journal, known: Known, scope: ReadonlyMap<string, string>): Side {
  const held = new Map<string, Accepted>();
  const packages = new Set<number>();
  for (const [organization, period] of scope)
    for (const one of journal.records.accepted.inPeriod(known, organization, period)) {
      const { sent } = one;
      const id = `${sent.kind} ${sent.key}`;
      // The last correction stands for the document.
      if ((held.get(id)?.sent.correction ?? -1) <= (sent.correction ?? 0)) held.set(id, one);
      packages.add(sent.package);
    }
  const newest = [...packages].sort((a, b) => b - a);
  // Another version of a document than the one that was accepted says nothing.
  const asSent = (id: string, record: ComparedRecord): boolean =>
    !held.has(id) || held.get(id)!.sent.hash === contentHash(record);
  const files = newest.flatMap((id) => filesOf(journal, id)).map(linesOfPackage);
  const { title, load } = recordSide('принятое 1С (по квитанциям)', scope, files, asSent);
  return {
    title,
    scope,
    async *entries() {
      for (const [id, { sent }] of held)
        yield { id, kind: sent.kind, uuid: sent.uuid, name: documentName(sent), hash: sent.hash };
      const seen = new Set<string>();
      for (const id of newest)
        for (const { uuid, kind, hash } of journal.records.documents.hashes(id)) {
          if (!isCatalogue(kind) || seen.has(uuid)) continue;
          seen.add(uuid);
          yield { id: uuid, kind, uuid, name: '', hash };
        }
    },
    load,
    sent: (id) => held.get(id)?.sent,
    edited: () => [...held.values()].filter((one) => editedFigures(one).length > 0),
  };
}

/** Figures of an accepted document that a person has changed in 1C since. */
export function editedFigures({ sent, books }: Accepted): FieldChange[] {
  const figures: [string, number, number | null][] = [
    ['Сумма', sent.sum, books.sum],
    ['НДС', sent.vat, books.vat],
  ];
  return figures.flatMap(([field, was, is]) =>
    is === null || is === was ? [] : [{ field, before: sumForPeople(was), after: sumForPeople(is) }],
  );
}

function isCatalogue(kind: string): kind is 'counterparty' | 'contract' | 'service' {
  return kind === 'counterparty' || kind === 'contract' || kind === 'service';
}

/** The files of a package that are still where 1C takes or puts them. */
function filesOf(journal: Journal, id: number): string[] {
  return journal.records.packages.parts(id).flatMap(({ folder, file }) => {
    const places = [folder, join(folder, 'done'), join(folder, 'error')].map((place) => join(place, file));
    return places.filter((path) => existsSync(path)).slice(0, 1);
  });
}
